"""One pair side by side: fields, how they agree, and what is known about both rows; drawn as HTML."""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd

from migkit.identity import SAME, account_frame, read_evidence
from migkit.model.people import People
from migkit.model.tables import CanonicalTables
from migkit.report import mask

from .people_state import Case
from .waterfall import waterfall

FIELDS = (
    ("Title", ("title",), ""),
    ("First name", ("first_name", "middle_name"), "first name"),
    ("Preferred name", ("preferred_name",), ""),
    ("Last name", ("last_name",), "last name"),
    ("Former name", ("former_last_name",), ""),
    ("Birth date", ("birth_date",), "birth date"),
    ("Gender", ("gender",), "gender"),
    ("Mobile", ("mobile",), "phone"),
    ("Home phone", ("home_phone",), ""),
    ("E-mail", ("email",), "e-mail"),
    ("Address", ("address_line1", "address_line2"), "street"),
    ("Suburb", ("suburb", "state", "postcode"), "suburb"),
    ("Medicare and reference", ("medicare_number", "medicare_irn"), "Medicare number and reference"),
)
"""Title, fields, and the title of the comparison whose answer is shown beside them."""
PLAIN = ("Patient id", "Status", "Registered", "Household", "Appointments", "Invoices", "Where it stands")

CSS = """
.mkp { --ink:#1c2b33; --soft:#5b6b73; --line:#dfe6e9; --wash:#f5f8f9; --accent:#0b6e6e; --good:#1d7a46; --warn:#8a4b00; --bad:#b3261e;
  font:14px/1.5 system-ui,-apple-system,"Segoe UI","DejaVu Sans",sans-serif; color:var(--ink); background:#fff; max-width:1000px; }
.mkp table { border-collapse:collapse; width:100%; font-size:13px; table-layout:fixed; margin:0; }
.mkp th,.mkp td { text-align:left; vertical-align:top; padding:5px 10px; border-bottom:1px solid var(--line); background:none; }
.mkp th,.mkp td { overflow-wrap:anywhere; }
.mkp thead th { background:var(--wash); color:var(--soft); font-weight:600; }
.mkp tbody th { color:var(--soft); font-weight:500; }
.mkp col.f { width:17%; } .mkp col.a { width:23%; }
.mkp tr.near td.v { background:#fff6e5; } .mkp tr.different td.v { background:#fdeeed; } .mkp tr.same td.v { background:#edf7f1; }
.mkp .m { font-weight:600; white-space:normal; } .mkp .m.same { color:var(--good); }
.mkp .m.near { color:var(--warn); } .mkp .m.different { color:var(--bad); }
.mkp .m.none { color:var(--soft); font-weight:400; }
.mkp .none { color:#5b6b73; }
.mkp .head { display:flex; align-items:baseline; gap:14px; flex-wrap:wrap; margin:2px 0 8px; }
.mkp .head b { font-size:17px; } .mkp .head span { color:var(--soft); }
.mkp .bar { height:8px; border-radius:4px; background:var(--line); overflow:hidden; margin:6px 0 4px; }
.mkp .bar i { display:block; height:100%; background:var(--accent); }
.mkp .note { border-left:4px solid var(--accent); background:var(--wash); padding:7px 12px; margin:8px 0 2px; border-radius:0 6px 6px 0; }
.mkp .note.warn { border-color:#a15c00; background:#fff8ec; }
.mkp details.all { margin:10px 0 2px; } .mkp details.all summary { cursor:pointer; color:var(--accent); font-weight:600; }
.mkp .wide { overflow-x:auto; } .mkp .wide table { table-layout:auto; }
.mkp .fall { margin:12px 0 2px; } .mkp .fall table { font-size:12px; } .mkp .fall td,.mkp .fall th { padding:2px 10px; border:0; }
.mkp .fall th { width:24%; font-weight:500; color:var(--soft); }
.mkp .fall td.n { width:13%; text-align:right; color:var(--soft); white-space:nowrap; }
.mkp .fall .track { position:relative; height:13px; background:var(--wash); }
.mkp .fall .track i { position:absolute; top:0; bottom:0; border-radius:2px; min-width:2px; }
.mkp .fall i.for { background:#5aa57d; } .mkp .fall i.against { background:#cf6a62; } .mkp .fall i.end { background:var(--accent); }
.mkp .fall .track u { position:absolute; top:-2px; bottom:-2px; width:1px; background:#8b989e; }
.mkp .count { color:var(--soft); font-size:13px; }
.mk-people-review { outline:none; } .mk-people-act { position:sticky; top:0; z-index:2; background:#fff; padding:4px 0; }
"""


