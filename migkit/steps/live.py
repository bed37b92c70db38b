"""Figures and tables of a notebook that follow a press: what they show is looked at anew, and drawn in place."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Generic, TypeVar
from weakref import WeakSet

import pandas as pd

from migkit.migration import Migration
from migkit.report import IN_REPORT, View, table

T = TypeVar("T")
_live: WeakSet[Any] = WeakSet()
"""What stands in this kernel's notebook and is drawn anew by `renew`: widgets with a `renew()`."""

_opened: dict[Path, Migration] = {}
"""Workspace → the migration as it was when something was last drawn."""
_fresh: set[Path] = set()
"""Workspaces whose inputs were read in the drawing that is under way."""
_renewing: list[bool] = []
"""Holds one entry while everything is drawn anew."""


class Live(Generic[T]):
    """Something that a notebook looks at and shows in several places, e.g. `Live(migration, look_at_delta, run_id)`.

    `look(migration, *args)` is asked again when the migration's inputs or its ledger changed, once for all places. In a report it is
    looked at once.
    """

    def __init__(self, migration: Migration, look: Callable[..., T], *args: Any, **named: Any) -> None:
        self._migration, self._look, self._args, self._named = migration, look, args, named
        self._seen: tuple[tuple[Migration, Any], T] | None = None
        self._shown: list[Any] = []

    @property
    def now(self) -> T:
        """What it is as things stand. Raises what `look` raises."""
        at = self._at()
        if self._seen is None or self._seen[0] != at:
            self._seen = at, self._look(self._migration, *self._args, **self._named)
        return self._seen[1]

    def table(self, pick: Callable[[T], pd.DataFrame | None], caption: str, **options: Any) -> Any:
        """Return `report.table` of the frame that `pick` takes of it, drawn anew as `show` does; nothing where either is None."""

        def draw(found: T) -> View | None:
            frame = None if found is None else pick(found)
            return None if frame is None else table(frame, caption, **options)

        return self.show(draw)

    def widget(self, make: Callable[[T], Any]) -> Any:
        """Return the widget that `make` makes of it: in a report as it is, by hand made anew by `renew` where it was looked at anew;
        nothing as long as it is None."""
        if os.environ.get(IN_REPORT):
            return None if self.now is None else make(self.now)
        from migkit.widgets import Remade

        return live(Remade(lambda: None if self.now is None else id(self.now), lambda: make(self.now)))

    def put(self, found: T) -> None:
        """Take what a press led to as what it is now, without looking again."""
        self._seen = self._at(), found

    def _at(self) -> tuple[Migration, Any]:
        """As of when it was looked at: the migration with its inputs as they are, and the version of its ledger."""
        if os.environ.get(IN_REPORT):
            return self._migration, None
        self._migration = newest(self._migration)
        return self._migration, self._migration.ledger.version

    def show(self, draw: Callable[[T], View | None]) -> Any:
        """Return what `draw` makes of it: in a report as it is, by hand an output that `renew` draws anew; nothing where it is None."""
        drawn = self.now, draw(self.now)
        if os.environ.get(IN_REPORT):
            return drawn[1]
        from migkit.widgets import Renewed

        def again() -> View | None:
            nonlocal drawn
            if self.now is not drawn[0]:  # what was not looked at anew is not drawn anew
                drawn = self.now, draw(self.now)
            return drawn[1]

        shown = live(Renewed(again))
        self._shown.append(shown)
        return shown

    def renew(self) -> None:
        """Draw anew what is shown of this alone: for a press that changes nothing else."""
        for shown in self._shown:
            shown.renew()


def newest(migration: Migration) -> Migration:
    """Return the migration with its inputs as they are now; everything that is drawn anew shares one, and what is made in it."""
    path = migration.workspace.path
    if path not in _fresh:
        _opened[path] = _opened.get(path, migration).refreshed()
    _fresh.update({path} if _renewing else ())
    return _opened[path]


def live(shown: Any) -> Any:
    """Remember a widget with a `renew()` as one that is drawn anew with the page, and return it."""
    _live.add(shown)
    return shown


def unmasked(draw: Callable[[bool], View | None]) -> Any:
    """Return what `draw(show)` makes, with a box to tick that shows values as they are, drawn anew by `renew`; in a report it is masked."""
    if os.environ.get(IN_REPORT):
        return draw(False)
    from migkit.widgets import Unmasked

    return live(Unmasked(draw))


def renew() -> None:
    """Draw everything of this kernel's notebook anew that follows a press; the inputs are read once for all of it."""
    if _renewing:
        return
    _renewing.append(True)
    try:
        for shown in list(_live):
            shown.renew()
    finally:
        _renewing.clear()
        _fresh.clear()


def renew_button() -> Any:
    """Return a button that draws the page's figures and tables as they are now, or None in a report."""
    if os.environ.get(IN_REPORT):
        return None
    from migkit.widgets import Done, FormBox

    def act(_: Mapping[str, str]) -> Done:
        renew()
        return Done("The figures and tables of this page are as things stand now.")

    return FormBox((), button="Show this page as it is now", act=act)
