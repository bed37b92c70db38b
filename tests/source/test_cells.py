"""Cells: what is certain is repaired and the rule named, what is not is named a problem. Expected values written out."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pandas as pd
import pytest

from migkit.countries import country_of
from migkit.model.canonical import CanonicalField
from migkit.source.cells import TYPES, parsers
from migkit.source.cells.dates import parse_datetime
from migkit.source.columns import Reading, TypedColumn, type_column, type_files

AU = country_of("AU")
CELLS = [
    ("money", "Nil", 0, "nil-amount", ""),
    ("money", "-", 0, "nil-amount", ""),
    # dates, day first
    ("date", "04/02/1984", datetime(1984, 2, 4), "", ""),
    ("date", "4/2/1984", datetime(1984, 2, 4), "", ""),
    ("date", "31-12-1970", datetime(1970, 12, 31), "", ""),
    ("date", "31.12.1970", datetime(1970, 12, 31), "", ""),
    ("date", "1984-02-04", datetime(1984, 2, 4), "", ""),
    ("date", "1984/02/04", datetime(1984, 2, 4), "", ""),
    ("date", "1984-02-04 00:00:00", datetime(1984, 2, 4), "", ""),
    ("date", "2026-08-03T09:50:00", datetime(2026, 8, 3), "", ""),
    ("date", "4-Feb-84", datetime(1984, 2, 4), "date-words", ""),
    ("date", "4 February 1984", datetime(1984, 2, 4), "date-words", ""),
    ("date", "Mon, 2nd of Nov 2026", datetime(2026, 11, 2), "date-words", ""),
    ("date", "Feb 4, 1984", datetime(1984, 2, 4), "date-words", ""),
    ("date", "19840204", datetime(1984, 2, 4), "date-compact", ""),
    ("date", "25569", datetime(1970, 1, 1), "date-serial", ""),
    ("date", "46267.4375", datetime(2026, 9, 2), "date-serial", ""),
    ("date", "03/25/1961", datetime(1961, 3, 25), "date-us", ""),
    ("date", "04/02/84", datetime(1984, 2, 4), "date-short-year", ""),
    ("date", "04/02/26", datetime(2026, 2, 4), "date-short-year", ""),
    ("date", "29/02/2024", datetime(2024, 2, 29), "", ""),
    ("date", "29/02/2023", None, "", "unreadable-date"),
    ("date", "13/13/1990", None, "", "unreadable-date"),
    ("date", "31/02/1968", None, "", "unreadable-date"),
    ("date", "1984", None, "", "unreadable-date"),
    ("date", "soon", None, "", "unreadable-date"),
    ("date", "00/00/0000", None, "no-date", ""),
    ("date", "0000-00-00", None, "no-date", ""),
    ("date", "0001-01-01", None, "no-date", ""),
    ("date", "01/01/0001 12:00:00 AM", None, "no-date", ""),
    ("date", "0/01/1900", None, "no-date", ""),
    ("date", "30/12/1899 12:00:00 AM", None, "no-date", ""),
    ("date", "1899-12-30 00:00:00", None, "no-date", ""),
    ("date", "__/__/____", None, "no-date", ""),
    ("date", "01/01/1900", None, "no-date", ""),
    ("date", "1900-01-01 00:00:00", None, "no-date", ""),
    ("date", "1/1/1901", None, "no-date", ""),
    ("date", "1753-01-01", None, "no-date", ""),
    ("date", "31/12/9999", None, "no-date", ""),
    ("date", "01/01/1910", datetime(1910, 1, 1), "", ""),
    (
        "text",
        r"{\rtf1\ansi{\fonttbl{\f0 Arial;}}\f0\fs20 Crown \b 26\b0\par Review in 2 wks\par}",
        "Crown 26\nReview in 2 wks",
        "rtf-text",
        "",
    ),
    ("html", r"{\rtf1 Caf\'e9 {\i ok}}", "Café ok", "rtf-text", ""),
    ("text", "{not rtf}", "{not rtf}", "", ""),
    ("date", "Wed 3/03/2021", datetime(2021, 3, 3), "", ""),
    ("date", "Wednesday, March 3, 2021", datetime(2021, 3, 3), "date-words", ""),
    ("date", "3/3/2021 9:05a", datetime(2021, 3, 3), "", ""),
    ("date", "1980-01-31T13:00:00Z", datetime(1980, 1, 31), "", "unknown-time-zone"),
    # date and time
    ("datetime", "05/03/2026 2:30 PM", datetime(2026, 3, 5, 14, 30), "", ""),
    ("datetime", "05/03/2026 14:30:15", datetime(2026, 3, 5, 14, 30, 15), "", ""),
    ("datetime", "2026-03-05 14:30", datetime(2026, 3, 5, 14, 30), "", ""),
    ("datetime", "05/03/2026", datetime(2026, 3, 5), "", ""),
    ("datetime", "4 Feb 1984 9:05am", datetime(1984, 2, 4, 9, 5), "date-words", ""),
    ("datetime", "46267.4375", datetime(2026, 9, 2, 10, 30), "date-serial", ""),
    ("datetime", "2026-03-05T14:30:00Z", datetime(2026, 3, 5, 14, 30), "", "unknown-time-zone"),
    ("datetime", "0001-01-01 00:00:00", None, "no-date", ""),
    ("datetime", "at noon", None, "", "unreadable-datetime"),
    # times
    ("time", "09:00", "09:00", "", ""),
    ("time", "9:05 am", "09:05", "", ""),
    ("time", "2:15 PM", "14:15", "", ""),
    ("time", "12:00 am", "00:00", "", ""),
    ("time", "9:05a", "09:05", "", ""),
    ("time", "9:05p", "21:05", "", ""),
    ("time", "930", "09:30", "time-zero", ""),
    ("time", "960", None, "", "unreadable-time"),
    ("minutes", "1 hr, 15 mins", 75, "minutes-words", ""),
    ("minutes", "1 hour and 15 minutes", 75, "minutes-words", ""),
    ("phone", "(02) 9374 4000#12", "+61293744000", "phone-e164", "phone-remark"),
    ("phone", "02 9374 4000 x12", "+61293744000", "phone-e164", "phone-remark"),
    ("phone", "0412345678/0298765432", "+61412345678", "phone-e164", "phone-remark"),
    ("phone", "0412345678 0298765432", "+61412345678", "phone-e164", "phone-remark"),
    ("email", "Jo <jo@x.com>; Ann <ann@x.com>", "jo@x.com", "email-normalise", "email-remark"),
    ("email", "jo@x.com or ann@x.com", "jo@x.com", "email-normalise", "email-remark"),
    ("email", "jo@x.com (work)", "jo@x.com", "email-normalise", "email-remark"),
    ("email", "MAILTO:Jo@x.com", "jo@x.com", "email-normalise", ""),
    ("email", "#jo@x.com#mailto:jo@x.com#", "jo@x.com", "email-normalise", ""),
    ("email", "jo@x.com, ann@@x.com", "jo@x.com", "email-normalise", "email-remark"),
    ("money", "$(45.00)", -4500, "money-brackets", ""),
    ("money", "CR 45.00", -4500, "money-brackets", ""),
    ("money", "45.00 Cr.", -4500, "money-brackets", ""),
    ("money", "\u201345.00", -4500, "money-symbols", ""),
    ("money", "$ -", 0, "money-symbols", ""),
    ("money", "45.", 4500, "money-symbols", ""),
    ("boolean", "\u2717", False, "", ""),
    ("boolean", "\u2611", True, "", ""),
    ("boolean", "-1", True, "", ""),
    ("tooth", "2026-12-11", None, "", "unreadable-tooth"),
    ("tooth", "11-Dec", None, "", "unreadable-tooth"),
    ("tooth", "11-13", "11-13", "", ""),
    ("time", "12.30pm", "12:30", "", ""),
    ("time", "3pm", "15:00", "", ""),
    ("time", "1430", "14:30", "", ""),
    ("time", "0.4375", "10:30", "time-serial", ""),
    ("time", "1899-12-30 10:30:00", "10:30", "time-of-datetime", ""),
    ("time", "25:00", None, "", "unreadable-time"),
    ("time", "late", None, "", "unreadable-time"),
    # money, cents
    ("money", "1234.5", 123450, "", ""),
    ("money", "0", 0, "", ""),
    ("money", "-45.00", -4500, "", ""),
    ("money", "$1,234.50", 123450, "money-symbols", ""),
    ("money", "($45.00)", -4500, "money-brackets", ""),
    ("money", "(45)", -4500, "money-brackets", ""),
    ("money", "-$45.00", -4500, "money-symbols", ""),
    ("money", "$-45.00", -4500, "money-symbols", ""),
    ("money", "45.00-", -4500, "money-brackets", ""),
    ("money", "45.00 CR", -4500, "money-brackets", ""),
    ("money", "45.00 DR", 4500, "money-brackets", ""),
    ("money", "AUD 12.00", 1200, "money-symbols", ""),
    ("money", "1 234.50", 123450, "money-symbols", ""),
    ("money", "0.1", 10, "", ""),
    ("money", "12.345", 1235, "money-rounded", ""),
    ("money", "1.234,50", None, "", "unreadable-money"),
    ("money", "12,5", None, "", "unreadable-money"),
    ("money", "free", None, "", "unreadable-money"),
    ("money", "$", None, "", "unreadable-money"),
    # phones
    ("phone", "0412 000 101", "+61412000101", "phone-e164", ""),
    ("phone", "+61412000101", "+61412000101", "", ""),
    ("phone", "(02) 9555 0101", "+61295550101", "phone-e164", ""),
    ("phone", "412000201", "+61412000201", "phone-zero", ""),
    ("phone", "412000201.0", "+61412000201", "phone-zero", ""),
    ("phone", "295550101", "+61295550101", "phone-zero", ""),
    ("phone", "61412000203", "+61412000203", "phone-e164", ""),
    ("phone", "0061412000203", "+61412000203", "phone-e164", ""),
    ("phone", "+64 21 123 4567", "+64211234567", "phone-e164", ""),
    ("phone", "0412 000 101 / 02 9555 0101", "+61412000101", "phone-e164", "phone-remark"),
    ("phone", "0412 000 101 (mum)", "+61412000101", "phone-e164", "phone-remark"),
    ("phone", "4.12E+08", None, "", "lost-digits"),
    ("phone", "12345", None, "", "unreadable-phone"),
    ("phone", "9555 0101", "9555 0101", "", "unproven-phone"),
    ("phone", "ask her", None, "", "unreadable-phone"),
    # e-mails
    ("email", "zoe@example.com", "zoe@example.com", "", ""),
    ("email", "Zoe.M@Example.COM", "zoe.m@example.com", "email-normalise", ""),
    ("email", "mailto:zoe@example.com.", "zoe@example.com", "email-normalise", ""),
    ("email", "Zoe M <zoe@example.com>", "zoe@example.com", "email-normalise", ""),
    ("email", "a@example.com; b@example.com", "a@example.com", "email-normalise", "email-remark"),
    ("email", "x@y.test", "x@y.test", "", ""),
    ("email", "x@practice.local", None, "", "unreadable-email"),
    ("email", "ana.example.com", None, "", "unreadable-email"),
    ("email", "zoe@@example.com", None, "", "unreadable-email"),
    ("email", "zoe @example.com", "zoe@example.com", "email-normalise", ""),
    # names
    ("name", "SMITH", "Smith", "name-case", ""),
    ("name", "smith", "Smith", "name-case", ""),
    ("name", "O'BRIEN", "O'Brien", "name-case", ""),
    ("name", "SMITH-JONES", "Smith-Jones", "name-case", ""),
    ("name", "NGUYEN, THI MAI", "Nguyen, Thi Mai", "name-case", ""),
    ("name", "MÜLLER", "Müller", "name-case", ""),
    ("name", "NGUYEN, Thi Mai", "Nguyen, Thi Mai", "name-case", ""),
    ("name", "McDonald", "McDonald", "", ""),
    ("name", "van der Berg", "van der Berg", "", ""),
    ("name", "TJ", "TJ", "", ""),
    ("name", "Ng", "Ng", "", ""),
    # codes
    ("item_code", "11", "011", "item-zero", ""),
    ("item_code", "11.0", "011", "item-zero", ""),
    ("item_code", "011", "011", "", ""),
    ("item_code", "615", "615", "", ""),
    ("item_code", "88111", "88111", "", ""),
    ("item_code", "D0120", "D0120", "", ""),
    ("postcode", "800", "0800", "postcode-zero", ""),
    ("postcode", "0800", "0800", "", ""),
    ("postcode", "200", "0200", "postcode-zero", ""),
    ("postcode", "3065.0", "3065", "postcode-decimal", ""),
    ("postcode", "123", "123", "", "unproven-postcode"),
    ("postcode", "SW1A 1AA", "SW1A 1AA", "", "unproven-postcode"),
    ("id", "00123", "00123", "", ""),
    ("id", "12.0", "12", "id-decimal", ""),
    ("id", "2.12E+09", None, "", "lost-digits"),
    ("id", "1E5", "1E5", "", ""),
    ("tooth", "36", "36", "", ""),
    ("tooth", "36.0", "36", "tooth-decimal", ""),
    ("path", "Xrays\\12\\a.jpg", "Xrays/12/a.jpg", "path-slashes", ""),
    # numbers
    ("integer", "3", 3, "", ""),
    ("integer", "3.0", 3, "", ""),
    ("integer", "1,234", 1234, "", ""),
    ("integer", "3.5", None, "", "unreadable-integer"),
    ("number", "0.5", 0.5, "", ""),
    ("number", "-.5", -0.5, "", ""),
    ("number", "", None, "", "unreadable-number"),
    ("percent", "80%", 80.0, "", ""),
    ("percent", "80", 80.0, "", ""),
    ("percent", "0.5%", 0.5, "", ""),
    ("percent", "0.8", None, "", "unreadable-percent"),
    ("minutes", "45", 45, "", ""),
    ("minutes", "45.0", 45, "", ""),
    ("minutes", "45 min", 45, "minutes-words", ""),
    ("minutes", "1h 30m", 90, "minutes-words", ""),
    ("minutes", "1:30", 90, "minutes-clock", ""),
    ("minutes", "long", None, "", "unreadable-minutes"),
    ("boolean", "Yes", True, "", ""),
    ("boolean", "FALSE", False, "", ""),
    ("boolean", "0", False, "", ""),
    ("boolean", "x", True, "", ""),
    ("boolean", "maybe", None, "", "unreadable-boolean"),
]


@pytest.mark.parametrize(("kind", "text", "value", "rule", "problem"), CELLS, ids=[f"{kind}:{text}" for kind, text, *_ in CELLS])
def test_a_cell_is_read_repaired_or_named_a_problem(kind: str, text: str, value: object, rule: str, problem: str) -> None:
    """Value, repair rule and problem of one cell."""
    assert parsers(AU)[kind](text) == (value, rule, problem)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2026-08-03T09:50:00+10:00", datetime(2026, 8, 3, 9, 50)),
        ("2026-08-02T23:50:00Z", datetime(2026, 8, 3, 9, 50)),
        ("2026-01-01 00:30 +1100", datetime(2026, 1, 1, 0, 30)),
    ],
)
def test_times_with_an_offset_become_the_practice_s_own(text: str, value: datetime) -> None:
    """Sydney is ten hours ahead of UTC in August and eleven in January."""
    assert parse_datetime(text, ZoneInfo("Australia/Sydney")) == (value, "time-zone", "")


def test_a_day_with_an_offset_is_the_practice_s_own_day() -> None:
    """Midnight of the first of February in Sydney is the afternoon of the day before in UTC."""
    sydney = Reading(zone=ZoneInfo("Australia/Sydney"))
    days = typed("date", ["1980-01-31T13:00:00Z", "1980-02-01T00:00:00+11:00", "1980-02-01T00:00:00Z", "01/02/1980"], sydney)
    assert set(days.values) == {pd.Timestamp(1980, 2, 1)} and days.problems.empty


def typed(kind: str, cells: list[str | None], reading: Reading = Reading(), **spec: object) -> TypedColumn:  # noqa: B008
    here = replace(reading, country=AU)
    return type_column(pd.Series(cells, dtype="string"), CanonicalField("f", kind, "f", **spec), here)  # type: ignore[arg-type]


def test_spaces_and_null_words_are_taken_out_and_written_down() -> None:
    """Trimmed cells and NULL words are repairs; a name may be Null's cousin Nil, a text may say none."""
    ids = typed("id", [" 12 ", "NULL", "n/a", None, "\u200b7\xa0"])
    assert ids.values.fillna("").tolist() == ["12", "", "", "", "7"]
    assert list(ids.repairs[["position", "rule"]].itertuples(index=False, name=None)) == [
        (0, "trim"), (1, "no-value"), (2, "no-value"), (4, "trim"),
    ]  # fmt: skip
    assert typed("name", ["Nil", "N/A"]).values.fillna("").tolist() == ["Nil", ""]
    assert typed("text", ["none", "NULL"]).values.fillna("").tolist() == ["none", ""]
    assert typed("text", ["a  b\nc"]).values.tolist() == ["a  b\nc"] and typed("name", ["A  B"]).values.tolist() == ["A B"]


