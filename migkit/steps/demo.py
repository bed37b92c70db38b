"""`migkit demo`: the real journey, start to finish, on a made-up practice against a local Pipedrive in its own process.

Nothing here is a special path: it runs the same steps and notebooks, with decisions and approvals recorded as made by "demo": proposals
are confirmed in bulk, and the columns that are left, which have values and no home, are left out with that as the reason.
"""

from __future__ import annotations

import json
import shlex
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pandas as pd

from migkit.generate import generate
from migkit.load import Operation
from migkit.mapping import leave_out, unconfirmed
from migkit.migration import Migration
from migkit.migration.target import DAY, DAY_S, spent
from migkit.model.errors import GateClosed, UsageError
from migkit.model.mapping import dump_mapping
from migkit.model.objects import SCHEMA_OBJECTS
from migkit.pipedrive.token import VARIABLE as TOKEN_VARIABLE
from migkit.running import run_steps
from migkit.sandbox import Sandbox, SandboxConfig
from migkit.steps.approvals import approve_gate
from migkit.steps.bulk_confirm import confirm_proposals
from migkit.steps.environment import environment
from migkit.steps.reconcile import compare_with_target
from migkit.steps.rollback import in_words, roll_back
from migkit.steps.sandbox import parse_switches
from migkit.steps.undone import kept_handover
from migkit.workspace import Settings, Workspace, write_atomically

BY = "demo"
SURE = 0.5
"""How sure a proposal must be for the demo to confirm it."""
DEMO_FILE = ".migkit-demo"
"""Only a folder that holds this file is emptied by the next demo."""


@dataclass
class Stopwatch:
    """Seconds per step, as they pass; a step that runs twice has both."""

    say: Callable[[str], None]
    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def __call__(self, step: str) -> Iterator[None]:
        """Time what happens inside, also where it ends at a gate."""
        started = time.monotonic()
        try:
            yield
        finally:
            passed = time.monotonic() - started
            self.seconds[step] = round(self.seconds.get(step, 0) + passed, 2)
            self.say(f"  {step:<28}{passed:>7.1f} s")


def run_demo(  # noqa: PLR0913 - its options
    folder: Path,
    *,
    say: Callable[[str], None],
    patients: int = 200,
    seed: int = 1,
    style: str = "tidy",
    plan: str = "ultimate",
    seats: int = 3,
    clock_speed: float = 1.0,
    limits: bool = False,
    daily_tokens: int | None = None,
    switches: Sequence[str] = (),
    rollback: bool = False,
) -> str:
    """Run the journey into `folder` and return what to look at. Writes `summary.json`, the workspace and the reports."""
    rest: dict[str, Any] = {"switches": parse_switches(switches), "clock_speed": clock_speed}
    try:
        config = SandboxConfig(
            plan=plan,
            seats=seats,
            data=folder / "pipedrive",
            seed_file=folder / "practice" / "account.json",
            burst_limit=limits,
            daily_limit=limits,
            daily_tokens=daily_tokens,
            **rest,
        )
    except ValueError as error:
        raise UsageError(f"{error} Nothing was made.") from None
    _empty(folder)
    watch = Stopwatch(say)
    say(f"A practice of {patients} patients moves into a local Pipedrive:")
    with watch("generate"):
        generate(folder / "practice", patients=patients, seed=seed, style=style)
    with Sandbox(config) as sandbox, environment({TOKEN_VARIABLE: sandbox.token, DAY: str(DAY_S / clock_speed)}):
        port, token = urlsplit(sandbox.url).port, sandbox.token
        practice = json.loads((folder / "practice" / "truth.json").read_text(encoding="utf-8"))["practice"]
        settings = Settings(practice["name"], practice["timezone"], practice["currency"], sandbox.url, plan, seats, 20, {})
        workspace = Workspace.create(folder / "workspace", settings)
        workspace.add_snapshot(folder / "practice" / "export", taken=date.fromisoformat(practice["as_of"]))
        _journey(workspace, folder / "practice" / "export_delta", date.fromisoformat(practice["later"]), watch, wait=limits)
        if rollback:
            with watch("rollback"):
                say(in_words(roll_back(Migration.open(workspace.path), preview=False), workspace.settings))
        with watch("summary"):
            summary = summarise(Migration.open(workspace.path), watch.seconds)
    write_atomically(folder / "summary.json", json.dumps(summary, indent=1))
    return (
        f"\n{outcome_table(summary)}\n\nWhat the practice keeps: {kept_handover(workspace)}/index.html and Handover.pdf\n"
        f"What the analyst read: {kept_handover(workspace)}/analyst/reports/10_audit.html … 80_rollback.html\n"
        f"The account, as a Pipedrive user would see it: {_command()} sandbox --data {folder / 'pipedrive'} --port {port}\n"
        f"With that running, the notebooks too: PIPEDRIVE_API_TOKEN={token} {_command()} lab {workspace.typed}\n"
        f"The numbers: {folder / 'summary.json'}"
    )


