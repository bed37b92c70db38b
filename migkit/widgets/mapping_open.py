"""Open the mapping review of a workspace: what is decided, what is proposed, where a click is saved."""

from __future__ import annotations

from migkit import mapping
from migkit.mapping import LanguageModel, Limits, Memory, Proposals, Question
from migkit.migration.defaults import canonical_schema, knowledge, load_map
from migkit.model.canonical import CanonicalSchema
from migkit.model.mapping import SourceMap, dump_mapping, parse_mapping
from migkit.model.tables import RawExport
from migkit.preflight import FIELD_CAP
from migkit.source import parse_files, read_export
from migkit.workspace import Workspace

from .mapping_preview import LandingPreviews
from .mapping_state import ReviewState


def open_review(
    workspace: Workspace,
    raw: RawExport | None = None,
    proposals: Proposals | None = None,
    schema: CanonicalSchema | None = None,
    *,
    by: str,
    memory: Memory | None = None,
    language_model: LanguageModel | None = None,
    policy: str = "evolve",
) -> tuple[ReviewState, LandingPreviews]:
    """Return the review as it was left, and where columns land in Pipedrive.

    What is not handed in is made: the newest snapshot is read and proposed for. Where a map is decided already, it meets
    the export under the `policy` (evolve, freeze or discard): what is new, lost or renamed becomes the review's questions.
    """
    known = schema or canonical_schema()
    declared = parse_files(workspace.read_decision("files"))
    export = raw or read_export(workspace.snapshot().path, declarations=declared, memory=workspace.settings.memory_bytes)
    country = workspace.settings.country_rules
    proposed = proposals or mapping.propose(export, known, knowledge(), country=country, memory=memory, language_model=language_model)
    seen = b""

    def stored() -> tuple[SourceMap, tuple[Question, ...]]:
        nonlocal seen
        seen = _on_disk(workspace)
        document = workspace.read_decision("mapping")
        return mapping.replay(parse_mapping(document), export, proposed, policy) if document else (mapping.draft(proposed), ())

    def save(changed: SourceMap) -> None:
        nonlocal seen
        every = parse_mapping(workspace.read_decision("mapping"))  # columns that only other exports have are no part of this review
        workspace.write_decision("mapping", dump_mapping(mapping.extend(every, changed)))
        seen = _on_disk(workspace)

    def meanwhile() -> SourceMap | None:
        return None if _on_disk(workspace) == seen else stored()[0]

    decided, questions = stored()
    pipedrive_map = load_map(workspace.read_decision("pipedrive"), workspace.read_decision("privacy"))
    landings = LandingPreviews(pipedrive_map, known)
    used = sum(len(fields or {}) for fields in pipedrive_map["fields"].values())
    state = ReviewState(
        decided,
        export,
        proposed,
        known,
        by=by,
        save=save,
        limits=Limits(FIELD_CAP[workspace.settings.subscription_plan], used, lengths=landings.lengths()),
        questions=questions,
        meanwhile=meanwhile,
    )
    return state, landings


def _on_disk(workspace: Workspace) -> bytes:
    path = workspace.decisions / "mapping.yaml"
    return path.read_bytes() if path.is_file() else b""
