"""`python -m migkit` is the same door as `migkit`."""

from migkit.cli import main

main()
