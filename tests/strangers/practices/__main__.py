"""`python -m tests.strangers.practices NAME DIR [--patients N] [--seed S]`"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from . import PRACTICES, SIZES, generate


def main() -> None:
    """Write one practice and say what is in it."""
    parser = argparse.ArgumentParser(prog="python -m tests.strangers.practices", description="Write a made-up practice and its truth.")
    parser.add_argument("name", choices=sorted(PRACTICES))
    parser.add_argument("dir", type=Path)
    parser.add_argument("--patients", default="small", help=f"a number from 40 to 2000, or one of {', '.join(SIZES)}")
    parser.add_argument("--seed", type=int, default=1)
    choice = parser.parse_args()
    try:
        patients = SIZES[choice.patients] if choice.patients in SIZES else int(choice.patients)
        facts = generate(choice.name, choice.dir, patients, choice.seed)
    except ValueError as error:
        parser.error(str(error))
    print(json.dumps(facts["totals"]["counts"]))  # noqa: T201


if __name__ == "__main__":
    main()
