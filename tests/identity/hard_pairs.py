"""The pairs of `hard_pairs.yaml` as rows of a table of people, and what came of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

FIELDS = {
    "first": "first_name", "middle": "middle_name", "last": "last_name", "known": "preferred_name", "maiden": "former_last_name",
    "born": "birth_date", "sex": "gender", "title": "title", "mobile": "mobile", "home": "home_phone", "email": "email",
    "street": "address_line1", "card": "medicare_number", "line": "medicare_irn",
}  # fmt: skip


@dataclass(frozen=True)
class Pair:
    """Two rows with the right answer: same, different, or may ask."""

    kind: str
    number: int
    right: str
    rows: tuple[dict[str, Any], dict[str, Any]]

    @property
    def keys(self) -> tuple[str, str]:
        return f"{self.kind}:{self.number}:a", f"{self.kind}:{self.number}:b"


def hard_pairs() -> list[Pair]:
    """Every pair of the file, in its order."""
    kinds = yaml.load((Path(__file__).parent / "hard_pairs.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader)
    return [
        Pair(kind, number, pair["right"], (_row(pair, 0), _row(pair, 1)))
        for kind, pairs in kinds.items()
        for number, pair in enumerate(pairs, 1)
    ]


def table_of(pairs: Iterable[Pair]) -> pd.DataFrame:
    """The rows of the pairs in one table of people, text as in a file."""
    rows = {key: row for pair in pairs for key, row in zip(pair.keys, pair.rows, strict=True)}
    return pd.DataFrame.from_dict(rows, orient="index", columns=[*FIELDS.values(), "suburb", "postcode"]).astype("string")


def _row(pair: dict[str, Any], side: int) -> dict[str, Any]:
    def value(name: str) -> Any:
        given = pair.get(name)
        given = given[side] if isinstance(given, list) else given
        return None if given is None else str(given)

    suburb, _, postcode = (value("place") or "").rpartition(" ")
    return {FIELDS[name]: value(name) for name in FIELDS} | {"suburb": suburb or None, "postcode": postcode or None}
