"""Write the pages of the reference that follow from the code: commands and policies. `make docs` runs it."""

from __future__ import annotations

from pathlib import Path

import click

from migkit.cli import main
from migkit.model.messages.page import help_page
from migkit.resources import folder


def commands_page() -> str:
    """Return every command with its help, as it prints it."""
    lines = ["# Commands", "", "Made from the commands themselves (`make docs`)."]
    door = click.Context(main, info_name="migkit", help_option_names=["-h", "--help"])
    for name, command in sorted(main.commands.items()):
        context = click.Context(command, parent=door, info_name=name, terminal_width=100, max_content_width=100)
        lines += ["", f"## {name}", "", "```text", command.get_help(context), "```"]
        for part, inner in sorted(command.commands.items()) if isinstance(command, click.Group) else ():
            context_of_part = click.Context(inner, parent=context, info_name=part, terminal_width=100, max_content_width=100)
            lines += ["", "```text", inner.get_help(context_of_part), "```"]
    return "\n".join(lines) + "\n"


def policies_page() -> str:
    """Return the policies as their file says them, comments and all."""
    text = (folder("templates") / "policies.yaml").read_text(encoding="utf-8")
    head = "# Policies\n\nThe defaults (`templates/policies.yaml`); `decisions/policies.yaml` of a workspace overrides them one by one."
    return f"{head}\n\n```yaml\n{text}```\n"


if __name__ == "__main__":
    here = Path(__file__).parent
    (here / "messages.md").write_text(help_page(), encoding="utf-8")
    (here / "commands.md").write_text(commands_page(), encoding="utf-8")
    (here / "policies.md").write_text(policies_page(), encoding="utf-8")
