"""Users, what they may do, roles, permission sets, currencies (v1). Users cannot be deleted."""

from __future__ import annotations

import re
import uuid

from ..errors import Refusal, generic, not_found
from ..store import Body
from . import common
from .paging import slice_v1
from .registry import Answer, Call, on

PERMISSIONS = (
    "can_add_custom_fields", "can_add_products", "can_add_prospects_as_leads", "can_bulk_edit_items", "can_change_visibility_of_items",
    "can_convert_deals_to_leads", "can_create_own_workflow", "can_delete_activities", "can_delete_custom_fields", "can_delete_deals",
    "can_edit_custom_fields", "can_edit_deals_closed_date", "can_edit_products", "can_edit_shared_filters", "can_export_data_from_lists",
    "can_follow_other_users", "can_merge_deals", "can_merge_organizations", "can_merge_people", "can_modify_labels",
    "can_see_company_wide_statistics", "can_see_deals_list_summary", "can_see_hidden_items_names", "can_see_other_users",
    "can_see_other_users_statistics", "can_see_security_dashboard", "can_share_filters", "can_share_insights", "can_use_api",
    "can_use_email_tracking", "can_use_import",
)  # fmt: skip
REGULAR = frozenset({"can_add_prospects_as_leads", "can_see_other_users", "can_use_api", "can_follow_other_users", "can_delete_activities",
                     "can_convert_deals_to_leads", "can_share_filters", "can_use_email_tracking",
                     "can_see_deals_list_summary"})  # fmt: skip
"""What a regular user may do unless the seed says otherwise."""
APPS = ("sales", "global", "account_settings")
TIMEZONE = "Australia/Sydney"
"""The clock of every user."""


def set_id(app: str, is_admin: bool) -> str:
    """Return the id of the permission set that a user has in an app."""
    return str(uuid.uuid5(uuid.NAMESPACE_OID, f"{app}/{'admin' if is_admin else 'regular'}"))


def permission_sets(call: Call) -> list[Body]:
    """Return the sets every account has: admin and regular, per app."""
    users = [user for user in call.account.small("user").values() if user["active"]]
    return [
        {"id": set_id(app, admin), "name": f"{app.replace('_', ' ').capitalize()} {'admin' if admin else 'regular user'}",
         "description": "", "app": app, "type": "admin" if admin else "regular",
         "assignment_count": sum(user["is_admin"] == admin for user in users)}
        for app in APPS for admin in (True, False)
    ]  # fmt: skip


def render(call: Call, user: Body) -> Body:
    """Return a user as v1 shows it."""
    access = [{"app": app, "admin": user["is_admin"], "permission_set_id": set_id(app, user["is_admin"])} for app in APPS]
    return {
        "id": user["id"], "name": user["name"], "default_currency": user["default_currency"], "locale": "en_AU", "lang": 1,
        "email": user["email"],
        "phone": None, "activated": True, "last_login": common.v1_time(user["add_time"]), "created": common.v1_time(user["add_time"]),
        "modified": common.v1_time(user["update_time"]), "has_created_company": user["id"] == 1, "access": access,
        "active_flag": user["active"],
        "timezone_name": TIMEZONE, "timezone_offset": "+10:00", "role_id": user["role_id"], "icon_url": None,
        "is_you": user["id"] == call.user_id, "is_deleted": False,
    }  # fmt: skip


def _found(call: Call) -> Body:
    user = call.account.get("user", call.path["id"])
    if user is None:
        raise Refusal(404, {"success": False, "error": "User not found or not accessible."})
    return user


@on("GET /api/v1/users")
def index(call: Call) -> Answer:
    """List all users, inactive ones too."""
    return Answer([render(call, user) for user in call.account.small("user").values()])


@on("GET /api/v1/users/find")
def find(call: Call) -> Answer:
    """List users whose name, or e-mail, holds a term."""
    key = "email" if call.query.get("search_by_email") else "name"
    return Answer([render(call, user) for user in call.account.small("user").values() if call.query["term"].lower() in user[key].lower()])


@on("GET /api/v1/users/me")
def me(call: Call) -> Answer:
    """Return the token's user, with the company."""
    company = {
        "company_id": call.account.id, "company_name": call.account.name, "company_domain": call.account.domain, "company_country": "AU",
        "company_industry": "Medical practice", "language": {"language_code": "en", "country_code": "AU"},
    }  # fmt: skip
    return Answer(render(call, call.user) | company)


@on("GET /api/v1/users/{id}")
def show(call: Call) -> Answer:
    """Return one user."""
    return Answer(render(call, _found(call)))


