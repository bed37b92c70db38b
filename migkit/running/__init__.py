"""Runs notebooks and renders them, step after step. Imports none of the rooms whose work they show: their kernels do."""

from migkit.running.lab import warm_kernels
from migkit.running.notebooks import GATE, IN_REPORT, MACHINE, NOTEBOOKS, NotebookFailed, render, run_notebook
from migkit.running.sequence import STEPS, run_steps
from migkit.running.switches import ONLY_FAILED, ROUTE, WAIT

__all__ = [
    "GATE",
    "IN_REPORT",
    "MACHINE",
    "NOTEBOOKS",
    "ONLY_FAILED",
    "ROUTE",
    "STEPS",
    "WAIT",
    "NotebookFailed",
    "render",
    "run_notebook",
    "run_steps",
    "warm_kernels",
]
