"""Notes whose text a report parts over several rows: one note of its lines, in their order."""

from __future__ import annotations

import pandas as pd

from migkit.model.messages import Message
from migkit.model.outcomes import Outcome

from .log import Log

ORDER, TEXT = "line_no", "content"
_OF_ONE = ("patient_id", "patient_name", "at")
"""What all lines of a note have in common, where they say it."""


def join_lines(frame: pd.DataFrame, log: Log) -> pd.DataFrame:
    """Return the typed notes, with their keys, in which rows of one file and key that number their lines are one row.

    The first line keeps the row; the others end as folded into its note. Rows of which two have one number, or of
    different patients, are no lines of one note.
    """
    numbered = frame[frame[ORDER].notna()]
    groups = numbered.groupby([numbered["_file"], numbered["_key"]], sort=False).filter(_is_one_note)
    if groups.empty:
        return frame
    frame = frame.copy()
    folded: list[int] = []
    for _, rows in groups.groupby(["_file", "_key"], sort=False):
        ordered = rows.sort_values(ORDER)
        frame.at[ordered.index[0], TEXT] = "\n".join(ordered[TEXT].dropna().astype(str))
        folded += list(ordered.index[1:])
    lines = frame.loc[folded]
    log.set_outcome("clinical_notes", lines, Outcome.FOLDED_INTO, [Message.of("line-of-note")] * len(lines), lines["_key"].astype(str))
    return frame.drop(index=folded)


def _is_one_note(rows: pd.DataFrame) -> bool:
    return len(rows) > 1 and bool(rows[ORDER].is_unique) and all(rows[name].nunique() <= 1 for name in _OF_ONE)
