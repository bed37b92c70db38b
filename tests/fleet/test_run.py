"""How practices end: done, waiting for somebody, scheduled for a moment, failed; and what the next command does with each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from migkit.fleet import Fleet, PracticeState, State, Task, ThisProcess, advance, look_at, read_state, run_fleet, write_state
from migkit.model.errors import BudgetExhausted, GateClosed, InUse, LeaseLost, MigkitError, RemoteError, StoreUnreachable
from migkit.steps.strip import BLOCKED, DONE, WAITING, StepState

from .test_declaration import declared, workspace

MIDDAY = 1_795_953_600.0
"""2026-11-29 12:00 UTC."""
MIDNIGHT = MIDDAY + 43_200


def one(tmp_path: Path) -> Path:
    place = workspace(tmp_path, "acme")
    (place / "exports" / "x").mkdir(parents=True)
    return place


def task(place: Path) -> Task:
    return Task(str(place), ("50_load", "70_reconcile"), 60.0, ("OTHER_TOKEN",), "1GB", 1)


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> dict[str, StepState]:
    """How the steps of a practice stand; no workspace is opened for it."""
    found = {"50_load": StepState("50_load", WAITING, "9 records are to write"), "70_reconcile": StepState("70_reconcile", BLOCKED, "")}
    monkeypatch.setattr("migkit.fleet.practice.Migration.open", lambda place: place)
    monkeypatch.setattr("migkit.fleet.practice.where_it_stands", lambda _: list(found.values()))
    monkeypatch.setattr("migkit.fleet.practice._figures", lambda state, _: state)
    monkeypatch.setattr("migkit.fleet.practice._is_shown", lambda _, step: step.why == "shown")
    return found


ENDS: dict[str, tuple[Exception, State, str, float]] = {
    "a closed gate": (GateClosed("sample", "look at it"), State.WAITING, "sample", 0),
    "the day's tokens are used up": (BudgetExhausted("none left"), State.SCHEDULED, "", MIDNIGHT),
    "somebody else is at work": (InUse("another load"), State.SCHEDULED, "", MIDDAY + 30),
    "a bug": (ValueError("of a patient"), State.FAILED, "", 0),
    "Pipedrive is not there": (RemoteError("no answer"), State.FAILED, "", 0),
    "the store of its ledger is not there": (StoreUnreachable("no answer"), State.FAILED, "", 0),
}


@pytest.mark.parametrize("name", ENDS)
def test_what_stops_a_step_says_who_or_what_is_waited_for(tmp_path: Path, steps: dict[str, StepState], name: str) -> None:
    """A decision waits for somebody, tokens for midnight UTC, another process for half a lease; the rest failed. It is written down."""
    error, state, gate, until = ENDS[name]
    place = one(tmp_path)

    def stop(*_: object) -> None:
        raise error

    found = advance(task(place), clock=lambda: MIDDAY, run=stop)
    said = (
        str(error) if isinstance(error, MigkitError) else f"It stopped on an unexpected ValueError: run it alone, `migkit run {place} all`"
    )
    assert (found.state, found.step, found.gate, found.until) == (state, "50_load", gate, until) and found.why.startswith(said)
    assert read_state(place) == found


def test_steps_are_done_once_and_those_that_nobody_decided_on_are_waited_for(tmp_path: Path, steps: dict[str, StepState]) -> None:
    """What a step needs is given as a value: the lease, and no other practice's token."""
    place, ran = one(tmp_path), list[str]()

    def run(_: Path, notebook: str, environ: dict[str, str]) -> None:
        ran.append(notebook)
        assert (environ["MIGKIT_DUCKDB_MEMORY"], environ["MIGKIT_DUCKDB_THREADS"]) == ("1GB", "1")
        assert environ["MIGKIT_LEASE"] == "60" and "OTHER_TOKEN" not in environ and "PIPEDRIVE_API_TOKEN" not in environ
        assert read_state(place).state is State.RUNNING
        steps[notebook] = StepState(notebook, DONE, "")
        steps.setdefault("70_reconcile", StepState("70_reconcile", WAITING, ""))

    assert advance(task(place), clock=lambda: MIDDAY, run=run).state is State.DONE
    assert ran == ["50_load", "70_reconcile"]
    steps["50_load"] = StepState("50_load", WAITING, "shown", "sample")
    found = advance(task(place), clock=lambda: MIDDAY, run=run)
    assert (found.state, found.gate, ran[2:]) == (State.WAITING, "sample", [])
    steps["50_load"] = StepState("50_load", WAITING, "3 records are to write")
    found = advance(task(place), clock=lambda: MIDDAY, run=lambda *_: None)
    assert (found.state, found.why) == (State.WAITING, "3 records are to write"), "it ran and is not done: somebody has to look"


def test_who_lost_its_lease_writes_nothing_down(tmp_path: Path, steps: dict[str, StepState]) -> None:
    """The state is that of the worker that went on."""
    place = one(tmp_path)
    theirs = write_state(place, PracticeState(State.RUNNING, "50_load", at=1.0, worker="the other one"))

    def stop(*_: object) -> None:
        write_state(place, theirs)
        raise LeaseLost("cut off")

    advance(task(place), clock=lambda: MIDDAY, run=stop)
    assert read_state(place) == theirs


