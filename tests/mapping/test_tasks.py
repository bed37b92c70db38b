"""Tasks about patients are told from the workflows that make them, from recalls and from messages."""

from __future__ import annotations

import pytest
from made import export, table

from migkit import mapping
from migkit.migration.defaults import knowledge
from migkit.model.canonical import CanonicalSchema

PATIENTS = table(
    "Patients", "Patient ID,First Name,Last Name,DOB", ("11", "Ann", "Ng", "02/03/1980"), ("12", "Bo", "Oz", "04/05/1990"),
    ("13", "Cy", "Po", "05/06/2000"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("name", "columns", "rows", "expected"),
    [
        pytest.param(
            "Workflows", "Workflow ID,Patient ID,Task,Due Date,Assigned To,Status",
            [("1", "11", "Call about crown", "01/12/2026", "Dr Ash", "Open"), ("2", "12", "Send form", "02/12/2026", "Kim", "Completed")],
            "tasks", id="tasks called workflows",
        ),
        pytest.param(
            "To Do", "Patient ID,Task,Due,Assigned To,Notes",
            [("11", "Call back", "01/12/2026", "Kim", "after five"), ("12", "Chase lab", "02/12/2026", "Kim", None)],
            "tasks", id="to do",
        ),
        pytest.param(
            "Workflows", "Workflow,Trigger,Timing,Channel,Message,Enabled",
            [("Recall", "Recall due", "7 days before", "SMS", "Hello", "Yes"), ("Birthday", "Birthday", "on the day", "Email", "Hi", "No")],
            "workflows", id="workflows",
        ),
        pytest.param(
            "Recalls", "Recall ID,Patient ID,Type,Due Date,Status",
            [("1", "11", "6 Month Check", "01/12/2026", "Due"), ("2", "12", "Hygiene", "02/12/2026", "Sent")],
            "recalls", id="recalls",
        ),
    ],
)  # fmt: skip
def test_what_a_list_of_things_to_do_is(schema: CanonicalSchema, name: str, columns: str, rows: list[tuple[str]], expected: str) -> None:
    """By its columns, where the file is called alike."""
    assert mapping.propose(export(PATIENTS, table(name, columns, *rows)), schema, knowledge()).tables[name].table == expected
