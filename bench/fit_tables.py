"""Fit what a table is by what it holds: `templates/tables.json`.

Run: python bench/fit_tables.py (some minutes). Fitted on the tuning half of the header lists with made-up rows and on invented exports
(`mapping_invented`), whose headers it does not read. Everything is seeded: the same code gives the same weights.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

import numpy as np
from mapping_data import System, read_systems
from mapping_invented import invent
from mapping_rows import fill
from scipy.optimize import minimize
from scipy.special import logsumexp

from migkit.countries import anywhere
from migkit.mapping.evidence import read_evidence
from migkit.mapping.table_values import NONE, SETTINGS, Holdings, around, holdings, shares
from migkit.migration.defaults import knowledge
from migkit.model.canonical import CanonicalSchema, parse_schema
from migkit.resources import folder, load_yaml

INVENTED = 160
PULL = 2.0
"""Half of this times the squared weights is added to the loss."""
FREE = 0.05
"""The same for the constants."""

Example = tuple[Holdings, np.ndarray]
"""What an export's tables hold, and the number of the kind of each."""


def main() -> None:
    """Fit and write the model."""
    schema = parse_schema(load_yaml("canonical.yaml"))
    kinds = (*(name for name in schema.tables if name not in SETTINGS), NONE)
    examples, signs = read_examples(systems(schema), schema, kinds)
    first, second = fit(examples, len(kinds))
    document = {"signs": signs} | {
        look: {kind: [round(float(w), 2) for w in row] for kind, row in zip(kinds, weights, strict=True)}
        for look, weights in (("first", first), ("second", second))
    }
    text = json.dumps(document, separators=(",", ":")).replace("],", "],\n")
    (folder("templates") / "tables.json").write_text(text + "\n", encoding="utf-8")


def systems(schema: CanonicalSchema) -> Iterator[System]:
    """Yield the exports that it is fitted on."""
    yield from (fill(system, 1) for system in read_systems("tuning"))
    common = knowledge().values.fields
    yield from (invent(number, schema, common) for number in range(INVENTED))


def read_examples(exports: Iterator[System], schema: CanonicalSchema, kinds: Sequence[str]) -> tuple[list[Example], Sequence[str]]:
    """Return what the exports' tables hold and are, and the names of the signs."""
    examples, signs = [], ()
    for system in exports:
        held, signs = holdings(read_evidence(system.raw, anywhere()), schema)
        examples.append((held, np.array([kinds.index(system.tables[name] or NONE) for name in held.tables])))
    return examples, signs


def fit(examples: Sequence[Example], kinds: int) -> tuple[np.ndarray, np.ndarray]:
    """Return both regressions. What the second is told of the other tables is what a first says that did not see them."""
    right = np.concatenate([kind for _, kind in examples])
    likely: dict[int, np.ndarray] = {}
    for half in (0, 1):
        seen = [one for number, one in enumerate(examples) if number % 2 != half]
        weights = _regress(np.vstack([held.signs for held, _ in seen]), np.concatenate([kind for _, kind in seen]), kinds)
        likely |= {number: shares(weights, held.signs) for number, (held, _) in enumerate(examples) if number % 2 == half}
    first = _regress(np.vstack([held.signs for held, _ in examples]), right, kinds)
    return first, _regress(np.vstack([around(held, likely[number]) for number, (held, _) in enumerate(examples)]), right, kinds)


def _regress(signs: np.ndarray, right: np.ndarray, kinds: int) -> np.ndarray:
    """Return the weights of a softmax regression, kinds by signs and a constant, a ridge on them."""
    x, y = np.hstack([signs, np.ones((len(signs), 1))]), np.eye(kinds)[right]
    pull = np.full(x.shape[1], PULL)
    pull[-1] = FREE

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        weights = flat.reshape(kinds, -1)
        odds = x @ weights.T
        whole = logsumexp(odds, axis=1, keepdims=True)
        slope = (np.exp(odds - whole) - y).T @ x + pull * weights
        return float((whole[:, 0] - (odds * y).sum(axis=1)).sum() + 0.5 * (pull * weights**2).sum()), slope.ravel()

    done = minimize(loss, np.zeros(kinds * x.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 400})
    return done.x.reshape(kinds, -1)


if __name__ == "__main__":
    main()
