"""How a number meets its noun in a sentence, and a name written together its words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

LINKS = {
    "person_id": "Person", "org_id": "Organization", "deal_id": "Deal", "lead_id": "Lead", "owner_id": "Owner", "type": "Type",
    "stage_id": "Stage", "pipeline_id": "Pipeline",
}  # fmt: skip
"""Native link field → what Pipedrive's users call it."""
NUMBERS = frozenset({"id", "no", "nr", "num", "number", "code", "ref", "reference"})
"""Words of a header that say no more than that it is a number."""


def titles_of(fields: Iterable[str]) -> list[str]:
    """Return fields of Pipedrive as its users call them: links by their titles, custom fields by their labels."""
    return [LINKS.get(name, name) for name in fields]


def number_of(number: int, one: str, many: str = "") -> str:
    """Return "1 row", "2 rows": the number, thousands separated, and what there is of it; `many` is `one` with an s unless given.

    >>> number_of(1, "row lies", "rows lie")
    '1 row lies'
    >>> number_of(1200, "seat")
    '1,200 seats'
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def in_list(names: Iterable[str], most: int = 5) -> str:
    """Return names as one reads them aloud: `a`, `a and b`, `a, b and 3 more`.

    >>> in_list(["Name", "Town", "Note"])
    'Name, Town and Note'
    """
    every = list(names)
    shown = every if len(every) <= most else [*every[: most - 1], f"{len(every) - most + 1} more"]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"


def in_days(days: float) -> str:
    """Return a number of days, one decimal, as a person says it."""
    return "less than a tenth of a day" if days < 0.1 else "1 day" if days == 1 else f"{days:,g} days"


def exports_of(days: Sequence[str]) -> str:
    """Return exports by their days as one reads them aloud: `the export of 1 May`, `two exports of 1 May`, `the exports of 1 and 3 May`.

    >>> exports_of(["1 May", "1 May"])
    'two exports of 1 May'
    """
    different = list(dict.fromkeys(days))
    if len(different) == len(days):
        return f"the export{'s' if len(days) > 1 else ''} of {in_list(days)}"
    number = {2: "two", 3: "three", 4: "four"}.get(len(days), f"{len(days):,}")
    return f"{number} exports of {in_list(different)}"


def spaced(name: str) -> str:
    """Return a name with blanks between its words: camelCase cut, underscores taken out.

    >>> spaced("startAt_utc")
    'start At utc'
    """
    return re.sub(r"(?<=[a-z])(?=[A-Z])|_", " ", name)
