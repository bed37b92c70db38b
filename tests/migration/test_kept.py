"""What is kept under `work/` is what was made: read by another process it is equal in every field, and nothing is made twice."""

from __future__ import annotations

import gc
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from migkit.identity import DuckdbLimits, deduplicate
from migkit.load import Entry, EntryState, Ledger, Op, Origin
from migkit.migration import Migration, staging
from migkit.migration import migration as migration_module
from migkit.migration.duckdb import duckdb_limits
from migkit.model.account import AccountUser
from migkit.model.collecting import without_collecting
from migkit.model.errors import UsageError
from migkit.model.objects import ObjectType
from migkit.steps.bulk_confirm import confirm_proposals
from migkit.workspace import Workspace

from .practice import FIRST_DAY, SETTINGS, made


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("practice"))


RESULTS = ("raw", "scan", "tables", "pairs", "people", "conflicts", "desired", "policy_costs", "route_costs", "delta", "profile")


def test_what_another_process_reads_is_what_was_made(workspace: Path) -> None:
    """Every result, down to the types of columns and of numbers; of the proposals what is proposed again for another table too."""
    first, second = Migration.open(workspace), Migration.open(workspace)
    for name in RESULTS:
        assert_same(getattr(first, name), getattr(second, name), name)
    made_now, kept = first.proposals, second.proposals
    assert (made_now.tables, made_now.values) == (kept.tables, kept.values)
    assert made_now.again is not None and kept.again is not None
    assert kept.again("Patients", "leads", {}).tables == made_now.again("Patients", "leads", {}).tables


def test_the_kept_digests_are_those_of_the_records(workspace: Path) -> None:
    """Counted anew from each record as it was read, every digest is the same."""
    _ = Migration.open(workspace).desired
    for record in Migration.open(workspace).desired.records.values():
        assert record.changed().digest() == record.digest()


def test_planning_lets_go_of_what_was_read(workspace: Path) -> None:
    """The cells of a large export are not held beside its rows; who asks for them after it has the same, in the same types."""
    migration = Migration.open(workspace)
    raw, tables = migration.raw, migration.tables
    _ = migration.desired_with()
    assert migration.raw is not raw and migration.tables is not tables
    assert_same(migration.raw, raw, "raw")
    assert_same(migration.tables, tables, "tables")


def test_the_collector_runs_again_after_a_plan(workspace: Path) -> None:
    """It rests while a plan is made, read or compared, and not when that ends, in an error too."""
    _ = Migration.open(workspace).policy_costs, Migration.open(workspace).changes()
    assert gc.isenabled()
    with pytest.raises(ZeroDivisionError), without_collecting():
        assert not gc.isenabled()
        _ = 1 / 0
    assert gc.isenabled()


def test_changes_follow_what_others_write(workspace: Path) -> None:
    """The comparison is made once, and anew as soon as this or another process has written to the ledger."""
    migration = Migration.open(workspace)
    record = next(record for record in migration.plan.records.values() if record.object is ObjectType.PERSON)
    assert change(migration, record.key) is Op.CREATE
    for number, (ledger, hashes) in enumerate([(Ledger(workspace / "ledger.sqlite"), record.hashes()), (migration.ledger, {})], start=1):
        state, origin = EntryState.LIVE, Origin.CREATED
        ledger.put(Entry(record.key, record.object, number, origin, state, "r1", hashes, record.unbound(), sources=record.sources))
        assert change(migration, record.key) is (Op.SKIP if hashes else Op.UPDATE)


