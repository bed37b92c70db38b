"""Run a notebook through papermill and render it: the executed copy and its HTML land in the run's folder.

A user's mistake or a closed gate ends a notebook with one sentence; this module carries that sentence out of the kernel
as the same exception that was raised inside it.
"""

from __future__ import annotations

import logging
import os
import re
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Template

from migkit import resources
from migkit.model import errors
from migkit.model.errors import GateClosed, MachineError, MigkitError
from migkit.model.imports import light_jsonschema
from migkit.running.engine import engine
from migkit.running.kernels import warm_up
from migkit.workspace import Run

NOTEBOOKS = (
    "10_audit", "20_mapping_review", "25_people", "30_validate", "40_sample_diff",
    "50_load", "60_delta", "70_reconcile", "80_rollback", "90_handover",
)  # fmt: skip

IN_REPORT = "MIGKIT_IN_REPORT"
"""Set in the kernel of a notebook that runs as a report: nobody is there to click."""


GATE = "migkit_gate"
"""Metadata of the sentence that a closed gate shows: which gate."""

MACHINE = "migkit_machine"
"""Metadata of the sentence about what this machine refused: the sentence."""

UNSHOWN = frozenset({"papermill-error-cell-tag", "by-hand"})
"""Tags of cells that a report leaves out: papermill's banner, and what tells the analyst where to click."""


class NotebookFailed(MigkitError):
    """A notebook stopped on something that is not the user's doing; the executed copy shows where."""


def run_notebook(name: str, parameters: Mapping[str, Any], run: Run, environ: Mapping[str, str] | None = None) -> Path:
    """Execute `notebooks/<name>.ipynb` with parameters (never a secret) and return its HTML in the run's folder.

    `environ`: all variables that its kernel sees, this process's own by default; what a notebook needs besides its parameters goes there.
    The executed notebook and the HTML are written also when it stops. Raises the MigkitError that stopped it, or
    NotebookFailed for anything else.
    """
    warm_up()
    with light_jsonschema():
        import papermill
    from nbclient.exceptions import DeadKernelError
    from traitlets.config import Config

    from migkit.running.provisioner import kernel_manager

    logging.getLogger("papermill").setLevel(logging.ERROR)
    kernel = {**(os.environ if environ is None else environ), IN_REPORT: "1"}
    source = resources.folder("notebooks") / f"{name}.ipynb"
    folder = run.path.resolve()  # the kernel is started from there, and a relative path would be looked up there again
    executed = folder / f"{name}.ipynb"
    try:
        papermill.execute_notebook(
            source,
            executed,
            parameters=dict(parameters),
            engine_name=engine(),
            progress_bar=False,
            stderr_file=sys.stderr,
            cwd=str(folder),
            config=Config(KernelManager={"transport": "ipc"}),  # nobody else on this machine can listen in
            kernel_manager_class=kernel_manager(folder / "kernel.log", kernel),
        )
    except papermill.PapermillExecutionError as error:
        render(executed)
        raise _carried(error, executed) from None
    except (DeadKernelError, RuntimeError) as error:  # nbclient's and jupyter_client's words for a kernel that is no more
        if not isinstance(error, DeadKernelError) and "kernel died" not in str(error).casefold():
            raise
        sentence = f"The kernel of {name} was ended from outside, probably for want of memory: run the same command again."
        raise NotebookFailed(f"{sentence} What was written before stands in the ledger.") from None
    return render(executed)


_TO_NOTEBOOK = re.compile(r"\[([^\]]+)\]\(\w+\.ipynb\)")


def render(executed: Path, target: Path | None = None) -> Path:
    """Write the HTML of an executed notebook to `target`, beside it by default: no code, nothing loaded from elsewhere. Return its path."""
    with light_jsonschema():
        import nbformat

    notebook = nbformat.read(executed, as_version=4)
    notebook.cells = [cell for cell in notebook.cells if not UNSHOWN & {*cell.metadata.get("tags", [])}]
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = [output for output in cell.outputs if _is_shown(output)]
        else:  # the next notebook is a click away in JupyterLab; a report lies alone
            cell.source = _TO_NOTEBOOK.sub(r"\1", cell.source)
    body, _ = _exporter().from_notebook_node(notebook)
    body = body.replace("<pre>", '<pre tabindex="0">')  # what scrolls can be scrolled by keys
    template = Template(resources.load_text("report.html.j2"))
    css, footer = resources.load_text("report.css"), f"migkit · {executed.stem} · run {executed.parent.name}"
    page = template.render(title=_title(notebook), css=css, body=body, footer=footer)
    target = target or executed.with_suffix(".html")
    target.write_text(page, encoding="utf-8")
    return target


@cache
def _exporter() -> Any:
    """Return what makes HTML of notebooks: one a process, since its templates are compiled for it."""
    with light_jsonschema():
        from nbconvert import HTMLExporter

    class Exporter(HTMLExporter):
        def from_notebook_node(self, nb: Any, resources: Any = None, **options: Any) -> Any:
            """As nbconvert does, without its second reading of the page, which colours code and names pictures: no report has any."""
            return super(HTMLExporter, self).from_notebook_node(nb, self._init_resources(resources), **options)

    plain = {"highlight_code": "html.escape"}  # asked for by its templates
    return Exporter(template_name="basic", exclude_input=True, exclude_input_prompt=True, exclude_output_prompt=True, filters=plain)


def _carried(error: Any, executed: Path) -> MigkitError:
    kind = getattr(errors, str(error.ename), None)
    text = str(error.evalue)
    if kind is GateClosed:
        return GateClosed(_said(executed, GATE), text)
    if isinstance(kind, type) and issubclass(kind, MigkitError):
        return kind(text)
    if refused := _said(executed, MACHINE):
        return MachineError(refused)
    return NotebookFailed(
        f"{executed.stem} stopped on an unexpected {error.ename}: see {executed}. What was written before stands in the ledger."
    )


def _said(executed: Path, name: str) -> str:
    """Return what the metadata of the sentence that a stopped notebook shows has under `name`, "" for nothing."""
    import nbformat

    outputs = [out for cell in nbformat.read(executed, as_version=4).cells for out in cell.get("outputs", [])]
    return next((str(out.metadata[name]) for out in outputs if name in out.get("metadata", {})), "")


def _is_shown(output: Any) -> bool:
    if WIDGET in output.get("data", {}):
        return False
    if output.output_type == "stream":
        return output.name == "stdout"
    return output.output_type != "error" or not hasattr(errors, str(output.get("ename")))


WIDGET = "application/vnd.jupyter.widget-view+json"
"""What a widget leaves in an output: nothing that a page could show."""


def _title(notebook: Any) -> str:
    for cell in notebook.cells:
        found = re.search(r"^# (.+)$", cell.source, re.MULTILINE) if cell.cell_type == "markdown" else None
        if found:
            return found.group(1)
    return "migkit"
