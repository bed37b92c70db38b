"""Made-up practices with every flaw at a known rate: each flaw is repaired, settled or told, and nothing else is touched."""

from __future__ import annotations

import json
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from migkit.generate import generate
from migkit.model.outcomes import Outcome
from migkit.model.tables import CanonicalTables, RawExport
from migkit.source import Merged, merge_snapshots, placed, read_export, type_tables

from . import maps

SETTLED = {"held": Outcome.HELD, "rejected": Outcome.REJECTED}
FOUND = {
    "double-booked-chair", "double-booked-provider", "repeated-booking", "nonexistent-local-time", "ambiguous-local-time",
    "booking-without-patient",
}  # fmt: skip
"""Flaws that are findings under the same name."""


class Read:
    """One generated practice with both of its exports read."""

    def __init__(self, folder: Path, style: str) -> None:
        made = generate(folder, patients=40, seed=11, style=style)
        self.truth = json.loads(made.truth.read_text(encoding="utf-8"))
        self.damage = json.loads(made.damage.read_text(encoding="utf-8"))
        self.raw, self.tables = self._read(made.export, "2026-10-31")
        self.later_raw, self.later = self._read(made.export_delta, "2026-11-09")

    @cached_property
    def merged(self) -> Merged:
        """Both exports as one, the later one full."""
        return merge_snapshots(self.tables, self.later, "full")

    def _read(self, folder: Path, day: str) -> tuple[RawExport, CanonicalTables]:
        raw = placed(read_export(folder), day)
        zone = self.truth["practice"]["timezone"]
        return raw, type_tables(raw, maps.by_synonyms(raw), maps.schema(), country=maps.AU, today=date.fromisoformat(day), timezone=zone)


