"""What is compared, and what each answer is worth: the model that Splink trains on large tables and small ones take as it is.

Every level of agreement has three probabilities: `m` among rows of one person, `u` among rows of strangers, and `h` among rows
of two relatives under one roof. Splink weighs m against u. It takes the fields for independent, which relatives are not (they
share name, address, phone and e-mail at once), so the rival explanation "a relative" is weighed apart, m against h, over what
is a person's own: first name, birth date, gender, Medicare reference. Where h is not given the field says nothing about it.

The probabilities are those of a practice's list in general and no fit to any one set: names as in an Australian town of some
thousand people, one row in ten entered with a flaw. They are the starting values of the training too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

SAME, NEAR, APART = "same", "near", "different"
SHARES, TABLE = "shares", "table"
UNKNOWN_DAY = "the same 1 January, as where the day is unknown"


@dataclass(frozen=True)
class Level:
    """One answer to a comparison, from the strongest to the weakest."""

    words: str
    """As it is said to the analyst, after the comparison's title."""
    sql: str
    """Condition over `<column>_l` and `<column>_r`; the last level is ELSE."""
    m: float
    u: float
    h: float | None = None
    kind: str = NEAR
    """same | near | different."""
    grown: float | None = None
    """The same for two grown-up relatives, of whom each has a phone and an e-mail: children have their parents'."""
    namesake: float | None = None
    """The same for two relatives of one first name, in place of `h`: a generation lies between them, since no brother is called like
    his brother."""


@dataclass(frozen=True)
class Comparison:
    """One question asked about a pair."""

    name: str
    """The column of `comparable` whose absence on either side makes the question unanswered."""
    title: str
    levels: tuple[Level, ...]
    is_list: bool = False
    not_comparable: str = ""
    """Condition under which the question is not asked: it says nothing, or another comparison has answered it already."""
    rarity: str = ""
    """Whether agreement on a rare value counts more than on a common one, and who says what is rare: `shares` the committed table
    (`shares.py`), `table` the table of people itself where it is large enough, "" where it counts the same."""

    def settings(self, *, large: bool) -> dict[str, Any]:
        """Return the comparison as Splink's settings want it, with m and u as starting values."""
        column = self.name
        absent = f"{column}_l IS NULL OR {column}_r IS NULL"
        if self.is_list:
            absent = f"len({column}_l) = 0 OR len({column}_r) = 0"
        if self.not_comparable:
            absent = f"{absent} OR ({self.not_comparable})"
        levels: list[dict[str, Any]] = [{"sql_condition": absent, "label_for_charts": "absent", "is_null_level": True}]
        for level in self.levels:
            spec = {"sql_condition": level.sql, "label_for_charts": level.words, "m_probability": level.m, "u_probability": level.u}
            if (self.rarity == SHARES or (self.rarity and large)) and level.kind == SAME:
                spec["tf_adjustment_column"] = column
            levels.append(spec)
        return {"output_column_name": column, "comparison_levels": levels}


def _close(column: str, similarity: float) -> str:
    return f"jaro_winkler_similarity({column}_l, {column}_r) >= {similarity}"


def _edits(column: str, number: int) -> str:
    """At most so many edits, two neighbours that changed places being one: DuckDB counts these four times as slowly as edits without
    such changes, of which there are at most twice as many."""
    return f"(levenshtein({column}_l, {column}_r) <= {2 * number} AND damerau_levenshtein({column}_l, {column}_r) <= {number})"


def _nearly(column: str) -> str:
    return f"{_close(column, 0.92)} OR ({_edits(column, 1)} AND length({column}_l) > 3)"


_INITIAL = "first_l <> first_r AND least(length(first_l), length(first_r)) = 1 AND left(first_l, 1) = left(first_r, 1)"
_SWAPPED = "jaro_winkler_similarity(first_l, last_r) >= 0.92 AND jaro_winkler_similarity(last_l, first_r) >= 0.92"
_TURNED = (
    "substr(birth_date_l, 1, 4) = substr(birth_date_r, 1, 4) AND substr(birth_date_l, 6, 2) = substr(birth_date_r, 9, 2) "
    "AND substr(birth_date_l, 9, 2) = substr(birth_date_r, 6, 2)"
)

_PREFERRED = "list_contains(first_names_l, first_r) OR list_contains(first_names_r, first_l)"
_PART = (
    "len(first_words_l) > 0 AND len(first_words_r) > 0 "
    "AND (list_has_all(first_words_l, first_words_r) OR list_has_all(first_words_r, first_words_l))"
)
_SHORT = (
    "list_has_any(first_names_l, first_names_r) OR list_has_any(first_calls_l, first_forms_r) "
    "OR list_has_any(first_forms_l, first_calls_r) OR list_has_any(first_loose_l, first_loose_r)"
)
_GENERATION = "abs(CAST(substr(birth_date_l, 1, 4) AS INT) - CAST(substr(birth_date_r, 1, 4) AS INT)) >= 14"

