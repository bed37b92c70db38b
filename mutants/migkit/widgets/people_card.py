"""One pair side by side: fields, how they agree, and what is known about both rows; drawn as HTML."""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd
from nameparser import HumanName

from migkit.identity import SAME, account_frame, read_evidence
from migkit.model.people import People
from migkit.model.tables import CanonicalTables
from migkit.report import mask

from .people_state import Case

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
.mkp .none { color:#8b989e; }
.mkp .head { display:flex; align-items:baseline; gap:14px; flex-wrap:wrap; margin:2px 0 8px; }
.mkp .head b { font-size:17px; } .mkp .head span { color:var(--soft); }
.mkp .bar { height:8px; border-radius:4px; background:var(--line); overflow:hidden; margin:6px 0 4px; }
.mkp .bar i { display:block; height:100%; background:var(--accent); }
.mkp .note { border-left:4px solid var(--accent); background:var(--wash); padding:7px 12px; margin:8px 0 2px; border-radius:0 6px 6px 0; }
.mkp .note.warn { border-color:#a15c00; background:#fff8ec; }
.mkp .count { color:var(--soft); font-size:13px; }
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
        titles = "".join(f"<th>{html.escape(name)}</th>" for name in ("", *names, "How they agree"))
        columns = '<colgroup><col class="f"><col><col><col class="a"></colgroup>'
        body = f"<table>{columns}<thead><tr>{titles}</tr></thead><tbody>{''.join(lines)}</tbody></table>"
        head = _head(case, answers, self._survivors.get(case.left, case.left))
        return f"{head}{body}{self._warnings(joined)}"

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


def _head(case: Case, answers: Mapping[str, tuple[str, str]], survivor: str) -> str:
    if case.score is None:
        title = "Decided by hand"
    else:
        title = f"{'Over 99%' if case.score >= 0.99 else format(case.score, '.0%')} likely to be one person"
    if case.person_id is not None:
        text = "a patient, and a person who was in the account before: the same means that this person is kept and completed"
    elif case.band == SAME:
        text = f"merged without asking, kept as {survivor}"
    else:
        text = f"asked because {_why_asked(case.evidence, answers)}"
    return f'<div class="head"><b>{title}</b><span>{html.escape(text)}</span></div>'


def _why_asked(evidence: str, answers: Mapping[str, tuple[str, str]]) -> str:
    """What kept the pair from being merged without asking: what is a person's own and does not agree, or is missing."""
    own = ("first name", "birth date", "gender", "Medicare number and reference")
    doubts = [f"{title}: {answers[title][0]}" for title in own if title in answers and answers[title][1] != SAME]
    missing = [f"{title} is missing" for title in own[:2] if title not in answers]
    refused = [part for part in evidence.split("; ") if ": " not in part]
    return "; ".join(refused + doubts + missing) or "too little is known to be certain"


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
    name = HumanName(_text(row["full_name"]))
    return {**row, "title": name.title, "first_name": name.first, "middle_name": name.middle, "last_name": name.last}
