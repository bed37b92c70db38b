"""Numbers, money, days and moments as the practice's country writes them in English."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_datetime
from babel.numbers import format_currency, format_decimal

from migkit.report.view import format_value


@dataclass(frozen=True)
class Local:
    """How one practice writes: its country's English, its currency, its time zone."""

    country: str
    """ISO 3166-1 code; where there is no English for it, or "", international English."""
    currency: str
    """ISO 4217 code."""
    timezone: str
    """IANA name."""

    def number(self, value: float) -> str:
        """Return a number with its thousands marked, and up to two decimals."""
        return str(format_decimal(value, format="#,##0.##", locale=self._locale))

    def money(self, amount: float) -> str:
        """Return an amount in whole units of the practice's currency, with its sign."""
        return str(format_currency(amount, self.currency, locale=self._locale))

    def day(self, value: date | str) -> str:
        """Return a day as `7 December 2026` or the country's like; of a text, an ISO day."""
        found = date.fromisoformat(value[:10]) if isinstance(value, str) else value
        return str(format_date(found, "long", locale=self._locale))

    def moment(self, value: datetime | str) -> str:
        """Return a moment in the practice's time zone: day, hour and minute. A text is ISO 8601 with its offset."""
        found = datetime.fromisoformat(value) if isinstance(value, str) else value
        local = found.astimezone(ZoneInfo(self.timezone))
        return str(format_datetime(local, "d MMMM y, HH:mm" if self._day_first else "MMMM d, y, h:mm a", locale=self._locale))

    def value(self, value: Any) -> str:
        """Return whatever a cell holds: numbers by the country, everything else as `format_value` does."""
        if isinstance(value, (int, float)) and not isinstance(value, bool) and value == value:
            return self.number(value)
        return format_value(value)

    @property
    def _locale(self) -> Locale:
        try:
            return Locale.parse(f"en_{self.country}" if self.country else "en_001")
        except (UnknownLocaleError, ValueError):
            return Locale.parse("en_001")

    @property
    def _day_first(self) -> bool:
        return str(self._locale.date_formats["long"].pattern).startswith("d")
