"""What a map of columns leaves open, and how a later export or a second reviewer's map differs from it."""

from __future__ import annotations

from .entry import Entry, Severity

_WARNING, _CRITICAL = Severity.WARNING, Severity.CRITICAL

CONFLICTS = {
    "unknown-table": Entry("{source} is mapped to {target}, which is no canonical table: choose one.", _CRITICAL),
    "unknown-field": Entry("{column} of {source} is mapped to {target}, which {table} does not have: choose another.", _CRITICAL),
    "field-taken-twice": Entry(
        "Several columns of {source} ({columns}) mean {target}: keep one, and give the others another home or none.", _CRITICAL
    ),
    "required-field-missing": Entry("No column of {source} means {title}, which {table} cannot do without.", _CRITICAL),
    "essential-missing": Entry(
        "No column of {source} means {titles}, without which rows of {table} say little: look for it in the mapping review.",
        _WARNING,
    ),
    "issued-by-another": Entry(
        "{source} is taken for {title} and speaks of a laboratory, a supplier or a voucher ({words}): what the practice itself owes is no "
        "patient's invoice or payment. Leave the table out with a reason, unless it is the patients' after all.",
        _WARNING,
    ),
    "text-too-long": Entry(
        "{column} of {source} has values of up to {longest} characters and its field takes {room}: make it a field of type text, or "
        "accept that they are cut.",
        _CRITICAL,
    ),
    "label-clash": Entry("The new field “{label}” is asked for with the types {types}: choose one.", _CRITICAL),
    "custom-field-allowance": Entry(
        "{count} {count:new custom field is|new custom fields are} asked for, {free} {free:is|are} left of {allowed}: leave some out.",
        _CRITICAL,
    ),
    "value-without-meaning": Entry(
        "{values} {values:value|values} of {home} {values:has|have} no meaning yet: say in the mapping review what is meant.", _WARNING
    ),
}

QUESTIONS = {
    "new-table": Entry("{source} is new: look at its columns.", _WARNING),
    "lost-table": Entry("{source} is not in this export: its decisions are kept.", _WARNING),
    "renamed-table": Entry("{source} has the columns of {before}: its decisions are kept.", _WARNING),
    "new-column": Entry("{column} of {source} is new.", _WARNING),
    "lost-column": Entry(
        "{column} of {source} is not in this export: what was read from it before stays, unless another column says otherwise.", _WARNING
    ),
    "renamed-column": Entry("{column} of {source} looks like {before} under a new name.", _WARNING),
    "renamed-id": Entry(
        "{column} of {source} has the numbers that {before} had: the column seems to be renamed, and its rows are recognised by them. "
        "Confirm it in 20_mapping_review, or say there what the column is.",
        _WARNING,
    ),
    "new-value": Entry("{source} has a new value: say what is meant.", _WARNING),
    "maps-differ-in-table": Entry("{source} is {ours} in one map and {theirs} in the other.", _WARNING),
    "maps-differ-in-column": Entry("{column} of {source}: {ours} against {theirs}.", _WARNING),
    "maps-differ-in-prefix": Entry("The ids of {source} begin with {ours} in one map and with {theirs} in the other.", _WARNING),
    "maps-differ-in-value": Entry("A value of {source} means {ours} in one map and {theirs} in the other.", _WARNING),
}

ENTRIES = CONFLICTS | QUESTIONS
