"""JupyterLab whose kernels start warm: what it is told, and the part of it that begins their imports as it starts.

The part is an extension of Jupyter's server: a notebook that is opened seconds later finds what it imports.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from importlib.metadata import entry_points
from typing import Any

from migkit.running.kernels import warm_up

PROVISIONER = "JUPYTER_DEFAULT_PROVISIONER_NAME"
"""Jupyter's variable: who starts the kernels of a kernelspec that names nobody."""
NAME = "migkit"


def warm_kernels(environ: Mapping[str, str] = os.environ) -> tuple[dict[str, str], list[str]]:
    """Return the variables and options of a Jupyter server whose kernels start warm; nothing where Jupyter does not know ours, as
    beside an older installation, or where somebody named another."""
    if PROVISIONER in environ or not entry_points(group="jupyter_client.kernel_provisioners", name=NAME):
        return {}, []
    quiet = {"PYDEVD_DISABLE_FILE_VALIDATION": "1"}  # the debugger's word on modules that no breakpoint reaches
    return {PROVISIONER: NAME, **quiet}, [f"--ServerApp.jpserver_extensions={__name__}=True"]


def _jupyter_server_extension_points() -> list[dict[str, Any]]:
    return [{"module": __name__}]


def _load_jupyter_server_extension(_server: Any) -> None:
    warm_up()