def test_what_cannot_be_seen_is_taken_out() -> None:
    """NUL, marks of direction and soft hyphens; an accent in two characters is one; a joined emoji in a note stays joined."""
    assert typed("id", ["2\x00", "\u202b7\u202c"]).values.tolist() == ["2", "7"]
    assert typed("name", ["Nguye\u0302\u0303n", "Lev\u00ad"]).values.tolist() == ["Nguy\u1ec5n", "Lev"]
    assert typed("text", ["\ufeffok \U0001f468\u200d\U0001f469\x07 "]).values.tolist() == ["ok \U0001f468\u200d\U0001f469"]


@pytest.mark.parametrize("separator", ["\x1c", "\x1d", "\x1e", "\x1f"])
def test_the_values_of_a_repeating_field_are_told_apart(separator: str) -> None:
    """FileMaker parts them by the group separator, other systems by its neighbours."""
    cells = [f"Penicillin{separator}Latex{separator}Codeine", f"{separator}Latex{separator}{separator}Codeine{separator}", separator]
    assert typed("text", cells).values.fillna("").tolist() == ["Penicillin; Latex; Codeine", "Latex; Codeine", ""]
    assert typed("name", [f"Ann Baker{separator}Bob Baker"]).values.tolist() == ["Ann Baker; Bob Baker"]
    assert typed("code", [f"SMS{separator}Email"]).values.tolist() == ["SMS; Email"]
    phones = typed("phone", [f"9555 0101{separator}02 9555 0102"])
    assert [*phones.values, *phones.further["value"]] == ["9555 0101", "+61295550102"]


