"""The errors that a user may see, each one clear sentence: what failed, where, what to do next.

    MigkitError                exit code 2
    ├── UsageError             a wrong argument, a missing folder, a file that cannot be read
    ├── DataError              the export or a decision says something impossible
    ├── RemoteError            the target said no, or said nothing
    │   ├── TransientError     worth trying again (5xx, connection lost before the request was sent)
    │   ├── TerminalError      will fail again (4xx)
    │   ├── BudgetExhausted    the day's tokens are used up; carries when to try again
    │   └── UnconfirmedWrite            sent, but no answer came: the write may or may not have happened
    └── GateClosed             a decision is missing (exit code 1)

A message never holds a patient's value or a token: keys, files, lines and field names only.
"""

from __future__ import annotations


class MigkitError(Exception):
    """Base of every error that the door turns into one sentence. `exit_code` is what the process ends with."""

    exit_code = 2


class UsageError(MigkitError):
    """The user asked for something that cannot be done as asked."""


class DataError(MigkitError):
    """The export, or a decision file, holds something that cannot be right."""


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


class GateClosed(MigkitError):
    """A decision that this step needs has not been made, or was made about something else."""

    exit_code = 1

    def __init__(self, gate: str, message: str) -> None:
        super().__init__(message)
        self.gate = gate