@on("POST /api/v1/users")
def create(call: Call) -> Answer:
    """Add a user, as long as there is a seat."""
    call.need_admin()
    account = call.account
    email = call.body["email"]
    if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", email):
        raise generic(400, "The email is not valid.")
    users = account.small("user").values()
    if any(user["email"].lower() == email.lower() for user in users):
        raise generic(400, "A user with this email exists already.")
    if sum(user["active"] for user in users) >= max(account.config.seats, 1):
        raise generic(402, "There is no free seat in your subscription.")
    now = account.now()
    admin = any(each.get("admin") for each in call.body.get("access", []))
    body = {"name": email.partition("@")[0], "email": email, "is_admin": admin, "active": call.body.get("active_flag", True), "role_id": 1,
            "default_currency": call.user["default_currency"], "token": account.new_hash(), "add_time": now,
            "update_time": now,
            "permissions": {name: admin or name in REGULAR for name in PERMISSIONS}}  # fmt: skip
    return Answer(render(call, account.insert("user", body, call.user_id)))


@on("PUT /api/v1/users/{id}")
def change(call: Call) -> Answer:
    """Make a user active or inactive."""
    before = _found(call)
    call.need_admin()
    if before["id"] == call.user_id and not call.body["active_flag"]:
        raise generic(403, "You do not have permissions to do this.")
    return Answer(render(call, call.account.update("user", before, {"active": call.body["active_flag"]}, call.user_id)))


@on("GET /api/v1/users/{id}/permissions")
def permissions(call: Call) -> Answer:
    """Return what a user may do."""
    return Answer(dict(_found(call)["permissions"]))


@on("GET /api/v1/users/{id}/roleAssignments")
def role_assignments(call: Call) -> Answer:
    """Return the user's role."""
    user = _found(call)
    return slice_v1(
        call,
        [
            {
                "user_id": user["id"],
                "role_id": user["role_id"],
                "active_flag": True,
                "type": "0",
                "name": "(Unassigned users)",
                "parent_role_id": None,
            }
        ],
    )


@on("GET /api/v1/users/{id}/roleSettings")
def role_settings(call: Call) -> Answer:
    """Return the default visibilities of the user's role."""
    _found(call)
    widest = call.account.default_visibility()
    kinds = ("deal", "lead", "org", "person", "product")
    return Answer(
        {f"{kind}_default_visibility": widest for kind in kinds} | {f"{kind}_access_level": 7 for kind in kinds if kind != "lead"}
    )


def _role(call: Call) -> Body:
    return {"id": 1, "parent_role_id": None, "name": "(Unassigned users)", "active_flag": True, "level": 1, "sub_role_count": "0",
            "assignment_count": str(len(call.account.small("user")))}  # fmt: skip


@on("GET /api/v1/roles")
def roles(call: Call) -> Answer:
    """List the visibility groups: the sandbox has one."""
    return slice_v1(call, [_role(call)])


@on("GET /api/v1/roles/{id}")
def role(call: Call) -> Answer:
    """Return one visibility group."""
    if call.path["id"] != 1:
        raise not_found("Role")
    return Answer({key: value for key, value in _role(call).items() if key != "level"})


@on("GET /api/v1/permissionSets")
def list_permission_sets(call: Call) -> Answer:
    """List permission sets, of one app where asked for."""
    return Answer([each for each in permission_sets(call) if call.query.get("app", each["app"]) == each["app"]])


def _permission_set(call: Call) -> Body:
    each = next((each for each in permission_sets(call) if each["id"] == call.path["id"]), None)
    if each is None:
        raise not_found("Permission set")
    return each


@on("GET /api/v1/permissionSets/{id}")
def permission_set(call: Call) -> Answer:
    """Return one permission set; the specification shows it beside `success`, not under `data`: it stands in both places."""
    each = _permission_set(call)
    contents = [name for name in PERMISSIONS if each["type"] == "admin" or name in REGULAR]
    return Answer({**each, "contents": contents}, extra={**each, "contents": contents})


@on("GET /api/v1/permissionSets/{id}/assignments")
def permission_set_assignments(call: Call) -> Answer:
    """List the users of a permission set."""
    each = _permission_set(call)
    users = [user for user in call.account.small("user").values() if user["active"] and user["is_admin"] == (each["type"] == "admin")]
    return slice_v1(call, [{"user_id": user["id"], "permission_set_id": each["id"], "name": each["name"]} for user in users])


@on("GET /api/v1/userSettings")
def settings(call: Call) -> Answer:
    """Return the token's user's settings."""
    return Answer({"marketplace_team": False, "list_limit": 100, "beta_app": False, "prevent_salesphone_callto_override": False,
                   "file_upload_destination": "s3", "callto_link_syntax": "tel:", "autofill_deal_expected_close_date": False,
                   "person_duplicate_condition": "name-org-email-phone"})  # fmt: skip


@on("GET /api/v1/currencies")
def currencies(call: Call) -> Answer:
    """List currencies, those whose name or code holds a term where one is given."""
    term = call.query.get("term", "").lower()
    form = ("id", "code", "name", "decimal_points", "symbol", "active_flag", "is_custom_flag")
    found = [each for each in call.account.small("currency").values() if term in each["code"].lower() or term in each["name"].lower()]
    return Answer([{key: each[key] for key in form} for each in found])
