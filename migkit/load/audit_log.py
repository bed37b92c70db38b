"""The audit log: what was written, by which run, on whose approval; append-only, without values, each line sealed by the one before.

A line that was changed, taken out or put between shows at once, since every later seal depends on it. The log lies beside the ledger
and is handed over.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from migkit.model.errors import DataError

from .entries import Write, WriteState
from .ledger import Ledger

_OPEN = (WriteState.INTENDED, WriteState.UNCONFIRMED)


class AuditLog:
    """One workspace's audit log: a JSON object a line, mode 0600."""

    def __init__(self, path: Path) -> None:
        self.path = Path(path)

    def began(self, run: str, step: str, at: str, approvals: Sequence[Mapping[str, Any]]) -> None:
        """Note that a run begins, and which approvals it rests on: gate, who, when, of what (a digest)."""
        given = [{name: str(entry.get(name, "")) for name in ("gate", "by", "at", "subject")} for entry in approvals]
        self._append([{"kind": "run", "run": run, "step": step, "at": at, "approvals": given}])

    def handed_over(self, manifest_sha256: str, at: str, by: str) -> None:
        """Note that a pack was handed over, known by the digest of its manifest."""
        self._append([{"kind": "handover", "at": at, "by": by, "manifest_sha256": manifest_sha256}])

    def follow(self, ledger: Ledger) -> int:
        """Append every write of the ledger that is not in the log yet, up to the first whose outcome is not known; return how many."""
        last: dict[str, int] = {}  # by run: another ledger counts its writes anew
        for text in self._texts():
            line = json.loads(text)
            if line["kind"] == "write":
                last[line["run"]] = line["write"]
        found = []
        runs = [run for run, newest in ledger.newest_writes().items() if newest > last.get(run, 0)]
        for write in sorted((one for run in runs for one in ledger.writes(run, after=last.get(run, 0))), key=lambda one: one.id):
            if write.state in _OPEN:
                break
            found.append(_line(write))
        self._append(found)
        return len(found)

    def lines(self) -> Iterator[dict[str, Any]]:
        """Yield the lines, oldest first. Raises DataError at the first one that is not as it was written."""
        seal = ""
        for number, text in enumerate(self._texts(), 1):
            try:
                line = json.loads(text)
                own = line.pop("seal")
            except (ValueError, KeyError, AttributeError):
                raise DataError(f"{self.path}, line {number}, is no line of an audit log: the file was changed.") from None
            if own != _seal(seal, line):
                raise DataError(f"{self.path}, line {number}, or the one before it, is not as it was written: the file was changed.")
            seal = own
            yield line

    def _append(self, lines: Sequence[Mapping[str, Any]]) -> None:
        if not lines:
            return
        seal = self._last_seal()
        texts = []
        for line in lines:
            seal = _seal(seal, line)
            texts.append(_dump({**line, "seal": seal}))
        file = os.open(self.path, os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)
        with os.fdopen(file, "a", encoding="utf-8") as log:
            log.write("".join(text + "\n" for text in texts))
            log.flush()
            os.fsync(log.fileno())

    def _last_seal(self) -> str:
        texts = self._texts()
        return str(json.loads(texts[-1])["seal"]) if texts else ""

    def _texts(self) -> list[str]:
        return self.path.read_text(encoding="utf-8").splitlines() if self.path.exists() else []


def _line(write: Write) -> dict[str, Any]:
    return {
        "kind": "write",
        "write": write.id,
        "run": write.run,
        "at": write.answered_at or write.intended_at,
        "object": write.object.value,
        "key": write.key,
        "operation": write.operation.value,
        "target_id": write.target_id,
        "fields": sorted(write.body),
        "state": write.state.value,
        "status": write.status,
        "tokens": write.tokens,
        "body_sha256": hashlib.sha256(_dump(dict(write.body)).encode()).hexdigest(),
    }


def _seal(previous: str, line: Mapping[str, Any]) -> str:
    return hashlib.sha256(f"{previous}\n{_dump(line)}".encode()).hexdigest()


def _dump(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
