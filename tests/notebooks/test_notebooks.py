"""The committed notebooks hold no outputs and no logic, stand in the README."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import pytest

from migkit import resources
from migkit.fleet import NOTEBOOK as FLEET
from migkit.report import NOTEBOOKS
from migkit.steps.lab import START

FOLDER = resources.folder("notebooks")


def test_every_notebook_is_there_and_in_the_readme():
    """The one that makes a workspace, the ten of its steps and the one of many practices, each with a row in the README."""
    readme = (Path(__file__).parents[2] / "README.md").read_text()

    every = (START, *NOTEBOOKS, FLEET)
    assert {path.stem for path in FOLDER.glob("*.ipynb")} == set(every)
    assert [name for name in every if f"`{name}`" not in readme] == []


@pytest.mark.parametrize("name", (START, *NOTEBOOKS, FLEET))
def test_a_notebook_holds_neither_outputs_nor_logic(name):
    """No outputs, no functions, no loops; one parameters cell without a secret; prose before code."""
    cells = json.loads((FOLDER / f"{name}.ipynb").read_text())["cells"]
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    parameters = [cell for cell in code if "parameters" in cell["metadata"].get("tags", [])]

    assert not [cell for cell in code if cell["outputs"] or cell["execution_count"]]
    assert cells[0]["cell_type"] == "markdown" and "".join(cells[0]["source"]).startswith("# ")
    assert len(parameters) == 1 and "token" not in "".join(parameters[0]["source"]).lower()
    for cell in code:
        tree = ast.parse("".join(cell["source"]))
        logic = [node for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.For, ast.While, ast.Try, ast.With))]
        assert not logic, "".join(cell["source"])