@pytest.mark.parametrize("separator", ["\x1d", "\x0b", "\x0c", "\n", "\r\n"])
def test_two_amounts_of_a_cell_are_no_third(separator: str) -> None:
    """100 and 200 are not 100,200; one amount between breaks of lines is itself."""
    amounts = typed("money", [f"100{separator}200", f"{separator}100{separator}"])
    assert amounts.values.fillna(-1).tolist() == [-1, 10000]
    assert amounts.problems["code"].tolist() == ["unreadable-money"]


@pytest.mark.parametrize("separator", ["\x1d", "\x1e"])
@pytest.mark.parametrize(("kind", "first", "second"), [("date", "01/02/2020", "03/04/2021"), ("integer", "1", "200")])
def test_of_two_values_of_a_repeating_field_none_is_taken_alone(kind: str, first: str, second: str, separator: str) -> None:
    """Where a field has one value, that is said."""
    found = typed(kind, [f"{first}{separator}{second}"])
    assert found.values.isna().all() and len(found.problems) == 1


@pytest.mark.parametrize("separator", ["\x0b", "\x0c"])
def test_breaks_of_lines_and_pages_part_words(separator: str) -> None:
    """FileMaker's break of a line within a cell, and a form feed."""
    assert typed("text", [f"see Di{separator}by May"]).values.tolist() == ["see Di\nby May"]
    assert typed("name", [f"Ann{separator}Lee"]).values.tolist() == ["Ann Lee"]


