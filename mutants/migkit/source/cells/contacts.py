"""Phones → E.164, e-mail addresses → their usual form."""

from __future__ import annotations

import re
from functools import lru_cache

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from .texts import lost_digits

REGION = "AU"
_SEVERAL = re.compile(r"\s*(?:[;,|/&]|\bor\b|\band\b|\n)\s*", re.IGNORECASE)
_RUN_TOGETHER = re.compile(r"(\+?\d{10,11})\s+\+?\d{10,11}")
_EXTENSION = re.compile(r"(.{8,}?)\s*(?:#|;ext=|(?:ext?n?|x)[.:]?\s*(?=\d))\s*\d{1,6}", re.IGNORECASE)
_NO_WORD = frozenset({"", "mailto", "or", "and"})


@lru_cache(maxsize=200_000)
def parse_phone(text: str) -> tuple[str | None, str, str]:
    """Return E.164. A leading nought lost to a spreadsheet is put back where the result is a valid number.

    Several numbers or words in the cell: the first number, and the problem `phone-remark`, so that the rest is seen to.
    """
    if lost_digits(text):
        return None, "", "lost-digits"
    plain = re.sub(r"\.0$", "", text)
    digits = re.sub(r"\D", "", plain)
    if len(digits) == 9 and not re.search(r"[a-z+]", plain, re.IGNORECASE) and (number := _valid(f"0{digits}")):
        return number, "phone-zero", ""
    if (extended := _EXTENSION.fullmatch(plain)) and (number := _valid(extended[1])):
        return number, "phone-e164", "phone-remark"
    if (two := _RUN_TOGETHER.fullmatch(plain)) and (number := _valid(two[1])):
        return number, "phone-e164", "phone-remark"
    if number := _valid(plain):
        return number, "" if number == text else "phone-e164", ""
    if re.fullmatch(r"(?:00)?61\d{9}", digits) and (number := _valid(f"+{digits.removeprefix('00')}")):
        return number, "phone-e164", ""
    for part in _SEVERAL.split(plain):
        if part != plain and (number := _valid(part)):
            return number, "phone-e164", "phone-remark"
    found = next(iter(phonenumbers.PhoneNumberMatcher(plain, REGION)), None)
    if found is not None and re.search(r"[a-z]", plain, re.IGNORECASE):
        return phonenumbers.format_number(found.number, phonenumbers.PhoneNumberFormat.E164), "phone-e164", "phone-remark"
    return None, "", "unreadable-phone"


def _valid(text: str) -> str | None:
    if re.search(r"[a-z]", text, re.IGNORECASE):
        return None
    try:
        number = phonenumbers.parse(text, REGION)
    except phonenumbers.NumberParseException:
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) if phonenumbers.is_valid_number(number) else None


def parse_email(text: str) -> tuple[str | None, str, str]:
    """Return the address in lower case, without `mailto:`, brackets or a full stop at the end.

    Several addresses or words in the cell: the first address, and the problem `email-remark`, so that the rest is seen to.
    """
    parts = [part.strip("<>()[]'\".:#").removeprefix("mailto:") for part in re.split(r"[;,|/&#<>()\s]+", text.casefold())]
    valid = list(dict.fromkeys(address for part in parts if "@" in part and (address := _address(part))))
    if not valid or any("@" in part and not _address(part) for part in parts):
        return None, "", "unreadable-email"
    whole = re.fullmatch(r"[^<>@]*<[^<>]+>[;,. ]*", text) or all(part in _NO_WORD or "@" in part for part in parts)
    return valid[0], "" if valid[0] == text else "email-normalise", "" if whole and len(valid) == 1 else "email-remark"


@lru_cache(maxsize=200_000)
def _address(text: str) -> str | None:
    try:
        found = validate_email(text, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        return None
    return found.normalized.lower()