def test_who_is_who_beside_the_account_is_kept_for_what_was_read(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another process that reads the same persons and users resolves nothing again; one more person, and it is resolved anew."""
    users = [AccountUser(1, "Front Desk", "front@example.com", active=True)]
    columns = ["person_id", "name", "emails", "phones", "birth_date"]
    one = pd.DataFrame([(7, "Bo Ng", ["bo@example.com"], [], None)], columns=columns)
    two = pd.DataFrame([*one.itertuples(index=False, name=None), (8, "Ann Lee", ["ann@example.com"], [], None)], columns=columns)
    made = Migration.open(workspace).people_beside(one, users, "front@example.com")
    assert made.account_pairs["person_id"].tolist() == [7]
    resolved: list[int] = []
    original = migration_module.resolve
    monkeypatch.setattr(migration_module, "resolve", lambda *args, **more: resolved.append(1) or original(*args, **more))
    assert_same(Migration.open(workspace).people_beside(one, users, "front@example.com"), made, "people")
    assert not resolved
    assert sorted(Migration.open(workspace).people_beside(two, users, "front@example.com").account_pairs["person_id"]) == [7, 8]
    assert resolved == [1]


def test_confirming_what_was_proposed_makes_nothing_anew(workspace: Path, tmp_path: Path) -> None:
    """The map means what it meant before anybody decided on it: tables, people and plan are those that the audit made."""
    fresh = Workspace.create(tmp_path / "fresh", SETTINGS)
    fresh.add_snapshot(workspace.parent / "one", taken=FIRST_DAY)
    undecided = Migration.open(fresh.path)
    plan, kept = undecided.desired.digest(), stages(fresh)
    assert not is_decided(undecided)
    confirm_proposals(fresh.path, at_least=0, by="Kim")
    decided = Migration.open(fresh.path)
    assert is_decided(decided)
    assert decided.desired.digest() == plan
    assert stages(fresh) == kept and len(kept) == 4
    document = fresh.read_decision("mapping")
    document["tables"]["Patients"]["columns"]["Suburb"].update(to=None, reason="not wanted")
    fresh.write_decision("mapping", document)
    assert Migration.open(fresh.path).desired.digest() != plan


def is_decided(migration: Migration) -> bool:
    return migration.decisions.source_map is not None


def stages(workspace: Workspace) -> set[str]:
    made_of_the_map = ("tables", "pairs", "people", "plan")
    return {path.parent.as_posix() for stage in made_of_the_map for path in (workspace.work / stage).rglob("value.json")}


def change(migration: Migration, key: str) -> Op:
    return next(one.op for one in migration.changes() if one.key == key)


def assert_same(left: Any, right: Any, where: str) -> None:
    assert type(left) is type(right), where
    if isinstance(left, pd.DataFrame):
        pd.testing.assert_frame_equal(left, right, check_exact=True, obj=where)
    elif is_dataclass(left):
        for field in fields(left):
            assert_same(getattr(left, field.name), getattr(right, field.name), f"{where}.{field.name}")
    elif isinstance(left, dict):
        assert list(left) == list(right), where
        for key in left:
            assert_same(left[key], right[key], f"{where}[{key}]")
    elif isinstance(left, (tuple, list)):
        assert len(left) == len(right), where
        for number, (one, other) in enumerate(zip(left, right, strict=True)):
            assert_same(one, other, f"{where}[{number}]")
    else:
        assert left == right, where


def test_what_is_taken_away_while_it_is_looked_at_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two processes on one `work/`: the other keeps newer results and takes this one away between the look and the reading."""
    assert staging.staged(tmp_path / "stage", "a", list[int], lambda: [1]) == [1]

    def taken_away(place: Path, kind: Any) -> Any:
        raise FileNotFoundError(place / "value.json")

    monkeypatch.setattr(staging, "recall", taken_away)
    assert staging.staged(tmp_path / "stage", "a", list[int], lambda: [2]) == [2]


def test_duckdb_takes_what_whoever_started_us_says() -> None:
    """Memory and threads by the environment of this process; all cores, and 3 GB or what the settings allow, where it says nothing."""
    usual, less = duckdb_limits({}, 8 * 10**9), duckdb_limits({"MIGKIT_DUCKDB_MEMORY": "1GB", "MIGKIT_DUCKDB_THREADS": "1"}, 8 * 10**9)
    assert (usual.memory, usual.threads, less.memory, less.threads) == ("3000MB", None, "1GB", 1)
    assert duckdb_limits({}, 500 * 10**6).memory == "500MB"
    for wrong in ("0", "many"):
        with pytest.raises(UsageError, match="MIGKIT_DUCKDB_THREADS"):
            duckdb_limits({"MIGKIT_DUCKDB_THREADS": wrong}, 8 * 10**9)


def test_pairs_do_not_depend_on_what_duckdb_may_take() -> None:
    """One thread and little memory find the same."""
    people = pd.DataFrame({
        "first_name": ["Ann", "Anne", "Bo"], "last_name": ["Lee", "Lee", "Ng"], "birth_date": ["1980-02-01", "1980-02-01", "1990-04-03"],
        "mobile": ["0412345671", "0412345671", "0412345672"],
    }, index=["a", "b", "c"])  # fmt: skip
    found = [deduplicate(people, limits=limits) for limits in (DuckdbLimits(), DuckdbLimits("200MB", 1))]
    assert len(found[0]) and found[0].equals(found[1])
