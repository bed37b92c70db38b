"""Where the files that travel with the package lie: notebooks, templates, expectation suites.

In a checkout they stand at the top level; in an installed wheel they are carried inside the package.
"""

from __future__ import annotations

import json
import pickle
from functools import cache
from pathlib import Path
from typing import Any

import yaml

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The safe loader in C, where it was built: the same documents, ten times as fast."""
_PACKAGE = Path(__file__).resolve().parent


def folder(name: str) -> Path:
    """Return the folder `name` ("notebooks", "templates" or "expectations"), in a wheel or in a checkout."""
    packed = _PACKAGE / "_resources" / name
    return packed if packed.is_dir() else _PACKAGE.parent / name


def load_yaml(name: str) -> Any:
    """Return the parsed YAML file `templates/<name>`."""
    return pickle.loads(_parsed(folder("templates") / name))


def load_text(name: str) -> str:
    """Return the file `templates/<name>` as it stands."""
    return (folder("templates") / name).read_text(encoding="utf-8")


@cache
def _parsed(path: Path) -> bytes:
    """Return a document, parsed once, in a form of which everybody gets a copy of their own at a tenth of the price."""
    return pickle.dumps(yaml.load(path.read_text(encoding="utf-8"), Loader=LOADER))


def load_json(name: str) -> Any:
    """Return the parsed JSON file `templates/<name>`."""
    return json.loads(load_text(name))
