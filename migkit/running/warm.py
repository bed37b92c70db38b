"""How the process that kernels are forked from begins: a module, since such a process is told names of modules alone."""

from __future__ import annotations

import os

from migkit.model.collecting import collect_seldom
from migkit.model.imports import light_jsonschema, without
from migkit.running.lab import PROVISIONER

collect_seldom()

with light_jsonschema():
    import jsonschema

with without(*(() if PROVISIONER in os.environ else ("debugpy",))):  # nobody debugs a report
    import ipykernel.debugger

__all__ = ["ipykernel", "jsonschema"]