COMPARISONS: tuple[Comparison, ...] = (
    Comparison("first", "first name", rarity=SHARES, not_comparable=_INITIAL, levels=(
        Level("same", "first_l = first_r", 0.78, 0.006, 0.015, SAME),
        Level("swapped with the last name", _SWAPPED, 0.01, 0.00001, 0.0001, SAME),
        Level("preferred name", _PREFERRED, 0.02, 0.0003, 0.0005, SAME),
        Level("part of the other", _PART, 0.03, 0.002, 0.006),
        Level("short form", _SHORT, 0.06, 0.005, 0.004),
        Level("nearly the same", _nearly("first"), 0.065, 0.004, 0.01),
        Level("a word in common", "list_has_any(first_words_l, first_words_r)", 0.005, 0.012, 0.03),
        Level("similar", f"{_edits('first', 2)} OR {_close('first', 0.85)}", 0.022, 0.02, 0.03),
        Level("different", "ELSE", 0.008, 0.9507, 0.9044, APART),
    )),
    Comparison("last", "last name", rarity=SHARES, not_comparable=_SWAPPED, levels=(
        Level("same", "last_l = last_r", 0.84, 0.003, None, SAME),
        Level("former name or part of a double name", "list_has_any(last_forms_l, last_forms_r)", 0.03, 0.001, None, SAME),
        Level("nearly the same", _nearly("last"), 0.06, 0.003),
        Level("similar", f"{_edits('last', 2)} OR {_close('last', 0.85)}", 0.02, 0.015),
        Level("different", "ELSE", 0.05, 0.978, None, APART),
    )),
    Comparison("birth_date", "birth date", levels=(
        Level("same", "birth_date_l = birth_date_r AND substr(birth_date_l, 6) <> '01-01'", 0.89, 0.00004, 0.008, SAME, namesake=0.001),
        Level(UNKNOWN_DAY, "birth_date_l = birth_date_r", 0.01, 0.00002, 0.002, namesake=0.0005),
        Level("day and month turned", _TURNED, 0.02, 0.00002, 0.0005, namesake=0.0001),
        Level("one digit off", _edits("birth_date", 1), 0.045, 0.0012, 0.012, namesake=0.0034),
        Level("two digits off", _edits("birth_date", 2), 0.023, 0.015, 0.05, namesake=0.015),
        Level("a generation apart", _GENERATION, 0.004, 0.7, 0.55, APART, namesake=0.9),
        Level("different", "ELSE", 0.008, 0.284, 0.3775, APART, namesake=0.08),
    )),
    Comparison("gender", "gender", levels=(
        Level("same", "gender_l = gender_r", 0.99, 0.5, 0.5, SAME),
        Level("different", "ELSE", 0.01, 0.5, 0.5, APART),
    )),
    Comparison("age_group", "title and age", levels=(
        Level("same", "age_group_l = age_group_r", 0.97, 0.8, 0.6, SAME),
        Level("different", "ELSE", 0.03, 0.2, 0.4, APART),
    )),
    Comparison("phones", "phone", is_list=True, levels=(
        Level("same", "list_has_any(phones_l, phones_r)", 0.70, 0.0003, None, SAME, grown=0.3),
        Level("different", "ELSE", 0.30, 0.9997, None, APART, grown=0.7),
    )),
    Comparison("emails", "e-mail", is_list=True, levels=(
        Level("same", "list_has_any(emails_l, emails_r)", 0.65, 0.0002, None, SAME, grown=0.15),
        Level("different", "ELSE", 0.35, 0.9998, None, APART, grown=0.85),
    )),
    Comparison("street", "street", rarity=TABLE, levels=(
        Level("same", "street_l = street_r", 0.65, 0.0003, None, SAME),
        Level("nearly the same", _close("street", 0.92), 0.08, 0.004),
        Level("similar", _close("street", 0.8), 0.05, 0.05),
        Level("different", "ELSE", 0.22, 0.9457, None, APART),
    )),
    Comparison("line2", "second address line", rarity=TABLE, levels=(
        Level("same", "line2_l = line2_r", 0.65, 0.003, None, SAME),
        Level("nearly the same", _close("line2", 0.9), 0.10, 0.003),
        Level("different", "ELSE", 0.25, 0.994, None, APART),
    )),
    Comparison("suburb", "suburb", rarity=TABLE, levels=(
        Level("same", "suburb_l = suburb_r", 0.72, 0.05, None, SAME),
        Level("nearly the same", _close("suburb", 0.9), 0.06, 0.01),
        Level("different", "ELSE", 0.22, 0.94, None, APART),
    )),
    Comparison("postcode", "postcode", rarity=TABLE, not_comparable="suburb_l IS NOT NULL AND suburb_l = suburb_r", levels=(
        Level("same", "postcode_l = postcode_r", 0.76, 0.06, None, SAME),
        Level("one digit off", _edits("postcode", 1), 0.06, 0.15),
        Level("different", "ELSE", 0.18, 0.79, None, APART),
    )),
    Comparison("medicare", "Medicare number and reference", levels=(
        Level("same", f"medicare_l = medicare_r AND NOT coalesce({_GENERATION}, false)", 0.799, 0.00001, 0.005, SAME),
        Level("same, of another generation", "medicare_l = medicare_r", 0.001, 0.000001, 0.03, APART),
        Level("same card, another reference", "split_part(medicare_l, '-', 1) = split_part(medicare_r, '-', 1)", 0.02, 0.0002, 0.63, APART),
        Level("different", "ELSE", 0.18, 0.999789, 0.335, APART),
    )),
)  # fmt: skip

BLOCKS: Sequence[tuple[str, ...]] = (
    ("first", "last"),
    ("birth_date",),
    ("last", "postcode"),
    ("first", "postcode"),
    ("last", "suburb"),
    ("first", "suburb"),
    ("street",),
    ("line2", "postcode"),
    ("last", "substr(birth_date, 1, 4)"),
    ("first", "substr(birth_date, 1, 4)"),
    ("substr(first, 1, 3)", "substr(last, 1, 3)"),
    ("substr(birth_date, 6, 5)", "postcode"),
    ("medicare",),
)
"""Pairs that agree on all of one row are looked at; so are those that share a phone or an e-mail, or have their names swapped."""

EXPLODED = ("phones", "emails")
SWAPPED = "l.first = r.last AND l.last = r.first"

TRAINING = (("birth_date",), ("first", "last"))
"""Blocks for the training: in these, rows of one person outnumber relatives. In a block by street or phone the training would
take the relatives, who are many more, for the matches."""
