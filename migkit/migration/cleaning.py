"""Cleaning that a person decided on: repairs that are vetoed, named cleanings and cells mended by hand that later exports get too.

`decisions/cleaning.yaml` says who, when and why; the functions themselves lie beside it under `decisions/cleaning/`.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from migkit.model.errors import DataError
from migkit.model.tables import RawExport
from migkit.source import Cleaning, Mended, apply_mends, parse_mends
from migkit.views import parse_views, with_views

from .inputs import Inputs

Change = Callable[[pd.DataFrame], pd.DataFrame]


def registered_cleanings(inputs: Inputs) -> list[Cleaning]:
    """Return the cleanings of `decisions/cleaning.yaml`. Raises DataError where a function is missing or was changed since."""
    found = []
    for entry in inputs.document("cleaning").get("cleanings") or ():
        name, path = entry["name"], inputs.folder / "cleaning" / f"{entry['name']}.py"
        if inputs.functions.get(name) != entry["sha256"]:
            raise DataError(f"{path} is not the cleaning that {entry['by']} registered: register it again, nothing was loaded.")
        found.append(Cleaning(name, entry["table"], compiled(path.read_text(encoding="utf-8"), name, path), entry["by"], entry["why"]))
    return found


def vetoes(inputs: Inputs) -> frozenset[tuple[str, str, str]]:
    """Return the vetoed repairs as (table, field, rule)."""
    entries: list[Mapping[str, Any]] = inputs.document("cleaning").get("vetoes") or []
    return frozenset((entry["table"], entry["field"], entry["rule"]) for entry in entries)


def with_mends(raw: RawExport, inputs: Inputs) -> Mended:
    """Return an export with the mended cells of `decisions/cleaning.yaml` laid over it, and its views made of the mended tables."""
    mended = apply_mends(raw, parse_mends(inputs.document("cleaning")))
    views = parse_views(inputs.document("views"))
    if not views or not mended.done:
        return mended
    own = {name: table for name, table in mended.raw.tables.items() if table.drawn is None}
    findings = tuple(finding for finding in mended.raw.findings if finding.code != "view-failed")
    return replace(mended, raw=with_views(replace(mended.raw, tables=own, findings=findings), views))


def compiled(source: str, name: str, path: str | Path) -> Change:
    """Return the function `name` that `source` defines. Raises DataError where it cannot be read."""
    spec = importlib.util.spec_from_loader(f"cleaning_{name}", loader=None)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    try:
        exec(compile(source, str(path), "exec"), module.__dict__)
        change: Change = getattr(module, name)
    except Exception as error:
        raise DataError(f"The cleaning {name} cannot be read ({type(error).__name__}): mend {path}.") from error
    return change
