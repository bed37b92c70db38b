"""What becomes of views and of the rows that they draw in."""

from __future__ import annotations

from .entry import Entry, Severity, Who

ENTRIES = {
    "view-failed": Entry("{why}", Severity.CRITICAL),
    "drawn-into": Entry("The view {view} draws it into {key}."),
    "drawn-into-several": Entry("The view {view} draws it into {key} and {others} {others:other row|other rows}."),
    "drawn-into-nothing": Entry(
        "The view {view} draws it into a row that could not be read.", who=Who.ANALYST, does="sees in 30_validate why, and mends the view"
    ),
    "left-out-by-view": Entry("No row of {views} is made of it."),
}
