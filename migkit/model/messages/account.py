"""What looking at the target account finds before anything is written: the pre-flight's answers, fine where they carry no severity."""

from __future__ import annotations

from .entry import Entry, Severity

_INFO, _WARNING, _CRITICAL = Severity.INFO, Severity.WARNING, Severity.CRITICAL

_GRANT = ". An admin grants it under Manage users, Permission sets."


def _lacks(permission: str, consequence: str, severity: Severity) -> Entry:
    return Entry(f"The token's user lacks {permission}: {consequence}{_GRANT}", severity, title="Permissions")


_USER, _OWNERS, _CURRENCY, _SYNC = "The token's user is an admin", "Owners are users", "Currency", "Contact sync"
_LABELS, _FIELDS, _DEALS, _LIMITS = "Fields of the same label", "Custom fields left", "Deals and leads left", "Plan and seats"
_UNDO, _DATA, _TWICE, _HOOKS = "Undo within 48 hours", "Existing data", "Possible duplicates", "Webhooks"

RIGHTS = {
    "token-user": Entry("User {user} of {company} sees everything.", title=_USER),
    "token-not-admin": Entry(
        "User {user} is no admin: people, deals and pipelines that others keep to themselves are invisible, so existing people are not "
        "found and read-back cannot prove that everything is there. Use an admin's token.",
        _CRITICAL,
        title=_USER,
    ),
    "permissions": Entry("The token's user may do all that the load and its rollback need.", title="Permissions"),
    "permissions-unknown": Entry("The account does not say what the token's user may do: ask its admin.", _WARNING, title="Permissions"),
    "permission-can-add-custom-fields": _lacks(
        "can_add_custom_fields", "custom fields cannot be created, and nothing loads without them", _CRITICAL
    ),
    "permission-can-add-products": _lacks("can_add_products", "products cannot be created", _CRITICAL),
    "permission-can-add-prospects-as-leads": _lacks("can_add_prospects_as_leads", "leads cannot be created", _CRITICAL),
    "permission-can-edit-deals-closed-date": _lacks(
        "can_edit_deals_closed_date", "won and lost deals get the day of the load instead of their own", _WARNING
    ),
    "permission-can-delete-deals": _lacks("can_delete_deals", "a rollback cannot delete the deals", _WARNING),
    "permission-can-delete-activities": _lacks("can_delete_activities", "a rollback cannot delete the activities", _WARNING),
    "permission-can-use-import": _lacks("can_use_import", "somebody else has to upload the files", _WARNING),
    "permission-can-delete-custom-fields": _lacks("can_delete_custom_fields", "a rollback cannot delete the custom fields", _WARNING),
}
"""May the token's user do and see what the load needs?"""

FIT = {
    "owner-missing": Entry(
        "{owners} {owners:owner|owners} of {count} {count:record|records} {owners:is|are} not among the account's users ({emails}): match "
        "anew in 25_people.",
        _CRITICAL,
        title=_OWNERS,
    ),
    "owner-inactive": Entry(
        "{owners} {owners:owner|owners} of {count} {count:record|records} {owners:is|are} inactive in the account ({emails}): match anew "
        "in 25_people.",
        _CRITICAL,
        title=_OWNERS,
    ),
    "owners": Entry("Every owner is an active user ({owners} in all).", title=_OWNERS),
    "owners-not-chosen": Entry("No owner is chosen yet: 25_people matches them.", title=_OWNERS),
    "currency-missing": Entry(
        "The account does not use {currencies}: enable it under Company settings, Currencies, before anything is loaded.",
        _CRITICAL,
        title=_CURRENCY,
    ),
    "currency": Entry("{currencies} is enabled.", title=_CURRENCY),
    "no-currency": Entry("The plan names no currency.", title=_CURRENCY),
    "contact-sync-off": Entry(
        "The plan writes {fields}, which persons have only once contact sync was set up: set it up, or switch the policy "
        "native_contact_fields off.",
        _CRITICAL,
        title=_SYNC,
    ),
    "contact-sync-on": Entry(
        "Contact sync is on: birth dates and addresses in Pipedrive's own fields would also go to the owners' phones.", _INFO, title=_SYNC
    ),
    "contact-sync": Entry("Contact sync is off: birth dates and addresses go into custom fields.", title=_SYNC),
    "field-type-clash": Entry(
        "{count} {count:field has|fields have} our label and another type ({clashes}): ours are created beside, marked {mark}. Rename or "
        "delete theirs in Pipedrive if that is not wanted.",
        _WARNING,
        title=_LABELS,
    ),
    "fields-beside": Entry(
        "{count} {count:field has|fields have} our label and another type ({clashes}): ours stand beside, marked {mark}.",
        _INFO,
        title=_LABELS,
    ),
    "field-types": Entry("No field of the same label has another type.", title=_LABELS),
    "account-duplicate-names": Entry(
        "The account has several {what} of the same name ({names}): the oldest is used. Rename the others, or merge them, in Pipedrive.",
        _WARNING,
        title="Names in the account",
    ),
}
"""Does the account know what the plan refers to?"""

