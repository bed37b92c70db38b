"""`migkit fleet lab`: the fleet's notebook beside its FLEET.toml, and JupyterLab opened on it."""

from __future__ import annotations

from pathlib import Path

from migkit.steps.lab import filled_in
from migkit.workspace import write_atomically

from .declaration import read_fleet

NOTEBOOK = "95_fleet"
"""The notebook of a fleet: it belongs to no workspace."""


def lay_out_fleet(path: Path) -> Path:
    """Copy the notebook beside a FLEET.toml with its address filled in, unless it lies there, and return it.

    Raises what `read_fleet` raises.
    """
    fleet = read_fleet(path.resolve())
    copy = fleet.path.with_name(f"{NOTEBOOK}.ipynb")
    if not copy.exists():
        write_atomically(copy, filled_in(copy.name, fleet_file=str(fleet.path)))
    return copy
