"""Export files → raw text tables → typed canonical tables; the audit scan; rejects; two snapshots merged."""

from .audit import Scan, scan
from .columns import Reading, type_column
from .export import read_export
from .links import Fetched, fetch_links
from .rejects import write_rejects
from .rules import can_be_vetoed, rule_in_words
from .snapshots import Merged, merge_snapshots
from .steps import Step, apply_steps
from .transforms import TRANSFORMS, Transform
from .typed import type_tables
from .untold import keep_untold
from .within import placed

__all__ = [
    "TRANSFORMS",
    "Fetched",
    "Merged",
    "Reading",
    "Scan",
    "Step",
    "Transform",
    "apply_steps",
    "can_be_vetoed",
    "fetch_links",
    "keep_untold",
    "merge_snapshots",
    "placed",
    "read_export",
    "rule_in_words",
    "scan",
    "type_column",
    "type_tables",
    "write_rejects",
]
