"""Pipedrive's own spreadsheet import as a way for records to travel: which go by it and why, and the sheets that it reads. Pure."""

from .cells import words_of
from .costs import RouteCost, route_costs
from .fit import AccountFacts, lost, not_arrived
from .importer import CARRIED, KEY_COLUMN, MOST_BYTES, MOST_ROWS, NOT_SET, SYSTEM_ID, Carried, Column, Kind, Route
from .merging import ExistingContact
from .parting import Parting, part, ready, rounds_left, with_first_files
from .sheets import Binding, ImportSheet, dated, make_sheets

__all__ = [
    "CARRIED",
    "KEY_COLUMN",
    "MOST_BYTES",
    "MOST_ROWS",
    "NOT_SET",
    "SYSTEM_ID",
    "AccountFacts",
    "Binding",
    "Carried",
    "Column",
    "ExistingContact",
    "ImportSheet",
    "Kind",
    "Parting",
    "Route",
    "RouteCost",
    "dated",
    "lost",
    "make_sheets",
    "not_arrived",
    "part",
    "ready",
    "rounds_left",
    "route_costs",
    "with_first_files",
    "words_of",
]
