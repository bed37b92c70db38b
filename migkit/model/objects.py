"""Pipedrive's objects, one declaration each: where it lives in the API, what it costs, how ours are told from others', what hangs on it.

All rooms read an object from here; beside its planner in `plan/`, nothing else needs to change where one is added.
Sources: the OpenAPI documents of API v1 and v2 (paths, verbs, `x-token-cost`, request bodies), the guide on pagination; seen 2026-11.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from math import ceil
from typing import Any


class ObjectType(StrEnum):
    """The kinds of Pipedrive record that a plan may hold, in the order in which they are written: parents first."""

    FIELD = "field"
    ACTIVITY_TYPE = "activity_type"
    PIPELINE = "pipeline"
    STAGE = "stage"
    LEAD_LABEL = "lead_label"
    ORGANIZATION = "organization"
    PERSON = "person"
    PRODUCT = "product"
    LEAD = "lead"
    DEAL = "deal"
    ACTIVITY = "activity"
    NOTE = "note"
    FILE = "file"


class KnownBy(StrEnum):
    """By what a record of ours is found again, where the ledger does not know it."""

    NAME = "name"
    """Set-up: its own name (and type, entity or pipeline)."""
    SOURCE_ID = "source id"
    """The custom field that holds its key."""
    TEXT = "text"
    """The visible last line of its text."""
    FILE_NAME = "file name"
    """The name under which it was uploaded."""


@dataclass(frozen=True)
class Endpoint:
    """How an object is written and read."""

    path: str
    """Collection path below the host; `{entity}` is filled for fields."""
    one: str
    """Path of one record."""
    update: str
    """Verb that changes a record: PATCH or PUT."""
    paging: str
    """cursor (v2) | offset (v1) | whole (the list comes in one answer)."""
    page_size: int = 0
    """Most records that a list call returns, 0 where it comes whole."""
    sort: str = ""
    """Value of the sort parameter that keeps paging stable, "" where the endpoint takes none."""
    newest: str = ""
    """Value of the sort parameter that lists what was created last first, "" where the list comes whole."""
    changed: str = ""
    """Value of the sort parameter that lists what was changed last first, "" where the list comes whole."""
    has_one: bool = True
    """Whether a single record can be read by its id."""


@dataclass(frozen=True)
class Price:
    """Tokens of each kind of call on one object: flat, whatever the size of the body or of the page."""

    create: int
    update: int
    delete: int
    page: int
    """Tokens of one list call."""
    one: int = 0
    """Tokens of reading one record by its id, 0 where there is no such call."""


@dataclass(frozen=True)
class PipedriveObject:
    """What the rooms need to know of one object."""

    type: ObjectType
    title: str
    """How people call it."""
    endpoint: Endpoint
    price: Price
    known_by: KnownBy
    archive: Endpoint | None = None
    """The list of archived records, where the normal list lacks them."""
    archive_page: int = 0
    """Tokens of one call of that list."""
    text: str = ""
    """Native field whose last line carries the external id."""
    entity: str | None = None
    """Entity whose custom fields it takes, None where it takes none."""
    link: str = ""
    """Native field by which other records point at it; "" where none do."""
    owns: bool = False
    """Whether a record that points at it belongs to it, and is not wanted without it."""
    is_capped: bool = False
    """Whether Pipedrive's plans limit how many a company may have."""
    is_merged: bool = False
    """Whether one record may stand for several rows, so that its key moves with the one that leads them."""
    editable: frozenset[str] = frozenset()
    """Native fields that a person can edit. Counters, times of the server and names of linked records are left out."""
    create_only: frozenset[str] = frozenset()
    """Fields that the API takes when a record is created and never again."""
    derived: frozenset[str] = frozenset()
    """Fields that the server sets, and empties, by itself when others are written."""
    inherited: frozenset[str] = frozenset()
    """Links that the server takes from what the record hangs on, where they were not sent, and that move with it."""
    filled: frozenset[str] = frozenset()
    """Fields that the server fills in a new record where they were not sent."""
    counters: Mapping[str, str] = field(default_factory=dict)
    """Count, in lists on request, of what may hang on it and comes in no list of its own → what people call that."""
    empty_with: Mapping[str, Any] = field(default_factory=dict)
    """What empties a native field. Null is refused where no document allows it, so the others cannot be emptied."""
    other_names: Mapping[str, str] = field(default_factory=dict)
    """Field in the plan's words → the object's own name for it."""
    wire_names: Mapping[str, str] = field(default_factory=dict)
    """Field as images hold it → its name in requests and answers, where that is another one."""
    has_flat_custom_fields: bool = False
    """Whether custom fields stand at the top of requests and answers, as in v1, and not in `custom_fields`."""
    has_participants: bool = False
    """Whether its person is the first of its participants."""
    permission: str = ""
    """Pipedrive's name of the permission that creating it needs, where there is one of its own."""
    comparators: Mapping[str, str] = field(default_factory=dict)
    """Native field → how what was wanted is compared with what stands there."""
    original_time: tuple[str, str] | None = None
    """(field that keeps the time of the source, "" for none; why there), None for set-up."""

    @property
    def is_setup(self) -> bool:
        """Whether it describes the account rather than carries the practice's data."""
        return self.known_by is KnownBy.NAME

    def read_back(self, records: int) -> int:
        """Return the tokens for listing this many records by the largest pages; none are needed for none."""
        if records <= 0:
            return 0
        size = self.endpoint.page_size
        return self.price.page * (ceil(records / size) if size else 1)


