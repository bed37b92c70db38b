"""Three made-up practices in the layouts of other systems, each with its truth. Written without knowledge of migkit; see README.md."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from . import api, codes, reports

PRACTICES = {"codes": codes, "api": api, "reports": reports}
SIZES = {"small": 60, "medium": 400, "large": 2000}


def generate(name: str, target: Path, patients: int = SIZES["small"], seed: int = 1) -> dict[str, Any]:
    """Write practice `name` (codes, api, reports) to `target`/export, truth.json and meanings.json; gives the truth.

    `patients` is how many people there are (40 to 2,000). The same name, size and seed give the same files.
    """
    if name not in PRACTICES:
        raise ValueError(f"no practice {name!r}: choose one of {', '.join(PRACTICES)}")
    if not 40 <= patients <= 2000:
        raise ValueError(f"{patients} patients: a practice has 40 to 2,000")
    shutil.rmtree(target / "export", ignore_errors=True)
    return PRACTICES[name].write(target, patients, seed)
