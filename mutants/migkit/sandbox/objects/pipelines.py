"""Pipelines and stages (v2); only admins write them."""

from __future__ import annotations

from ..errors import generic, invalid
from ..store import Body
from . import common
from .paging import chosen, page_v2
from .registry import Answer, Call, on

_PIPELINE = ("id", "name", "order_nr", "is_deleted", "is_deal_probability_enabled", "add_time", "update_time")
_STAGE = (
    "id",
    "order_nr",
    "name",
    "is_deleted",
    "deal_probability",
    "pipeline_id",
    "is_deal_rot_enabled",
    "days_to_rotten",
    "add_time",
    "update_time",
)


def _pipeline(body: Body) -> Body:
    return {key: body[key] for key in _PIPELINE}


def _stage(body: Body) -> Body:
    return {key: body[key] for key in _STAGE}


@on("GET /api/v2/pipelines")
def pipelines(call: Call) -> Answer:
    """List pipelines."""
    return page_v2(call, "pipeline", chosen(call, ()), _pipeline)


@on("GET /api/v2/pipelines/{id}")
def pipeline(call: Call) -> Answer:
    """Return one pipeline."""
    return Answer(_pipeline(common.found(call, "pipeline", call.path["id"])))


@on("POST /api/v2/pipelines")
def add_pipeline(call: Call) -> Answer:
    """Add a pipeline; it goes to the end."""
    call.need_admin()
    now = call.account.now()
    last = max((each["order_nr"] for each in call.account.small("pipeline").values() if not each["is_deleted"]), default=0)
    body = {"name": common.name_of(call.body["name"]), "order_nr": last + 1, "is_deleted": False, "add_time": now, "update_time": now,
            "is_deal_probability_enabled": call.body.get("is_deal_probability_enabled", False)}  # fmt: skip
    return Answer(_pipeline(call.account.insert("pipeline", body, call.user_id)))


@on("PATCH /api/v2/pipelines/{id}")
def change_pipeline(call: Call) -> Answer:
    """Change a pipeline."""
    before = common.found(call, "pipeline", call.path["id"])
    call.need_admin()
    if "name" in call.body:
        common.name_of(call.body["name"])
    return Answer(_pipeline(call.account.update("pipeline", before, call.body, call.user_id)))


@on("DELETE /api/v2/pipelines/{id}")
def delete_pipeline(call: Call) -> Answer:
    """Mark a pipeline as deleted, with its stages. The last one stays, and so does one that holds deals."""
    before = common.found(call, "pipeline", call.path["id"])
    call.need_admin()
    account = call.account
    if sum(not each["is_deleted"] for each in account.small("pipeline").values()) == 1:
        raise invalid(["id: The last pipeline cannot be deleted"])
    _need_empty(call, "pipeline_id", before["id"])
    for stage in account.stages_of(before["id"]):
        account.update("stage", stage, {"is_deleted": True}, call.user_id)
    return common.gone(call, "pipeline", before)


@on("GET /api/v2/stages")
def stages(call: Call) -> Answer:
    """List stages, of one pipeline where asked for."""
    return page_v2(call, "stage", chosen(call, ("pipeline_id",)), _stage)


@on("GET /api/v2/stages/{id}")
def stage(call: Call) -> Answer:
    """Return one stage."""
    return Answer(_stage(common.found(call, "stage", call.path["id"])))


def _checked(call: Call) -> Body:
    body = dict(call.body)
    if "name" in body:
        common.name_of(body["name"])
    if "pipeline_id" in body:
        call.account.require("pipeline", body["pipeline_id"], "pipeline_id")
    if not 0 <= body.get("deal_probability", 0) <= 100:
        raise invalid(["deal_probability: Expected 0 to 100"])
    if body.get("is_deal_rot_enabled") and body.get("days_to_rotten") is None:
        raise invalid(["days_to_rotten: Parameter 'days_to_rotten' is required where is_deal_rot_enabled is true"])
    return body


@on("POST /api/v2/stages")
def add_stage(call: Call) -> Answer:
    """Add a stage; it goes to the end of its pipeline."""
    call.need_admin()
    now = call.account.now()
    given = _checked(call)
    held = call.account.stages_of(given["pipeline_id"])
    body = {"deal_probability": 100, "is_deal_rot_enabled": False, "days_to_rotten": None, **given, "is_deleted": False,
            "order_nr": max((each["order_nr"] for each in held), default=0) + 1, "add_time": now, "update_time": now}  # fmt: skip
    return Answer(_stage(call.account.insert("stage", body, call.user_id)))


@on("PATCH /api/v2/stages/{id}")
def change_stage(call: Call) -> Answer:
    """Change a stage."""
    before = common.found(call, "stage", call.path["id"])
    call.need_admin()
    return Answer(_stage(call.account.update("stage", before, _checked(call), call.user_id)))


@on("DELETE /api/v2/stages/{id}")
def delete_stage(call: Call) -> Answer:
    """Mark a stage as deleted; one that holds deals stays."""
    before = common.found(call, "stage", call.path["id"])
    call.need_admin()
    _need_empty(call, "stage_id", before["id"])
    return common.gone(call, "stage", before)


def _need_empty(call: Call, column: str, id: int) -> None:
    if call.account.store.count(call.account.id, "deal", [f"r.{column} = ?", "r.is_deleted = 0"], [id]):
        raise generic(400, "It still holds deals; delete or move them first.")
