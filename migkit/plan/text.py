"""Text that Pipedrive shows: money, dates, paragraphs, external ids, and splitting what is too long."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from html.parser import HTMLParser

import nh3

NOTE_BYTES = 95_000
"""A note or activity note may hold 100 KB; header, external id and closing tags need some of it."""

FIELD_CHARS = 60_000
"""A custom text field may hold 65,000 characters."""

SHORT_CHARS = 255
"""A varchar field, a title or a name may hold 255 characters."""

_TAGS = {"p", "br", "b", "strong", "i", "em", "u", "s", "ul", "ol", "li", "a"}
_LOOKS_LIKE_HTML = re.compile(
    r"</?(?:p|br|div|span|b|strong|i|em|u|ul|ol|li|a|table|tr|td|th|h[1-6]|font|img|script|style)\b[^<>]*>", re.IGNORECASE
)
_VOID = {"br"}
_REWRITES = (  # tables and blocks become lines, so that dropping their tags glues no words together
    (re.compile(r"</t[dh]\s*>", re.IGNORECASE), " "),
    (re.compile(r"</(?:tr|div|h[1-6]|blockquote)\s*>", re.IGNORECASE), "<br>"),
    (re.compile(r"</?(?:table|thead|tbody|tfoot|tr|td|th|div|h[1-6]|blockquote)\b[^<>]*>", re.IGNORECASE), ""),
)


def amount(cents: int) -> float:
    """Return cents as the number that Pipedrive holds: 1250 → 12.5."""
    return round(cents / 100, 2)


def money(cents: int) -> str:
    """Return cents as people read them: -123450 → `-1,234.50`."""
    return f"{'-' if cents < 0 else ''}{abs(cents) // 100:,}.{abs(cents) % 100:02d}"


@lru_cache(maxsize=10_000)  # a practice has some thousand days, and names each of them hundreds of times
def day(value: date | None) -> str:
    """Return a date as `03 May 2021`, "" for None."""
    return value.strftime("%d %b %Y") if value else ""


def short(value: str, limit: int = SHORT_CHARS) -> str:
    """Return `value` in one line of at most `limit` characters, an ellipsis where it was cut."""
    line = " ".join(value.split())
    return line if len(line) <= limit else line[: limit - 1] + "…"


def cut_lines(lines: Sequence[str], limit: int = FIELD_CHARS) -> str:
    """Return as many whole lines as fit into `limit` characters; a last line says how many did not."""
    total = 0
    for index, line in enumerate(lines):
        total += len(line) + 1
        if total > limit - 60:
            return "\n".join([*lines[:index], f"… and {len(lines) - index} more in the note"])
    return "\n".join(lines)


def paragraphs(lines: Iterable[str]) -> str:
    """Return plain lines as HTML paragraphs, escaped; line breaks inside a line are kept."""
    return "".join(f"<p>{html.escape(line, quote=False).replace(chr(10), '<br>')}</p>" for line in lines if line)


def external_id_line(key: str) -> str:
    """Return the visible last line by which a record without custom fields is found again."""
    return f"Source: {key}"


def part_keys(key: str, count: int) -> list[str]:
    """Return the keys of the parts of a split record: `note:5`, `note:5#2`, `note:5#3`."""
    return [key, *(f"{key}#{number}" for number in range(2, count + 1))]


def safe_html(content: str) -> str:
    """Return note content as HTML that any sanitiser leaves alone: plain text escaped, unknown tags dropped but not their words."""
    content = content.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").strip()
    if not _LOOKS_LIKE_HTML.search(content):
        return paragraphs(re.split(r"\n{2,}", content))
    for pattern, instead in _REWRITES:
        content = pattern.sub(instead, content)
    return nh3.clean(content, tags=_TAGS, attributes={"a": {"href"}}, url_schemes={"http", "https", "mailto"}, link_rel=None).strip()


def split_html(markup: str, limit: int = NOTE_BYTES) -> list[str]:
    """Return the HTML in parts of at most about `limit` bytes each, tags closed and opened again at the seams."""
    if len(markup.encode()) <= limit:
        return [markup]
    splitter = _Splitter(limit)
    splitter.feed(markup)
    splitter.close()
    return splitter.finish()


class _Splitter(HTMLParser):
    """Copies HTML, starting a new part when one is full."""

    def __init__(self, limit: int) -> None:
        super().__init__(convert_charrefs=True)
        self.limit = limit
        self.parts: list[str] = []
        self.piece: list[str] = []
        self.size = 0
        self.open: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        written = "".join(f' {name}="{html.escape(value or "")}"' for name, value in attrs)
        self._put(f"<{tag}{written}>")
        if tag not in _VOID:
            self.open.append((tag, f"<{tag}{written}>"))

    def handle_endtag(self, tag: str) -> None:
        if any(name == tag for name, _ in self.open):
            while self.open:
                name, _ = self.open.pop()
                self._put(f"</{name}>")
                if name == tag:
                    break

    def handle_data(self, data: str) -> None:
        for word in re.findall(r"\s*\S{1,2000}|\s+", data):
            self._put(html.escape(word, quote=False))

    def _put(self, text: str) -> None:
        size = len(text.encode())
        if self.size + size > self.limit and self.piece:
            self.parts.append("".join(self.piece) + "".join(f"</{name}>" for name, _ in reversed(self.open)))
            self.piece = [opening for _, opening in self.open]
            self.size = sum(len(opening) for opening in self.piece)
        self.piece.append(text)
        self.size += size

    def finish(self) -> list[str]:
        return [*self.parts, "".join(self.piece)] if self.piece else self.parts
