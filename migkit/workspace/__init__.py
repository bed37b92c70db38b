"""One customer's folder: settings, snapshots, decisions, runs."""

from .documents import DECISIONS, decision_files, parse_document, read_document
from .files import file_digest, write_atomically
from .folder import GATES, Run, Snapshot, Workspace
from .settings import PLANS, Settings
from .tables import csv_text, write_as_received, write_csv, write_rows

__all__ = [
    "DECISIONS",
    "GATES",
    "PLANS",
    "Run",
    "Settings",
    "Snapshot",
    "Workspace",
    "csv_text",
    "decision_files",
    "file_digest",
    "parse_document",
    "read_document",
    "write_as_received",
    "write_atomically",
    "write_csv",
    "write_rows",
]
