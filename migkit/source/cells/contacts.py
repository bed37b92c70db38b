"""Phones → E.164, e-mail addresses → their usual form. Whatever else stands in the cell is kept: further numbers, remarks.

Nothing well-meant is emptied: a number that the numbering plans do not prove stays as it was written, and that is said. Most commands
type nothing, so that what reads phones and addresses is imported where it is used.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from migkit.model.country import NO_COUNTRY, Country

from .texts import lost_digits

_REMARK = re.compile(r"\([^()]*[a-z][^()]*\)|\[[^\[\]]*[a-z][^\[\]]*\]", re.IGNORECASE)
_RUN = re.compile(r"[+(]?\d[\d ().\-\u2010-\u2013]*\d|\d")
_EXTENSION = re.compile(r"(?:#|;ext=|\b(?:ext?n?|x)[.:]?|(?<=\d)x)\s*\d{1,6}\b", re.IGNORECASE)
_LETTERS_FOR_DIGITS = str.maketrans("oOlI", "0011")
_FEWEST_DIGITS = 6
"""A run of fewer digits is no phone number: `unit 4`, `ext 12`, `after 5pm`."""
_STROKES = frozenset({"/", "\\", "&"})
"""What stands between a number and the last digits of another."""
_SILENT_WORDS = frozenset({"or", "and", "cc", "mailto", "e-mail", "email"})
"""Words that say nothing about the numbers or addresses between which they stand."""
_ASCENDING = "01234567890123456789"

_NO_ADDRESS = frozenset(
    ("none", "noemail", "noemailaddress", "nomail", "noaddress", "no", "na", "nil", "null", "test", "testing", "unknown", "notprovided",
     "notgiven", "nothing", "noreply")
)  # fmt: skip
"""What receptions write before the @ where a patient has no address, without dots and dashes."""


@dataclass(frozen=True)
class Contacts:
    """What one cell of phones or of e-mail addresses holds."""

    values: tuple[str, ...] = ()
    """E.164 or as written; addresses in lower case. The first is the cell's own value."""
    remark: str = ""
    """The cell as it was written, where it says more than its values do; "" otherwise."""
    rule: str = ""
    problem: str = ""

    @property
    def cell(self) -> tuple[str | None, str, str]:
        """The first value, as parsers return it."""
        return (self.values[0] if self.values else None), self.rule, self.problem


def parse_phone(text: str, country: Country = NO_COUNTRY) -> tuple[str | None, str, str]:
    """Return the first number of a cell in E.164, or as it is written where no numbering plan has it.

    Problems: `lost-digits` (1.23E+09), `filler-phone` (0400 000 000), `unproven-phone`, `phone-remark` (there is more in the
    cell), `unreadable-phone` (words only).
    """
    return read_phones(text, country).cell


def read_phones(text: str, country: Country = NO_COUNTRY) -> Contacts:
    """Return all numbers of a cell."""
    return _phones(text, country.code)


def with_area_code(number: str, postcode: str, country: Country) -> str | None:
    """Return E.164 of a number written without its area code, None where the postcode does not settle it or no plan proves it."""
    digits = re.sub(r"\D", "", number)
    area = country.area_code(postcode) if len(digits) == country.local_digits and "+" not in number else None
    return _number(f"({area}) {digits}", country.code) if area else None


def parse_email(text: str) -> tuple[str | None, str, str]:
    """Return the first address of a cell in lower case, without `mailto:`, brackets, spaces or a full stop at the end.

    Problems: `filler-email` (none@none.com), `email-remark` (there is more in the cell), `unreadable-email`.
    """
    return read_emails(text).cell


@lru_cache(maxsize=200_000)
def read_emails(text: str) -> Contacts:
    """Return all addresses of a cell; a filler is none, but for one that may be a name (`smith@smith.com`) the cell is kept."""
    if re.fullmatch(r"[^@\s;,]+@[^@\s;,]+", text) and _is_no_address(text) and _known_filler(text):
        return Contacts(problem="filler-email")
    plain = re.sub(r"\s*@\s*", "@", text.casefold())
    plain = re.sub(r"(@[\w-]+(?:\.[\w-]+)*),\s*(com|net|org)\b", r"\1.\2", plain)
    parts = [part.strip("<>()[]'\".:#-") for part in re.split(r"mailto:|[;,|/&#<>()\s]+|:::?", plain)]
    written = [part for part in parts if "@" in part]
    valid = list(dict.fromkeys(address for part in written if (address := _address(part))))
    kept = tuple(address for address in valid if not _is_no_address(address))
    named = [address for address in valid if address not in kept and not _known_filler(address)]
    is_named = re.fullmatch(r"[^<>@]*<[^<>]+>[;,. ]*", text)
    words = not is_named and any(part not in _SILENT_WORDS for part in parts if part and "@" not in part)
    says_more = words or named or len(valid) < len(set(written)) or not written
    remark = text if says_more else ""
    if not kept:
        problem = "filler-email" if valid else "unreadable-email"
        return Contacts((), remark, "", problem)
    rule = "" if kept[0] == text else "email-normalise"
    return Contacts(kept, remark, rule, "email-remark" if remark or len(kept) > 1 else "")


