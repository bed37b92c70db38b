"""Every input is declared: what reads it is made again when it changes, as in a fresh workspace, and nothing else is."""

from __future__ import annotations

import filecmp
import hashlib
import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import grimp
import pandas as pd
import pytest
import tomlkit

from migkit import resources
from migkit.identity import compared
from migkit.migration import Migration, defaults, language, staging
from migkit.migration import inputs as inputs_module
from migkit.migration.defaults import knowledge
from migkit.migration.inputs import Inputs
from migkit.migration.stages import NOT_READ, STAGES, key, parts_of
from migkit.quality import QualityReport
from migkit.workspace import DECISIONS, Settings, Workspace

from .practice import BY, LATER_DAY, STEP, made

ALL = frozenset(STAGES)
FROM_RAW = ALL - {"raw", "profile"}
FROM_PROPOSALS = ALL - {"raw", "scan", "profile"}
FROM_TABLES = frozenset({"tables", "pairs", "people", "quality", "plan", "policy_costs", "route_costs"})
PLAN = frozenset({"plan", "policy_costs", "route_costs"})
NONE: frozenset[str] = frozenset()

ROOMS_OF_RAW = ("model", "resources", "countries", "foreign", "workspace", "source", "views", "migration", "libraries")
PLANNED = (
    "waves", "invoices_without_plan", "cancelled_appointments", "past_bookings", "older_than", "clinical_notes", "ambiguous_hour",
    "nonexistent_hour", "deleted_patients", "test_patients", "archived_names", "do_not_contact_names", "converted_leads",
    "native_contact_fields", "attachments",
)  # fmt: skip
MADE_AGAIN: dict[str, frozenset[str]] = {
    "snapshots": ALL,
    "views": ALL,
    "mapping": FROM_TABLES | {"conflicts", "profile"},
    "mapping.confirmed": FROM_TABLES,
    "mapping.reasons": FROM_TABLES,
    "files": ALL,
    "versions": FROM_TABLES,
    "cleaning.functions": FROM_TABLES,
    "cleaning.vetoes": FROM_TABLES,
    "cleaning.mends": FROM_TABLES,
    "identity": PLAN | {"people"},
    "owners": PLAN | {"people"},
    "pipedrive": PLAN,
    "privacy": PLAN,
    "delta.gone": PLAN,
    "memory": FROM_PROPOSALS,
    "language_model": FROM_PROPOSALS,
    "settings.timezone": FROM_TABLES,
    "settings.timezones": FROM_TABLES,
    "settings.currency": FROM_RAW,
    "settings.country": FROM_RAW,
    "settings.subscription_plan": frozenset({"conflicts"}),
    "policies.incremental_columns": FROM_TABLES,
    **{f"policies.{name}": PLAN for name in PLANNED},
    "templates/canonical.yaml": FROM_PROPOSALS | {"profile"},
    "templates/mapping.yaml": FROM_PROPOSALS,
    "templates/values.json": FROM_PROPOSALS,
    "templates/tables.json": FROM_PROPOSALS,
    "templates/countries.yaml": FROM_RAW,
    "templates/pipedrive.yaml": PLAN,
    "templates/landing.yaml": PLAN,
    **{f"code.{room}": ALL for room in ROOMS_OF_RAW},
    "code.mapping": FROM_PROPOSALS,
    "code.identity": PLAN | {"pairs", "people"},
    "code.quality": frozenset({"quality"}),
    "code.plan": PLAN | {"conflicts"},
    "code.import_files": frozenset({"conflicts", "policy_costs", "route_costs"}),
    "code.pipedrive": frozenset({"conflicts", "policy_costs"}),
    "code.preflight": frozenset({"conflicts", "policy_costs"}),
}
"""Part → the stages that are made again when it changes, where two exports count; said here anew, not read from the declarations."""
MADE_BY = {
    "raw": "raw", "scan": "scan", "profile": "profile", "proposals": "proposals", "conflicts": "conflicts", "tables": "tables",
    "pairs": "pairs", "people": "people", "quality": "quality", "plan": "desired", "policy_costs": "policy_costs",
    "route_costs": "route_costs",
}  # fmt: skip
"""Stage → what of a migration is made by it."""
EXPECTATIONS = frozenset({"quality"})


