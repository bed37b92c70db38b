"""Writes COLUMNS.md: the meanings of all columns as tables for people. `python -m tests.strangers.practices.columns`."""

from __future__ import annotations

from pathlib import Path

from . import api_meanings, codes_meanings, reports_meanings

PAGE = Path(__file__).with_name("COLUMNS.md")
PARTS = (("codes", codes_meanings.MEANINGS), ("api", api_meanings.MEANINGS), ("reports", reports_meanings.MEANINGS))


def page() -> str:
    """The whole page; what `meanings.json` of each practice says."""
    lines = ["# Column → meaning", "", "Written by columns.py from the meanings that every practice hands over as meanings.json."]
    for name, meanings in PARTS:
        lines += ["", f"## {name}"]
        for file, facts in meanings["files"].items():
            lines += ["", f"### {file}", "", facts["what"], "", "| column | meaning |", "|---|---|"]
            for column, meaning in facts["columns"].items():
                codes = "; ".join(f"{code} = {text}" for code, text in facts.get("values", {}).get(column, {}).items())
                lines.append(f"| {column} | {meaning}{f' ({codes})' if codes else ''} |")
            for head in ("above", "rows"):
                if facts.get(head):
                    title = "line above a block" if head == "above" else "words in a row"
                    lines += ["", f"| {title} | meaning |", "|---|---|"]
                    lines += [f"| {text} | {meaning} |" for text, meaning in facts[head].items()]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
