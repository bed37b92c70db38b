"""Export files → raw text tables → typed canonical tables; the audit scan; rejects; two snapshots merged."""

from .api import ApiSource, ApiTable, newest, parse_source, read_table
from .audit import Scan, scan
from .carry import carry_forward
from .cleanings import Cleaning, apply_cleanings
from .columns import Reading, says_nothing, type_column
from .decided import decide_version, parse_versions
from .declared import NOTHING_DECLARED, Declarations, Declared, declare_file, parse_files
from .drawn import DRAWN
from .export import read_export
from .gathered import CONTACTS, is_of_lines
from .held_back import hold_back
from .ledgers import OWED, RECEIVED
from .links import Fetched, fetch_links
from .mends import MENDED, Mend, Mended, RowName, apply_mends, mend_findings, name_row, parse_mends, repairs_of, unread_lines
from .moved import moved_bookings
from .named import kind_by_name
from .profile import FEW, profile_of
from .rejects import write_rejects
from .renumbered import keep_numbers
from .rules import can_be_vetoed, rule_in_words
from .snapshots import Merged, merge_snapshots
from .transforms import TRANSFORMS, Transform, transform_of
from .typed import type_tables
from .within import placed

__all__ = [
    "CONTACTS",
    "DRAWN",
    "FEW",
    "MENDED",
    "NOTHING_DECLARED",
    "OWED",
    "RECEIVED",
    "TRANSFORMS",
    "ApiSource",
    "ApiTable",
    "Cleaning",
    "Declarations",
    "Declared",
    "Fetched",
    "Mend",
    "Mended",
    "Merged",
    "Reading",
    "RowName",
    "Scan",
    "Transform",
    "apply_cleanings",
    "apply_mends",
    "can_be_vetoed",
    "carry_forward",
    "decide_version",
    "declare_file",
    "fetch_links",
    "hold_back",
    "is_of_lines",
    "keep_numbers",
    "kind_by_name",
    "mend_findings",
    "merge_snapshots",
    "moved_bookings",
    "name_row",
    "newest",
    "parse_files",
    "parse_mends",
    "parse_source",
    "parse_versions",
    "placed",
    "profile_of",
    "read_export",
    "read_table",
    "repairs_of",
    "rule_in_words",
    "says_nothing",
    "scan",
    "transform_of",
    "type_column",
    "type_tables",
    "unread_lines",
    "write_rejects",
]