def test_the_marks_of_a_spreadsheet_s_texts_are_taken_off() -> None:
    """`="0412"` of any kind and a leading apostrophe of codes; a name may begin with one, a vetoed rule leaves both."""
    ids = typed("id", ['="00123"', "'00124", '=""'])
    assert ids.values.fillna("").tolist() == ["00123", "00124", ""] and ids.repairs["rule"].tolist() == ["text-prefix"] * 3
    assert typed("phone", ['="0412345678"', "'0412345678"]).values.tolist() == ["+61412345678"] * 2
    assert typed("name", ["'t Hooft", '="Ng"']).values.tolist() == ["'t Hooft", "Ng"]
    assert typed("id", ["'00124"], Reading(vetoes=frozenset({"text-prefix"}))).values.tolist() == ["'00124"]


def test_a_column_with_decimal_commas_is_read_so_and_a_mixed_one_is_not() -> None:
    """`1.234,50` says how `1.500` is meant; beside an amount with a point nothing is guessed."""
    euro = typed("money", ["1.234,50", "-45,00", "1.500", "7"])
    assert euro.values.tolist() == [123450, -4500, 150000, 700] and set(euro.repairs["rule"]) == {"money-comma"}
    mixed = typed("money", ["45,00", "45.00", "1,234"])
    assert mixed.values.fillna(-1).tolist() == [-1, 4500, 123400] and mixed.problems["code"].tolist() == ["unreadable-money"]


