"""The import of spreadsheets on the account's web page: upload, mapping, what was imported, what was skipped and why. Costs no tokens."""

from .routes import import_routes

__all__ = ["import_routes"]
