"""Read an account's schema: what is there, what it is called, and what about it could mislead."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from migkit.model.account import AccountField, AccountSchema, AccountUser
from migkit.model.errors import TerminalError
from migkit.model.objects import ObjectType
from migkit.model.outcomes import Finding

from .client import Pipedrive


async def read_account(client: Pipedrive, *, purpose: str = "schema_read") -> AccountSchema:
    """Return the account's schema as it is now, in a dozen calls. Raises RemoteError, also for answers that are not Pipedrive's."""
    try:
        return await _read(client, purpose)
    except (LookupError, TypeError, AttributeError) as error:
        raise TerminalError(f"{client.url} answers with a schema that is not Pipedrive's: check the target's address.") from error


async def _read(client: Pipedrive, purpose: str) -> AccountSchema:
    me = await client.read("/api/v1/users/me", purpose=purpose)
    users = await client.read("/api/v1/users", purpose=purpose)
    fields = [field async for field in client.list(ObjectType.FIELD, purpose=purpose)]
    pipelines = [pipeline async for pipeline in client.list(ObjectType.PIPELINE, purpose=purpose)]
    stages = [stage async for stage in client.list(ObjectType.STAGE, purpose=purpose)]
    types = [type_ async for type_ in client.list(ObjectType.ACTIVITY_TYPE, purpose=purpose)]
    labels = [label async for label in client.list(ObjectType.LEAD_LABEL, purpose=purpose)]
    currencies = await client.read("/api/v1/currencies", purpose=purpose)
    permissions = await _permissions(client, me["id"], purpose)
    names = {pipeline["id"]: str(pipeline["name"]) for pipeline in pipelines}
    staged = [stage for stage in stages if stage.get("pipeline_id") in names]
    return AccountSchema(
        company_id=me.get("company_id") or 0,
        company_domain=me.get("company_domain") or "",
        me=account_user(me),
        fields=tuple(_field(field) for field in fields),
        users=tuple(account_user(user) for user in users or ()),
        pipelines=_first((name, id) for id, name in names.items()),
        stages=_first(((names[stage["pipeline_id"]], str(stage["name"])), stage["id"]) for stage in staged),
        activity_types=_first((str(type_["name"]), (type_["id"], str(type_["key_string"]))) for type_ in types),
        lead_labels=_first((str(label["name"]), str(label["id"])) for label in labels),
        currencies=tuple(sorted(str(currency["code"]) for currency in currencies or () if currency.get("active_flag", True))),
        has_contact_sync=any(field["entity"] == "person" and field["field_code"] == "birthday" for field in fields),
        findings=(
            *_doubled("fields", (f"{field['entity']}/{field['field_name']}" for field in fields if field.get("is_custom_field"))),
            *_doubled("options", _option_names(fields)),
            *_doubled("pipelines", (pipeline["name"] for pipeline in pipelines)),
            *_doubled("stages", (f"{names[stage['pipeline_id']]}/{stage['name']}" for stage in staged)),
            *_doubled("activity types", (type_["name"] for type_ in types)),
            *_doubled("lead labels", (label["name"] for label in labels)),
        ),
        permissions=permissions,
        timezone=str(me.get("timezone_name") or ""),
    )


async def _permissions(client: Pipedrive, user: int, purpose: str) -> dict[str, bool]:
    try:
        permissions = await client.read("/api/v1/users/{id}/permissions", purpose=purpose, id=user)
    except TerminalError as error:
        if error.status in (403, 404):  # not every user may read them
            return {}
        raise
    return {name: allowed for name, allowed in (permissions or {}).items() if isinstance(allowed, bool)}


def account_user(user: Mapping[str, Any]) -> AccountUser:
    """Return a user as Pipedrive describes one: an administrator has the right `admin` of the app `sales`."""
    access = user.get("access") or ()
    is_admin = any(right.get("app") == "sales" and right.get("admin") for right in access) or bool(user.get("is_admin"))
    active = bool(user.get("active_flag", True)) and not user.get("is_deleted")
    return AccountUser(user["id"], str(user.get("name") or ""), str(user.get("email") or ""), active, is_admin)


def _field(field: Mapping[str, Any]) -> AccountField:
    options = _first((str(option["label"]), option["id"]) for option in field.get("options") or ())
    return AccountField(
        entity=field["entity"],
        code=field["field_code"],
        label=str(field["field_name"]),
        type=str(field["field_type"]),
        is_custom=bool(field.get("is_custom_field")),
        options=options,
    )


def _first(pairs: Iterable[tuple[Any, Any]]) -> dict[Any, Any]:
    """Return a dict in which the first of several equal names counts: the oldest, as lists come by id."""
    found: dict[Any, Any] = {}
    for name, value in pairs:
        found.setdefault(name, value)
    return found


def _option_names(fields: Iterable[Mapping[str, Any]]) -> Iterable[str]:
    for field in fields:
        for option in field.get("options") or ():
            yield f"{field['entity']}/{field['field_name']}: {option['label']}"


def _doubled(what: str, names: Iterable[Any]) -> tuple[Finding, ...]:
    """Return one finding where several of the account's things bear one name, ignoring case and outer blanks."""
    counts = Counter(str(name).strip().casefold() for name in names)
    doubled = sorted(name for name, count in counts.items() if count > 1)
    if not doubled:
        return ()
    return (Finding.of("account-duplicate-names", keys=doubled, what=what, names=(*doubled[:5], *["…"][: len(doubled) > 5])),)
