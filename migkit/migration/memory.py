"""The analyst's memory of maps: a file that `MIGKIT_MEMORY` names. Approved maps are added to it and raise later proposals."""

from __future__ import annotations

import os
from pathlib import Path

import yaml

from migkit.mapping import Memory, dump_memory, parse_memory, remember
from migkit.model.errors import DataError
from migkit.model.mapping import SourceMap
from migkit.model.tables import RawExport
from migkit.resources import LOADER
from migkit.workspace import write_atomically

VARIABLE = "MIGKIT_MEMORY"


def known_maps() -> Memory | None:
    """Return what earlier maps taught, None where no file is kept or nothing was learnt yet. Raises DataError for a broken file."""
    path = memory_file()
    if path is None or not path.is_file():
        return None
    try:
        return parse_memory(yaml.load(path.read_text(encoding="utf-8"), Loader=LOADER))
    except yaml.YAMLError as error:
        raise DataError(f"{path} is not valid YAML: mend it, or delete it to begin a new memory. Nothing was changed.") from error


def learn(source_map: SourceMap, raw: RawExport) -> None:
    """Add the confirmed columns of a map to the memory, as far as the export has them; does nothing where no file is kept."""
    if path := memory_file():
        learnt = remember(known_maps() or Memory(), source_map, raw)
        write_atomically(path, yaml.safe_dump(dump_memory(learnt), sort_keys=False, allow_unicode=True))


def memory_file() -> Path | None:
    """Return where the memory is kept, None where no file is named."""
    named = os.environ.get(VARIABLE)
    return Path(named).absolute() if named else None