@lru_cache(maxsize=200_000)
def _phones(text: str, region: str) -> Contacts:
    if lost_digits(text):
        return Contacts(problem="lost-digits")
    plain = re.sub(r"\.0$", "", text)
    if _is_filler(re.sub(r"\D", "", plain), region) and not re.search(r"[^\W\d_]", plain):
        return Contacts(problem="filler-phone")
    if number := _number(plain, region):
        return Contacts((number,), "", _rule(plain, number, text))
    if re.fullmatch(r"[\doOlI +().\-]+", plain) and (number := _number(plain.translate(_LETTERS_FOR_DIGITS), region)):
        return Contacts((number,), "", "phone-letters")
    found, fillers, unread = _read_runs(_EXTENSION.sub("|", _REMARK.sub("|", plain)), region)
    unread = unread or bool(re.search(r"#\s*\d", plain))
    values = tuple(dict.fromkeys(found))
    words = [word for word in re.findall(r"[^\W\d_]+", plain.casefold()) if word not in _SILENT_WORDS]
    remark = text if words or unread or (not values and not fillers) else ""
    if not values:
        problem = "filler-phone" if fillers else "unreadable-phone"
        return Contacts((), remark, "", problem)
    if any(not value.startswith("+") or not _number(value, region) for value in values):
        return Contacts(values, remark, "" if values[0] == text else "phone-e164", "unproven-phone")
    return Contacts(values, remark, "phone-e164", "phone-remark" if remark or len(values) > 1 else "")


def _read_runs(bare: str, region: str) -> tuple[list[str], int, bool]:
    """Return the numbers of a text without words, how many fillers stand in it, and whether it has digits that are read as neither.

    After a stroke the last digits of a further number may stand alone: `02 9555 0104/105`. They count as unread, too: the text is kept,
    they might mean something else.
    """
    found: list[str] = []
    fillers, unread, end, last = 0, False, 0, ""
    for run in _RUN.finditer(bare):
        before, end = bare[end : run.start()].strip(), run.end()
        is_ending = before in _STROKES and re.match(r"\s*(?:[/\\&|,;]|$)", bare[end:])
        for part in _parts(run[0], region):
            digits = re.sub(r"\D", "", part)
            if len(digits) < _FEWEST_DIGITS:
                says_any = bool(digits.strip("0"))
                unread = unread or says_any
                last = _ending_so(last, digits, region) if is_ending and says_any else ""
            elif _is_filler(digits, region):
                fillers, last = fillers + 1, ""
            else:
                last = _number(part, region) or part.strip()
            found += [last] if last else []
    return found, fillers, unread


def _ending_so(number: str, digits: str, region: str) -> str:
    """Return the number whose last digits are these and whose others are those of a proven one, "" where no numbering plan has it."""
    return (_number(number[: -len(digits)] + digits, region) or "") if number.startswith("+") else ""


def _parts(run: str, region: str) -> list[str]:
    """Return the numbers of a run of digits: the whole, or those that stand in it one after the other."""
    if _number(run, region):
        return [run]
    words = run.split()
    for cut in range(len(words) - 1, 0, -1):
        left = " ".join(words[:cut])
        if _number(left, region):
            return [left, *_parts(" ".join(words[cut:]), region)]
    return [run]


def _rule(plain: str, number: str, text: str) -> str:
    if number == text:
        return ""
    import phonenumbers

    digits = re.sub(r"\D", "", plain)
    parsed = phonenumbers.parse(number)
    home = re.sub(r"\D", "", phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.NATIONAL))
    return "phone-zero" if home == f"0{digits}" else "phone-e164"


def _number(text: str, region: str) -> str | None:
    """Return E.164 of a text that is one number by the numbering plan of its country, with or without its prefixes; None otherwise."""
    import phonenumbers

    if re.search(r"[^\W\d_]", text):
        return None
    digits = re.sub(r"\D", "", text)
    here = str(phonenumbers.country_code_for_region(region)) if region else "-"
    ways = [text]
    if digits.startswith(here):
        ways.append(f"+{digits}")
    if digits.startswith("00"):
        ways.append(f"+{digits[2:]}")
    for way in ways:
        try:
            number = phonenumbers.parse(way, region or None)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number) and not number.extension:
            return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return None


def _is_filler(digits: str, region: str) -> bool:
    """Return whether no number is meant: one digit over and over (0400 000 000, 9999 9999), or counting (1234567890)."""
    import phonenumbers

    here = str(phonenumbers.country_code_for_region(region)) if region else "-"
    national = re.sub(rf"^(?:(?:00)?{here}(?=\d{{7,}}))?0*", "", digits)
    if len(set(national)) <= 1:
        return len(national) != 1
    if len(digits) >= 7 and (digits in _ASCENDING or national in _ASCENDING):
        return True
    same = re.search(r"(\d)\1*$", national)
    run = len(same[0]) if same else 0
    return (run >= 6 and same is not None and same[1] == "0" and len(national) - run <= 2) or (run >= 8 and len(national) - run <= 1)


def _is_no_address(address: str) -> bool:
    name, at, domain = address.casefold().partition("@")
    return bool(at) and (_known_filler(address) or _squeezed(name) == _squeezed(domain.partition(".")[0]))


def _known_filler(address: str) -> bool:
    return _squeezed(address.casefold().partition("@")[0]) in _NO_ADDRESS


def _squeezed(text: str) -> str:
    return re.sub(r"[._/\-]", "", text)


@lru_cache(maxsize=200_000)
def _address(text: str) -> str | None:
    from email_validator import EmailNotValidError, validate_email

    try:
        found = validate_email(text, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        return None
    return found.normalized.lower()
