"""One customer's folder: settings, snapshots, decisions, runs."""

from .documents import DECISIONS, decision_files, parse_document, read_document, read_settings
from .files import file_digest, network_file_system, write_atomically
from .folder import GATES, Run, Snapshot, Workspace
from .locks import is_busy, locked
from .machine import half_of_machine
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
    "half_of_machine",
    "is_busy",
    "locked",
    "network_file_system",
    "parse_document",
    "read_document",
    "read_settings",
    "write_as_received",
    "write_atomically",
    "write_csv",
    "write_rows",
]
