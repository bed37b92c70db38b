"""The ledger, and everything that writes to Pipedrive: diff, apply, rollback, recovery."""

from .aliases import find_aliases, rekey
from .answers import image
from .apply import ApplyResult, apply
from .audit_log import AuditLog
from .bind import Binder, UnboundError
from .changes import Change, Op, diff, in_order, to_write
from .entries import DOUBLED, Entry, EntryState, EntrySummary, Operation, Origin, Write, WriteState
from .external_ids import converted_leads, external_id_of
from .lease import LEASE_S
from .ledger import Ledger
from .policies import joined
from .records import LOCAL, FindFile
from .recover import IMPORT, Imported, RecoverResult, recover
from .remote import Remote, read_all
from .rollback import RollbackResult, require_run, rollback
from .setup import setup_stands
from .store import LedgerStore
from .undo import RollbackRow
from .writer import Failure, Progress

__all__ = [
    "DOUBLED",
    "IMPORT",
    "LEASE_S",
    "LOCAL",
    "ApplyResult",
    "AuditLog",
    "Binder",
    "Change",
    "Entry",
    "EntryState",
    "EntrySummary",
    "Failure",
    "FindFile",
    "Imported",
    "Ledger",
    "LedgerStore",
    "Op",
    "Operation",
    "Origin",
    "Progress",
    "RecoverResult",
    "Remote",
    "RollbackResult",
    "RollbackRow",
    "UnboundError",
    "Write",
    "WriteState",
    "apply",
    "converted_leads",
    "diff",
    "external_id_of",
    "find_aliases",
    "image",
    "in_order",
    "joined",
    "read_all",
    "recover",
    "rekey",
    "require_run",
    "rollback",
    "setup_stands",
    "to_write",
]