def test_files_written_in_two_orders_are_read_each_in_its_own() -> None:
    """One computer wrote months first, the other days; a third file shows neither and its dates are doubtful."""
    us, au = [f"03/{day}/2026" for day in range(13, 18)], ["25/03/2026"]
    text = pd.Series([*us, "04/05/2026", *au, "04/05/2026", "04/05/2026", None], dtype="string")
    files = pd.Series(["us.csv"] * 6 + ["au.csv"] * 2 + ["b.csv"] * 2, dtype="string")
    column = type_files(text, files, CanonicalField("f", "date", "f"), Reading(country=AU))
    assert column.values.iloc[[0, 5, 6, 7, 8]].dt.strftime("%m-%d").tolist() == ["03-13", "04-05", "03-25", "05-04", "05-04"]
    assert list(column.problems.itertuples(index=False, name=None)) == [(8, "date-order-ambiguous")]
    assert column.repairs["position"].tolist() == [0, 1, 2, 3, 4, 5] and set(column.repairs["rule"]) == {"date-us"}


def test_codes_follow_the_confirmed_map_then_the_schema_s_spellings() -> None:
    """Unknown codes stay as text and are a problem; case and underscores do not matter."""
    values = {"did_not_attend": ("fta",), "booked": ("scheduled",)}
    column = typed("code", ["FTA", "Scheduled", "did not attend", "Late", "W8"], Reading({"w8": "booked"}), values=values)
    assert column.values.tolist() == ["did_not_attend", "booked", "did_not_attend", "Late", "booked"]
    assert list(column.problems.itertuples(index=False, name=None)) == [(3, "unknown-code")]


