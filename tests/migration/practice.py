"""A practice of a handful of patients with every decision file, and a later export that counts; small enough to be made many times."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from migkit.mapping import leave_out, unconfirmed
from migkit.migration import Migration
from migkit.model.mapping import dump_mapping
from migkit.steps.bulk_confirm import confirm_proposals
from migkit.workspace import Settings, Workspace

SETTINGS = Settings("Acme Dental", "Australia/Sydney", "AUD", "http://127.0.0.1:1", "growth", 1, 20, {})
PATIENTS = """Patient ID,First Name,Last Name,Date of Birth,Mobile,Email,Suburb,Hygiene Club
1,Ann,Lee,01/02/1980,0412 345 671,ann@example.com,Newtown,Gold
2,Bo,Ng,03/04/1990,0412 345 672,bo@example.com,Glebe,
3,Cy,Fox,05/06/1970,0412 345 673,cy@example.com,Enmore,Silver
4,Cyrus,Fox,05/06/1970,0412 345 673,cy@example.com,Enmore,
"""
LATER = PATIENTS.replace("Cy,Fox", "Cyril,Fox").replace("Glebe", "Redfern").replace("Hygiene Club", "Hygiene Club,Referral Source")
APPOINTMENTS = """Appointment ID,Patient ID,Start,Duration (min),Status,Provider
10,1,20/10/2026 09:00,30,Completed,Dr Jo Park
11,2,21/10/2026 10:30,45,Booked,Dr Jo Park
"""
FIRST_DAY, LATER_DAY = date(2026, 10, 31), date(2026, 11, 9)
BY = {"by": "Kim", "at": "2026-11-01T00:00:00+00:00", "why": "seen"}
STEP = "import pandas as pd\n\n\ndef tidy(frame):\n    return frame.assign(suburb=frame['suburb'].str.upper())\n"


def made(folder: Path) -> Path:
    """Make the workspace and return its folder."""
    for name, patients in (("one", PATIENTS), ("two", LATER)):
        (folder / name).mkdir(parents=True)
        (folder / name / "Patients.csv").write_text(patients)
        (folder / name / "Appointments.csv").write_text(APPOINTMENTS)
    workspace = Workspace.create(folder / "acme", SETTINGS)
    workspace.add_snapshot(folder / "one", taken=FIRST_DAY)
    confirm_proposals(workspace.path, at_least=0, by="Kim")
    migration = Migration.open(workspace.path)
    decided = migration.source_map
    for table, column in unconfirmed(decided):
        decided = leave_out(decided, table, column, "not needed", by="Kim", at=BY["at"])
    workspace.write_decision("mapping", dump_mapping(decided))
    pair = {"left": "patient:3", "right": "patient:4", "decision": "same", **BY}
    workspace.write_decision("identity", {"version": 1, "pairs": [pair], "policy": {"auto_adopt": True}})
    workspace.write_decision("owners", {"version": 1, "fallback": {"user": "front@example.com", **BY}})
    workspace.write_decision("quality", {"version": 1, "accepted": {"patients.email.unique": {"count": 2, **BY}}})
    workspace.write_decision("policies", {"waves": "one"})
    later = workspace.add_snapshot(folder / "two", taken=LATER_DAY)
    workspace.approve("delta", f"{later.name}:seen", "Kim")
    return workspace.path
