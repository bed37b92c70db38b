"""`make bench-strangers`: three practices in the layouts of other systems, migrated and compared with their truths.

Prints a table per practice (objects, and how many are wrong in which way) and up to five examples of each kind.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import click

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.strangers.migrate import answers_of
from tests.strangers.practices import PRACTICES
from tests.strangers.run import loaded


@click.command()
@click.option("--patients", type=click.IntRange(40, 2000), default=60, show_default=True)
@click.option("--seed", type=int, default=1, show_default=True)
@click.option("--practice", "practices", multiple=True, type=click.Choice(sorted(PRACTICES)), help="Only this one; may be repeated.")
@click.option("--examples/--no-examples", default=True, show_default=True)
def main(patients: int, seed: int, practices: tuple[str, ...], examples: bool) -> None:
    """Score the three strangers."""
    for name in practices or PRACTICES:
        with tempfile.TemporaryDirectory() as folder, loaded(name, Path(folder), patients, seed) as account:
            found = account.score()
        click.echo(f"\n{name}: {patients} patients, seed {seed}; {len(answers_of(name)['cannot_say'])} things that the map cannot say")
        for row in found.table():
            click.echo(f"{row[0]:<16}" + "".join(f"{cell:>18}" for cell in row[1:]))
        if examples:
            click.echo("faults: " + "; ".join(f"{fault} {count}" for fault, count in found.faults.most_common()))
            click.echo("said: " + "; ".join(f"{one} {count}" for one, count in found.said.most_common()))
            for kind, told in found.examples.items():
                click.echo("\n".join([f"  {kind}", *(f"    {each[:200]}" for each in told)]))


if __name__ == "__main__":
    main()
