"""What the endpoints do, one file per object. Importing the package fills `registry.HANDLERS`."""

from . import (
    activities,
    activity_types,
    deal_products,
    deals,
    empty,
    field_options,
    fields,
    fields_v1,
    files,
    filters,
    flow,
    followers,
    installments,
    lead_labels,
    leads,
    merge,
    notes,
    organizations,
    out_of_support,
    participants,
    persons,
    pipelines,
    products,
    recents,
    search,
    users,
    webhooks,
)
from .registry import HANDLERS, Answer, Call

__all__ = [
    "HANDLERS", "Answer", "Call", "activities", "activity_types", "deal_products", "deals", "empty", "field_options", "fields", "fields_v1",
    "files", "filters", "flow", "followers", "installments", "lead_labels", "leads", "merge", "notes", "organizations", "out_of_support",
    "participants", "persons",
    "pipelines", "products", "recents", "search", "users", "webhooks",
]  # fmt: skip
