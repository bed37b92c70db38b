"""Which column of the mapping review comes next: as they stand in the lists, after this one, then from the top."""

from __future__ import annotations

from .mapping_state import ReviewState

Place = tuple[str, str]
"""(source table, column)."""
WAITING = ("conflict", "attention", "certain")
"""States of a column that somebody still has to look at."""


def following(state: ReviewState, here: Place) -> list[Place]:
    """Return every column in the order in which one goes through them: after `here`, in the tables that follow, then from the top."""
    sources = [one.source for one in state.tables()]
    turn = sources.index(here[0]) if here[0] in sources else 0
    places = [(source, line.column) for source in sources[turn:] + sources[:turn] for line in state.columns(source)]
    after = places.index(here) + 1 if here in places else 0
    return places[after:] + places[:after]


def first_waiting(state: ReviewState, places: list[Place], otherwise: Place) -> Place:
    """Return the first of the places that wants a look, or `otherwise`."""
    return next((place for place in places if _waits(state, place)), otherwise)


def _waits(state: ReviewState, place: Place) -> bool:
    return any(line.column == place[1] and line.state in WAITING for line in state.columns(place[0]))