def test_a_date_that_may_be_either_is_told_where_the_column_has_both_orders() -> None:
    """One date can only be month first, one only day first: the one that may be both is doubtful and read day first."""
    column = typed("date", ["03/25/2026", "25/03/2026", "04/05/2026", "05/05/2026"])
    assert column.values.dt.strftime("%Y-%m-%d").tolist() == ["2026-03-25", "2026-03-25", "2026-05-04", "2026-05-05"]
    assert list(column.problems.itertuples(index=False, name=None)) == [(2, "date-order-ambiguous")]
    assert list(column.repairs["rule"]) == ["date-us"]


@pytest.mark.parametrize(
    ("cells", "fourth_of_may", "doubtful"),
    [
        (["03/25/2026", "04/26/2026", "05/27/2026", "06/28/2026", "07/29/2026"], (2026, 4, 5), []),
        (["3/24/2010", "12/13/1940"], (2026, 4, 5), []),
        (["03/25/2026"], (2026, 5, 4), [1]),
        (["03/25/2026", "04/26/2026", "25/03/2026"], (2026, 5, 4), [3]),
        (["25/03/2026"], (2026, 5, 4), []),
        ([], (2026, 5, 4), []),
    ],
)
def test_a_column_s_own_dates_say_in_which_order_it_is_written(
    cells: list[str], fourth_of_may: tuple[int, int, int], doubtful: list[int]
) -> None:
    """Two dates that can only be month first, and none that can only be day first, say how 04/05/2026 was meant; one may be a slip."""
    column = typed("date", [*cells, "04/05/2026"])
    assert column.values.iloc[-1] == pd.Timestamp(*fourth_of_may)
    assert column.problems["position"].tolist() == doubtful


def test_a_vetoed_rule_is_not_applied() -> None:
    """A veto leaves the text of a name as it was, and empties what has no other reading."""
    assert typed("name", ["SMITH"], Reading(vetoes=frozenset({"name-case"}))).values.tolist() == ["SMITH"]
    money = typed("money", ["($5)"], Reading(vetoes=frozenset({"money-brackets"})))
    assert money.values.isna().all() and money.repairs["rule"].tolist() == ["unreadable-money"]


@pytest.mark.parametrize("kind", sorted(TYPES))
def test_an_empty_column_has_its_dtype(kind: str) -> None:
    """Null policy: NA everywhere, also in a column without any value, or without any row."""
    from migkit.model.canonical import DTYPES

    for cells in ([None, None], []):
        column = typed(kind, cells)
        assert str(column.values.dtype) == DTYPES[kind] and column.values.isna().all() and len(column.values) == len(cells)
