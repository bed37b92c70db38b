"""Patients → Persons; households and employers → Organizations; practitioners → owners."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from migkit.model.mapping import CUSTOM
from migkit.model.messages import Message
from migkit.model.objects import ObjectType
from migkit.model.people import Household
from migkit.model.records import DesiredRecord

from .context import Context
from .cover import cover_values
from .rows import Row
from .text import SHORT_CHARS, short

FAMILY_HEAD = "family head"
"""Label of an e-mail or phone that is the family head's, not the person's own."""

_PHONES = (("mobile", "mobile"), ("home_phone", "home"), ("work_phone", "work"))
_LABELS = dict(_PHONES)
_REFUSED, _GRANTED = ("sms_opt_out", "email_opt_out", "do_not_contact"), ("sms_consent", "email_consent")
"""Columns whose yes, and whose no, is a "no" to messages: it counts on whichever of a person's records it stands."""


@dataclass(frozen=True)
class Persons:
    """The planned persons, and which rows they stand for."""

    context: Context
    of_patient: Mapping[str, str]
    """Patient key → key of the planned person; lacks those that are held or left out."""
    first: frozenset[str]
    """Keys of the persons that go in the first waves."""
    records: dict[str, DesiredRecord] = field(default_factory=dict)
    """Person key → record; complete once `plan_people` is done."""

    def key(self, row: Row, column: str = "patient_id") -> str | None:
        """Return the key of the planned person that a row's patient belongs to, None where there is none."""
        return self.of_patient.get(f"patient:{row[column]}") if row.get(column) else None

    def of(self, row: Row, column: str = "patient_id") -> DesiredRecord | None:
        """Return the planned person that a row's patient belongs to, None where there is none."""
        key = self.key(row, column)
        return self.records[key] if key else None

    def wait(self, row: Row, *columns_and_tables: tuple[str, str]) -> bool:
        """Settle a row whose patient, or one of the other named parents, is held or left out; return whether it was.

        Each pair is (column holding the source id, table it refers to). A patient must be planned, the others only not stopped.
        """
        book = self.context.book
        parents = [self.context.key(table, row[column]) for column, table in columns_and_tables if row.get(column)]
        if book.stopped_by(row, *parents):
            return True
        for column, table in columns_and_tables:
            if table == "patients" and row.get(column) and self.key(row, column) is None:
                key = f"patient:{row[column]}"
                book.hold(row, Message.of("missing-parent", key=key), key)
                return True
        return False

    def required(self, row: Row, *columns_and_tables: tuple[str, str]) -> str | None:
        """Return the key of the person of a row that cannot go on without one; settle the row and return None where there is none."""
        if self.wait(row, ("patient_id", "patients"), *columns_and_tables):
            return None
        person = self.key(row)
        if person is None:
            self.context.note_problem("no-patient", row["_table"], row["_key"])
            self.context.book.hold(row, Message.of("no-patient"))
        return person

    def wave(self, person: DesiredRecord, *, current: bool, parents: Sequence[DesiredRecord | None] = ()) -> int:
        """Return the wave of what belongs to a person: never before the person, nor before its other parents."""
        return self.context.wave(first=person.key in self.first, current=current, parents=[person, *parents])


def plan_people(context: Context) -> Persons:
    """Add organizations and persons, and settle the rows of patients, families, health_funds and practitioners."""
    groups = _groups(context)
    of_patient = {row["_key"]: key for key, rows in groups.items() for row in rows}
    of_patient |= {row: key for row, key in _left_alone(context).items() if key in groups}
    homes = {member: home.key for home in reversed(_by_rank(context.people.households)) for member in home.members}
    first = _first(context, groups, of_patient)
    known_by = {key: (key, *(row["_key"] for row in rows)) for key, rows in groups.items()}
    home_of = {key: home for key, ids in known_by.items() if (home := next((homes[one] for one in ids if one in homes), None))}
    members: dict[str, list[str]] = defaultdict(list)
    for key, home in home_of.items():
        members[home].append(key)
    waves = {key: context.wave(first=key in first, current=True) for key in groups}
    organizations = _plan_organizations(context, groups, members, waves)
    persons = Persons(context, of_patient, first)
    covers = _covers(persons)
    for key, rows in groups.items():
        organization = organizations.get(home_of.get(key, ""))
        persons.records[key] = _plan_person(context, key, rows, organization, covers.get(key, []), waves[key])
    _settle_staff(context)
    return persons


