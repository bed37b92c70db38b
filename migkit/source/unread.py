"""Columns without a home that say something which the others get wrong: marks of what was taken back, further prices, time zones."""

from __future__ import annotations

import re
from collections.abc import Collection
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pandas as pd

from migkit.model.canonical import YES_NO
from migkit.model.words import spaced

from .layout import is_amount
from .log import Log
from .transforms import NOBODY

_TAKEN_BACK = re.compile(
    r"\b(?:credit(?:ed|s)?(?!\s*(?:cards?|limit|terms?|rating|days))|refund(?:s|ed)?|cancel(?:led|lation|ed)?|void(?:ed)?|revers(?:ed|al)"
    r"|writ(?:e|ten)[\s-]?offs?|dishonou?red|bounced|deleted)\b",
    re.IGNORECASE,
)
"""Headers of what takes a row back, or off."""
_COUNTING = frozenset({"invoices", "payments", "invoice_lines", "treatment_items", "appointments"})
"""Tables of which each row counts."""
_FEW = 0.5
"""Share of rows from which a column of words is no mark."""
_PRICE = re.compile(r"\b(?:fees?|prices?|rates?|rrp|charges?)\b", re.IGNORECASE)
_CONFIDENTIAL = re.compile(
    r"\b(?:confidential|private|restricted|sensitive|not for release|do not (?:share|disclose|release)|legal hold)\b", re.IGNORECASE
)
"""Headers of what not everybody may read, outside money: `Private Fee` is a price."""
_FOR_ALL = re.compile(r"normal|public|standard|open|unrestricted|all|everyone|low", re.IGNORECASE)
_ZONE = r"[A-Z]\w+(?:/[A-Z][\w+-]+)+"


def tell_unread(raw: pd.DataFrame, name: str, table: str, unread: Collection[str], zone: ZoneInfo | None, log: Log) -> None:
    """Say what the columns of a source table that mean nothing (`unread`) say of its rows, `name` being what it is called."""
    if not unread:
        return
    places = raw["_file"].astype(str) + ":" + raw["_line"].astype(str)
    for column in unread:
        plain = spaced(column)
        texts = raw[column].dropna().astype(str).str.strip()
        if table in _COUNTING and _TAKEN_BACK.search(plain):
            said = texts[[NOBODY.fullmatch(text) is None for text in texts]]
            if len(said) and (all(map(is_amount, said)) or len(said) < max(_FEW * len(raw), 1 + _FEW)):
                log.find("reversal-without-home", table, places[said.index], count=len(said), name=name, column=column)
        if _CONFIDENTIAL.search(plain) and not _PRICE.search(plain):
            said = texts[[_is_for_few(text) for text in texts]]
            log.find("confidential-without-home", table, places[said.index], count=len(said), name=name, column=column)
        zones = texts[texts.str.fullmatch(_ZONE)] if zone is not None and "appointments" in table else texts[:0]
        others = zones[[(known := _zone(text)) is not None and known != zone for text in zones]]
        log.find("zone-without-home", table, places[others.index], count=len(others), name=name, column=column)


def _is_for_few(text: str) -> bool:
    is_no = text.casefold() in YES_NO["no"] or NOBODY.fullmatch(text) or _FOR_ALL.fullmatch(text)
    return not is_no and (text == "1" or not is_amount(text))


def tell_prices(raw: pd.DataFrame, name: str, chosen: str, unread: Collection[str], log: Log) -> None:
    """Say which further columns of prices a list of products has, where one (`chosen`) was taken for its price."""
    others = [
        one for one in unread if _PRICE.search(one.replace("_", " ")) and (some := raw[one].dropna()).size and all(map(is_amount, some))
    ]
    if others and _PRICE.search(chosen.replace("_", " ")):
        log.find("several-prices", "products", [name], "unit_price", len(raw), name=name, column=chosen, others=tuple(others))


def _zone(text: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
