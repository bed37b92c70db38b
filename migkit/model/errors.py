"""The errors that a user may see, each one clear sentence: what failed, where, what to do next.

    MigkitError                exit code 2
    ├── UsageError             a wrong argument, a missing folder, a file that cannot be read
    │   └── InUse              another process works on it: wait
    ├── DataError              the export or a decision says something impossible
    ├── MachineError           the disk is full, a folder cannot be written, a file has no place
    ├── RemoteError            the target said no, or said nothing
    │   ├── TransientError     worth trying again (5xx, connection lost before the request was sent)
    │   ├── TerminalError      will fail again (4xx)
    │   ├── BudgetExhausted    the day's tokens are used up; carries when to try again
    │   └── UnconfirmedWrite            sent, but no answer came: the write may or may not have happened
    ├── LeaseLost              another process went on with what this one had begun
    ├── StoreUnreachable       the store that a ledger lies on does not answer
    └── GateClosed             a decision is missing (exit code 1)

A message never holds a patient's value or a token: keys, files, lines and field names only.
"""

from __future__ import annotations

import errno
import os
import sqlite3


class MigkitError(Exception):
    """Base of every error that the door turns into one sentence. `exit_code` is what the process ends with."""

    exit_code = 2


class UsageError(MigkitError):
    """The user asked for something that cannot be done as asked."""


class InUse(UsageError):
    """Another process works on the same: it may be asked for again when that one has ended."""


class DataError(MigkitError):
    """The export, or a decision file, holds something that cannot be right."""


class MachineError(MigkitError):
    """This machine cannot: a full disk, a folder that may not be written, a path that cannot be."""


class RemoteError(MigkitError):
    """Pipedrive refused, failed, or could not be reached. `status` is the HTTP status, None when there was none."""

    def __init__(self, message: str, *, status: int | None = None, code: str | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.code = code


class TransientError(RemoteError):
    """Trying again may work; nothing was written."""


class TerminalError(RemoteError):
    """Trying the same again will fail again; nothing was written."""


class BudgetExhausted(RemoteError):
    """The day's token budget is used up. `retry_at` says in words when to run again."""

    def __init__(self, message: str, *, retry_at: str = "after midnight, Pipedrive's server time") -> None:
        super().__init__(message, status=429)
        self.retry_at = retry_at


class UnconfirmedWrite(RemoteError):
    """The request was sent and no usable answer came back: it may have been carried out."""


class LeaseLost(MigkitError):
    """This process did not answer for too long, and another one went on with its work: it must write nothing more."""


class StoreUnreachable(MigkitError):
    """The store that a ledger lies on does not answer, or lets nobody in: nothing may be written without it."""


class GateClosed(MigkitError):
    """A decision that this step needs has not been made, or was made about something else."""

    exit_code = 1

    def __init__(self, gate: str, message: str) -> None:
        super().__init__(message)
        self.gate = gate


STATE = "What was written to Pipedrive before stands in the ledger: the same command goes on from there."
FULL = os.strerror(errno.ENOSPC)
_FULL = (errno.ENOSPC, errno.EDQUOT)
_NOT_ALLOWED = (errno.EACCES, errno.EPERM, errno.EROFS)
_NO_PLACE = (
    errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.EEXIST, errno.ENOTEMPTY, errno.ENAMETOOLONG, errno.ELOOP, errno.EIO, errno.EMFILE,
    errno.ENFILE, errno.EBUSY,
)  # fmt: skip
_LEDGER = {
    sqlite3.SQLITE_FULL: "The disk is full: make room.",
    sqlite3.SQLITE_READONLY: "The ledger may not be written: give this user the right to write in the workspace.",
    sqlite3.SQLITE_CANTOPEN: "ledger.sqlite cannot be opened: this user must be able to write it, and to make files beside it.",
    sqlite3.SQLITE_IOERR: "The disk does not read or write the ledger: look at the disk.",
    sqlite3.SQLITE_BUSY: "Another process holds the ledger: wait until it ends.",
}


def on_this_machine(error: BaseException) -> MachineError | None:
    """Return the sentence for what the operating system refused, None for anything else: that is a bug, and keeps its traceback."""
    if isinstance(error, sqlite3.OperationalError):
        said = _LEDGER.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)
        return MachineError(f"{said} {STATE}") if said else None
    if isinstance(error, MemoryError):
        return MachineError(f"This machine has no memory left: end other programs, or use a larger one. {STATE}")
    number = error.errno if isinstance(error, OSError) else None
    name = f" ({os.fsdecode(error.filename)})" if isinstance(error, OSError) and isinstance(error.filename, str | bytes) else ""
    if number in _FULL or FULL in str(error):
        return MachineError(f"The disk is full{name}: make room. {STATE}")
    if number in _NOT_ALLOWED:
        return MachineError(f"This user may not read or write here{name}: change the rights, or choose another place. {STATE}")
    if number in _NO_PLACE and name:
        return MachineError(f"This path cannot be used{name}: {os.strerror(number or 0).lower()}. Check it. {STATE}")
    return None