def expected(part: str) -> frozenset[str]:
    return EXPECTATIONS if part.startswith("expectations/") else MADE_AGAIN.get(part, NONE)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("practice"))


@pytest.fixture
def workspace(base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy to change, with templates of its own."""
    for folder in ("templates", "expectations"):
        shutil.copytree(resources.folder(folder), tmp_path / folder)
    monkeypatch.setattr(resources, "folder", lambda name: tmp_path / name)
    monkeypatch.setattr(language, "_post", lambda *_: {"choices": [{"message": {"content": '{"columns": {}}'}}]})
    for variable in ("MIGKIT_MEMORY", language.URL, language.NAME):
        monkeypatch.delenv(variable, raising=False)
    knowledge.cache_clear()
    shutil.copytree(base, tmp_path / "acme")
    yield tmp_path / "acme"
    knowledge.cache_clear()


# -- changes: one for each part ----------------------------------------------------------------------------------------

Change = Callable[[Path, pytest.MonkeyPatch], None]
SETTINGS = {
    "practice": ("name", "Other Dental"), "timezone": ("timezone", "Australia/Perth"), "currency": ("currency", "NZD"),
    "country": ("country", "NZ"),
    "timezones": ("timezones", {"Perth": "Australia/Perth"}), "target_url": ("url", "http://127.0.0.1:2"),
    "subscription_plan": ("subscription_plan", "premium"),
    "seats": ("seats", 2), "reserve_pct": ("reserve_pct", 30), "token": ("token", "OTHER_TOKEN"),
    "store": ("store", "s3://bucket/other"), "copies": ("copies", "/other"),
    "memory": ("memory", "6 GB"),
}  # fmt: skip
"""Field of Settings → its key in migration.toml, and another value."""
POLICIES = {
    "waves": "three", "invoices_without_plan": "person_note", "cancelled_appointments": "exclude", "past_bookings": "done",
    "older_than": "2021-01-01", "clinical_notes": "per_patient_year", "ambiguous_hour": "later", "nonexistent_hour": "shift",
    "deleted_patients": "exclude", "test_patients": "exclude", "archived_names": "archive", "do_not_contact_names": "opt_out",
    "converted_leads": "exclude", "native_contact_fields": True, "incremental_columns": "discard",
    "adopt": {"name": "ours"}, "max_changed_pct": 20, "fetch_links": "public", "route": "files", "attachments": "zip_per_patient_year",
}  # fmt: skip


def setting(name: str) -> Change:
    where, value = SETTINGS[name]

    def change(path: Path, _: pytest.MonkeyPatch) -> None:
        document = tomlkit.parse((path / "migration.toml").read_text())
        if name in ("store", "copies"):
            document["ledger"] = {"store": "s3://bucket/acme"}
        of_target = ("target_url", "subscription_plan", "seats", "reserve_pct", "token")
        home = "machine" if name == "memory" else "ledger" if "ledger" in document else "target" if name in of_target else "practice"
        section: Any = document.setdefault(home, {})
        section[where] = value
        (path / "migration.toml").write_text(tomlkit.dumps(document))

    return change


def decision(name: str, edit: Callable[[dict[str, Any]], None]) -> Change:
    def change(path: Path, _: pytest.MonkeyPatch) -> None:
        workspace = Workspace.open(path)
        document = workspace.read_decision(name)
        edit(document)
        workspace.write_decision(name, document)

    return change


def template(name: str) -> Change:
    """The same template with another comment or, in JSON, another space at its end."""

    def change(path: Path, _: pytest.MonkeyPatch) -> None:
        file = path.parent / name
        file.write_text(file.read_text() + ("\n" if file.suffix == ".json" else "\n# another line\n"))

    return change


def code(room: str) -> Change:
    def change(_: Path, patch: pytest.MonkeyPatch) -> None:
        if room == "libraries":
            patch.setattr(inputs_module, "_libraries", lambda: {"pandas": "0"})
        before = inputs_module._code
        patch.setattr(inputs_module, "_code", lambda asked: "changed" if asked == room else before(asked))

    return change


def column(document: dict[str, Any], name: str) -> dict[str, Any]:
    return document["tables"]["Patients"]["columns"][name]


def another_export(path: Path, _: pytest.MonkeyPatch) -> None:
    export = path.parent / "three"
    export.mkdir()
    (export / "Patients.csv").write_text("Patient ID,First Name,Last Name\n9,Di,Po\n")
    workspace = Workspace.open(path)
    added = workspace.add_snapshot(export, kind="window", taken=LATER_DAY)
    workspace.approve("delta", f"{added.name}:seen", "Kim")


def a_cleaning(path: Path, _: pytest.MonkeyPatch) -> None:
    folder = path / "decisions" / "cleaning"
    folder.mkdir()
    (folder / "tidy.py").write_text(STEP)
    cleaning = {"name": "tidy", "table": "patients", "sha256": hashlib.sha256(STEP.encode()).hexdigest(), **BY}
    Workspace.open(path).write_decision("cleaning", {"version": 1, "cleanings": [cleaning]})


def a_mend() -> dict[str, object]:
    row = {"column": "Patient ID", "value": "1"}
    return {"source": "Patients", "row": row, "column": "Suburb", "before": "Newtown", "after": "Erskineville", **BY}


def a_memory(path: Path, patch: pytest.MonkeyPatch) -> None:
    (path.parent / "memory.yaml").write_text("version: 1\ntables: {Patients: {patients: 1}}\n")
    patch.setenv("MIGKIT_MEMORY", str(path.parent / "memory.yaml"))


def a_language_model(_: Path, patch: pytest.MonkeyPatch) -> None:
    patch.setenv(language.URL, "http://127.0.0.1:3/v1")
    patch.setenv(language.NAME, "small")


DECIDED: dict[str, Change] = {
    "snapshots": another_export,
    "mapping": decision("mapping", lambda d: column(d, "Suburb").update(to=None, reason="not wanted")),
    "mapping.confirmed": decision("mapping", lambda d: column(d, "Suburb").update(state="proposed")),
    "mapping.reasons": decision("mapping", lambda d: d["tables"]["Patients"].update(reason="said otherwise")),
    "views": decision("views", lambda d: d.update(views={"towns": {"sql": "SELECT Suburb FROM Patients", **BY}})),
    "versions": decision("versions", lambda d: d.update(files=[{"files": ["a.csv", "b.csv"], "counts": "a.csv", **BY}])),
    "files": decision("files", lambda d: d.update(files=[{"file": "*.csv", "rows": "together", **BY}])),
    "identity": decision("identity", lambda d: d["pairs"][0].update(decision="different")),
    "owners": decision("owners", lambda d: d["fallback"].update(user="back@example.com")),
    "quality": decision("quality", lambda d: d["accepted"]["patients.email.unique"].update(count=3)),
    "pipedrive": decision("pipedrive", lambda d: d.update(lead_labels={})),
    "privacy": decision("privacy", lambda d: d.update(classes={"contact": "leave_out"})),
    "cleaning.functions": a_cleaning,
    "cleaning.mends": decision("cleaning", lambda d: d.update(mends=[a_mend()])),
    "cleaning.vetoes": decision("cleaning", lambda d: d.update(vetoes=[{"table": "patients", "field": "mobile", "rule": "phone", **BY}])),
    "sample": decision("sample", lambda d: d.update(keys=["patient:1"])),
    "delta.gone": decision("delta", lambda d: d.update(gone={"appointment:10": "delete"})),
    "delta.merged": decision("delta", lambda d: d.update(merged=[f"02-{LATER_DAY}"])),
    "deleted": decision("deleted", lambda d: d.update(deleted={"patient:2": BY})),
    "witnesses": decision("witnesses", lambda d: d.update(figures=[{"measure": "patients", "value": "3", **BY}])),
    "probe": decision("probe", lambda d: d.update(answers={"a": {"answer": "yes"}})),
    "handover": decision("handover", lambda d: d.update(people={"practice": "Jo Bennett"})),
    "watch": decision("watch", lambda d: d.update(by="Kim", approved=[{"object": "note", "operation": "create", "at_most": 5}])),
    "approvals": decision("approvals", lambda d: d["approvals"].append({"gate": "privacy", "subject": "x", **BY})),
    "memory": a_memory,
    "language_model": a_language_model,
}


def change_of(part: str) -> Change:
    """Return how a part is changed. Raises KeyError for a part that nobody thought of."""
    family, _, name = part.partition(".")
    if part.startswith(("templates/", "expectations/")):
        return template(part)
    makers: dict[str, Callable[[str], Change]] = {
        "settings": setting,
        "code": code,
        "policies": lambda one: decision("policies", lambda d: d.update({one: POLICIES[one]})),
    }
    return makers[family](name) if family in makers else DECIDED[part]


_TEMPLATES = [f"{folder}/{path.name}" for folder in ("templates", "expectations") for path in resources.folder(folder).iterdir()]
_POLICIES = [name for name in resources.load_yaml("policies.yaml") if name != "version"]
PARTS = sorted(
    {
        *DECIDED,
        *inputs_module.DECIDED,
        *(f"settings.{field.name}" for field in fields(Settings)),
        *(f"policies.{name}" for name in _POLICIES),
        *_TEMPLATES,
        *(f"code.{room}" for room in (*inputs_module.ROOMS, "libraries")),
    }
)  # fmt: skip


# -- the facts ---------------------------------------------------------------------------------------------------------


def test_every_input_is_a_part(workspace: Path) -> None:
    """Each setting, decision file, policy, template and room is known by name, and is read by a stage or says what it is for."""
    inputs = Inputs.read(Workspace.open(workspace))
    assert sorted(inputs.names()) == PARTS
    assert {name for name in DECISIONS if not any(part.partition(".")[0] == name for part in PARTS)} == set()
    read = frozenset().union(*(parts_of(name, inputs) for name in STAGES))
    assert read | NOT_READ.keys() == set(PARTS) and not read & NOT_READ.keys()
    rooms = {path.stem for path in Path(inputs_module.__file__).parents[1].iterdir() if path.suffix in ("", ".py")}
    others = {
        "sign_of_life",
        "cli",
        "steps",
        "widgets",
        "fleet",
        "report",
        "running",
        "sandbox",
        "generate",
        "lab",
        "__init__",
        "__main__",
        "__pycache__",
        "py",
        "_resources",
    }
    assert rooms - others == set(inputs_module.ROOMS)


@pytest.mark.parametrize("part", PARTS)
def test_a_changed_part_changes_the_keys_of_the_stages_that_read_it(part: str, workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And of no other stage."""
    before = keys(workspace)
    change_of(part)(workspace, monkeypatch)
    after = keys(workspace)
    assert {name for name in STAGES if before[name] != after[name]} == expected(part)


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.long
def test_what_is_made_again_is_made_as_in_a_fresh_workspace(part: str, workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever changes: byte for byte the same under `work/`, and the same plan; what does not read it is not made again."""
    make_all(workspace)
    before = people_compared(workspace)
    change_of(part)(workspace, monkeypatch)
    again = make_all(workspace)
    expect = without_pairs_of_the_same(expected(part), part, before, workspace)
    assert again == expect - ({"scan"} if part == "snapshots" else set()), "the profile is the first export's"
    fresh = workspace.parent / "fresh"
    shutil.copytree(workspace, fresh, ignore=shutil.ignore_patterns("work"))
    make_all(fresh)
    assert same_bytes(workspace / "work", fresh / "work") > 20
    assert Migration.open(workspace).desired.digest() == Migration.open(fresh).desired.digest()


@pytest.mark.parametrize("part", ["settings.timezone", "mapping", "identity"])
def test_what_follows_from_a_change_follows_by_itself(part: str, workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same for three changes, without the suites, which cost seconds: nothing of what was made before shines through."""
    monkeypatch.setattr("migkit.migration.migration.validate", lambda tables, *_: QualityReport((), tables.findings))
    make_all(workspace)
    before = people_compared(workspace)
    change_of(part)(workspace, monkeypatch)
    assert make_all(workspace) == without_pairs_of_the_same(expected(part), part, before, workspace)
    fresh = workspace.parent / "fresh"
    shutil.copytree(workspace, fresh, ignore=shutil.ignore_patterns("work"))
    make_all(fresh)
    assert same_bytes(workspace / "work", fresh / "work") > 20


def test_who_decided_when_and_why_makes_nothing_anew(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Comments, names, times and confidences in the decision files, and approvals of every gate, leave every key as it is."""
    before = keys(workspace)
    opened = Workspace.open(workspace)
    for name in DECISIONS:
        document = opened.read_decision(name)
        if document:
            kept = ("by",) if name in ("identity", "approvals") else ()
            opened.write_decision(name, talked_over(document, kept))
    for gate in ("mapping", "owners", "identity", "policies", "sample"):
        opened.approve(gate, "whatever", "Lee", "fine")
    assert keys(workspace) == before


def test_a_stage_reads_nothing_that_it_does_not_declare(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While each result is made, the settings, decisions, policies and templates that are looked at are among its declared parts."""
    seen: set[str] = set()
    migration = Migration.open(workspace)
    declared = {stage: parts_of(stage, migration.inputs) for stage in STAGES}
    migration.inputs = watched(migration.inputs, seen)
    migration.decisions = type(migration.decisions)(migration.inputs)
    watch(monkeypatch, seen)
    monkeypatch.setattr("migkit.migration.migration.key", lambda name, inputs: name)
    by_name, every = ("settings.", "policies.", "templates/"), set[str]()
    for stage, name in MADE_BY.items():
        seen.clear()
        getattr(migration, name)
        allowed = {part if part.startswith(by_name) else part.partition(".")[0].partition("/")[0] for part in declared[stage]}
        assert seen - {"settings.memory"} <= allowed, stage  # whether a result is made at all, never what it is
        every |= seen
    assert {"settings.timezone", "policies.incremental_columns", "mapping", "identity", "templates/pipedrive.yaml", "expectations"} <= every


def test_the_rooms_that_make_a_stage_are_declared() -> None:
    """Whatever the rooms of a stage import, however far, is among the rooms that its key holds."""
    graph = grimp.build_graph("migkit", include_external_packages=False)
    room_of = {module: module.split(".")[1] for module in graph.modules if "." in module}
    entries = {
        "raw": ("source", "views"), "scan": ("source",), "profile": ("source",), "proposals": ("mapping",),
        "tables": ("source", "mapping"), "pairs": ("identity",), "people": ("identity",),
        "quality": ("quality",), "plan": ("plan",), "policy_costs": ("plan", "preflight"), "conflicts": ("mapping", "preflight"),
        "route_costs": ("import_files",),
    }  # fmt: skip
    assert entries.keys() == STAGES.keys()
    declared = {name: {part.removeprefix("code.") for part in rooms(name)} for name in STAGES}
    for name, starts in entries.items():
        modules = [module for module, room in room_of.items() if room in starts]
        reached = {room_of[one] for module in modules for one in (module, *graph.find_upstream_modules(module)) if one in room_of}
        assert reached <= declared[name], name


def rooms(stage: str) -> set[str]:
    found = {f"code.{room}" for room in STAGES[stage].rooms}
    for name in STAGES[stage].reads:
        found |= rooms(name) if name in STAGES else set()
    return found


# -- helpers -----------------------------------------------------------------------------------------------------------


def keys(path: Path) -> dict[str, str]:
    inputs = Inputs.read(Workspace.open(path))
    return {name: key(name, inputs) for name in STAGES}


def make_all(path: Path) -> set[str]:
    """Make every result that is kept, and return the stages that were not there yet."""
    new: set[str] = set()
    with pytest.MonkeyPatch.context() as patch:
        original = staging.staged

        def noted(folder: Path, key: str, kind: Any, make: Any) -> Any:
            stage = folder.relative_to(path / "work").parts[0]
            return original(folder, key, kind, lambda: new.add(stage) or make())

        patch.setattr(staging, "staged", noted)
        migration = Migration.open(path)
        for name in MADE_BY.values():
            getattr(migration, name)
    return new


def people_compared(path: Path) -> pd.DataFrame:
    """Return the patients as pairs are found by them."""
    return compared(Migration.open(path).tables)


def without_pairs_of_the_same(stages: frozenset[str], part: str, before: pd.DataFrame, path: Path) -> frozenset[str]:
    """Return the stages without the pairs where the patients are those of before: these are known by what they hold, and by the code."""
    return stages - {"pairs"} if not part.startswith("code.") and people_compared(path).equals(before) else stages


def same_bytes(left: Path, right: Path) -> int:
    """Check that what `right` keeps stands in `left` with the same bytes, and return how many files."""
    found = [file.relative_to(right) for file in sorted(right.rglob("*")) if file.is_file()]
    files = [file for file in found if file.parts[0] != "language"]
    _, differing, lacking = filecmp.cmpfiles(left, right, files, shallow=False)
    assert (differing, lacking) == ([], [])
    return len(files)


def talked_over(value: Any, kept: tuple[str, ...]) -> Any:
    """The document with every name, time, reason, comment and confidence said otherwise."""
    if isinstance(value, dict):
        new = {name: talked_over(inner, kept) for name, inner in value.items()}
        said = {name: "said otherwise" for name in ("by", "at", "why", "comment", "note") if name in new and name not in kept}
        return new | said | ({"confidence": 0.5, "comment": "hm"} if "confidence" in new else {})
    return [talked_over(inner, kept) for inner in value] if isinstance(value, list) else value


class _Watched(dict[str, Any]):
    """Policies that remember which were looked at."""

    seen: set[str]

    def __getitem__(self, name: str) -> Any:
        self.seen.add(f"policies.{name}")
        return super().__getitem__(name)

    def get(self, name: str, default: Any = None) -> Any:
        self.seen.add(f"policies.{name}")
        return super().get(name, default)


def watched(inputs: Inputs, seen: set[str]) -> Inputs:
    """The same inputs, whose settings, policies and documents remember that they were looked at."""
    names = {field.name for field in fields(Settings)}

    class Looked(Settings):
        def __getattribute__(self, name: str) -> Any:
            if name in names:
                seen.add(f"settings.{name}")
            return super().__getattribute__(name)

    found = replace(inputs, settings=Looked(**{name: getattr(inputs.settings, name) for name in names}))
    policies = _Watched(inputs.policies)
    policies.seen = seen
    found.__dict__["policies"] = policies
    return found


def watch(patch: pytest.MonkeyPatch, seen: set[str]) -> None:
    """Remember which decision files and templates are read."""
    document, folder, readers = Inputs.document, resources.folder, {name: getattr(resources, name) for name in ("load_yaml", "load_json")}

    def looked(self: Inputs, name: str) -> Any:
        seen.add(name)
        return document(self, name)

    def reading(reader: Callable[[str], Any]) -> Callable[[str], Any]:
        return lambda name: seen.add(f"templates/{name}") or reader(name)

    def found(name: str) -> Path:
        seen.add("expectations" if name == "expectations" else "")
        seen.discard("")
        return folder(name)

    patch.setattr(Inputs, "document", looked)
    for name, reader in readers.items():
        patch.setattr(resources, name, reading(reader))
        patch.setattr(defaults, name, reading(reader))
    patch.setattr(resources, "folder", found)


def test_a_changed_cleaning_function_is_refused(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The function's own text is an input: edited behind its registration, the stage is not made from it."""
    a_cleaning(workspace, monkeypatch)
    before = keys(workspace)
    (workspace / "decisions" / "cleaning" / "tidy.py").write_text(STEP.replace("upper", "lower"))
    assert keys(workspace)["tables"] != before["tables"]
    with pytest.raises(Exception, match="register it again"):
        _ = Migration.open(workspace).tables


def test_keys_are_digests_of_plain_values(workspace: Path) -> None:
    """Every part can be told as JSON: nothing in it depends on where the workspace lies."""
    moved = workspace.parent / "elsewhere"
    shutil.copytree(workspace, moved)
    assert keys(moved) == keys(workspace)
    assert all(json.dumps(value) for value in keys(workspace).values())
