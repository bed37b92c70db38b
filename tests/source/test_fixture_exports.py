"""Three exports written by hand, and what reading them must yield, also written by hand."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml

from migkit.model.outcomes import Outcome
from migkit.model.tables import CanonicalTables, RawExport
from migkit.source import read_export, type_tables

from . import maps

EXPORTS = Path(__file__).parents[1] / "fixtures" / "exports"
MAPS = {"core_reports": maps.CORE_REPORTS, "dump_with_damage": maps.DUMP_WITH_DAMAGE, "other_system": maps.OTHER_SYSTEM}


@cache
def expected(name: str) -> dict[str, Any]:
    return yaml.safe_load((EXPORTS / name / "EXPECTED.yaml").read_text(encoding="utf-8"))


@cache
def raw(name: str) -> RawExport:
    return read_export(EXPORTS / name)


@cache
def typed(name: str) -> CanonicalTables:
    zone = expected(name)["timezone"]
    return type_tables(raw(name), MAPS[name], maps.schema(), country=maps.AU, today=date(2026, 11, 1), timezone=zone)


@pytest.mark.parametrize("name", MAPS)
def test_every_line_is_layout_row_or_reject_as_written(name: str) -> None:
    """Lines of each file fall into layout, rows and rejects exactly as a person sorted them."""
    lines = raw(name).lines
    for file, want in expected(name)["files"].items():
        mine = lines[lines["file"].eq(file)]
        if want["table"] is None:
            assert list(mine["kind"]) == ["reject"] and mine["reason"].iloc[0] == want["finding"]
            continue
        found = {kind: list(mine.loc[mine["kind"].eq(kind), "line"]) for kind in ("layout", "row", "reject")}
        optional = want.get("may_reject", [])
        assert found["layout"] == want["layout_lines"], file
        assert found["row"] == [line for line in want["row_lines"] if line in found["row"] or line not in optional], file
        assert [(line, reason) for line, reason in zip(mine["line"], mine["reason"], strict=True) if line in found["reject"]] == [
            (one["line"], one["reason"]) for one in want["rejects"]
        ], file
        anatomy = raw(name).anatomy.set_index("file").loc[file]
        for told in {"encoding", "separator", "header_line"} & want.keys():
            assert anatomy[told] == want[told], (file, told)


@pytest.mark.parametrize("name", MAPS)
def test_values_are_read_as_a_person_reads_them(name: str) -> None:
    """Every value that the hand-written expectation names stands in the typed tables."""
    for want in expected(name).get("values", []):
        row = _row(typed(name), want)
        value = row[want["field"]]
        wanted = want.get("value_e164", want.get("value"))
        if wanted is None:
            assert pd.isna(value), want
        elif isinstance(value, pd.Timestamp):
            assert value == pd.Timestamp(wanted), want
        else:
            assert value == wanted, want
        if want.get("repaired"):
            repairs = typed(name).repairs
            assert (repairs["key"].eq(row["_key"]) & repairs["field"].eq(want["field"])).any(), want


@pytest.mark.parametrize("name", MAPS)
def test_settled_rows_and_findings_are_those_expected(name: str) -> None:
    """Repeated, held and rejected rows are settled with their reason; each expected finding is there with its count and keys."""
    settled = {(row.file, row.line): row for row in typed(name).row_outcomes}
    for want in expected(name).get("settled", []):
        row = settled[want["file"], want["line"]]
        assert row.outcome == Outcome(want["outcome"]), want
        assert row.ref == want.get("ref", row.ref)
        assert (row.reason.code if row.reason else "") == want.get("reason", row.reason.code if row.reason else ""), (row, want)
        for candidate in want.get("candidates", []):
            assert candidate in str(row.reason)
    for want in expected(name).get("findings", []):
        same = [f for f in typed(name).findings if f.code == want["code"] and f.table == want.get("table", f.table)]
        assert same, want
        finding = next(f for f in same if f.field == want.get("field", f.field))
        assert finding.count == want.get("count", finding.count), (finding, want)
        assert finding.severity == want.get("severity", finding.severity), want
        assert list(finding.keys) == want.get("keys", list(finding.keys)), want


@pytest.mark.parametrize("name", MAPS)
def test_documents_and_homeless_columns_are_kept(name: str) -> None:
    """Texts that are no tables are listed; a column that became a new field keeps its values; row counts are those written."""
    assert set(raw(name).documents) == set(expected(name).get("documents", ["EXPECTED.yaml"]))
    for want in expected(name).get("no_home", []):
        frame = typed(name)["patients"]
        assert frame.loc[frame["_file"].eq(want["file"]), f"custom:{want['column']}"].dropna().tolist() == want["values"]
    for table, rows in expected(name).get("typed_rows", {}).items():
        assert len(typed(name)[table]) == rows, table
    for want in expected(name).get("stacked", []):
        assert any(len(one.files) == want["files"] and len(one.frame) == want["rows"] for one in raw(name).tables.values()), want


@pytest.mark.parametrize("name", MAPS)
def test_every_row_and_reject_has_one_outcome_or_a_typed_row(name: str) -> None:
    """Physical rows and rejects are exactly the typed rows that are not synthetic plus the settled ones."""
    lines = raw(name).lines[raw(name).lines["kind"].ne("layout")]
    physical = [(str(file), int(line)) for file, line in zip(lines["file"], lines["line"], strict=True)]
    tables = typed(name)
    going_on = [
        (str(file), int(line))
        for frame in tables.frames.values()
        for file, line, made in zip(frame["_file"], frame["_line"], frame["_synthetic"], strict=True)
        if not made
    ]
    assert sorted(going_on + [(row.file, row.line) for row in tables.row_outcomes]) == sorted(physical)


@pytest.mark.parametrize("name", MAPS)
def test_typed_frames_have_the_schema_s_columns_and_dtypes(name: str) -> None:
    """Each frame has every canonical field in its dtype, provenance, and unique keys."""
    from migkit.model.canonical import DTYPES

    for table, spec in maps.schema().tables.items():
        frame = typed(name)[table]
        assert {field: str(frame[field].dtype) for field in spec.fields} == {field: DTYPES[one.type] for field, one in spec.fields.items()}
        assert frame["_key"].is_unique and not frame[["_file", "_line", "_key"]].isna().any().any()


def _row(tables: CanonicalTables, want: dict[str, Any]) -> pd.Series:
    frame = tables[want["table"]]
    hit = frame["_key"].eq(want["key"]) if "key" in want else frame["_file"].eq(want["file"]) & frame["_line"].eq(want["line"])
    assert hit.sum() == 1, want
    return frame[hit].iloc[0]