def _journey(workspace: Workspace, delta: Path, delta_day: date, watch: Stopwatch, *, wait: bool) -> None:
    def run(step: str, **options: Any) -> None:
        with watch(step):
            for _ in run_steps(workspace.path, [step], wait=wait, **options):
                pass

    def run_until_gate(step: str, gate: str, **options: Any) -> None:
        """Run a step that stops at its own gate, approve what it showed, and run it again."""
        try:
            run(step, **options)
        except GateClosed as closed:
            if closed.gate != gate:
                raise
            approve(gate)
            run(step)

    def approve(*gates: str) -> None:
        for gate in gates:
            with watch(f"approve {gate}"):
                approve_gate(workspace.path, gate, by=BY, note="looked at by nobody: this is a demo")

    run("audit")
    with watch("confirm the map"):
        watch.say(decide_map(workspace.path))
    approve("mapping")
    run("mapping_review")
    approve("owners", "identity")
    run("people")
    approve("quality", "policies", "privacy")
    run("validate")
    run_until_gate("sample_diff", "sample")
    run("load")
    run_until_gate("delta", "delta", export=delta, taken=delta_day)
    run("reconcile")
    run("rollback")
    run("handover")


def decide_map(workspace: Path) -> str:
    """Confirm what is proposed in bulk, leave out what is left, and return a sentence about it."""
    done = confirm_proposals(workspace, at_least=SURE, by=BY)
    migration = Migration.open(workspace)
    decided, at = migration.source_map, datetime.now(UTC).isoformat(timespec="seconds")
    left = unconfirmed(decided)
    for table, column in left:
        decided = leave_out(decided, table, column, "it has values and no home in Pipedrive", by=BY, at=at)
    migration.workspace.write_decision("mapping", dump_mapping(decided))
    named = f": {', '.join(column for _, column in left)}" if left else ""
    return (
        f"  {len(done.confirmed)} columns confirmed in bulk, as proposed with a confidence of {SURE:g} or more; {len(left)} left out{named}"
    )


def summarise(migration: Migration, seconds: dict[str, float]) -> dict[str, Any]:
    """Return the demo's numbers: per table rows, outcomes, records; fields compared; people; delta; tokens; seconds."""
    compared = compare_with_target(migration)
    outcomes = compared.rows.groupby(["table", "outcome"]).size().unstack(fill_value=0)
    people = migration.people
    patients = len(people.survivors)
    delta = migration.delta
    return {
        "tables": {
            str(table): {"rows": int(counts.sum()), "outcomes": {str(k): int(v) for k, v in counts.items() if v}}
            for table, counts in outcomes.iterrows()
        },
        "lines": {str(kind): int(number) for kind, number in migration.lines["kind"].value_counts().items()},
        "outcomes_add_up": compared.adds_up,
        "records": compared.result.records.to_dict("records"),
        "fields": {"compared": compared.compared, "normalised": compared.normalised, "differing": compared.differing},
        "agrees": compared.agrees,
        "duplicate_rate": round(sum(1 for key, person in people.survivors.items() if key != person) / max(patients, 1), 4),
        "owners_unmatched": sum(1 for owner in people.owners if owner.user_email is None),
        "delta": {} if delta is None else {str(k): int(v) for k, v in delta.merged.classes["class"].value_counts().items()},
        "tokens": {"spent": spent(migration.workspace), "floor_of_writes": _floor(migration)},
        "seconds": seconds,
    }


def _floor(migration: Migration) -> int:
    """Return what the writes of records that the ledger holds cost if each is sent once: what `spent["write"]` is held to."""
    written = (Operation.CREATE, Operation.UPDATE)
    needed = (write for write in migration.ledger.writes() if write.operation in written and write.object not in SCHEMA_OBJECTS)
    return sum(write.tokens for write in needed)


def outcome_table(summary: dict[str, Any]) -> str:
    """Return the outcome table as text, a row a table, a column an outcome, with totals."""
    frame = pd.DataFrame({table: counts["outcomes"] for table, counts in summary["tables"].items()}).T.fillna(0).astype(int)
    frame.insert(0, "rows", [counts["rows"] for counts in summary["tables"].values()])
    frame.loc["all"] = frame.sum()
    fields = summary["fields"]
    line = f"{fields['compared']:,} fields compared, {fields['normalised']:,} normalised by a known rule, {fields['differing']:,} differing"
    return f"{frame.to_string()}\n\n{line}"


def _command() -> str:
    """Return how `migkit` is called from here: by name where it is found so, else by its place beside this Python."""
    beside = Path(sys.executable).with_name("migkit")
    if shutil.which("migkit") == str(beside) or not beside.exists():
        return "migkit"
    here = Path.cwd()
    return shlex.quote(str(beside.relative_to(here) if beside.is_relative_to(here) else beside))


def _empty(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is a file: give a folder as --dir. Nothing was touched.")
    if folder.exists() and any(folder.iterdir()) and not (folder / DEMO_FILE).exists():
        raise UsageError(f"{folder} holds something that is not a demo of ours: give another --dir. Nothing was touched.")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / DEMO_FILE).touch()
