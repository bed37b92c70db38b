"""Keep derived values under `work/`: tables as Parquet, the rest as JSON, each named by the digest of what it was made from.

Nothing here is needed: delete `work/` and the same bytes are made again.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import pandas as pd

from migkit.model.messages import Message
from migkit.model.outcomes import Finding, Outcome, RowOutcome, Severity
from migkit.model.people import Household, OwnerMatch, People
from migkit.model.tables import CanonicalTables
from migkit.quality import Check, QualityReport

T = TypeVar("T")


KEPT = 2
"""How many results of a stage are kept: as it is, and as it would be if a later export counted."""


def staged(folder: Path, key: str, make: Callable[[], T], save: Callable[[T, Path], None], load: Callable[[Path], T]) -> T:
    """Return what is kept under `folder/key`, or make it and keep it there; of what was kept before only the newest stays."""
    place = folder / key
    if place.is_dir():
        os.utime(place)
        return load(place)
    value = make()
    folder.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(dir=folder, prefix="."))
    save(value, scratch)
    earlier = sorted((one for one in folder.iterdir() if one != scratch), key=lambda one: one.stat().st_mtime_ns, reverse=True)
    for old in earlier[KEPT - 1 :]:
        shutil.rmtree(old, ignore_errors=True)
    try:
        scratch.rename(place)
    except OSError:  # somebody else made the same meanwhile
        shutil.rmtree(scratch, ignore_errors=True)
    return value


def save_tables(tables: CanonicalTables, folder: Path) -> None:
    """Write typed tables: one Parquet a table, `_repairs`, `_attachments`, and `_rest.json`."""
    for name, frame in tables.frames.items():
        frame.to_parquet(folder / f"{name}.parquet", index=False)
    tables.repairs.to_parquet(folder / "_repairs.parquet", index=False)
    tables.attachments.to_parquet(folder / "_attachments.parquet", index=False)
    rest = {"row_outcomes": [vars(row) for row in tables.row_outcomes], "findings": [vars(finding) for finding in tables.findings]}
    _write(folder / "_rest.json", rest | {"tables": list(tables.frames)})


def load_tables(folder: Path) -> CanonicalTables:
    """Return what `save_tables` wrote."""
    rest = json.loads((folder / "_rest.json").read_text(encoding="utf-8"))
    return CanonicalTables(
        frames={name: pd.read_parquet(folder / f"{name}.parquet") for name in rest["tables"]},
        row_outcomes=tuple(_row(row) for row in rest["row_outcomes"]),
        repairs=pd.read_parquet(folder / "_repairs.parquet"),
        attachments=pd.read_parquet(folder / "_attachments.parquet"),
        findings=tuple(_finding(finding) for finding in rest["findings"]),
    )


def save_frame(frame: pd.DataFrame, folder: Path) -> None:
    """Write one frame, with its types."""
    frame.to_parquet(folder / "frame.parquet", index=False)


def load_frame(folder: Path) -> pd.DataFrame:
    """Return what `save_frame` wrote."""
    return pd.read_parquet(folder / "frame.parquet")


def save_people(people: People, folder: Path) -> None:
    """Write `people.json` and the two frames of pairs."""
    people.pairs.to_parquet(folder / "pairs.parquet", index=False)
    people.account_pairs.to_parquet(folder / "account_pairs.parquet", index=False)
    plain = {
        name: value for name, value in vars(people).items() if name not in ("pairs", "account_pairs", "households", "owners", "findings")
    }
    listed = {name: [vars(item) for item in getattr(people, name)] for name in ("households", "owners", "findings")}
    _write(folder / "people.json", plain | listed)


def load_people(folder: Path) -> People:
    """Return what `save_people` wrote."""
    body = json.loads((folder / "people.json").read_text(encoding="utf-8"))
    return People(
        **{name: body[name] for name in ("survivors", "adopted", "fallback_owner", "practitioner_owner")},
        reasons={key: Message.parse(why) for key, why in body["reasons"].items()},
        households=tuple(Household(**(h | {"members": tuple(h["members"])})) for h in body["households"]),
        inherited={key: tuple(fields) for key, fields in body["inherited"].items()},
        pairs=pd.read_parquet(folder / "pairs.parquet"),
        account_pairs=pd.read_parquet(folder / "account_pairs.parquet"),
        owners=tuple(OwnerMatch(**owner) for owner in body["owners"]),
        findings=tuple(_finding(finding) for finding in body["findings"]),
    )


def save_quality(report: QualityReport, folder: Path) -> None:
    """Write `checks.json` and the failing rows, numbered by check; what reading found is kept with the tables."""
    fields = [{name: value for name, value in vars(check).items() if name != "failing_rows"} for check in report.checks]
    _write(folder / "checks.json", {"checks": fields})
    rows = [check.failing_rows.assign(check=number) for number, check in enumerate(report.checks) if check.failing]
    frame = pd.concat(rows, ignore_index=True) if rows else pd.DataFrame({"check": pd.Series(dtype="int64")})
    frame.to_parquet(folder / "failing.parquet", index=False)


def load_quality(folder: Path, earlier: tuple[Finding, ...]) -> QualityReport:
    """Return what `save_quality` wrote, with the findings of reading put before it."""
    fields = json.loads((folder / "checks.json").read_text(encoding="utf-8"))["checks"]
    failing = dict(iter(pd.read_parquet(folder / "failing.parquet").groupby("check")))
    none = pd.DataFrame(columns=["_file", "_line", "_key"])
    checks = [
        Check(
            **{**body, "severity": Severity(body["severity"])},
            failing_rows=failing[number].drop(columns="check") if number in failing else none,
        )
        for number, body in enumerate(fields)
    ]
    return QualityReport(tuple(checks), earlier)


def save_findings(findings: tuple[Finding, ...], folder: Path) -> None:
    """Write `findings.json`."""
    _write(folder / "findings.json", {"findings": [vars(finding) for finding in findings]})


def load_findings(folder: Path) -> tuple[Finding, ...]:
    """Return what `save_findings` wrote."""
    return tuple(_finding(body) for body in json.loads((folder / "findings.json").read_text(encoding="utf-8"))["findings"])


def _write(path: Path, body: Mapping[str, Any]) -> None:
    path.write_text(json.dumps(body, ensure_ascii=False, default=_json), encoding="utf-8")


def _json(value: Any) -> Any:
    return value.plain() if isinstance(value, Message) else dict(value)


def _row(body: Mapping[str, Any]) -> RowOutcome:
    return RowOutcome(**{**body, "outcome": Outcome(body["outcome"]), "reason": Message.parse(body["reason"]) if body["reason"] else None})


def _finding(body: Mapping[str, Any]) -> Finding:
    whole = {"message": Message.parse(body["message"]), "severity": Severity(body["severity"]), "keys": tuple(body["keys"])}
    return Finding(**{**body, **whole})