@contextmanager
def engine(work: Callable[[Task], PracticeState], _: Fleet) -> Iterator[ThisProcess]:
    yield ThisProcess(work)


def test_what_waits_for_a_moment_is_left_for_the_next_command_or_begun_when_it_comes(tmp_path: Path, monkeypatch) -> None:
    """No worker waits: the command ends and the next one goes on from midnight; with `wait` it is begun then."""
    for name in ("acme", "bondi"):
        (workspace(tmp_path, name) / "runs").mkdir(exist_ok=True)
    path, now, worked = declared(tmp_path, '[[practice]]\nworkspace = "acme"\n[[practice]]\nworkspace = "bondi"\n'), [MIDDAY], list[str]()

    def work(task: Task) -> PracticeState:
        place = Path(task.workspace)
        worked.append(place.name)
        waits = place.name == "acme" and now[0] < MIDNIGHT
        return write_state(place, PracticeState(State.SCHEDULED, until=MIDNIGHT) if waits else PracticeState(State.DONE))

    def sleep(seconds: float) -> None:
        now[0] += seconds

    monkeypatch.setattr("migkit.fleet.engine.time.sleep", sleep)

    def run(**chosen: bool) -> bool:
        return run_fleet(path, say=lambda _: None, engine=lambda fleet: engine(work, fleet), clock=lambda: now[0], **chosen).is_done

    assert not run() and worked == ["acme", "bondi"] and now[0] == MIDDAY
    assert not run() and worked == ["acme", "bondi", "bondi"], "not tried again before its time"
    assert run(wait=True) and worked[3:] == ["bondi", "acme"] and now[0] >= MIDNIGHT


def test_a_practice_over_which_workers_die_fails_and_stops_no_other(tmp_path: Path) -> None:
    """Its sentence says what to try; the others end."""
    for name in ("acme", "bondi"):
        (workspace(tmp_path, name) / "runs").mkdir(exist_ok=True)

    class Dying(ThisProcess):
        def next(self, timeout_s: float | None = None) -> tuple[Task, PracticeState | None] | None:
            ended = super().next(timeout_s)
            return (ended[0], None) if ended and ended[0].workspace.endswith("acme") else ended

    @contextmanager
    def dying(_: Fleet) -> Iterator[Dying]:
        yield Dying(lambda task: write_state(Path(task.workspace), PracticeState(State.DONE)))

    path = declared(tmp_path, '[[practice]]\nworkspace = "acme"\nanalyst = "Mia"\n[[practice]]\nworkspace = "bondi"\n')
    overview = run_fleet(path, say=lambda _: None, engine=dying)
    first = overview.practices.iloc[0]
    assert (first["practice"], first["state"], first["who"]) == ("acme", "failed", "Mia") and "run it alone" in first["what"]
    assert overview.counts == {State.FAILED: 1, State.DONE: 1}


def test_the_overview_begins_with_what_wants_somebody(tmp_path: Path) -> None:
    """Failed, waiting, scheduled, running, not begun, done; and who is waited for, by gate. A damaged state is one not begun."""
    states = {
        "a": PracticeState(State.DONE, tokens_spent=500, tokens_left=0, days_left=0.0),
        "b": PracticeState(State.WAITING, "20_mapping_review", gate="mapping"),
        "c": PracticeState(State.WAITING, "20_mapping_review", gate="mapping"),
        "d": PracticeState(State.SCHEDULED, "50_load", "no tokens", until=MIDNIGHT, tokens_left=90_000, days_left=1.9),
        "e": PracticeState(State.FAILED, "50_load", "no answer", failed_records=3),
    }
    for name in (*states, "f"):
        (workspace(tmp_path, name) / "runs").mkdir(exist_ok=True)
        if name in states:
            write_state(tmp_path / name, states[name])
    (tmp_path / "f" / "runs" / "fleet.json").write_text("{")
    path = declared(tmp_path, "".join(f'[[practice]]\nworkspace = "{name}"\nanalyst = "Mia"\n' for name in "abcdef"))
    overview = look_at(path)
    shown = overview.practices
    assert shown["practice"].tolist() == ["e", "b", "c", "d", "f", "a"]
    gate = "the approval of mapping"
    assert shown["what"].tolist() == ["no answer", gate, gate, "again from 2026-11-30 00:00 UTC", "", ""]
    assert shown["who"].tolist() == ["Mia", "Mia", "Mia", "", "", ""]
    assert overview.waited_for.to_dict("records") == [{"who": "Mia", "gate": "mapping", "practices": "b, c"}]
    assert overview.to_json()["counts"] == {"failed": 1, "waiting": 2, "scheduled": 1, "not begun": 1, "done": 1}
    assert overview.to_text().startswith("1 failed, 2 waiting, 1 scheduled, 1 not begun, 1 done")
