"""What kernels are forked with beside modules that are simply imported: a module, since a process that forks imports names alone."""

from __future__ import annotations

from migkit.model.imports import light_jsonschema, without

with light_jsonschema():
    import jsonschema

with without("debugpy"):  # nobody debugs a report
    import ipykernel.debugger

__all__ = ["ipykernel", "jsonschema"]
