"""What a view does to the rows of the tables that it reads: counted before and after, those multiplied and lost by name."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from migkit.model.tables import RawExport, SourceTable

NAMED = 10
"""Rows that a preview names of each kind."""


@dataclass(frozen=True)
class Preview:
    """A view beside its tables."""

    tables: pd.DataFrame
    """One row per table that it reads: table, driving (its rows take file and line from it), rows, in_view (rows of it that stand in
    the view), not_in_view."""
    rows: int
    """Rows of the view."""
    multiplied: tuple[str, ...]
    """Rows of the driving table (`file:line`) that stand in more than one row of the view."""
    lost: tuple[str, ...]
    """Rows of the driving table that stand in none."""

    def sentence(self) -> str:
        """Say what the view does, with the first rows that are multiplied or lost."""
        driving = self.tables[self.tables["driving"]]
        said = f"{int(driving['rows'].sum()):,} rows of {' and '.join(driving['table'])} become {self.rows:,}."
        for words, rows in (("multiplied", self.multiplied), ("lost", self.lost)):
            if rows:
                more = f" and {len(rows) - NAMED:,} more" if len(rows) > NAMED else ""
                said += f" {len(rows):,} {words}: {', '.join(rows[:NAMED])}{more}."
        return said


def preview(raw: RawExport, view: SourceTable) -> Preview:
    """Return what a view of `raw` (made by `make_view`) does. Raises ValueError for a table that is no view."""
    if view.drawn is None:
        raise ValueError(f"{view.name} is no view")
    uses = view.drawn.rows.groupby(["file", "line"])["row"].nunique().to_dict()
    counted, multiplied, lost = [], [], []
    for name in view.drawn.tables:
        frame, driving = raw.tables[name].frame, name in view.drawn.driving
        places = list(zip(frame["_file"].astype(str), frame["_line"].astype(int), strict=True))
        inside = sum(place in uses for place in places)
        counted.append((name, driving, len(places), inside, len(places) - inside))
        if driving:
            multiplied += [f"{file}:{line}" for file, line in places if uses.get((file, line), 0) > 1]
            lost += [f"{file}:{line}" for file, line in places if (file, line) not in uses]
    tables = pd.DataFrame(counted, columns=["table", "driving", "rows", "in_view", "not_in_view"])
    return Preview(tables, len(view.frame), tuple(multiplied), tuple(lost))
