"""What the suites of `expectations/` find; each finding is called and accepted by the name of its check."""

from __future__ import annotations

from .entry import Entry

ENTRIES = {
    "expectation-failed": Entry("{count} of {rows} {rows:row|rows}: {note}"),
}