SPACE = {
    "custom-fields": Entry("{wanted} {wanted:custom field|custom fields} to create, {left} of {cap} left on {tier}.", title=_FIELDS),
    "custom-field-cap": Entry(
        "{wanted} {wanted:custom field|custom fields} to create, {left} of {cap} left on {tier}: {count} too many. Fold the least used "
        "into the details note by taking them out of the map ({fields}), or delete fields that the account no longer needs.",
        _CRITICAL,
        title=_FIELDS,
    ),
    "deals": Entry("{wanted} {wanted:deal or lead|deals and leads} to create, {left} of {cap} left on {tier}.", title=_DEALS),
    "deal-cap": Entry(
        "{wanted} {wanted:deal or lead|deals and leads} to create, {left} of {cap} left on {tier}: {count} too many, and Pipedrive refuses "
        "what is over. Turn invoices without a plan into notes on the person (policy invoices_without_plan), or take more seats or a "
        "bigger plan.",
        _CRITICAL,
        title=_DEALS,
    ),
    "limits": Entry(
        "{tokens} tokens a day and {burst} requests per two seconds, as {tier} with {seats} {seats:seat|seats} gives.", title=_LIMITS
    ),
    "limits-differ": Entry(
        "The account says {tokens} tokens a day and {burst} requests per two seconds, but {tier} with {seats} {seats:seat|seats} gives "
        "{tokens_expected} and {burst_expected}: say in 10_audit which plan and seats it has, or the days are wrong (top-ups count as "
        "tokens).",
        _WARNING,
        title=_LIMITS,
    ),
    "budget-low": Entry(
        "Only {left} of the day's {tokens} tokens are left: something uses them. Find out what, or load on another day.",
        _WARNING,
        title="Tokens today",
    ),
    "rollback": Entry("Undoing the whole load takes {days} of tokens.", title=_UNDO),
    "rollback-slow": Entry(
        "Undoing the whole load takes {days} of tokens, longer than 48 hours: tell the customer before loading, or load under a bigger "
        "plan.",
        _WARNING,
        title=_UNDO,
    ),
}
"""Is there room?"""

EFFECTS = {
    "already-loaded": Entry(
        "{count} {count:record of this plan was|records of this plan were} loaded before. Where the ledger is lost, `migkit recover` "
        "rebuilds it.",
        _INFO,
        title=_DATA,
    ),
    "foreign-keys": Entry(
        "{count} {count:record carries|records carry} a source key that this plan does not hold: another migration, or rows that are gone.",
        _WARNING,
        title=_DATA,
    ),
    "existing-data": Entry("The account holds records ({numbers}): only confirmed matches among them are touched.", _INFO, title=_DATA),
    "account-empty": Entry("The account is empty.", title=_DATA),
    "possible-duplicates": Entry(
        "{count} {count:person to be loaded shares|people to be loaded share} an e-mail or phone with somebody in the account: decide in "
        "25_people who is the same.",
        _WARNING,
        title=_TWICE,
    ),
    "duplicates-decided": Entry(
        "{count} {count:person to be loaded shares|people to be loaded share} an e-mail or phone with somebody in the account, and "
        "{count:is|are} made anew: so it was approved in 25_people.",
        _INFO,
        title=_TWICE,
    ),
    "duplicates": Entry("Nobody to be loaded shares an e-mail or phone with somebody in the account.", title=_TWICE),
    "webhooks": Entry(
        "{count} {count:webhook is|webhooks are} active ({names}): what the whole load creates calls other programs about {fired} "
        "{fired:time|times}, which the API cannot suppress. Switch off for the load, or warn whoever receives these calls.",
        _WARNING,
        title=_HOOKS,
    ),
    "webhooks-unknown": Entry("The token's user may not list webhooks: ask an admin which ones a load would fire.", _WARNING, title=_HOOKS),
    "no-webhooks": Entry("No webhook is active.", title=_HOOKS),
    "automations": Entry(
        "The API cannot list automations, and every created record may start one, e-mails to patients included: pause those that react to "
        "new people, leads, deals or activities before the load.",
        _INFO,
        title="Automations",
    ),
    "calendars": Entry(
        "{count} open {count:appointment|appointments} (the last on {last}) to turn up in the calendars of owners who sync theirs: tell "
        "them.",
        _INFO,
        title="Calendars",
    ),
}
"""What would the load meet and set off?"""

ENTRIES = RIGHTS | FIT | SPACE | EFFECTS