def full_name(row: Row) -> str:
    """Return a patient's or lead's name as one line: first, middle and last, else the full name as exported."""
    parts = [row.get(part) for part in ("first_name", "middle_name", "last_name")]
    return short(" ".join(part for part in parts if part) if row.get("first_name") or row.get("last_name") else row.get("full_name") or "")


def address(row: Row) -> str | None:
    """Return an address in one line, None where the row has none."""
    town = " ".join(str(row[part]) for part in ("suburb", "state", "postcode") if row.get(part))
    parts = [row.get("address_line1"), row.get("address_line2"), town or None, row.get("country")]
    found = ", ".join(str(part) for part in parts if part)
    return found if found and found != row.get("country") else None


def source_ids(keys: Sequence[str]) -> str:
    """Return the keys of all rows that a record stands for, its own first, as many as fit into the field."""
    text = keys[0]
    for position, key in enumerate(keys[1:], start=1):
        if len(text) + len(key) + 2 > SHORT_CHARS - 12:
            return f"{text}, +{len(keys) - position} more"
        text += f", {key}"
    return text


def _left_alone(context: Context) -> dict[str, str]:
    """Return patient key → person key of the rows that are gone by decision while another row of the same person goes on."""
    survivors = context.people.survivors
    going = {survivors.get(row["_key"], row["_key"]) for row in context.rows("patients")}
    return {key: survivors[key] for key, choice in context.gone.items() if choice == "delete" and survivors.get(key) in going}


def _groups(context: Context) -> dict[str, list[Row]]:
    """Return person key → patient rows that make it, its own row first; settles rows that are held, left out or merged away.

    A row that is gone by decision takes with it neither its person, of whom another row goes on, nor what is theirs: the practice joined
    its own records, and no more than an id left.
    """
    groups: dict[str, list[Row]] = defaultdict(list)
    context.book.leave_alone(_left_alone(context))
    for row in context.rows("patients"):
        key = context.people.survivors.get(row["_key"], row["_key"])
        if context.book.stopped_by(row, key):
            continue
        if row.get("status") == "deleted" and context.policies["deleted_patients"] == "exclude":
            context.book.exclude(row, Message.of("deleted-left-out"))
        elif row.get("name_remark") == "test" and context.policies["test_patients"] == "exclude":
            context.book.exclude(row, Message.of("test-patient-left-out"))
        else:
            groups[key].append(row)
    named: dict[str, list[Row]] = {}
    for key, rows in groups.items():
        rows.sort(key=lambda row: row["_key"] != key)
        if not any(map(full_name, rows)):
            for row in rows:
                context.note_problem("no-name", "patients", row["_key"])
                context.book.hold(row, Message.of("no-name"))
            continue
        named[key] = rows
        for row in rows:
            if row is rows[0]:
                context.book.own(row, key)
            else:
                context.book.merge(row, key, context.people.reasons.get(row["_key"]))
    return named


def _first(context: Context, groups: Mapping[str, Sequence[Row]], of_patient: Mapping[str, str]) -> frozenset[str]:
    """Return the persons of the first waves: active patients, and whoever has an appointment ahead."""
    first = {key for key, rows in groups.items() if any(_status(context, row) == "active" for row in rows)}
    for row in context.rows("appointments"):
        moment = row.get("start_at") or row.get("date")
        if moment and moment.date() >= context.today and row.get("status") in (None, "booked"):
            first.add(of_patient.get(f"patient:{row['patient_id']}", ""))
    return frozenset(first)


