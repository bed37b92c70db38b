"""How papermill runs a notebook: as it does by itself, but for how often it saves the copy that it executes."""

from __future__ import annotations

from functools import cache
from typing import Any

from migkit.model.imports import light_jsonschema

SAVED_EVERY_S = 5.0
"""How often the executed copy is saved while it runs. Papermill saves it before and after each cell, and each time all that was shown so
far is checked and written anew: of 60 cells a tenth of the run."""


@cache
def engine() -> str:
    """Return the name of the engine, for `papermill.execute_notebook`."""
    with light_jsonschema():
        from papermill.engines import NBClientEngine, NotebookExecutionManager, papermill_engines

    class Manager(NotebookExecutionManager):  # type: ignore[misc]  # untyped
        saved_every = SAVED_EVERY_S

        def save(self, **given: Any) -> None:
            if (self.now() - self.last_save_time).total_seconds() >= self.saved_every:
                super().save(**given)

        def notebook_complete(self, **given: Any) -> None:
            self.saved_every = 0.0
            super().notebook_complete(**given)

    class Engine(NBClientEngine):  # type: ignore[misc]
        @classmethod
        def execute_notebook(cls, nb: Any, kernel_name: str, output_path: Any = None, **given: Any) -> Any:
            given.pop("progress_bar", None)
            manager = Manager(nb, output_path=output_path, progress_bar=False)
            manager.notebook_start()
            try:
                cls.execute_managed_notebook(manager, kernel_name, **given)
            finally:
                manager.notebook_complete()
            return manager.nb

    papermill_engines.register("migkit", Engine)
    return "migkit"
