"""What people decided, as the rooms understand it: read from one frozen value of inputs, written nowhere here."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from migkit.model.account import AccountUser
from migkit.model.mapping import SourceMap
from migkit.model.messages import Message
from migkit.views import View, parse_views

from .defaults import load_map
from .inputs import Inputs


class Decisions:
    """The decisions of a workspace."""

    def __init__(self, inputs: Inputs) -> None:
        self._inputs = inputs

    @property
    def source_map(self) -> SourceMap | None:
        """The map as decided so far, None where nothing is decided yet."""
        return self._inputs.source_map if self._inputs.document("mapping") else None

    @property
    def views(self) -> tuple[View, ...]:
        """The source tables that are made of others."""
        return parse_views(self._inputs.document("views"))

    @property
    def policies(self) -> Mapping[str, Any]:
        """The policies: the defaults, with what `decisions/policies.yaml` overrides."""
        return self._inputs.policies

    @cached_property
    def pipedrive_map(self) -> Mapping[str, Any]:
        """The map to Pipedrive: the default, with what `decisions/pipedrive.yaml` and `privacy.yaml` override."""
        return load_map(self._inputs.document("pipedrive"), self._inputs.document("privacy"))

    @property
    def people(self) -> dict[str, Any]:
        """What `identity` needs: the decided pairs and owners."""
        return {name: self._inputs.document(name) for name in ("identity", "owners")}

    @property
    def chosen_users(self) -> list[AccountUser]:
        """The users that `decisions/owners.yaml` names: enough to resolve owners without asking the account."""
        owners = self._inputs.document("owners")
        named = {entry.get("user") for entry in (owners.get("owners") or {}).values()} | {(owners.get("fallback") or {}).get("user")}
        return [AccountUser(0, email, email, active=True) for email in sorted(str(name) for name in named if name)]

    @property
    def same_people(self) -> set[str]:
        """Keys of the patients whom somebody decided to be the same person as another."""
        pairs = [pair for pair in self._inputs.document("identity").get("pairs") or () if pair["decision"] == "same"]
        return {key for pair in pairs for key in (pair["left"], pair["right"])}

    @property
    def account_matches(self) -> dict[str, int]:
        """Patient key → id of the Pipedrive person that somebody confirmed to be the same."""
        confirmed = [entry for entry in self._inputs.document("identity").get("account") or () if entry["decision"] == "same"]
        return {entry["left"]: int(entry["person_id"]) for entry in confirmed}

    @property
    def gone(self) -> Mapping[str, str]:
        """Key of a row that vanished from a later export → keep | delete, as decided."""
        return self._inputs.document("delta").get("gone") or {}

    @property
    def deleted_rows(self) -> set[str]:
        """Keys of vanished rows that somebody decided to be gone for good."""
        return {key for key, choice in self.gone.items() if choice == "delete"}

    @property
    def deleted(self) -> dict[str, Message]:
        """Key of a loaded record that somebody deleted in Pipedrive → that it stays so, by whose decision and why."""
        decided = self._inputs.document("deleted").get("deleted") or {}
        return {key: Message.of("deleted-by-decision", by=entry["by"], why=entry["why"]) for key, entry in decided.items()}

    @property
    def accepted(self) -> Mapping[str, Mapping[str, object]]:
        """Code of a critical finding → who accepted it, when, why, for how many rows."""
        return self._inputs.document("quality").get("accepted") or {}

    @property
    def sample(self) -> tuple[str, ...]:
        """Keys of the records that were chosen for the sample, () while none were."""
        return tuple(self._inputs.document("sample").get("keys") or ())