def _plan_person(
    context: Context, key: str, rows: Sequence[Row], organization: DesiredRecord | None, covers: Sequence[Row], wave: int
) -> DesiredRecord:
    merged = {column: next((row[column] for row in rows if row.get(column) is not None), None) for column in rows[0]}
    no_contact = context.policies["do_not_contact_names"] == "opt_out" and any(row.get("name_remark") == "do_not_contact" for row in rows)
    merged |= {column: True for column in _REFUSED if any(row.get(column) for row in rows)}
    merged |= {column: False for column in _GRANTED if any(row.get(column) is False for row in rows)}
    if no_contact:
        merged["sms_opt_out"] = True
    _note_contradictions(context, rows)
    emails, own_email = _emails(context, rows)
    keys = [key, *(row["_key"] for row in rows if row["_key"] != key)]
    cover = cover_values(context, merged, covers)
    fields = {
        **context.write.fields(
            ObjectType.PERSON,
            merged,
            name=next(name for name in map(full_name, rows) if name),
            emails=emails or None,
            phones=_phones(context, rows) or None,
            created=min((row["created_at"] for row in rows if row.get("created_at")), default=None),
            source_ids=source_ids(keys),
            address=address(merged),
            status_label=context.map["patient_status"].get(_status_of_all(context, rows) or ""),
            no_email=None if own_email else ("Only the family head's e-mail" if emails else "No e-mail on file"),
            details=context.write.line(
                "patient_details", merged, **cover, contact_remarks=contact_remarks(rows), merged_ids=", ".join(keys[1:])
            ),
            **cover,
        ),
        **context.write.new_fields("patients", rows),
        **context.write.new_fields("health_funds", covers),
    }
    sources = [*keys, *(row["_key"] for row in covers)]
    links = {"org_id": organization.key if organization else None}
    return context.add(key, ObjectType.PERSON, fields, links=links, owner=_owner(context, rows), wave=wave, sources=sources)


def _status(context: Context, row: Row) -> str | None:
    """Return a patient's status; the archived flag, or by policy such a name, counts where the status says no more than active."""
    status: str | None = row.get("status") or ("active" if not row.get("archived") else None)
    archived = row.get("archived") or (context.policies["archived_names"] == "archive" and row.get("name_remark") == "archived")
    return "archived" if archived and status in (None, "active") else status


def _status_of_all(context: Context, rows: Sequence[Row]) -> str | None:
    """Return the status of a person: that of the row that counts, unless another row of theirs says that they have died."""
    found = [_status(context, row) for row in rows]
    if "deceased" in found and found[0] != "deceased":
        for row in rows:
            context.note_problem("merged-with-deceased", "patients", row["_key"])
        return "deceased"
    return found[0]


def _note_contradictions(context: Context, rows: Sequence[Row]) -> None:
    """Name the merged rows that say something else than the one that counts, where only one value has room in a person."""
    survivor, *others = rows
    for row in others:
        if any(_differs(survivor, row, columns) for columns in _ONE_OF):
            context.note_problem("merged-rows-differ", "patients", row["_key"])


_ONE_OF = (
    ("address_line1", "suburb", "postcode"), ("balance",), ("birth_date",), ("health_fund_number",), ("medicare_number",), ("occupation",),
)  # fmt: skip
"""Fields of which a person has one value; what stands in several together is compared together."""


def _differs(survivor: Row, row: Row, columns: Sequence[str]) -> bool:
    pairs = [(survivor.get(column), row.get(column)) for column in columns]
    if all(other is None for _, other in pairs) or all(own is None for own, _ in pairs):
        return False
    return any(own is not None and other is not None and _plain(own) != _plain(other) for own, other in pairs)


def _plain(value: Any) -> str:
    """Return a value without its capitals and blanks."""
    return "".join(str(value).casefold().split())


def _emails(context: Context, rows: Sequence[Row]) -> tuple[list[dict[str, Any]], bool]:
    """Return the e-mails of a person, own ones first, and whether any is their own."""
    found: dict[str, dict[str, Any]] = {}
    own = False
    for inherited in (False, True):
        for row in rows:
            if row.get("email") and ("email" in context.people.inherited.get(row["_key"], ())) is inherited:
                found.setdefault(row["email"].casefold(), {"value": row["email"], "label": FAMILY_HEAD if inherited else "home"})
                own = own or not inherited
    for row in rows:
        is_head_s = "email" in context.people.inherited.get(row["_key"], ())
        for _, value in further(row, "other_emails"):
            found.setdefault(value.casefold(), {"value": value, "label": FAMILY_HEAD if is_head_s else "other"})
            own = own or not is_head_s
    return with_primary(found), own


