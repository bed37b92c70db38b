"""Open the mapping review of a workspace: what is decided, what is proposed, where a click is saved."""

from __future__ import annotations

from migkit import mapping
from migkit.mapping import LanguageModel, Limits, Memory, Proposals
from migkit.model.canonical import CanonicalSchema, parse_schema
from migkit.model.mapping import SourceMap, dump_mapping, parse_mapping
from migkit.model.tables import RawExport
from migkit.plan import load_map
from migkit.preflight import FIELD_CAP
from migkit.resources import load_yaml
from migkit.source import read_export
from migkit.workspace import Workspace

from .mapping_preview import Destinations
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
) -> tuple[ReviewState, Destinations]:
    """Return the review as it was left, and where columns land in Pipedrive.

    What is not handed in is made: the newest snapshot is read and proposed for. Where a map is decided already, it meets
    the export under the `policy` (evolve, freeze or discard): what is new, lost or renamed becomes the review's questions.
    """
    known = schema or parse_schema(load_yaml("canonical.yaml"))
    export = raw or read_export(workspace.snapshot().path)
    proposed = proposals or mapping.propose(export, known, memory=memory, language_model=language_model)
    document = workspace.read_decision("mapping")
    decided, questions = mapping.replay(parse_mapping(document), export, proposed, policy) if document else (mapping.draft(proposed), ())

    def save(changed: SourceMap) -> None:
        workspace.write_decision("mapping", dump_mapping(changed))

    pipedrive_map = load_map(workspace.read_decision("pipedrive"), workspace.read_decision("privacy"))
    destinations = Destinations(pipedrive_map, known)
    used = sum(len(fields or {}) for fields in pipedrive_map["fields"].values())
    state = ReviewState(
        decided,
        export,
        proposed,
        known,
        by=by,
        save=save,
        limits=Limits(FIELD_CAP[workspace.settings.plan], used, lengths=destinations.lengths()),
        repropose=lambda tables: mapping.propose(export, known, memory=memory, language_model=language_model, tables=tables),
        questions=questions,
    )
    return state, destinations
