"""What kernels are forked with beside modules that are simply imported: a module, since a process that forks imports names alone."""

from __future__ import annotations

import os

from migkit.model.imports import light_jsonschema, without
from migkit.running.lab import PROVISIONER

with light_jsonschema():
    import jsonschema

with without(*(() if PROVISIONER in os.environ else ("debugpy",))):  # nobody debugs a report
    import ipykernel.debugger

__all__ = ["ipykernel", "jsonschema"]