def _phones(context: Context, rows: Sequence[Row]) -> list[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for inherited in (False, True):
        for column, label in _PHONES:
            for row in rows:
                if row.get(column) and (column in context.people.inherited.get(row["_key"], ())) is inherited:
                    found.setdefault(row[column], {"value": row[column], "label": FAMILY_HEAD if inherited else label})
    for row in rows:
        for name, value in further(row, "other_phones"):
            is_head_s = name in context.people.inherited.get(row["_key"], ())
            found.setdefault(value, {"value": value, "label": FAMILY_HEAD if is_head_s else _LABELS.get(name, "other")})
    return with_primary(found)


def contact_remarks(rows: Sequence[Row]) -> str:
    """Return the cells of phones and e-mails that say more than their values do, as they were written."""
    said = ((_spoken(name), value) for row in rows for name, value in further(row, "contact_remarks"))
    return "; ".join(dict.fromkeys(f"{name} {value}".strip() for name, value in said))


def _spoken(name: str) -> str:
    """Return how the field of a line is called, "" where the line stands under no other than the remarks' own."""
    return "" if name == "contact_remarks" else name.removeprefix(CUSTOM).replace("_", " ")


def further(row: Row, column: str) -> list[tuple[str, str]]:
    """Return field and value of the further phones or e-mails of a row (lines `<field> <value>`)."""
    lines = (row.get(column) or "").split("\n")
    return [(name, value) for name, _, value in (line.partition(" ") for line in lines) if value]


def with_primary(found: Mapping[str, dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the items of a list field, the first one marked as primary."""
    return [{**item, "primary": index == 0} for index, item in enumerate(found.values())]


def _owner(context: Context, rows: Sequence[Row]) -> str:
    return context.owner(next((row["practitioner_id"] for row in rows if row.get("practitioner_id")), None))


def _covers(persons: Persons) -> dict[str, list[Row]]:
    """Return person key → cover rows in order of priority; each is folded into its person."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in persons.context.rows("health_funds"):
        if person := persons.required(row):
            persons.context.book.fold(row, person)
            found[person].append(row)
    for rows in found.values():
        rows.sort(key=lambda row: row["priority"] if row.get("priority") is not None else 99)
    return found


def _plan_organizations(
    context: Context, groups: Mapping[str, Sequence[Row]], members: Mapping[str, Sequence[str]], waves: Mapping[str, int]
) -> dict[str, DesiredRecord]:
    """Add the organizations that somebody belongs to; return organization key → record, and settle the families."""
    made = {}
    families = {row["_key"]: row for row in context.rows("families")}
    patients = {row["_key"]: row for rows in groups.values() for row in rows} | {key: rows[0] for key, rows in groups.items()}
    for home in context.people.households:
        persons = members.get(home.key, ())
        if not persons:
            continue
        family = families.pop(home.key, None)
        head = patients.get(home.head or "") or groups[persons[0]][0]
        place = address(family) if family else None
        if place is None and home.kind == "household":
            place = address(head)
        fields = {
            **context.write.fields(
                ObjectType.ORGANIZATION,
                family,
                name=short(home.name),
                address=place,
                created=family.get("created_at") if family else None,
                source_ids=home.key,
                kind_label=home.kind.capitalize(),
            ),
            **(context.write.new_fields("families", [family]) if family else {}),
        }
        wave = min(waves[person] for person in persons)
        sources = [home.key] if family else [patients[member]["_key"] for member in home.members if member in patients]
        owner = _owner(context, [head])
        made[home.key] = context.add(home.key, ObjectType.ORGANIZATION, fields, owner=owner, wave=wave, sources=sources)
        if family:
            context.book.own(family, home.key)
    for family in families.values():
        context.note_problem("family-without-members", "families", family["_key"])
        context.book.exclude(family, Message.of("family-without-members"))
    return made


def _settle_staff(context: Context) -> None:
    """Settle the rows of practitioners: folded into the user who owns their records, or into the fallback owner where none matches."""
    matches = {key: match for match in context.people.owners for key in match.rows}
    for row in context.rows("practitioners"):
        match = matches.get(row["_key"])
        owner = context.people.practitioner_owner.get(row["_key"]) or context.people.fallback_owner
        context.book.fold(row, f"user:{owner}", Message.of("owner-status", status=match.status if match else "no match found"))


def _by_rank(households: Sequence[Household]) -> list[Household]:
    """Return households before employers: a person has one Organization, and the family it is."""
    return sorted(households, key=lambda home: (home.kind != "household", home.key))