def _v2(name: str) -> Endpoint:
    return Endpoint(f"/api/v2/{name}", f"/api/v2/{name}/{{id}}", "PATCH", "cursor", 500, "id", "id", "update_time")


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_V2 = Price(create=5, update=5, delete=3, page=10, one=1)
_V1 = Price(create=10, update=10, delete=6, page=20, one=2)
_TIMED_BY_FIELD = "custom:Source created"

_DECLARED = (
    PipedriveObject(
        ObjectType.FIELD,
        "Custom field",
        Endpoint("/api/v2/{entity}Fields", "/api/v2/{entity}Fields/{field_code}", "PATCH", "cursor", 500),
        _V2,
        KnownBy.NAME,
        editable=_names("field_name field_type field_code"),
        comparators={"field_name": "text", "field_type": "text", "options": "set"},
    ),
    PipedriveObject(
        ObjectType.ACTIVITY_TYPE,
        "Activity type",
        Endpoint("/api/v1/activityTypes", "/api/v1/activityTypes/{id}", "PUT", "whole", has_one=False),
        Price(create=10, update=10, delete=6, page=20),
        KnownBy.NAME,
        editable=_names("name icon_key color key_string"),
        comparators={"name": "text", "icon_key": "text"},
    ),
    PipedriveObject(
        ObjectType.PIPELINE,
        "Pipeline",
        _v2("pipelines"),
        Price(create=5, update=5, delete=3, page=5, one=1),
        KnownBy.NAME,
        editable=_names("name"),
        comparators={"name": "text"},
    ),
    PipedriveObject(
        ObjectType.STAGE,
        "Stage",
        _v2("stages"),
        Price(create=5, update=5, delete=3, page=5, one=1),
        KnownBy.NAME,
        editable=_names("name pipeline_id"),
        comparators={"name": "text", "pipeline_id": "id"},
    ),
    PipedriveObject(
        ObjectType.LEAD_LABEL,
        "Lead label",
        Endpoint("/api/v1/leadLabels", "/api/v1/leadLabels/{id}", "PATCH", "whole", has_one=False),
        Price(create=10, update=10, delete=6, page=10),
        KnownBy.NAME,
        editable=_names("name color"),
        comparators={"name": "text", "color": "text"},
    ),
    PipedriveObject(
        ObjectType.ORGANIZATION,
        "Organization",
        _v2("organizations"),
        _V2,
        KnownBy.SOURCE_ID,
        entity="organization",
        link="org_id",
        is_merged=True,
        editable=_names("name owner_id visible_to label_ids address website linkedin industry annual_revenue employee_count add_time"),
        create_only=_names("add_time"),
        filled=_names("owner_id visible_to add_time"),
        counters={"followers_count": "followers", "email_messages_count": "e-mails"},
        empty_with={"label_ids": [], "website": "", "linkedin": ""},
        comparators={"name": "text", "address": "address", "owner_id": "owner", "add_time": "datetime"},
        original_time=("add_time", "Pipedrive takes it when the organization is made, never later"),
    ),
    PipedriveObject(
        ObjectType.PERSON,
        "Person",
        _v2("persons"),
        _V2,
        KnownBy.SOURCE_ID,
        entity="person",
        link="person_id",
        owns=True,
        is_merged=True,
        editable=_names(
            "name owner_id org_id emails phones visible_to label_ids postal_address notes im birthday job_title marketing_status "
            "picture_id add_time"
        ),
        create_only=_names("add_time"),
        filled=_names("owner_id visible_to add_time marketing_status"),
        counters={
            "participant_open_deals_count": "deals that it takes part in", "participant_closed_deals_count": "deals that it takes part in",
            "followers_count": "followers", "email_messages_count": "e-mails",
        },
        empty_with={"emails": [], "phones": [], "im": [], "label_ids": [], "job_title": "", "notes": ""},
        comparators={
            "name": "name", "emails": "list", "phones": "list", "org_id": "id", "owner_id": "owner", "add_time": "datetime",
            "birthday": "date", "postal_address": "address",
        },
        original_time=("add_time", "Pipedrive takes it when the person is made, never later"),
    ),
    PipedriveObject(
        ObjectType.PRODUCT,
        "Product",
        _v2("products"),
        _V2,
        KnownBy.SOURCE_ID,
        entity="product",
        permission="can_add_products",
        link="product_id",
        editable=_names(
            "name code description unit tax category owner_id is_linkable visible_to prices billing_frequency billing_frequency_cycles"
        ),
        filled=_names("tax owner_id is_linkable visible_to prices billing_frequency billing_frequency_cycles"),
        empty_with={"code": "", "description": "", "unit": "", "prices": []},
        comparators={
            "name": "text", "code": "text", "description": "text", "tax": "number", "prices": "list", "is_linkable": "boolean",
            "owner_id": "owner",
        },
        original_time=("", "cannot be set"),
    ),
    PipedriveObject(
        ObjectType.LEAD,
        "Lead",
        Endpoint("/api/v1/leads", "/api/v1/leads/{id}", "PATCH", "offset", 500, "id", "add_time DESC", "update_time DESC"),
        _V1,
        KnownBy.SOURCE_ID,
        archive=Endpoint("/api/v1/leads/archived", "/api/v1/leads/{id}", "PATCH", "offset", 500, "id", "add_time DESC", "update_time DESC"),
        archive_page=40,
        wire_names={"org_id": "organization_id"},
        has_flat_custom_fields=True,
        permission="can_add_prospects_as_leads",
        entity="deal",  # leads share the deals' field definitions
        link="lead_id",
        owns=True,
        is_capped=True,
        editable=_names("title owner_id person_id org_id label_ids value expected_close_date visible_to is_archived channel channel_id"),
        filled=_names("owner_id visible_to is_archived channel channel_id"),
        empty_with={"org_id": None, "person_id": None, "value": None, "expected_close_date": None, "label_ids": []},
        comparators={"title": "text", "value": "money", "person_id": "id", "label_ids": "set", "owner_id": "owner"},
        original_time=(_TIMED_BY_FIELD, "a lead's own creation time cannot be set: a field says when the source made it"),
    ),
    PipedriveObject(
        ObjectType.DEAL,
        "Deal",
        _v2("deals"),
        _V2,
        KnownBy.SOURCE_ID,
        archive=Endpoint("/api/v2/deals/archived", "/api/v2/deals/{id}", "PATCH", "cursor", 500, "id", "id", "update_time"),
        archive_page=20,
        entity="deal",
        link="deal_id",
        owns=True,
        is_capped=True,
        editable=_names(
            "title owner_id person_id org_id pipeline_id stage_id value currency is_archived status probability lost_reason "
            "visible_to close_time won_time lost_time expected_close_date label_ids"
        ),
        derived=_names("close_time won_time lost_time lost_reason pipeline_id"),
        filled=_names("owner_id visible_to value currency status stage_id is_archived probability"),
        counters={
            "products_count": "products", "participants_count": "participants", "followers_count": "followers",
            "email_messages_count": "e-mails",
        },
        empty_with={"person_id": None, "org_id": None, "lost_reason": None, "probability": None, "close_time": None, "label_ids": []},
        comparators={
            "title": "text", "value": "money", "currency": "text", "status": "text", "won_time": "datetime", "lost_time": "datetime",
            "lost_reason": "text", "person_id": "id", "org_id": "id", "pipeline_id": "id", "stage_id": "id", "owner_id": "owner",
        },
        original_time=(_TIMED_BY_FIELD, "a deal's own creation time cannot be set: a field says when the source made it"),
    ),
    PipedriveObject(
        ObjectType.ACTIVITY,
        "Activity",
        _v2("activities"),
        _V2,
        KnownBy.TEXT,
        text="note",
        has_participants=True,
        link="activity_id",
        editable=_names(
            "subject type owner_id deal_id lead_id person_id org_id project_id due_date due_time duration busy done location "
            "participants attendees public_description priority outcome note"
        ),
        filled=_names("subject type owner_id due_date busy done priority"),
        empty_with={"person_id": None, "note": "", "public_description": "", "outcome": None, "attendees": []},
        comparators={
            "subject": "text", "type": "text", "due_date": "date", "due_time": "time", "duration": "time", "done": "boolean",
            "busy": "boolean", "note": "html", "location": "address", "person_id": "id", "deal_id": "id", "owner_id": "owner",
        },
        original_time=("due_date", "due date and time are the original ones; the time of creation and of completion cannot be set"),
    ),
    PipedriveObject(
        ObjectType.NOTE,
        "Note",
        Endpoint("/api/v1/notes", "/api/v1/notes/{id}", "PUT", "offset", 500, "id ASC", "id DESC", "update_time DESC"),
        _V1,
        KnownBy.TEXT,
        text="content",
        editable=_names(
            "content user_id add_time lead_id deal_id person_id org_id project_id task_id pinned_to_lead_flag pinned_to_deal_flag "
            "pinned_to_person_flag pinned_to_organization_flag"
        ),
        inherited=_names("person_id org_id"),
        filled=_names(
            "user_id add_time pinned_to_lead_flag pinned_to_deal_flag pinned_to_person_flag pinned_to_organization_flag"
        ),
        other_names={"owner_id": "user_id"},
        comparators={"content": "html", "add_time": "datetime", "person_id": "id", "deal_id": "id", "lead_id": "id", "owner_id": "owner"},
        original_time=("add_time", "Pipedrive takes it"),
    ),
    PipedriveObject(
        ObjectType.FILE,
        "File",
        Endpoint("/api/v1/files", "/api/v1/files/{id}", "PUT", "offset", 100, "id ASC", "id DESC", "update_time DESC"),
        _V1,
        KnownBy.FILE_NAME,
        editable=_names("name description file_size deal_id person_id org_id product_id activity_id lead_id"),
        inherited=_names("person_id org_id"),
        filled=_names("file_size"),
        empty_with={"description": ""},
        other_names={"file_name": "name"},
        comparators={"file_name": "text", "sha256": "text", "person_id": "id", "deal_id": "id"},
        original_time=("file_name", "a file's own time cannot be set: its name carries the original day"),
    ),
)  # fmt: skip

OBJECTS: Mapping[ObjectType, PipedriveObject] = {declared.type: declared for declared in _DECLARED}
"""Object → its declaration, in writing order."""

SCHEMA_OBJECTS = frozenset(kind for kind, declared in OBJECTS.items() if declared.is_setup)
"""Objects that describe the account rather than carry the practice's data; `SETUP` in reports."""

DATA_OBJECTS = tuple(kind for kind in ObjectType if kind not in SCHEMA_OBJECTS)
"""Objects that carry data, parents first."""

LINKS: Mapping[str, ObjectType] = {declared.link: kind for kind, declared in OBJECTS.items() if declared.link}
"""Native link field → the object that it points at."""

OWNING_LINKS = tuple(declared.link for declared in OBJECTS.values() if declared.owns)
"""Links by which a record belongs to another; without a household or product it is still what it was."""

ENTITIES = tuple(dict.fromkeys(declared.entity for declared in OBJECTS.values() if declared.entity))
"""The entities that take custom fields."""
