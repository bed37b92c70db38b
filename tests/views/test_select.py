"""A view is one SELECT over the export's tables: what it gives, which rows it was made of, and what is refused."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import pytest

from migkit.model.errors import DataError
from migkit.model.tables import RawExport, SourceTable
from migkit.views import View, engine, make_view, parse_select, preview, shapes


def table(name: str, columns: str, *rows: Sequence[str | None]) -> SourceTable:
    frame = pd.DataFrame(rows, columns=columns.split(), dtype="string")
    return SourceTable(name, frame.assign(_file=f"{name}.csv", _line=range(2, len(frame) + 2)), (f"{name}.csv",))


ANN, BO, CY = ("1", "Ann", "Mia;Leo", "0"), ("2", "Bo", None, "6"), ("3", "Cy", "Zoe", None)
PATIENTS = table("patient", "id name kids code", ANN, BO, CY)
COVERS = table("Pat Plan", "pat sub", ("1", "7"), ("1", "8"), ("2", "7"), ("9", "7"))
FUNDS = table("fund", "num called", ("7", "HCF"), ("8", "Bupa"), ("9", "nib"))
RAW = RawExport({one.name: one for one in (PATIENTS, COVERS, FUNDS)}, pd.DataFrame(), pd.DataFrame())
P, C, F = "patient.csv", "Pat Plan.csv", "fund.csv"


def made(sql: str) -> SourceTable:
    return make_view(RAW, View("v", sql))


def rows(view: SourceTable) -> list[tuple[object, ...]]:
    """Return (values …, place) of every row."""
    cells = view.frame[view.columns].astype(object).where(view.frame[view.columns].notna(), None)
    places = view.frame["_file"] + ":" + view.frame["_line"].astype("string")
    return [(*row, place) for row, place in zip(cells.itertuples(index=False, name=None), places, strict=True)]


def drawn(view: SourceTable) -> list[list[str]]:
    """Return for each row of a view the physical rows that it was made of."""
    assert view.drawn is not None
    found: list[list[str]] = [[] for _ in range(len(view.frame))]
    for row, file, line in view.drawn.rows.itertuples(index=False):
        found[row].append(f"{file}:{line}")
    return found


@pytest.mark.parametrize(
    ("sql", "values", "sources"),
    [
        pytest.param(
            'SELECT p.pat, f.called FROM "Pat Plan" p LEFT JOIN fund f ON f.num = p.sub WHERE p.pat = \'1\'',
            [("1", "HCF", f"{C}:2"), ("1", "Bupa", f"{C}:3")],
            [[f"{C}:2", f"{F}:2"], [f"{C}:3", f"{F}:3"]],
            id="a join has the place of its driving row",
        ),
        pytest.param(
            'SELECT pat, string_agg(called, \'+\' ORDER BY called) AS funds FROM fund JOIN "Pat Plan" ON num = sub '
            "GROUP BY pat HAVING pat <> '9'",
            [("1", "Bupa+HCF", f"{F}:2"), ("2", "HCF", f"{F}:2")],
            [[f"{F}:2", f"{F}:3", f"{C}:2", f"{C}:3"], [f"{F}:2", f"{C}:4"]],
            id="a group is made of all its rows",
        ),
        pytest.param("SELECT count(*) AS n FROM fund", [("3", f"{F}:2")], [[f"{F}:2", f"{F}:3", f"{F}:4"]], id="a table as one row"),
        pytest.param(
            'SELECT DISTINCT sub FROM "Pat Plan"',
            [("7", f"{C}:2"), ("8", f"{C}:3")],
            [[f"{C}:2", f"{C}:4", f"{C}:5"], [f"{C}:3"]],
            id="distinct rows are made of all that are alike",
        ),
        pytest.param(
            "SELECT id FROM patient WHERE code IS NULL UNION ALL SELECT num FROM fund WHERE called = 'nib'",
            [("3", f"{P}:4"), ("9", f"{F}:4")],
            [[f"{P}:4"], [f"{F}:4"]],
            id="each part of a union has its own",
        ),
        pytest.param(
            "SELECT id, kid FROM patient, unnest(string_split(kids, ';')) AS k(kid)",
            [("1", "Leo", f"{P}:2"), ("1", "Mia", f"{P}:2"), ("3", "Zoe", f"{P}:4")],
            [[f"{P}:2"], [f"{P}:2"], [f"{P}:4"]],
            id="a list in one cell becomes rows",
        ),
        pytest.param(
            'WITH c AS (SELECT pat, max(sub) AS sub FROM "Pat Plan" GROUP BY pat) '
            "SELECT * FROM c JOIN fund ON num = c.sub WHERE pat = '1'",
            [("1", "8", "8", "Bupa", f"{C}:2")],
            [[f"{C}:2", f"{C}:3", f"{F}:3"]],
            id="through a WITH clause and a star",
        ),
        pytest.param(
            "SELECT s.* FROM (SELECT * FROM fund) s, patient WHERE patient.id = '1' AND s.num = '9'",
            [("9", "nib", f"{F}:4")],
            [[f"{F}:4", f"{P}:2"]],
            id="through a query in brackets",
        ),
        pytest.param(
            'SELECT called FROM "Pat Plan" RIGHT JOIN fund ON num = sub WHERE sub IS NULL',
            [("nib", f"{F}:4")],
            [[f"{F}:4"]],
            id="where the driving side is empty, the other has the place",
        ),
        pytest.param(
            'SELECT id FROM patient WHERE NOT EXISTS (SELECT 1 FROM "Pat Plan" WHERE pat = id)',
            [("3", f"{P}:4")],
            [[f"{P}:4"]],
            id="what is only looked at is not drawn in",
        ),
        pytest.param(
            'SELECT id FROM patient SEMI JOIN "Pat Plan" ON pat = id',
            [("1", f"{P}:2"), ("2", f"{P}:3")],
            [[f"{P}:2"], [f"{P}:3"]],
            id="nor the far side of a semi join",
        ),
        pytest.param(
            "SELECT id, row_number() OVER (ORDER BY name DESC) AS rank, '' AS nothing FROM patient WHERE id < '3'",
            [("1", "2", None, f"{P}:2"), ("2", "1", None, f"{P}:3")],
            [[f"{P}:2"], [f"{P}:3"]],
            id="a window gathers nothing, and an empty text is none",
        ),
    ],
)  # fmt: skip
def test_a_view_knows_the_rows_that_it_was_made_of(sql: str, values: list[tuple[object, ...]], sources: list[list[str]]) -> None:
    """Values are text, rows stand in the order of their driving rows, and every row that has a part in one is named."""
    view = made(sql)
    assert rows(view) == values
    assert drawn(view) == sources


@pytest.mark.parametrize(
    ("sql", "says"),
    [
        ("DELETE FROM patient", "not one SELECT"),
        ("CREATE TABLE x AS SELECT 1", "not one SELECT"),
        ("COPY patient TO 'x.csv'", "not one SELECT"),
        ("ATTACH 'x.db'", "not one SELECT"),
        ("SET memory_limit = '99GB'", "not one SELECT"),
        ("SELEC id FROM patient", "not one SELECT"),
        ("SELECT id FROM patient; SELECT num FROM fund", "several statements"),
        ("SELECT 1", "no table of the export"),
        ("SELECT * FROM '/etc/hostname'", "no table of the export"),
        ("SELECT * FROM other.patient", "no table of the export"),
        ("SELECT * FROM information_schema.tables", "no table of the export"),
        ("SELECT * FROM read_csv('/etc/hostname')", "read_csv"),
        ("SELECT id FROM patient WHERE id IN (SELECT content FROM read_text('/etc/hostname'))", "read_text"),
        ("SELECT * FROM query('SELECT 1')", "query"),
        ("SELECT * FROM duckdb_settings()", "duckdb_settings"),
        ("SELECT getenv('HOME') AS home FROM patient", "getenv"),
        ("SELECT now() AS n FROM patient", "another answer each time"),
        ("SELECT current_date AS n FROM patient", "another answer each time"),
        ("SELECT random() AS n FROM patient", "another answer each time"),
        ("SELECT * FROM patient USING SAMPLE 1", "another answer each time|other rows each time"),
        ("SELECT * FROM patient NATURAL JOIN fund", "JOIN … USING"),
        ("SELECT id FROM patient UNION SELECT num FROM fund", "UNION ALL"),
        ("WITH RECURSIVE r AS (SELECT id FROM patient UNION ALL SELECT id FROM r) SELECT * FROM r", "recursive"),
        ("SELECT DISTINCT ON (sub) * FROM \"Pat Plan\"", "DISTINCT ON"),
        ("SELECT shoe_size FROM patient", "shoe_size"),
        ("SELECT CAST(name AS INTEGER) AS n FROM patient", "TRY_CAST"),
        ("SELECT a.id FROM patient a, patient b, patient c, patient d, patient e, patient f, fund g, fund h, fund i", "multiplies"),
        ("SELECT f.num FROM fund f LEFT JOIN (SELECT 1 AS one) x ON true UNION ALL SELECT '1' FROM range(3)", "come from no row"),
    ],
)  # fmt: skip
def test_what_is_no_view_is_refused_in_a_sentence(sql: str, says: str) -> None:
    """Nothing but one SELECT over the export, with the same answer each time; the message names the view and no value."""
    with pytest.raises(DataError, match=f"^The view v can't be made: .*({says})") as raised:
        made(sql)
    assert "Ann" not in str(raised.value)


def test_a_view_is_bounded_in_time_and_memory() -> None:
    """A join that would take for ever is cut, and one that would fill the memory."""
    endless = "SELECT count(*) AS n FROM range(100000000) a, range(100000000) b, fund"
    select = parse_select(endless, RAW.tables, "v")
    with pytest.raises(DataError, match=r"more than 0\.2 seconds"):
        engine.run(select, RAW.tables, "v", seconds=0.2)
    wide = parse_select("SELECT list(x) AS n, num FROM range(50000000) r(x), fund GROUP BY num", RAW.tables, "v")
    with pytest.raises(DataError, match="of memory"):
        engine.run(wide, RAW.tables, "v", memory="50MB")


def test_a_preview_names_the_rows_that_are_multiplied_and_lost() -> None:
    """Three patients: Ann has two covers, Cy none."""
    view = made('SELECT id, sub FROM patient JOIN "Pat Plan" ON pat = id')
    seen = preview(RAW, view)
    assert seen.tables.to_dict("records") == [
        {"table": "patient", "driving": True, "rows": 3, "in_view": 2, "not_in_view": 1},
        {"table": "Pat Plan", "driving": False, "rows": 4, "in_view": 3, "not_in_view": 1},
    ]
    assert (seen.rows, seen.multiplied, seen.lost) == (3, (f"{P}:2",), (f"{P}:4",))
    assert seen.sentence() == f"3 rows of patient become 3. 1 multiplied: {P}:2. 1 lost: {P}:4."


@pytest.mark.parametrize(
    ("sql", "values"),
    [
        pytest.param(
            shapes.join_by_key("Pat Plan", "sub", "fund", "num", {"called": "Fund name"}),
            [("1", "7", "HCF", f"{C}:2"), ("1", "8", "Bupa", f"{C}:3"), ("2", "7", "HCF", f"{C}:4"), ("9", "7", "HCF", f"{C}:5")],
            id="join by key",
        ),
        pytest.param(
            shapes.first_filled("patient", ["code", "kids"], "first", fillers=["0"]),
            [(*ANN, "Mia;Leo", f"{P}:2"), (*BO, "6", f"{P}:3"), (*CY, "Zoe", f"{P}:4")],
            id="first filled",
        ),
        pytest.param(
            shapes.join_texts("patient", ["name", "code"], "Full", " / "),
            [(*ANN, "Ann / 0", f"{P}:2"), (*BO, "Bo / 6", f"{P}:3"), (*CY, "Cy", f"{P}:4")],
            id="join texts",
        ),
        pytest.param(shapes.rows_by_code("patient", "code", ["6"]), [("2", "Bo", None, "6", f"{P}:3")], id="rows of a code"),
        pytest.param(
            shapes.rows_by_code("patient", "code", ["6"], others=True),
            [("1", "Ann", "Mia;Leo", "0", f"{P}:2"), ("3", "Cy", "Zoe", None, f"{P}:4")],
            id="all other rows",
        ),
        pytest.param(shapes.rows_by_code("fund", "called", ["O'Neil"]), [], id="a code with a quote"),
    ],
)  # fmt: skip
def test_the_common_shapes_are_views(sql: str, values: list[tuple[object, ...]]) -> None:
    """What the functions write is what an analyst would."""
    assert rows(made(sql)) == values
