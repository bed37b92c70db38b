"""One module per notebook: the coordination over the rooms that reads like a table of contents."""

from migkit.migration import Migration, require
from migkit.steps.audit import audit, findings_frame
from migkit.steps.audit_layout import declare_layout, layout_read, layout_table, layout_widget
from migkit.steps.audit_pictures import draw_ages, draw_fill, draw_funds, draw_months, draw_references, write_scan
from migkit.steps.choices import policies_widget, privacy_widget
from migkit.steps.cleaning import register_cleaning
from migkit.steps.confirm import cleaning_widget, mapping_widget, merge_widget, owners_widget, people_widget, views_widget
from migkit.steps.deleted import deleted_widget, keep_deleted
from migkit.steps.delta import (
    change_set,
    changed_fields,
    changes_to_make,
    delta_export_widget,
    delta_files,
    delta_in_words,
    look_at_delta,
    merge_delta,
    updates_widget,
)
from migkit.steps.explore import distribution, flaw_examples, look_at_table, missing_by_column
from migkit.steps.figures import (
    days_box,
    facts,
    load_headline,
    load_problems,
    money_frame,
    reconcile_headline,
    reconcile_tones,
    rollback_headline,
)
from migkit.steps.gone import gone_widget
from migkit.steps.handover import assign, hand_over, handover_widget, name_people, pack_links
from migkit.steps.handover.insights_picture import reports_to_build
from migkit.steps.households import households_frame, members_widget, no_household_frame, no_household_widget
from migkit.steps.links import fetch_attachments
from migkit.steps.live import Live, renew_button
from migkit.steps.load import left_to_write, load, load_in_words, would_bring_back
from migkit.steps.mapping_review import look_at_mapping
from migkit.steps.mending import mend_widget, mends_frame
from migkit.steps.merging import merge_reviews
from migkit.steps.people import look_at_people, owners_as_decided, owners_frame, partings_frame
from migkit.steps.plan_and_seats import plan_widget
from migkit.steps.press import Press, end_of_writing
from migkit.steps.profile import profile_box, write_profile
from migkit.steps.reconcile import compare_with_target
from migkit.steps.rollback import bucket_table, kept_table, roll_back, rollback_widget
from migkit.steps.rollback import in_words as rollback_in_words
from migkit.steps.routes import adopt_widget, files_to_import, routes_frame
from migkit.steps.sample_diff import load_sample, sample_in_words
from migkit.steps.side_by_side import columns_frame, questions, side_by_side, strata_frame
from migkit.steps.start import start_widget
from migkit.steps.strip import approvals, conclude, strip
from migkit.steps.validate import failing_files, validate_export
from migkit.steps.views import drop_view, views_frame
from migkit.steps.witnesses import figures_widget, look_at_witnesses, state_figure, witnesses_frame
from migkit.steps.working import watch_cells

__all__ = [
    "Live",
    "Migration",
    "Press",
    "adopt_widget",
    "approvals",
    "assign",
    "audit",
    "bucket_table",
    "change_set",
    "changed_fields",
    "changes_to_make",
    "cleaning_widget",
    "columns_frame",
    "compare_with_target",
    "conclude",
    "days_box",
    "declare_layout",
    "deleted_widget",
    "delta_export_widget",
    "delta_files",
    "delta_in_words",
    "distribution",
    "draw_ages",
    "draw_fill",
    "draw_funds",
    "draw_months",
    "draw_references",
    "drop_view",
    "end_of_writing",
    "facts",
    "failing_files",
    "fetch_attachments",
    "figures_widget",
    "files_to_import",
    "findings_frame",
    "flaw_examples",
    "gone_widget",
    "hand_over",
    "handover_widget",
    "households_frame",
    "keep_deleted",
    "kept_table",
    "layout_read",
    "layout_table",
    "layout_widget",
    "left_to_write",
    "load",
    "load_headline",
    "load_in_words",
    "load_problems",
    "load_sample",
    "look_at_delta",
    "look_at_mapping",
    "look_at_people",
    "look_at_table",
    "look_at_witnesses",
    "mapping_widget",
    "members_widget",
    "mend_widget",
    "mends_frame",
    "merge_delta",
    "merge_reviews",
    "merge_widget",
    "missing_by_column",
    "money_frame",
    "name_people",
    "no_household_frame",
    "no_household_widget",
    "owners_as_decided",
    "owners_frame",
    "owners_widget",
    "pack_links",
    "partings_frame",
    "people_widget",
    "plan_widget",
    "policies_widget",
    "privacy_widget",
    "profile_box",
    "questions",
    "reconcile_headline",
    "reconcile_tones",
    "register_cleaning",
    "renew_button",
    "reports_to_build",
    "require",
    "roll_back",
    "rollback_headline",
    "rollback_in_words",
    "rollback_widget",
    "routes_frame",
    "sample_in_words",
    "side_by_side",
    "start_widget",
    "state_figure",
    "strata_frame",
    "strip",
    "updates_widget",
    "validate_export",
    "views_frame",
    "views_widget",
    "watch_cells",
    "witnesses_frame",
    "would_bring_back",
    "write_profile",
    "write_scan",
]