class PeopleCard:
    """Draws cases from the tables that the decision is about."""

    def __init__(self, people: People, tables: CanonicalTables, account_people: pd.DataFrame | None = None) -> None:
        patients = tables["patients"]
        self._rows: dict[str, Mapping[str, Any]] = {row["_key"]: row for row in patients.to_dict("records")}
        if account_people is not None:
            self._rows |= {str(key): _account_row(row) for key, row in account_frame(account_people).to_dict("index").items()}
        self._household = {member: household for household in people.households for member in household.members}
        self._survivors = people.survivors
        self._counts = {name: tables[name]["patient_id"].value_counts().to_dict() for name in ("appointments", "invoices")}

    def draw(self, case: Case, *, masked: bool, joined: Sequence[str]) -> str:
        """Return the comparison of a case; `joined` are the rows that would be one person."""
        left, right = self._rows.get(case.left, {}), self._rows.get(case.right, {})
        show: Callable[[object], str] = mask if masked else str
        answers = read_evidence(case.evidence)
        lines = []
        for title, fields, comparison in FIELDS:
            values = [_value(row, fields) for row in (left, right)]
            if not any(values):
                continue
            words, kind = _agreement(values, answers.get(comparison))
            lines.append(_line(title, [show(value) if value else "" for value in values], words, kind))
        facts = [dict(self._facts(key, row)) for key, row in ((case.left, left), (case.right, right))]
        lines += [_line(name, [f.get(name, "") for f in facts], "", "") for name in PLAIN if any(f.get(name) for f in facts)]
        names = [_column_title(key) for key in (case.left, case.right)]
        titles = "".join(f"<th>{html.escape(name)}</th>" for name in ("Field", *names, "How they agree"))
        columns = '<colgroup><col class="f"><col><col><col class="a"></colgroup>'
        body = f"<table>{columns}<thead><tr>{titles}</tr></thead><tbody>{''.join(lines)}</tbody></table>"
        head = _head(case, self._survivors.get(case.left, case.left))
        return f"{head}{body}{waterfall(case.weights)}{self._cluster(joined, show)}{self._warnings(joined)}"

    def _cluster(self, joined: Sequence[str], show: Callable[[object], str]) -> str:
        """All rows that would be one person side by side, where they are more than the two."""
        rows = [(key, self._rows[key]) for key in joined if key in self._rows]
        if len(rows) < 3:
            return ""
        named = [(title, fields) for title, fields, _ in FIELDS if any(_value(row, fields) for _, row in rows)]
        titles = "".join(f"<th>{html.escape(name)}</th>" for name in ("", *(title for title, _ in named)))
        lines = []
        for key, row in rows:
            values = [_value(row, fields) for _, fields in named]
            cells = "".join(f"<td>{html.escape(show(value))}</td>" if value else '<td class="none">–</td>' for value in values)
            lines.append(f"<tr><th>{html.escape(_column_title(key))}</th>{cells}</tr>")
        body = f"<thead><tr>{titles}</tr></thead><tbody>{''.join(lines)}</tbody>"
        summary = f"<summary>The {len(rows)} rows as a whole</summary>"
        return f'<details class="all">{summary}<div class="wide"><table>{body}</table></div></details>'

    def _facts(self, key: str, row: Mapping[str, Any]) -> list[tuple[str, str]]:
        if key.startswith("account:"):
            return [("Where it stands", f"Pipedrive person {key.partition(':')[2]}")]
        household = self._household.get(self._survivors.get(key, key))
        place = f"{household.key}, {len(household.members)} members" if household else "none"
        if household and household.head == self._survivors.get(key):
            place += ", the head"
        return [
            ("Patient id", _text(row.get("patient_id"))),
            ("Status", _text(row.get("status")) or "not said"),
            ("Registered", _text(row.get("created_at"))),
            ("Household", place),
            *((name.capitalize(), str(counts.get(row.get("patient_id"), 0))) for name, counts in self._counts.items()),
            ("Where it stands", f"{row.get('_file')}, line {row.get('_line')}"),
        ]

    def _warnings(self, joined: Sequence[str]) -> str:
        rows = [self._rows[key] for key in joined if key in self._rows]
        notes = []
        if len(joined) > 2:
            notes.append(f"“Same person” makes one person of {len(joined)} rows: {', '.join(joined)}.")
        if len({row["birth_date"] for row in rows if pd.notna(row["birth_date"])}) > 1:
            notes.append("The rows have different birth dates; “same person” keeps the one of the row that survives.")
        return "".join(f'<div class="note warn">{html.escape(note)}</div>' for note in notes)


def _head(case: Case, survivor: str) -> str:
    if case.score is None:
        title = "Decided by hand"
    else:
        title = f"{'Over 99%' if case.score >= 0.99 else format(case.score, '.0%')} likely to be one person"
    if case.person_id is not None:
        text = "a patient, and a person who was in the account before: the same means that this person is kept and completed"
    elif case.band == SAME:
        text = f"merged without asking, kept as {survivor}"
    else:
        text = f"asked because {case.asked}" if case.asked else case.evidence
    return f'<div class="head"><b>{title}</b><span>{html.escape(text)}</span></div>'


def _line(title: str, values: Sequence[str], words: str, kind: str) -> str:
    cells = "".join(f'<td class="v">{html.escape(value)}</td>' if value else '<td class="none">–</td>' for value in values)
    sign = {"same": "✓ ", "near": "≈ ", "different": "✗ "}.get(kind, "")
    mark = f'<td class="m {kind or "none"}">{sign}{html.escape(words)}</td>'
    return f'<tr class="{kind}"><th>{title}</th>{cells}{mark}</tr>'


def _agreement(values: Sequence[str], answer: tuple[str, str] | None) -> tuple[str, str]:
    if not all(values):
        return "only one has it", ""
    if values[0].casefold() == values[1].casefold():
        return "same", "same"
    return answer or ("different", "different")


def _column_title(key: str) -> str:
    return f"Pipedrive person {key.partition(':')[2]}" if key.startswith("account:") else key


def _value(row: Mapping[str, Any], fields: Sequence[str]) -> str:
    return " ".join(filter(None, (_text(row.get(field)) for field in fields)))


def _text(value: object) -> str:
    if value is None or pd.isna(value):  # type: ignore[call-overload]
        return ""
    return value.strftime("%d %b %Y") if isinstance(value, pd.Timestamp) else str(value)


def _account_row(row: Mapping[str, Any]) -> dict[str, Any]:
    """A person of the account in a patient's fields, the one name that they have taken apart."""
    from nameparser import HumanName

    name = HumanName(_text(row["full_name"]))
    return {**row, "title": name.title, "first_name": name.first, "middle_name": name.middle, "last_name": name.last}
