"""What Pipedrive's spreadsheet import takes, as far as its documents say: objects, columns, limits. Sources and doubts: ADR 16."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from migkit.model.objects import ObjectType
from migkit.model.records import SOURCE_ID

MOST_ROWS = 50_000
"""Rows of one file."""
MOST_BYTES = 50_000_000
"""Bytes of one file."""
FIRST_ROWS = 20
"""Rows of an object's first file in an account: what its import gets wrong shows in them, and goes by the API afterwards."""
FIRST_FROM = 200
"""Records of an object from which on there is such a first file."""
CELL_CHARS = 32_767
"""Characters of one cell of any workbook."""
TOGETHER = (
    frozenset({ObjectType.ORGANIZATION}),
    frozenset({ObjectType.PERSON}),
    frozenset({ObjectType.DEAL}),
    frozenset({ObjectType.ACTIVITY, ObjectType.NOTE}),
)
"""Objects whose files make a round: each needs the ids of those before it."""
SYSTEM_ID = "Pipedrive System ID"
"""Label of the column by which a row is linked to what stands in the account."""


class Route(StrEnum):
    """How a load reaches Pipedrive."""

    API = "api"
    """Every record by the API."""
    FILES = "files"
    """By Pipedrive's import what it can carry; what it cannot set on such a record (its original time) is given up."""
    HYBRID = "hybrid"
    """By Pipedrive's import only what it carries whole; everything that the plan promises is kept."""


class Kind(StrEnum):
    """How a value stands in its cell."""

    TEXT = "text"
    NUMBER = "number"
    DAY = "day"
    MOMENT = "moment"
    """A day with its time, as the clock of the importing user shows it."""
    CLOCK = "clock"
    """Hours and minutes, as text."""
    PLAIN = "plain"
    """The words of some HTML, a line a paragraph."""
    PLACE = "place"
    """An address in one line."""
    DONE = "done"
    BUSY = "busy"


@dataclass(frozen=True)
class Column:
    """One column of a sheet, called as the field of Pipedrive that it is mapped to."""

    category: str
    """Where the mapping screen lists it: Person, Organization, Deal, Activity, Note."""
    label: str
    kind: Kind = Kind.TEXT

    @property
    def header(self) -> str:
        """What stands in the first row."""
        return f"{self.category} - {self.label}"


@dataclass(frozen=True)
class Carried:
    """What the import carries of one object."""

    category: str
    plural: str
    fields: Mapping[str, Column]
    """Planned native field → its column."""
    links: Mapping[str, Column]
    """Link → its column: a system id, or the name of a piece of set-up."""
    owner: Column | None = None
    contacts: Mapping[str, tuple[Column, ...]] = field(default_factory=dict)
    """List field → a column for each label that Pipedrive has of its own, in their order."""
    given_up: frozenset[str] = frozenset()
    """Planned fields that the import is not known to set."""
    promised: frozenset[str] = frozenset()
    """Those of them that hold an original time."""


def _columns(category: str, **labels: str | tuple[str, Kind]) -> dict[str, Column]:
    return {
        name: Column(category, label) if isinstance(label, str) else Column(category, label[0], label[1]) for name, label in labels.items()
    }


_PERSON, _ORGANIZATION, _DEAL = (Column(name, SYSTEM_ID, Kind.NUMBER) for name in ("Person", "Organization", "Deal"))


def _contacts(name: str, *labels: str) -> tuple[Column, ...]:
    return tuple(Column("Person", f"{name} - {label}") for label in labels)


CARRIED: Mapping[ObjectType, Carried] = {
    ObjectType.ORGANIZATION: Carried(
        "Organization",
        "organizations",
        _columns("Organization", name="Name", address=("Address", Kind.PLACE)),
        {},
        Column("Organization", "Owner"),
        given_up=frozenset({"add_time"}),
        promised=frozenset({"add_time"}),
    ),
    ObjectType.PERSON: Carried(
        "Person",
        "persons",
        _columns("Person", name="Name"),
        {"org_id": _ORGANIZATION},
        Column("Person", "Owner"),
        contacts={"emails": _contacts("Email", "Home", "Work", "Other"), "phones": _contacts("Phone", "Mobile", "Home", "Work", "Other")},
        given_up=frozenset({"add_time"}),
        promised=frozenset({"add_time"}),
    ),
    ObjectType.DEAL: Carried(
        "Deal",
        "deals",
        _columns(
            "Deal", title="Title", value=("Value", Kind.NUMBER), currency="Currency", status="Status", won_time=("Won time", Kind.MOMENT),
            lost_time=("Lost time", Kind.MOMENT), lost_reason="Lost reason", expected_close_date=("Expected close date", Kind.DAY),
        ),
        {"person_id": _PERSON, "org_id": _ORGANIZATION, "pipeline_id": Column("Deal", "Pipeline"), "stage_id": Column("Deal", "Stage")},
        Column("Deal", "Owner"),
    ),
    ObjectType.ACTIVITY: Carried(
        "Activity",
        "activities",
        _columns(
            "Activity", subject="Subject", due_date=("Due date", Kind.DAY), due_time=("Due time", Kind.CLOCK),
            duration=("Duration", Kind.CLOCK), done=("Done", Kind.DONE), busy=("Free/busy", Kind.BUSY), location=("Location", Kind.PLACE),
            note=("Note", Kind.PLAIN),
        ),
        {"type": Column("Activity", "Type"), "person_id": _PERSON, "deal_id": _DEAL},
        Column("Activity", "Assigned to user"),
    ),
    ObjectType.NOTE: Carried(
        "Note",
        "notes",
        _columns("Note", content=("Content", Kind.PLAIN)),
        {"person_id": _PERSON, "deal_id": _DEAL},
        given_up=frozenset({"add_time", "owner_id"}),
        promised=frozenset({"add_time", "owner_id"}),
    ),
}  # fmt: skip
"""Object → what the import carries of it. Products are few, and a lead's id is no number that tells ours from others': by the API."""

NOT_SET: Mapping[ObjectType, frozenset[str]] = {
    object: CARRIED[object].given_up if object in CARRIED else frozenset() for object in ObjectType
}
"""Object → planned fields that the import is not known to set."""

CUSTOM_KINDS: Mapping[str, Kind] = {
    "varchar": Kind.TEXT, "text": Kind.TEXT, "enum": Kind.TEXT, "phone": Kind.TEXT, "double": Kind.NUMBER, "monetary": Kind.NUMBER,
    "date": Kind.DAY, "address": Kind.PLACE,
}  # fmt: skip
"""Type of a custom field → its cell; a field of any other type goes by the API."""

KEY_COLUMN = SOURCE_ID
"""Label of the column that names each row, where an object takes custom fields; in all others a line of its text does."""


def currency_column(column: Column) -> Column:
    """Return the column that names the currency of a custom amount."""
    return Column(column.category, f"Currency of {column.label}")
