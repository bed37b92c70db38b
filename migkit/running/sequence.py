"""`migkit run`: the notebooks in order, each executed by papermill and rendered; stops at the first closed gate."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from migkit.model.errors import UsageError
from migkit.running.notebooks import NOTEBOOKS, run_notebook
from migkit.running.switches import ONLY_FAILED, ROUTE, WAIT
from migkit.workspace import Workspace

STEPS = {name.split("_", 1)[1]: name for name in NOTEBOOKS}
"""Step → notebook: `audit` → `10_audit`."""


def run_steps(
    path: str | os.PathLike[str],
    steps: Sequence[str],
    *,
    export: Path | None = None,
    kind: str = "full",
    taken: date | None = None,
    wait: bool = False,
    only_failed: bool = False,
    route: str = "",
    environ: Mapping[str, str] | None = None,
) -> Iterator[tuple[str, Path]]:
    """Run the steps and yield (notebook, rendered page) for each. Raises what stopped a notebook.

    `all` is every step in order. `export` is taken as a later snapshot before the step delta. `wait` outlasts an exhausted day in
    every step that asks Pipedrive; `only_failed` lets a load try only what was refused or waited before;
    `route` (api, files, hybrid) is how it reaches Pipedrive. `environ`: the variables that the kernels see, this process's own by default.
    """
    workspace = Workspace.open(path)
    notebooks = _chosen(steps)
    if only_failed and not {"50_load", "60_delta"} & set(notebooks):
        raise UsageError("--only-failed goes with the step load. Nothing was run.")
    if route and "50_load" not in notebooks:
        raise UsageError("--route goes with the step load. Nothing was run.")
    if export is None and taken is not None:
        raise UsageError("--taken goes with --export: it is the later export's day. Nothing was run.")
    if export is not None:
        if "60_delta" not in notebooks:
            raise UsageError("--export goes with the step delta: it is the later export. Nothing was run.")
        workspace.add_snapshot(export, kind=kind, taken=taken)
    for name in notebooks:
        run = workspace.start_run(name)
        parameters = {"workspace": str(workspace.path.resolve()), "run_id": run.id}
        switches = {WAIT: "1" if wait else "", ONLY_FAILED: "1" if only_failed else "", ROUTE: route}
        chosen = {switch: value for switch, value in switches.items() if value}
        yield name, run_notebook(name, parameters, run, {**(os.environ if environ is None else environ), **chosen})


def _chosen(steps: Sequence[str]) -> list[str]:
    if list(steps) == ["all"]:
        return list(NOTEBOOKS)
    chosen = []
    for step in steps:
        if step == "all":
            raise UsageError("`all` is every step: give it alone. Nothing was run.")
        name = STEPS.get(step, step)
        if name not in NOTEBOOKS:
            raise UsageError(f"There is no step {step!r}: the steps are {', '.join(STEPS)}, or all.")
        chosen.append(name)
    return chosen
