"""What each result is made from, as data: a stage's key follows from its declaration, and from nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from migkit.model.digest import digest

from .inputs import Inputs


@dataclass(frozen=True)
class Stage:
    """A result, and what it is made from."""

    name: str
    reads: tuple[str, ...]
    """Parts of the inputs (a trailing `*` stands for a family) and stages whose results it takes."""
    rooms: tuple[str, ...] = ()
    """The rooms whose code makes it, with all that they import; the rooms of the stages that it reads come by themselves."""
    incremental: tuple[str, ...] = ()
    """What it reads besides where more than one export counts."""


_COUNTRY = ("settings.country", "settings.currency", "templates/countries.yaml")
"""What the rules of the practice's country follow from."""

_STAGES = (
    Stage(
        "raw",
        reads=("snapshots", "files", "views"),
        rooms=("model", "resources", "countries", "foreign", "workspace", "source", "views", "migration", "libraries"),
    ),
    Stage("scan", reads=("raw", *_COUNTRY), rooms=("source",)),
    Stage("profile", reads=("raw", "mapping", "templates/canonical.yaml"), rooms=("source",)),
    Stage(
        "proposals",
        reads=(
            "raw", "templates/canonical.yaml", "templates/mapping.yaml", "templates/values.json", "templates/tables.json", "memory",
            "language_model", *_COUNTRY,
        ),
        rooms=("mapping",),
    ),
    Stage(
        "conflicts",
        reads=("proposals", "mapping", "settings.subscription_plan"),
        rooms=("plan", "import_files", "pipedrive", "preflight"),
    ),
    Stage(
        "tables",
        reads=(
            "raw", "mapping", "mapping.reasons", "versions", "cleaning.functions", "cleaning.vetoes",
            "cleaning.mends",
            "templates/canonical.yaml", "settings.timezone", "settings.timezones", *_COUNTRY,
        ),
        rooms=("source", "mapping"),
        incremental=("proposals", "mapping.confirmed", "policies.incremental_columns"),
    ),
    Stage("pairs", reads=("tables",), rooms=("identity",)),  # kept under the patients that it compares, not under this key
    Stage("people", reads=("tables", "pairs", "identity", "owners"), rooms=("identity",)),
    Stage("quality", reads=("tables", "expectations/*", *_COUNTRY), rooms=("quality",)),
    Stage(
        "plan",
        reads=(
            "tables", "people", "mapping", "pipedrive", "privacy", "delta.gone", "templates/pipedrive.yaml", "templates/landing.yaml",
            "settings.timezone", "settings.timezones", *_COUNTRY,
            "policies.waves", "policies.invoices_without_plan", "policies.cancelled_appointments", "policies.past_bookings",
            "policies.older_than", "policies.clinical_notes", "policies.ambiguous_hour", "policies.nonexistent_hour",
            "policies.deleted_patients", "policies.test_patients", "policies.archived_names", "policies.do_not_contact_names",
            "policies.converted_leads", "policies.native_contact_fields", "policies.attachments",
        ),
        rooms=("plan",),
    ),
    Stage("policy_costs", reads=("plan",), rooms=("preflight", "import_files", "pipedrive")),
    Stage("route_costs", reads=("plan",), rooms=("import_files",)),
)  # fmt: skip
STAGES = {stage.name: stage for stage in _STAGES}

NOT_READ = {
    "settings.practice": "names the practice on reports",
    "settings.target_url": "where to write",
    "settings.token": "which secret opens the account",
    "settings.store": "where the ledger lies",
    "settings.copies": "where copies of the ledger lie",
    "settings.memory": "whether an export is begun, and where the linking of people goes to disk",
    "settings.seats": "how many tokens a day brings",
    "settings.reserve_pct": "how many tokens a day brings",
    "policies.adopt": "how a record that was there before is completed: the load reads it",
    "policies.fetch_links": "whether links of attachments are asked for: what came is in `snapshots`",
    "policies.route": "how a load reaches Pipedrive: the load reads it",
    "policies.max_changed_pct": "when a load asks again: its gate reads it",
    "quality": "what was accepted: its gate reads it",
    "sample": "which records are loaded first",
    "delta.merged": "which exports count: in `snapshots`",
    "approvals": "which exports count: in `snapshots`",
    "deleted": "laid over the plan, with the ledger",
    "witnesses": "what the practice reads off its screens: compared with results, never a part of one",
    "probe": "answers of the account, for people",
    "watch": "what is approved in advance: `migkit watch` reads it",
    "handover": "who settles what is open, and until when: for people",
    "templates/policies.yaml": "the defaults of `policies`",
    "templates/mapping_review.css": "how a page looks",
    "templates/handover.css": "how a page looks",
    "templates/handover.html.j2": "how a page looks",
    "templates/import_files.html.j2": "how a page looks",
    "templates/promises.yaml": "what a page says of what was promised",
    "templates/report.css": "how a page looks",
    "templates/report.html.j2": "how a page looks",
    "templates/decisions.schema.yaml": "which shapes of decisions are refused",
    "templates/workflow.schema.json": "what a document for the handover must hold",
    "code.compare": "what stands there beside what was planned",
    "code.load": "what was written",
    "code.reconcile": "what was read back",
}
"""Parts that no stage reads, and what they are for."""


def parts_of(name: str, inputs: Inputs) -> frozenset[str]:
    """Return the parts that a stage rests on: those that it declares, and those of every stage that it reads."""
    stage = STAGES[name]
    return frozenset(_parts(stage, inputs))


def key(name: str, inputs: Inputs) -> str:
    """Return the key of a stage's result: equal for equal parts, whatever else changed."""
    return digest([name, *([part, inputs.part(part)] for part in sorted(parts_of(name, inputs)))])


def _parts(stage: Stage, inputs: Inputs) -> Iterator[str]:
    yield from (f"code.{room}" for room in stage.rooms)
    reads = stage.reads + (stage.incremental if len(inputs.snapshots) > 1 else ())
    if "mapping" in reads and "mapping" not in inputs.decisions:
        reads += ("proposals",)  # a map that nobody decided on yet is what the machine proposes
    for name in reads:
        if name in STAGES:
            yield from parts_of(name, inputs)
        else:
            yield from inputs.matching(name)