@pytest.fixture(scope="module", params=["tidy", "reports"])
def practice(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Read:
    return Read(tmp_path_factory.mktemp(request.param), request.param)


def test_every_flaw_is_repaired_settled_or_found(practice: Read) -> None:
    """Each entry of damage.json meets the outcomes that it names."""
    lines = practice.raw.lines.set_index(["file", "line"])["kind"]
    settled = {(row.file, row.line): row for row in practice.tables.row_outcomes}
    findings = {finding.code: finding for finding in practice.tables.findings}
    rows = {table: frame.set_index("_key") for table, frame in practice.tables.frames.items()}
    truths = {(table, _key(table, row)): row for table, those in practice.truth["tables"].items() for row in those}
    repairs = {place: changed["after"] for place, changed in practice.tables.repairs.groupby(["key", "field"])}
    assert practice.damage["export"]["flaws"]
    for flaw in practice.damage["export"]["flaws"]:
        place = (f"2026-10-31/{flaw['file']}", flaw["line"])
        effect = flaw["effect"]
        if effect == "layout":
            assert lines[place] == "layout", flaw
        elif effect == "repeated":  # which of the two rows counts is the reader's choice
            files = {f"2026-10-31/{name}" for name in (flaw["file"], *flaw["also"])}
            repeated = [row for row in practice.tables.row_outcomes if row.key == flaw["key"] and row.file in files]
            assert [row.outcome for row in repeated] == [Outcome.REPEATED], flaw
        elif effect in SETTLED:
            assert settled[place].outcome is SETTLED[effect], flaw
            if flaw["kind"] == "ambiguous-name":
                assert all(candidate in str(settled[place].reason) for candidate in flaw["also"]), flaw
        elif effect == "lost":
            after = repairs[flaw["key"], flaw["field"]]
            assert pd.isna(rows[flaw["table"]].at[flaw["key"], flaw["field"]]) and after.isna().all() and len(after) == 1, flaw
            assert [
                f for f in practice.tables.findings if (f.table, f.field) == (flaw["table"], flaw["field"]) and flaw["key"] in f.keys
            ], flaw
        elif effect == "repaired":
            truth = truths[flaw["table"], flaw["key"]]
            assert _plain(rows[flaw["table"]].at[flaw["key"], flaw["field"]]) == _text(truth[flaw["field"]]), flaw
        elif effect == "either":
            assert flaw["key"] in rows[flaw["table"]].index or settled[place].outcome is Outcome.REJECTED, flaw
        elif flaw["kind"] in FOUND:
            assert flaw["key"] in findings[flaw["kind"]].keys, flaw
    assert findings["attachment-file-missing"].keys == tuple(
        flaw["key"] for flaw in practice.damage["export"]["flaws"] if flaw["kind"] == "entry-without-file"
    )


def test_everything_that_was_not_spoiled_is_read_as_it_was_meant(practice: Read) -> None:
    """Cell by cell against the clean truth: only cells that damage.json calls lost differ, only rows that it names are absent."""
    flaws = practice.damage["export"]["flaws"]
    lost = {(flaw["key"], flaw["field"]) for flaw in flaws if flaw["effect"] == "lost"}
    away = {flaw["key"] for flaw in flaws if flaw["effect"] in ("held", "rejected", "absent", "either")}
    for table, rows in practice.truth["tables"].items():
        spec = maps.schema()[table]
        mine = practice.tables[table].set_index("_key")
        for row in rows:
            key = _key(table, row)
            if key not in mine.index:
                assert key in away, key
                continue
            for field in practice.truth["exported_fields"][table]:
                if field in row and (key, field) not in lost:
                    assert _plain(mine.at[key, field]) == _text(row[field]), (key, field)
        made = mine["_synthetic"]
        assert set(mine.index[~made]) <= {_key(table, row) for row in rows}, spec.name


def test_every_physical_row_has_exactly_one_place(practice: Read) -> None:
    """Rows and rejects of all files are the typed rows and the settled ones, in both exports and after merging them."""
    for raw, tables in ((practice.raw, practice.tables), (practice.later_raw, practice.later)):
        assert _accounted(tables) == _physical(raw)
    assert _accounted(practice.merged.tables) == sorted(_physical(practice.raw) + _physical(practice.later_raw))


def test_the_totals_of_reports_agree_with_their_rows(practice: Read) -> None:
    """No total row is reported, and payments received and allocated are those of the books, to the cent."""
    assert not [f for f in practice.tables.findings if f.code == "report-total-mismatch"]
    payments = practice.tables["payments"]
    allocated = payments["kind"].eq("allocation")
    assert int(payments.loc[allocated, "amount"].sum()) == practice.truth["sums"]["allocated"]
    assert int(practice.tables["treatment_plans"]["total"].sum()) == practice.truth["sums"]["plans"]


def test_the_second_export_is_told_apart_by_content(practice: Read) -> None:
    """New, changed and gone records are those that the later truth names, but for rows that damage holds back."""
    away = {flaw["key"] for part in ("export", "export_delta") for flaw in practice.damage[part]["flaws"] if flaw["key"]}
    found = practice.merged.classes
    for table, want in practice.truth["delta"]["tables"].items():
        prefix = maps.schema()[table].prefix
        mine = found[found["table"].eq(table)]
        for name, keys in (("new", want["new"]), ("gone", want["gone"]), ("changed", want["changed"])):
            expected = {f"{prefix}:{one}" if isinstance(one, str) else _key(table, one) for one in keys} - away
            assert set(mine.loc[mine["class"].eq(name), "key"]) - away == expected, (table, name)


def test_rows_in_another_order_give_the_same_keys_and_values(tmp_path: Path) -> None:
    """The export's rows shuffled: every record keeps its key and its content."""
    made = generate(tmp_path / "made", patients=20, seed=5, style="tidy", damage=False)
    shuffled = tmp_path / "shuffled"
    shuffled.mkdir()
    for path in made.export.glob("*.csv"):
        raw = path.read_bytes()
        header, *rows = raw.decode("utf-8-sig").splitlines(keepends=True)
        if "\n" in "".join(rows) and not any(row.count('"') % 2 for row in rows):
            (shuffled / path.name).write_text(header + "".join(reversed(rows)), encoding="utf-8", newline="")
        else:
            (shuffled / path.name).write_bytes(raw)
    one, two = read_export(made.export), read_export(shuffled)
    day = date(2026, 10, 31)
    first = type_tables(one, maps.by_synonyms(one), maps.schema(), country=maps.AU, today=day)
    second = type_tables(two, maps.by_synonyms(two), maps.schema(), country=maps.AU, today=day)
    for table in ("patients", "appointments", "invoices", "invoice_lines", "health_funds"):
        columns = [name for name in first[table].columns if name not in ("_file", "_line")]
        left, right = (tables[table][columns].sort_values("_key", ignore_index=True) for tables in (first, second))
        pd.testing.assert_frame_equal(left, right)


def _key(table: str, row: dict[str, Any]) -> str:
    spec = maps.schema()[table]
    return f"{spec.prefix}:{row[spec.key[0]]}"


def _plain(value: Any) -> str | None:
    if pd.isna(value):
        return None
    if isinstance(value, pd.Timestamp):
        return value.isoformat().removesuffix("T00:00:00")
    return _text(value.item() if hasattr(value, "item") else value)


def _text(value: Any) -> str | None:
    if isinstance(value, str):
        return value.removesuffix("T00:00:00")
    return None if value is None else str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _accounted(tables: CanonicalTables) -> list[tuple[str, int]]:
    rows = [
        (str(file), int(line))
        for frame in tables.frames.values()
        for file, line, made in zip(frame["_file"], frame["_line"], frame["_synthetic"], strict=True)
        if not made
    ]
    return sorted(rows + [(row.file, row.line) for row in tables.row_outcomes])


def _physical(raw: RawExport) -> list[tuple[str, int]]:
    lines = raw.lines[raw.lines["kind"].ne("layout")]
    return sorted((str(file), int(line)) for file, line in zip(lines["file"], lines["line"], strict=True))
