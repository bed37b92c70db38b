"""Three-way comparison: what stood there before us, what the server answered when we wrote, what stands there now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .values import is_empty, item_key

SERVER_FIELDS = frozenset({
    "id", "creator_user_id", "add_time", "update_time", "stage_change_time", "marked_as_done_time", "last_update_user_id",
    "activities_count", "done_activities_count", "undone_activities_count", "notes_count", "files_count", "followers_count",
    "participants_count", "email_messages_count", "products_count", "open_deals_count", "closed_deals_count", "won_deals_count",
    "lost_deals_count", "related_open_deals_count", "related_closed_deals_count", "related_won_deals_count", "related_lost_deals_count",
    "participant_open_deals_count", "participant_closed_deals_count", "people_count", "last_activity_id", "last_activity_date",
    "next_activity_id", "next_activity_date", "next_activity_time", "last_incoming_mail_time", "last_outgoing_mail_time",
    "weighted_value", "acv", "arr", "mrr", "order_nr", "local_won_date", "local_lost_date", "local_close_date",
})  # fmt: skip
"""Fields that move by themselves when children are added or time passes: they never mean that a person touched the record."""


from mutmut.mutation.trampoline import wrap_in_trampoline as _mutmut_mutated, MutantDict
mutants_x_three_way__mutmut: MutantDict = {}  # type: ignore


@_mutmut_mutated(mutants_x_three_way__mutmut)
def three_way(pre_image: Mapping[str, Any] | None, after_image: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the fields that somebody touched since we wrote: those that differ from what the server answered, in name order.

    A field back at its pre-image was touched too. Custom fields appear as `custom_fields.<code>`. A field that the
    after-image lacks counts only where it now holds something that it did not hold before us.
    """
    before, after, current = _flat(pre_image or {}), _flat(after_image), _flat(now)
    touched = {name for name, value in after.items() if name in current and not same(value, current[name])}
    touched |= {name for name, value in current.items() if name not in after and not is_empty(value) and not same(value, before.get(name))}
    if "is_deleted" in touched and not current.get("is_deleted"):
        touched.discard("is_deleted")
    return tuple(sorted(touched))


def x_three_way__mutmut_orig(pre_image: Mapping[str, Any] | None, after_image: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the fields that somebody touched since we wrote: those that differ from what the server answered, in name order.

    A field back at its pre-image was touched too. Custom fields appear as `custom_fields.<code>`. A field that the
    after-image lacks counts only where it now holds something that it did not hold before us.
    """
    before, after, current = _flat(pre_image or {}), _flat(after_image), _flat(now)
    touched = {name for name, value in after.items() if name in current and not same(value, current[name])}
    touched |= {name for name, value in current.items() if name not in after and not is_empty(value) and not same(value, before.get(name))}
    if "is_deleted" in touched and not current.get("is_deleted"):
        touched.discard("is_deleted")
    return tuple(sorted(touched))


def x_three_way__mutmut_1(pre_image: Mapping[str, Any] | None, after_image: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the fields that somebody touched since we wrote: those that differ from what the server answered, in name order.

    A field back at its pre-image was touched too. Custom fields appear as `custom_fields.<code>`. A field that the
    after-image lacks counts only where it now holds something that it did not hold before us.
    """
    before, after, current = None
    touched = {name for name, value in after.items() if name in current and not same(value, current[name])}
    touched |= {name for name, value in current.items() if name not in after and not is_empty(value) and not same(value, before.get(name))}
    if "is_deleted" in touched and not current.get("is_deleted"):
        touched.discard("is_deleted")
    return tuple(sorted(touched))


def x_three_way__mutmut_2(pre_image: Mapping[str, Any] | None, after_image: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the fields that somebody touched since we wrote: those that differ from what the server answered, in name order.

    A field back at its pre-image was touched too. Custom fields appear as `custom_fields.<code>`. A field that the
    after-image lacks counts only where it now holds something that it did not hold before us.
    """
    before, after, current = _flat(None), _flat(after_image), _flat(now)
    touched = {name for name, value in after.items() if name in current and not same(value, current[name])}
    touched |= {name for name, value in current.items() if name not in after and not is_empty(value) and not same(value, before.get(name))}
    if "is_deleted" in touched and not current.get("is_deleted"):
        touched.discard("is_deleted")
    return tuple(sorted(touched))


def x_three_way__mutmut_3(pre_image: Mapping[str, Any] | None, after_image: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the fields that somebody touched since we wrote: those that differ from what the server answered, in name order.

    A field back at its pre-image was touched too. Custom fields appear as `custom_fields.<code>`. A field that the
    after-image lacks counts only where it now holds something that it did not hold before us.
    """
    before, after, current = _flat(pre_image and {}), _flat(after_image), _flat(now)
    touched = {name for name, value in after.items() if name in current and not same(value, current[name])}
    touched |= {name for name, value in current.items() if name not in after and not is_empty(value) and not same(value, before.get(name))}
    if "is_deleted" in touched and not current.get("is_deleted"):
        touched.discard("is_deleted")
    return tuple(sorted(touched))


def x_three_way__mutmut_4(pre_image: Mapping[str, Any] | None, after_image: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the fields that somebody touched since we wrote: those that differ from what the server answered, in name order.

    A field back at its pre-image was touched too. Custom fields appear as `custom_fields.<code>`. A field that the
    after-image lacks counts only where it now holds something that it did not hold before us.
    """
    before, after, current = _flat(pre_image or {}), _flat(None), _flat(now)
    touched = {name for name, value in after.items() if name in current and not same(value, current[name])}
    touched |= {name for name, value in current.items() if name not in after and not is_empty(value) and not same(value, before.get(name))}
    if "is_deleted" in touched and not current.get("is_deleted"):
        touched.discard("is_deleted")
    return tuple(sorted(touched))


def x_three_way__mutmut_5(pre_image: Mapping[str, Any] | None, after_image: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the fields that somebody touched since we wrote: those that differ from what the server answered, in name order.

    A field back at its pre-image was touched too. Custom fields appear as `custom_fields.<code>`. A field that the
    after-image lacks counts only where it now holds something that it did not hold before us.
    """
    before, after, current = _flat(pre_image or {}), _flat(after_image), _flat(None)
    touched = {name for name, value in after.items() if name in current and not same(value, current[name])}
    touched |= {name for name, value in current.items() if name not in after and not is_empty(value) and not same(value, before.get(name))}
    if "is_deleted" in touched and not current.get("is_deleted"):
        touched.discard("is_deleted")
    return tuple(sorted(touched))


def x_three_way__mutmut_6(pre_image: Mapping[str, Any] | None, after_image: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the fields that somebody touched since we wrote: those that differ from what the server answered, in name order.

    A field back at its pre-image was touched too. Custom fields appear as `custom_fields.<code>`. A field that the
    after-image lacks counts only where it now holds something that it did not hold before us.
    """
    before, after, current = _flat(pre_image or {}), _flat(after_image), _flat(now)
    touched = None
    touched |= {name for name, value in current.items() if name not in after and not is_empty(value) and not same(value, before.get(name))}
    if "is_deleted" in touched and not current.get("is_deleted"):
        touched.discard("is_deleted")
    return tuple(sorted(touched))


def x_three_way__mutmut_7(pre_image: Mapping[str, Any] | None, after_image: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the fields that somebody touched since we wrote: those that differ from what the server answered, in name order.

    A field back at its pre-image was touched too. Custom fields appear as `custom_fields.<code>`. A field that the
    after-image lacks counts only where it now holds something that it did not hold before us.
    """
    before, after, current = _flat(pre_image or {}), _flat(after_image), _flat(now)
    touched = {name for name, value in after.items() if name in current or not same(value, current[name])}
    touched |= {name for name, value in current.items() if name not in after and not is_empty(value) and not same(value, before.get(name))}
    if "is_deleted" in touched and not current.get("is_deleted"):
        touched.discard("is_deleted")
    return tuple(sorted(touched))


def x_three_way__mutmut_8(pre_image: Mapping[str, Any] | None, after_image: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the fields that somebody touched since we wrote: those that differ from what the server answered, in name order.

    A field back at its pre-image was touched too. Custom fields appear as `custom_fields.<code>`. A field that the
    after-image lacks counts only where it now holds something that it did not hold before us.
    """
    before, after, current = _flat(pre_image or {}), _flat(after_image), _flat(now)
    touched = {name for name, value in after.items() if name not in current and not same(value, current[name])}
    touched |= {name for name, value in current.items() if name not in after and not is_empty(value) and not same(value, before.get(name))}
    if "is_deleted" in touched and not current.get("is_deleted"):
        touched.discard("is_deleted")
    return tuple(sorted(touched))


def x_three_way__mutmut_9(pre_image: Mapping[str, Any] | None, after_image: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the fields that somebody touched since we wrote: those that differ from what the server answered, in name order.

    A field back at its pre-image was touched too. Custom fields appear as `custom_fields.<code>`. A field that the
    after-image lacks counts only where it now holds something that it did not hold before us.
    """
    before, after, current = _flat(pre_image or {}), _flat(after_image), _flat(now)
    touched = {name for name, value in after.items() if name in current and same(value, current[name])}
    touched |= {name for name, value in current.items() if name not in after and not is_empty(value) and not same(value, before.get(name))}
    if "is_deleted" in touched and not current.get("is_deleted"):
        touched.discard("is_deleted")
    return tuple(sorted(touched))


def x_three_way__mutmut_10(pre_image: Mapping[str, Any] | None, after_image: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the fields that somebody touched since we wrote: those that differ from what the server answered, in name order.

    A field back at its pre-image was touched too. Custom fields appear as `custom_fields.<code>`. A field that the
    after-image lacks counts only where it now holds something that it did not hold before us.
    """
    before, after, current = _flat(pre_image or {}), _flat(after_image), _flat(now)
    touched = {name for name, value in after.items() if name in current and not same(None, current[name])}
    touched |= {name for name, value in current.items() if name not in after and not is_empty(value) and not same(value, before.get(name))}
    if "is_deleted" in touched and not current.get("is_deleted"):
        touched.discard("is_deleted")
    return tuple(sorted(touched))


def x_three_way__mutmut_11(pre_image: Mapping[str, Any] | None, after_image: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the fields that somebody touched since we wrote: those that differ from what the server answered, in name order.

    A field back at its pre-image was touched too. Custom fields appear as `custom_fields.<code>`. A field that the
    after-image lacks counts only where it now holds something that it did not hold before us.
    """
    before, after, current = _flat(pre_image or {}), _flat(after_image), _flat(now)
    touched = {name for name, value in after.items() if name in current and not same(value, None)}
    touched |= {name for name, value in current.items() if name not in after and not is_empty(value) and not same(value, before.get(name))}
    if "is_deleted" in touched and not current.get("is_deleted"):
        touched.discard("is_deleted")
    return tuple(sorted(touched))


def x_three_way__mutmut_12(pre_image: Mapping[str, Any] | None, after_image: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the fields that somebody touched since we wrote: those that differ from what the server answered, in name order.

    A field back at its pre-image was touched too. Custom fields appear as `custom_fields.<code>`. A field that the
    after-image lacks counts only where it now holds something that it did not hold before us.
    """
    before, after, current = _flat(pre_image or {}), _flat(after_image), _flat(now)
    touched = {name for name, value in after.items() if name in current and not same(current[name])}
    touched |= {name for name, value in current.items() if name not in after and not is_empty(value) and not same(value, before.get(name))}
    if "is_deleted" in touched and not current.get("is_deleted"):
        touched.discard("is_deleted")
    return tuple(sorted(touched))


def x_three_way__mutmut_13(pre_image: Mapping[str, Any] | None, after_image: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the fields that somebody touched since we wrote: those that differ from what the server answered, in name order.

    A field back at its pre-image was touched too. Custom fields appear as `custom_fields.<code>`. A field that the
    after-image lacks counts only where it now holds something that it did not hold before us.
    """
    before, after, current = _flat(pre_image or {}), _flat(after_image), _flat(now)
    touched = {name for name, value in after.items() if name in current and not same(value, )}
    touched |= {name for name, value in current.items() if name not in after and not is_empty(value) and not same(value, before.get(name))}
    if "is_deleted" in touched and not current.get("is_deleted"):
        touched.discard("is_deleted")
    return tuple(sorted(touched))


def x_three_way__mutmut_14(pre_image: Mapping[str, Any] | None, after_image: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the fields that somebody touched since we wrote: those that differ from what the server answered, in name order.

    A field back at its pre-image was touched too. Custom fields appear as `custom_fields.<code>`. A field that the
    after-image lacks counts only where it now holds something that it did not hold before us.
    """
    before, after, current = _flat(pre_image or {}), _flat(after_image), _flat(now)
    touched = {name for name, value in after.items() if name in current and not same(value, current[name])}
    touched = {name for name, value in current.items() if name not in after and not is_empty(value) and not same(value, before.get(name))}
    if "is_deleted" in touched and not current.get("is_deleted"):
        touched.discard("is_deleted")
    return tuple(sorted(touched))


def x_three_way__mutmut_15(pre_image: Mapping[str, Any] | None, after_image: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the fields that somebody touched since we wrote: those that differ from what the server answered, in name order.

    A field back at its pre-image was touched too. Custom fields appear as `custom_fields.<code>`. A field that the
    after-image lacks counts only where it now holds something that it did not hold before us.
    """
    before, after, current = _flat(pre_image or {}), _flat(after_image), _flat(now)
    touched = {name for name, value in after.items() if name in current and not same(value, current[name])}
    touched &= {name for name, value in current.items() if name not in after and not is_empty(value) and not same(value, before.get(name))}
    if "is_deleted" in touched and not current.get("is_deleted"):
        touched.discard("is_deleted")
    return tuple(sorted(touched))


def x_three_way__mutmut_16(pre_image: Mapping[str, Any] | None, after_image: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the fields that somebody touched since we wrote: those that differ from what the server answered, in name order.

    A field back at its pre-image was touched too. Custom fields appear as `custom_fields.<code>`. A field that the
    after-image lacks counts only where it now holds something that it did not hold before us.
    """
    before, after, current = _flat(pre_image or {}), _flat(after_image), _flat(now)
    touched = {name for name, value in after.items() if name in current and not same(value, current[name])}
    touched |= {name for name, value in current.items() if name not in after and not is_empty(value) or not same(value, before.get(name))}
    if "is_deleted" in touched and not current.get("is_deleted"):
        touched.discard("is_deleted")
    return tuple(sorted(touched))


def x_three_way__mutmut_17(pre_image: Mapping[str, Any] | None, after_image: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the fields that somebody touched since we wrote: those that differ from what the server answered, in name order.

    A field back at its pre-image was touched too. Custom fields appear as `custom_fields.<code>`. A field that the
    after-image lacks counts only where it now holds something that it did not hold before us.
    """
    before, after, current = _flat(pre_image or {}), _flat(after_image), _flat(now)
    touched = {name for name, value in after.items() if name in current and not same(value, current[name])}
    touched |= {name for name, value in current.items() if name not in after or not is_empty(value) and not same(value, before.get(name))}
    if "is_deleted" in touched and not current.get("is_deleted"):
        touched.discard("is_deleted")
    return tuple(sorted(touched))


def x_three_way__mutmut_18(pre_image: Mapping[str, Any] | None, after_image: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the fields that somebody touched since we wrote: those that differ from what the server answered, in name order.

    A field back at its pre-image was touched too. Custom fields appear as `custom_fields.<code>`. A field that the
    after-image lacks counts only where it now holds something that it did not hold before us.
    """
    before, after, current = _flat(pre_image or {}), _flat(after_image), _flat(now)
    touched = {name for name, value in after.items() if name in current and not same(value, current[name])}
    touched |= {name for name, value in current.items() if name in after and not is_empty(value) and not same(value, before.get(name))}
    if "is_deleted" in touched and not current.get("is_deleted"):
        touched.discard("is_deleted")
    return tuple(sorted(touched))


def x_three_way__mutmut_19(pre_image: Mapping[str, Any] | None, after_image: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the fields that somebody touched since we wrote: those that differ from what the server answered, in name order.

    A field back at its pre-image was touched too. Custom fields appear as `custom_fields.<code>`. A field that the
    after-image lacks counts only where it now holds something that it did not hold before us.
    """
    before, after, current = _flat(pre_image or {}), _flat(after_image), _flat(now)
    touched = {name for name, value in after.items() if name in current and not same(value, current[name])}
    touched |= {name for name, value in current.items() if name not in after and is_empty(value) and not same(value, before.get(name))}
    if "is_deleted" in touched and not current.get("is_deleted"):
        touched.discard("is_deleted")
    return tuple(sorted(touched))


def x_three_way__mutmut_20(pre_image: Mapping[str, Any] | None, after_image: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the fields that somebody touched since we wrote: those that differ from what the server answered, in name order.

    A field back at its pre-image was touched too. Custom fields appear as `custom_fields.<code>`. A field that the
    after-image lacks counts only where it now holds something that it did not hold before us.
    """
    before, after, current = _flat(pre_image or {}), _flat(after_image), _flat(now)
    touched = {name for name, value in after.items() if name in current and not same(value, current[name])}
    touched |= {name for name, value in current.items() if name not in after and not is_empty(None) and not same(value, before.get(name))}
    if "is_deleted" in touched and not current.get("is_deleted"):
        touched.discard("is_deleted")
    return tuple(sorted(touched))


def x_three_way__mutmut_21(pre_image: Mapping[str, Any] | None, after_image: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the fields that somebody touched since we wrote: those that differ from what the server answered, in name order.

    A field back at its pre-image was touched too. Custom fields appear as `custom_fields.<code>`. A field that the
    after-image lacks counts only where it now holds something that it did not hold before us.
    """
    before, after, current = _flat(pre_image or {}), _flat(after_image), _flat(now)
    touched = {name for name, value in after.items() if name in current and not same(value, current[name])}
    touched |= {name for name, value in current.items() if name not in after and not is_empty(value) and same(value, before.get(name))}
    if "is_deleted" in touched and not current.get("is_deleted"):
        touched.discard("is_deleted")
    return tuple(sorted(touched))


def x_three_way__mutmut_22(pre_image: Mapping[str, Any] | None, after_image: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the fields that somebody touched since we wrote: those that differ from what the server answered, in name order.

    A field back at its pre-image was touched too. Custom fields appear as `custom_fields.<code>`. A field that the
    after-image lacks counts only where it now holds something that it did not hold before us.
    """
    before, after, current = _flat(pre_image or {}), _flat(after_image), _flat(now)
    touched = {name for name, value in after.items() if name in current and not same(value, current[name])}
    touched |= {name for name, value in current.items() if name not in after and not is_empty(value) and not same(None, before.get(name))}
    if "is_deleted" in touched and not current.get("is_deleted"):
        touched.discard("is_deleted")
    return tuple(sorted(touched))


def x_three_way__mutmut_23(pre_image: Mapping[str, Any] | None, after_image: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the fields that somebody touched since we wrote: those that differ from what the server answered, in name order.

    A field back at its pre-image was touched too. Custom fields appear as `custom_fields.<code>`. A field that the
    after-image lacks counts only where it now holds something that it did not hold before us.
    """
    before, after, current = _flat(pre_image or {}), _flat(after_image), _flat(now)
    touched = {name for name, value in after.items() if name in current and not same(value, current[name])}
    touched |= {name for name, value in current.items() if name not in after and not is_empty(value) and not same(value, None)}
    if "is_deleted" in touched and not current.get("is_deleted"):
        touched.discard("is_deleted")
    return tuple(sorted(touched))


def x_three_way__mutmut_24(pre_image: Mapping[str, Any] | None, after_image: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the fields that somebody touched since we wrote: those that differ from what the server answered, in name order.

    A field back at its pre-image was touched too. Custom fields appear as `custom_fields.<code>`. A field that the
    after-image lacks counts only where it now holds something that it did not hold before us.
    """
    before, after, current = _flat(pre_image or {}), _flat(after_image), _flat(now)
    touched = {name for name, value in after.items() if name in current and not same(value, current[name])}
    touched |= {name for name, value in current.items() if name not in after and not is_empty(value) and not same(before.get(name))}
    if "is_deleted" in touched and not current.get("is_deleted"):
        touched.discard("is_deleted")
    return tuple(sorted(touched))


def x_three_way__mutmut_25(pre_image: Mapping[str, Any] | None, after_image: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the fields that somebody touched since we wrote: those that differ from what the server answered, in name order.

    A field back at its pre-image was touched too. Custom fields appear as `custom_fields.<code>`. A field that the
    after-image lacks counts only where it now holds something that it did not hold before us.
    """
    before, after, current = _flat(pre_image or {}), _flat(after_image), _flat(now)
    touched = {name for name, value in after.items() if name in current and not same(value, current[name])}
    touched |= {name for name, value in current.items() if name not in after and not is_empty(value) and not same(value, )}
    if "is_deleted" in touched and not current.get("is_deleted"):
        touched.discard("is_deleted")
    return tuple(sorted(touched))


def x_three_way__mutmut_26(pre_image: Mapping[str, Any] | None, after_image: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the fields that somebody touched since we wrote: those that differ from what the server answered, in name order.

    A field back at its pre-image was touched too. Custom fields appear as `custom_fields.<code>`. A field that the
    after-image lacks counts only where it now holds something that it did not hold before us.
    """
    before, after, current = _flat(pre_image or {}), _flat(after_image), _flat(now)
    touched = {name for name, value in after.items() if name in current and not same(value, current[name])}
    touched |= {name for name, value in current.items() if name not in after and not is_empty(value) and not same(value, before.get(None))}
    if "is_deleted" in touched and not current.get("is_deleted"):
        touched.discard("is_deleted")
    return tuple(sorted(touched))


def x_three_way__mutmut_27(pre_image: Mapping[str, Any] | None, after_image: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the fields that somebody touched since we wrote: those that differ from what the server answered, in name order.

    A field back at its pre-image was touched too. Custom fields appear as `custom_fields.<code>`. A field that the
    after-image lacks counts only where it now holds something that it did not hold before us.
    """
    before, after, current = _flat(pre_image or {}), _flat(after_image), _flat(now)
    touched = {name for name, value in after.items() if name in current and not same(value, current[name])}
    touched |= {name for name, value in current.items() if name not in after and not is_empty(value) and not same(value, before.get(name))}
    if "is_deleted" in touched or not current.get("is_deleted"):
        touched.discard("is_deleted")
    return tuple(sorted(touched))


def x_three_way__mutmut_28(pre_image: Mapping[str, Any] | None, after_image: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the fields that somebody touched since we wrote: those that differ from what the server answered, in name order.

    A field back at its pre-image was touched too. Custom fields appear as `custom_fields.<code>`. A field that the
    after-image lacks counts only where it now holds something that it did not hold before us.
    """
    before, after, current = _flat(pre_image or {}), _flat(after_image), _flat(now)
    touched = {name for name, value in after.items() if name in current and not same(value, current[name])}
    touched |= {name for name, value in current.items() if name not in after and not is_empty(value) and not same(value, before.get(name))}
    if "XXis_deletedXX" in touched and not current.get("is_deleted"):
        touched.discard("is_deleted")
    return tuple(sorted(touched))


def x_three_way__mutmut_29(pre_image: Mapping[str, Any] | None, after_image: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the fields that somebody touched since we wrote: those that differ from what the server answered, in name order.

    A field back at its pre-image was touched too. Custom fields appear as `custom_fields.<code>`. A field that the
    after-image lacks counts only where it now holds something that it did not hold before us.
    """
    before, after, current = _flat(pre_image or {}), _flat(after_image), _flat(now)
    touched = {name for name, value in after.items() if name in current and not same(value, current[name])}
    touched |= {name for name, value in current.items() if name not in after and not is_empty(value) and not same(value, before.get(name))}
    if "IS_DELETED" in touched and not current.get("is_deleted"):
        touched.discard("is_deleted")
    return tuple(sorted(touched))


def x_three_way__mutmut_30(pre_image: Mapping[str, Any] | None, after_image: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the fields that somebody touched since we wrote: those that differ from what the server answered, in name order.

    A field back at its pre-image was touched too. Custom fields appear as `custom_fields.<code>`. A field that the
    after-image lacks counts only where it now holds something that it did not hold before us.
    """
    before, after, current = _flat(pre_image or {}), _flat(after_image), _flat(now)
    touched = {name for name, value in after.items() if name in current and not same(value, current[name])}
    touched |= {name for name, value in current.items() if name not in after and not is_empty(value) and not same(value, before.get(name))}
    if "is_deleted" not in touched and not current.get("is_deleted"):
        touched.discard("is_deleted")
    return tuple(sorted(touched))


def x_three_way__mutmut_31(pre_image: Mapping[str, Any] | None, after_image: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the fields that somebody touched since we wrote: those that differ from what the server answered, in name order.

    A field back at its pre-image was touched too. Custom fields appear as `custom_fields.<code>`. A field that the
    after-image lacks counts only where it now holds something that it did not hold before us.
    """
    before, after, current = _flat(pre_image or {}), _flat(after_image), _flat(now)
    touched = {name for name, value in after.items() if name in current and not same(value, current[name])}
    touched |= {name for name, value in current.items() if name not in after and not is_empty(value) and not same(value, before.get(name))}
    if "is_deleted" in touched and current.get("is_deleted"):
        touched.discard("is_deleted")
    return tuple(sorted(touched))


def x_three_way__mutmut_32(pre_image: Mapping[str, Any] | None, after_image: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the fields that somebody touched since we wrote: those that differ from what the server answered, in name order.

    A field back at its pre-image was touched too. Custom fields appear as `custom_fields.<code>`. A field that the
    after-image lacks counts only where it now holds something that it did not hold before us.
    """
    before, after, current = _flat(pre_image or {}), _flat(after_image), _flat(now)
    touched = {name for name, value in after.items() if name in current and not same(value, current[name])}
    touched |= {name for name, value in current.items() if name not in after and not is_empty(value) and not same(value, before.get(name))}
    if "is_deleted" in touched and not current.get(None):
        touched.discard("is_deleted")
    return tuple(sorted(touched))


def x_three_way__mutmut_33(pre_image: Mapping[str, Any] | None, after_image: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the fields that somebody touched since we wrote: those that differ from what the server answered, in name order.

    A field back at its pre-image was touched too. Custom fields appear as `custom_fields.<code>`. A field that the
    after-image lacks counts only where it now holds something that it did not hold before us.
    """
    before, after, current = _flat(pre_image or {}), _flat(after_image), _flat(now)
    touched = {name for name, value in after.items() if name in current and not same(value, current[name])}
    touched |= {name for name, value in current.items() if name not in after and not is_empty(value) and not same(value, before.get(name))}
    if "is_deleted" in touched and not current.get("XXis_deletedXX"):
        touched.discard("is_deleted")
    return tuple(sorted(touched))


def x_three_way__mutmut_34(pre_image: Mapping[str, Any] | None, after_image: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the fields that somebody touched since we wrote: those that differ from what the server answered, in name order.

    A field back at its pre-image was touched too. Custom fields appear as `custom_fields.<code>`. A field that the
    after-image lacks counts only where it now holds something that it did not hold before us.
    """
    before, after, current = _flat(pre_image or {}), _flat(after_image), _flat(now)
    touched = {name for name, value in after.items() if name in current and not same(value, current[name])}
    touched |= {name for name, value in current.items() if name not in after and not is_empty(value) and not same(value, before.get(name))}
    if "is_deleted" in touched and not current.get("IS_DELETED"):
        touched.discard("is_deleted")
    return tuple(sorted(touched))


def x_three_way__mutmut_35(pre_image: Mapping[str, Any] | None, after_image: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the fields that somebody touched since we wrote: those that differ from what the server answered, in name order.

    A field back at its pre-image was touched too. Custom fields appear as `custom_fields.<code>`. A field that the
    after-image lacks counts only where it now holds something that it did not hold before us.
    """
    before, after, current = _flat(pre_image or {}), _flat(after_image), _flat(now)
    touched = {name for name, value in after.items() if name in current and not same(value, current[name])}
    touched |= {name for name, value in current.items() if name not in after and not is_empty(value) and not same(value, before.get(name))}
    if "is_deleted" in touched and not current.get("is_deleted"):
        touched.discard(None)
    return tuple(sorted(touched))


def x_three_way__mutmut_36(pre_image: Mapping[str, Any] | None, after_image: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the fields that somebody touched since we wrote: those that differ from what the server answered, in name order.

    A field back at its pre-image was touched too. Custom fields appear as `custom_fields.<code>`. A field that the
    after-image lacks counts only where it now holds something that it did not hold before us.
    """
    before, after, current = _flat(pre_image or {}), _flat(after_image), _flat(now)
    touched = {name for name, value in after.items() if name in current and not same(value, current[name])}
    touched |= {name for name, value in current.items() if name not in after and not is_empty(value) and not same(value, before.get(name))}
    if "is_deleted" in touched and not current.get("is_deleted"):
        touched.discard("XXis_deletedXX")
    return tuple(sorted(touched))


def x_three_way__mutmut_37(pre_image: Mapping[str, Any] | None, after_image: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the fields that somebody touched since we wrote: those that differ from what the server answered, in name order.

    A field back at its pre-image was touched too. Custom fields appear as `custom_fields.<code>`. A field that the
    after-image lacks counts only where it now holds something that it did not hold before us.
    """
    before, after, current = _flat(pre_image or {}), _flat(after_image), _flat(now)
    touched = {name for name, value in after.items() if name in current and not same(value, current[name])}
    touched |= {name for name, value in current.items() if name not in after and not is_empty(value) and not same(value, before.get(name))}
    if "is_deleted" in touched and not current.get("is_deleted"):
        touched.discard("IS_DELETED")
    return tuple(sorted(touched))


def x_three_way__mutmut_38(pre_image: Mapping[str, Any] | None, after_image: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the fields that somebody touched since we wrote: those that differ from what the server answered, in name order.

    A field back at its pre-image was touched too. Custom fields appear as `custom_fields.<code>`. A field that the
    after-image lacks counts only where it now holds something that it did not hold before us.
    """
    before, after, current = _flat(pre_image or {}), _flat(after_image), _flat(now)
    touched = {name for name, value in after.items() if name in current and not same(value, current[name])}
    touched |= {name for name, value in current.items() if name not in after and not is_empty(value) and not same(value, before.get(name))}
    if "is_deleted" in touched and not current.get("is_deleted"):
        touched.discard("is_deleted")
    return tuple(None)


def x_three_way__mutmut_39(pre_image: Mapping[str, Any] | None, after_image: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the fields that somebody touched since we wrote: those that differ from what the server answered, in name order.

    A field back at its pre-image was touched too. Custom fields appear as `custom_fields.<code>`. A field that the
    after-image lacks counts only where it now holds something that it did not hold before us.
    """
    before, after, current = _flat(pre_image or {}), _flat(after_image), _flat(now)
    touched = {name for name, value in after.items() if name in current and not same(value, current[name])}
    touched |= {name for name, value in current.items() if name not in after and not is_empty(value) and not same(value, before.get(name))}
    if "is_deleted" in touched and not current.get("is_deleted"):
        touched.discard("is_deleted")
    return tuple(sorted(None))

mutants_x_three_way__mutmut['_mutmut_orig'] = x_three_way__mutmut_orig # type: ignore # mutmut generated
mutants_x_three_way__mutmut['x_three_way__mutmut_1'] = x_three_way__mutmut_1 # type: ignore # mutmut generated
mutants_x_three_way__mutmut['x_three_way__mutmut_2'] = x_three_way__mutmut_2 # type: ignore # mutmut generated
mutants_x_three_way__mutmut['x_three_way__mutmut_3'] = x_three_way__mutmut_3 # type: ignore # mutmut generated
mutants_x_three_way__mutmut['x_three_way__mutmut_4'] = x_three_way__mutmut_4 # type: ignore # mutmut generated
mutants_x_three_way__mutmut['x_three_way__mutmut_5'] = x_three_way__mutmut_5 # type: ignore # mutmut generated
mutants_x_three_way__mutmut['x_three_way__mutmut_6'] = x_three_way__mutmut_6 # type: ignore # mutmut generated
mutants_x_three_way__mutmut['x_three_way__mutmut_7'] = x_three_way__mutmut_7 # type: ignore # mutmut generated
mutants_x_three_way__mutmut['x_three_way__mutmut_8'] = x_three_way__mutmut_8 # type: ignore # mutmut generated
mutants_x_three_way__mutmut['x_three_way__mutmut_9'] = x_three_way__mutmut_9 # type: ignore # mutmut generated
mutants_x_three_way__mutmut['x_three_way__mutmut_10'] = x_three_way__mutmut_10 # type: ignore # mutmut generated
mutants_x_three_way__mutmut['x_three_way__mutmut_11'] = x_three_way__mutmut_11 # type: ignore # mutmut generated
mutants_x_three_way__mutmut['x_three_way__mutmut_12'] = x_three_way__mutmut_12 # type: ignore # mutmut generated
mutants_x_three_way__mutmut['x_three_way__mutmut_13'] = x_three_way__mutmut_13 # type: ignore # mutmut generated
mutants_x_three_way__mutmut['x_three_way__mutmut_14'] = x_three_way__mutmut_14 # type: ignore # mutmut generated
mutants_x_three_way__mutmut['x_three_way__mutmut_15'] = x_three_way__mutmut_15 # type: ignore # mutmut generated
mutants_x_three_way__mutmut['x_three_way__mutmut_16'] = x_three_way__mutmut_16 # type: ignore # mutmut generated
mutants_x_three_way__mutmut['x_three_way__mutmut_17'] = x_three_way__mutmut_17 # type: ignore # mutmut generated
mutants_x_three_way__mutmut['x_three_way__mutmut_18'] = x_three_way__mutmut_18 # type: ignore # mutmut generated
mutants_x_three_way__mutmut['x_three_way__mutmut_19'] = x_three_way__mutmut_19 # type: ignore # mutmut generated
mutants_x_three_way__mutmut['x_three_way__mutmut_20'] = x_three_way__mutmut_20 # type: ignore # mutmut generated
mutants_x_three_way__mutmut['x_three_way__mutmut_21'] = x_three_way__mutmut_21 # type: ignore # mutmut generated
mutants_x_three_way__mutmut['x_three_way__mutmut_22'] = x_three_way__mutmut_22 # type: ignore # mutmut generated
mutants_x_three_way__mutmut['x_three_way__mutmut_23'] = x_three_way__mutmut_23 # type: ignore # mutmut generated
mutants_x_three_way__mutmut['x_three_way__mutmut_24'] = x_three_way__mutmut_24 # type: ignore # mutmut generated
mutants_x_three_way__mutmut['x_three_way__mutmut_25'] = x_three_way__mutmut_25 # type: ignore # mutmut generated
mutants_x_three_way__mutmut['x_three_way__mutmut_26'] = x_three_way__mutmut_26 # type: ignore # mutmut generated
mutants_x_three_way__mutmut['x_three_way__mutmut_27'] = x_three_way__mutmut_27 # type: ignore # mutmut generated
mutants_x_three_way__mutmut['x_three_way__mutmut_28'] = x_three_way__mutmut_28 # type: ignore # mutmut generated
mutants_x_three_way__mutmut['x_three_way__mutmut_29'] = x_three_way__mutmut_29 # type: ignore # mutmut generated
mutants_x_three_way__mutmut['x_three_way__mutmut_30'] = x_three_way__mutmut_30 # type: ignore # mutmut generated
mutants_x_three_way__mutmut['x_three_way__mutmut_31'] = x_three_way__mutmut_31 # type: ignore # mutmut generated
mutants_x_three_way__mutmut['x_three_way__mutmut_32'] = x_three_way__mutmut_32 # type: ignore # mutmut generated
mutants_x_three_way__mutmut['x_three_way__mutmut_33'] = x_three_way__mutmut_33 # type: ignore # mutmut generated
mutants_x_three_way__mutmut['x_three_way__mutmut_34'] = x_three_way__mutmut_34 # type: ignore # mutmut generated
mutants_x_three_way__mutmut['x_three_way__mutmut_35'] = x_three_way__mutmut_35 # type: ignore # mutmut generated
mutants_x_three_way__mutmut['x_three_way__mutmut_36'] = x_three_way__mutmut_36 # type: ignore # mutmut generated
mutants_x_three_way__mutmut['x_three_way__mutmut_37'] = x_three_way__mutmut_37 # type: ignore # mutmut generated
mutants_x_three_way__mutmut['x_three_way__mutmut_38'] = x_three_way__mutmut_38 # type: ignore # mutmut generated
mutants_x_three_way__mutmut['x_three_way__mutmut_39'] = x_three_way__mutmut_39 # type: ignore # mutmut generated
mutants_x_put_back__mutmut: MutantDict = {}  # type: ignore


@_mutmut_mutated(mutants_x_put_back__mutmut)
def put_back(pre: Any, after: Any, now: Any) -> Any:
    """Return the value to write so that only our own change is undone.

    Lists go item by item: what we added leaves, what we removed or altered comes back, what somebody added since stays.
    Anything else goes back to `pre` where it still is what we wrote, and stays as it is where somebody changed it.

    >>> put_back(["a"], ["a", "b"], ["a", "b", "c"])
    ['a', 'c']
    """
    lists = [value if value is not None else [] for value in (pre, after, now)]
    if any(isinstance(value, list) for value in (pre, after, now)) and all(isinstance(value, list) for value in lists):
        return _put_back_items(*lists)
    return pre if same(after, now) else now


def x_put_back__mutmut_orig(pre: Any, after: Any, now: Any) -> Any:
    """Return the value to write so that only our own change is undone.

    Lists go item by item: what we added leaves, what we removed or altered comes back, what somebody added since stays.
    Anything else goes back to `pre` where it still is what we wrote, and stays as it is where somebody changed it.

    >>> put_back(["a"], ["a", "b"], ["a", "b", "c"])
    ['a', 'c']
    """
    lists = [value if value is not None else [] for value in (pre, after, now)]
    if any(isinstance(value, list) for value in (pre, after, now)) and all(isinstance(value, list) for value in lists):
        return _put_back_items(*lists)
    return pre if same(after, now) else now


def x_put_back__mutmut_1(pre: Any, after: Any, now: Any) -> Any:
    """Return the value to write so that only our own change is undone.

    Lists go item by item: what we added leaves, what we removed or altered comes back, what somebody added since stays.
    Anything else goes back to `pre` where it still is what we wrote, and stays as it is where somebody changed it.

    >>> put_back(["a"], ["a", "b"], ["a", "b", "c"])
    ['a', 'c']
    """
    lists = None
    if any(isinstance(value, list) for value in (pre, after, now)) and all(isinstance(value, list) for value in lists):
        return _put_back_items(*lists)
    return pre if same(after, now) else now


def x_put_back__mutmut_2(pre: Any, after: Any, now: Any) -> Any:
    """Return the value to write so that only our own change is undone.

    Lists go item by item: what we added leaves, what we removed or altered comes back, what somebody added since stays.
    Anything else goes back to `pre` where it still is what we wrote, and stays as it is where somebody changed it.

    >>> put_back(["a"], ["a", "b"], ["a", "b", "c"])
    ['a', 'c']
    """
    lists = [value if (value is not None) and False else [] for value in (pre, after, now)]
    if any(isinstance(value, list) for value in (pre, after, now)) and all(isinstance(value, list) for value in lists):
        return _put_back_items(*lists)
    return pre if same(after, now) else now


def x_put_back__mutmut_3(pre: Any, after: Any, now: Any) -> Any:
    """Return the value to write so that only our own change is undone.

    Lists go item by item: what we added leaves, what we removed or altered comes back, what somebody added since stays.
    Anything else goes back to `pre` where it still is what we wrote, and stays as it is where somebody changed it.

    >>> put_back(["a"], ["a", "b"], ["a", "b", "c"])
    ['a', 'c']
    """
    lists = [value if (value is not None) or True else [] for value in (pre, after, now)]
    if any(isinstance(value, list) for value in (pre, after, now)) and all(isinstance(value, list) for value in lists):
        return _put_back_items(*lists)
    return pre if same(after, now) else now


def x_put_back__mutmut_4(pre: Any, after: Any, now: Any) -> Any:
    """Return the value to write so that only our own change is undone.

    Lists go item by item: what we added leaves, what we removed or altered comes back, what somebody added since stays.
    Anything else goes back to `pre` where it still is what we wrote, and stays as it is where somebody changed it.

    >>> put_back(["a"], ["a", "b"], ["a", "b", "c"])
    ['a', 'c']
    """
    lists = [value if value is None else [] for value in (pre, after, now)]
    if any(isinstance(value, list) for value in (pre, after, now)) and all(isinstance(value, list) for value in lists):
        return _put_back_items(*lists)
    return pre if same(after, now) else now


def x_put_back__mutmut_5(pre: Any, after: Any, now: Any) -> Any:
    """Return the value to write so that only our own change is undone.

    Lists go item by item: what we added leaves, what we removed or altered comes back, what somebody added since stays.
    Anything else goes back to `pre` where it still is what we wrote, and stays as it is where somebody changed it.

    >>> put_back(["a"], ["a", "b"], ["a", "b", "c"])
    ['a', 'c']
    """
    lists = [value if value is not None else [] for value in (pre, after, now)]
    if any(isinstance(value, list) for value in (pre, after, now)) or all(isinstance(value, list) for value in lists):
        return _put_back_items(*lists)
    return pre if same(after, now) else now


def x_put_back__mutmut_6(pre: Any, after: Any, now: Any) -> Any:
    """Return the value to write so that only our own change is undone.

    Lists go item by item: what we added leaves, what we removed or altered comes back, what somebody added since stays.
    Anything else goes back to `pre` where it still is what we wrote, and stays as it is where somebody changed it.

    >>> put_back(["a"], ["a", "b"], ["a", "b", "c"])
    ['a', 'c']
    """
    lists = [value if value is not None else [] for value in (pre, after, now)]
    if any(None) and all(isinstance(value, list) for value in lists):
        return _put_back_items(*lists)
    return pre if same(after, now) else now


def x_put_back__mutmut_7(pre: Any, after: Any, now: Any) -> Any:
    """Return the value to write so that only our own change is undone.

    Lists go item by item: what we added leaves, what we removed or altered comes back, what somebody added since stays.
    Anything else goes back to `pre` where it still is what we wrote, and stays as it is where somebody changed it.

    >>> put_back(["a"], ["a", "b"], ["a", "b", "c"])
    ['a', 'c']
    """
    lists = [value if value is not None else [] for value in (pre, after, now)]
    if any(isinstance(value, list) for value in (pre, after, now)) and all(None):
        return _put_back_items(*lists)
    return pre if same(after, now) else now


def x_put_back__mutmut_8(pre: Any, after: Any, now: Any) -> Any:
    """Return the value to write so that only our own change is undone.

    Lists go item by item: what we added leaves, what we removed or altered comes back, what somebody added since stays.
    Anything else goes back to `pre` where it still is what we wrote, and stays as it is where somebody changed it.

    >>> put_back(["a"], ["a", "b"], ["a", "b", "c"])
    ['a', 'c']
    """
    lists = [value if value is not None else [] for value in (pre, after, now)]
    if any(isinstance(value, list) for value in (pre, after, now)) and all(isinstance(value, list) for value in lists):
        return _put_back_items(*lists)
    return pre if (same(after, now)) and False else now


def x_put_back__mutmut_9(pre: Any, after: Any, now: Any) -> Any:
    """Return the value to write so that only our own change is undone.

    Lists go item by item: what we added leaves, what we removed or altered comes back, what somebody added since stays.
    Anything else goes back to `pre` where it still is what we wrote, and stays as it is where somebody changed it.

    >>> put_back(["a"], ["a", "b"], ["a", "b", "c"])
    ['a', 'c']
    """
    lists = [value if value is not None else [] for value in (pre, after, now)]
    if any(isinstance(value, list) for value in (pre, after, now)) and all(isinstance(value, list) for value in lists):
        return _put_back_items(*lists)
    return pre if (same(after, now)) or True else now


def x_put_back__mutmut_10(pre: Any, after: Any, now: Any) -> Any:
    """Return the value to write so that only our own change is undone.

    Lists go item by item: what we added leaves, what we removed or altered comes back, what somebody added since stays.
    Anything else goes back to `pre` where it still is what we wrote, and stays as it is where somebody changed it.

    >>> put_back(["a"], ["a", "b"], ["a", "b", "c"])
    ['a', 'c']
    """
    lists = [value if value is not None else [] for value in (pre, after, now)]
    if any(isinstance(value, list) for value in (pre, after, now)) and all(isinstance(value, list) for value in lists):
        return _put_back_items(*lists)
    return pre if same(None, now) else now


def x_put_back__mutmut_11(pre: Any, after: Any, now: Any) -> Any:
    """Return the value to write so that only our own change is undone.

    Lists go item by item: what we added leaves, what we removed or altered comes back, what somebody added since stays.
    Anything else goes back to `pre` where it still is what we wrote, and stays as it is where somebody changed it.

    >>> put_back(["a"], ["a", "b"], ["a", "b", "c"])
    ['a', 'c']
    """
    lists = [value if value is not None else [] for value in (pre, after, now)]
    if any(isinstance(value, list) for value in (pre, after, now)) and all(isinstance(value, list) for value in lists):
        return _put_back_items(*lists)
    return pre if same(after, None) else now


def x_put_back__mutmut_12(pre: Any, after: Any, now: Any) -> Any:
    """Return the value to write so that only our own change is undone.

    Lists go item by item: what we added leaves, what we removed or altered comes back, what somebody added since stays.
    Anything else goes back to `pre` where it still is what we wrote, and stays as it is where somebody changed it.

    >>> put_back(["a"], ["a", "b"], ["a", "b", "c"])
    ['a', 'c']
    """
    lists = [value if value is not None else [] for value in (pre, after, now)]
    if any(isinstance(value, list) for value in (pre, after, now)) and all(isinstance(value, list) for value in lists):
        return _put_back_items(*lists)
    return pre if same(now) else now


def x_put_back__mutmut_13(pre: Any, after: Any, now: Any) -> Any:
    """Return the value to write so that only our own change is undone.

    Lists go item by item: what we added leaves, what we removed or altered comes back, what somebody added since stays.
    Anything else goes back to `pre` where it still is what we wrote, and stays as it is where somebody changed it.

    >>> put_back(["a"], ["a", "b"], ["a", "b", "c"])
    ['a', 'c']
    """
    lists = [value if value is not None else [] for value in (pre, after, now)]
    if any(isinstance(value, list) for value in (pre, after, now)) and all(isinstance(value, list) for value in lists):
        return _put_back_items(*lists)
    return pre if same(after, ) else now

mutants_x_put_back__mutmut['_mutmut_orig'] = x_put_back__mutmut_orig # type: ignore # mutmut generated
mutants_x_put_back__mutmut['x_put_back__mutmut_1'] = x_put_back__mutmut_1 # type: ignore # mutmut generated
mutants_x_put_back__mutmut['x_put_back__mutmut_2'] = x_put_back__mutmut_2 # type: ignore # mutmut generated
mutants_x_put_back__mutmut['x_put_back__mutmut_3'] = x_put_back__mutmut_3 # type: ignore # mutmut generated
mutants_x_put_back__mutmut['x_put_back__mutmut_4'] = x_put_back__mutmut_4 # type: ignore # mutmut generated
mutants_x_put_back__mutmut['x_put_back__mutmut_5'] = x_put_back__mutmut_5 # type: ignore # mutmut generated
mutants_x_put_back__mutmut['x_put_back__mutmut_6'] = x_put_back__mutmut_6 # type: ignore # mutmut generated
mutants_x_put_back__mutmut['x_put_back__mutmut_7'] = x_put_back__mutmut_7 # type: ignore # mutmut generated
mutants_x_put_back__mutmut['x_put_back__mutmut_8'] = x_put_back__mutmut_8 # type: ignore # mutmut generated
mutants_x_put_back__mutmut['x_put_back__mutmut_9'] = x_put_back__mutmut_9 # type: ignore # mutmut generated
mutants_x_put_back__mutmut['x_put_back__mutmut_10'] = x_put_back__mutmut_10 # type: ignore # mutmut generated
mutants_x_put_back__mutmut['x_put_back__mutmut_11'] = x_put_back__mutmut_11 # type: ignore # mutmut generated
mutants_x_put_back__mutmut['x_put_back__mutmut_12'] = x_put_back__mutmut_12 # type: ignore # mutmut generated
mutants_x_put_back__mutmut['x_put_back__mutmut_13'] = x_put_back__mutmut_13 # type: ignore # mutmut generated
mutants_x_same__mutmut: MutantDict = {}  # type: ignore


@_mutmut_mutated(mutants_x_same__mutmut)
def same(left: Any, right: Any) -> bool:
    """Return whether two values that the server gave mean the same: nulls and empties, key order and list order do not count."""
    if isinstance(left, Mapping) and isinstance(right, Mapping):
        return all(same(left.get(key), right.get(key)) for key in left.keys() | right.keys())
    if isinstance(left, list) and isinstance(right, list):
        ours, theirs = ({item_key(item): item for item in side} for side in (left, right))
        return len(left) == len(right) and ours.keys() == theirs.keys() and all(same(ours[key], theirs[key]) for key in ours)
    return bool(left == right) or (is_empty(left) and is_empty(right))


def x_same__mutmut_orig(left: Any, right: Any) -> bool:
    """Return whether two values that the server gave mean the same: nulls and empties, key order and list order do not count."""
    if isinstance(left, Mapping) and isinstance(right, Mapping):
        return all(same(left.get(key), right.get(key)) for key in left.keys() | right.keys())
    if isinstance(left, list) and isinstance(right, list):
        ours, theirs = ({item_key(item): item for item in side} for side in (left, right))
        return len(left) == len(right) and ours.keys() == theirs.keys() and all(same(ours[key], theirs[key]) for key in ours)
    return bool(left == right) or (is_empty(left) and is_empty(right))


def x_same__mutmut_1(left: Any, right: Any) -> bool:
    """Return whether two values that the server gave mean the same: nulls and empties, key order and list order do not count."""
    if isinstance(left, Mapping) or isinstance(right, Mapping):
        return all(same(left.get(key), right.get(key)) for key in left.keys() | right.keys())
    if isinstance(left, list) and isinstance(right, list):
        ours, theirs = ({item_key(item): item for item in side} for side in (left, right))
        return len(left) == len(right) and ours.keys() == theirs.keys() and all(same(ours[key], theirs[key]) for key in ours)
    return bool(left == right) or (is_empty(left) and is_empty(right))


def x_same__mutmut_2(left: Any, right: Any) -> bool:
    """Return whether two values that the server gave mean the same: nulls and empties, key order and list order do not count."""
    if isinstance(left, Mapping) and isinstance(right, Mapping):
        return all(None)
    if isinstance(left, list) and isinstance(right, list):
        ours, theirs = ({item_key(item): item for item in side} for side in (left, right))
        return len(left) == len(right) and ours.keys() == theirs.keys() and all(same(ours[key], theirs[key]) for key in ours)
    return bool(left == right) or (is_empty(left) and is_empty(right))


def x_same__mutmut_3(left: Any, right: Any) -> bool:
    """Return whether two values that the server gave mean the same: nulls and empties, key order and list order do not count."""
    if isinstance(left, Mapping) and isinstance(right, Mapping):
        return all(same(None, right.get(key)) for key in left.keys() | right.keys())
    if isinstance(left, list) and isinstance(right, list):
        ours, theirs = ({item_key(item): item for item in side} for side in (left, right))
        return len(left) == len(right) and ours.keys() == theirs.keys() and all(same(ours[key], theirs[key]) for key in ours)
    return bool(left == right) or (is_empty(left) and is_empty(right))


def x_same__mutmut_4(left: Any, right: Any) -> bool:
    """Return whether two values that the server gave mean the same: nulls and empties, key order and list order do not count."""
    if isinstance(left, Mapping) and isinstance(right, Mapping):
        return all(same(left.get(key), None) for key in left.keys() | right.keys())
    if isinstance(left, list) and isinstance(right, list):
        ours, theirs = ({item_key(item): item for item in side} for side in (left, right))
        return len(left) == len(right) and ours.keys() == theirs.keys() and all(same(ours[key], theirs[key]) for key in ours)
    return bool(left == right) or (is_empty(left) and is_empty(right))


def x_same__mutmut_5(left: Any, right: Any) -> bool:
    """Return whether two values that the server gave mean the same: nulls and empties, key order and list order do not count."""
    if isinstance(left, Mapping) and isinstance(right, Mapping):
        return all(same(right.get(key)) for key in left.keys() | right.keys())
    if isinstance(left, list) and isinstance(right, list):
        ours, theirs = ({item_key(item): item for item in side} for side in (left, right))
        return len(left) == len(right) and ours.keys() == theirs.keys() and all(same(ours[key], theirs[key]) for key in ours)
    return bool(left == right) or (is_empty(left) and is_empty(right))


def x_same__mutmut_6(left: Any, right: Any) -> bool:
    """Return whether two values that the server gave mean the same: nulls and empties, key order and list order do not count."""
    if isinstance(left, Mapping) and isinstance(right, Mapping):
        return all(same(left.get(key), ) for key in left.keys() | right.keys())
    if isinstance(left, list) and isinstance(right, list):
        ours, theirs = ({item_key(item): item for item in side} for side in (left, right))
        return len(left) == len(right) and ours.keys() == theirs.keys() and all(same(ours[key], theirs[key]) for key in ours)
    return bool(left == right) or (is_empty(left) and is_empty(right))


def x_same__mutmut_7(left: Any, right: Any) -> bool:
    """Return whether two values that the server gave mean the same: nulls and empties, key order and list order do not count."""
    if isinstance(left, Mapping) and isinstance(right, Mapping):
        return all(same(left.get(None), right.get(key)) for key in left.keys() | right.keys())
    if isinstance(left, list) and isinstance(right, list):
        ours, theirs = ({item_key(item): item for item in side} for side in (left, right))
        return len(left) == len(right) and ours.keys() == theirs.keys() and all(same(ours[key], theirs[key]) for key in ours)
    return bool(left == right) or (is_empty(left) and is_empty(right))


def x_same__mutmut_8(left: Any, right: Any) -> bool:
    """Return whether two values that the server gave mean the same: nulls and empties, key order and list order do not count."""
    if isinstance(left, Mapping) and isinstance(right, Mapping):
        return all(same(left.get(key), right.get(None)) for key in left.keys() | right.keys())
    if isinstance(left, list) and isinstance(right, list):
        ours, theirs = ({item_key(item): item for item in side} for side in (left, right))
        return len(left) == len(right) and ours.keys() == theirs.keys() and all(same(ours[key], theirs[key]) for key in ours)
    return bool(left == right) or (is_empty(left) and is_empty(right))


def x_same__mutmut_9(left: Any, right: Any) -> bool:
    """Return whether two values that the server gave mean the same: nulls and empties, key order and list order do not count."""
    if isinstance(left, Mapping) and isinstance(right, Mapping):
        return all(same(left.get(key), right.get(key)) for key in left.keys() & right.keys())
    if isinstance(left, list) and isinstance(right, list):
        ours, theirs = ({item_key(item): item for item in side} for side in (left, right))
        return len(left) == len(right) and ours.keys() == theirs.keys() and all(same(ours[key], theirs[key]) for key in ours)
    return bool(left == right) or (is_empty(left) and is_empty(right))


def x_same__mutmut_10(left: Any, right: Any) -> bool:
    """Return whether two values that the server gave mean the same: nulls and empties, key order and list order do not count."""
    if isinstance(left, Mapping) and isinstance(right, Mapping):
        return all(same(left.get(key), right.get(key)) for key in left.keys() | right.keys())
    if isinstance(left, list) or isinstance(right, list):
        ours, theirs = ({item_key(item): item for item in side} for side in (left, right))
        return len(left) == len(right) and ours.keys() == theirs.keys() and all(same(ours[key], theirs[key]) for key in ours)
    return bool(left == right) or (is_empty(left) and is_empty(right))


def x_same__mutmut_11(left: Any, right: Any) -> bool:
    """Return whether two values that the server gave mean the same: nulls and empties, key order and list order do not count."""
    if isinstance(left, Mapping) and isinstance(right, Mapping):
        return all(same(left.get(key), right.get(key)) for key in left.keys() | right.keys())
    if isinstance(left, list) and isinstance(right, list):
        ours, theirs = None
        return len(left) == len(right) and ours.keys() == theirs.keys() and all(same(ours[key], theirs[key]) for key in ours)
    return bool(left == right) or (is_empty(left) and is_empty(right))


def x_same__mutmut_12(left: Any, right: Any) -> bool:
    """Return whether two values that the server gave mean the same: nulls and empties, key order and list order do not count."""
    if isinstance(left, Mapping) and isinstance(right, Mapping):
        return all(same(left.get(key), right.get(key)) for key in left.keys() | right.keys())
    if isinstance(left, list) and isinstance(right, list):
        ours, theirs = ({item_key(None): item for item in side} for side in (left, right))
        return len(left) == len(right) and ours.keys() == theirs.keys() and all(same(ours[key], theirs[key]) for key in ours)
    return bool(left == right) or (is_empty(left) and is_empty(right))


def x_same__mutmut_13(left: Any, right: Any) -> bool:
    """Return whether two values that the server gave mean the same: nulls and empties, key order and list order do not count."""
    if isinstance(left, Mapping) and isinstance(right, Mapping):
        return all(same(left.get(key), right.get(key)) for key in left.keys() | right.keys())
    if isinstance(left, list) and isinstance(right, list):
        ours, theirs = ({item_key(item): item for item in side} for side in (left, right))
        return len(left) == len(right) and ours.keys() == theirs.keys() or all(same(ours[key], theirs[key]) for key in ours)
    return bool(left == right) or (is_empty(left) and is_empty(right))


def x_same__mutmut_14(left: Any, right: Any) -> bool:
    """Return whether two values that the server gave mean the same: nulls and empties, key order and list order do not count."""
    if isinstance(left, Mapping) and isinstance(right, Mapping):
        return all(same(left.get(key), right.get(key)) for key in left.keys() | right.keys())
    if isinstance(left, list) and isinstance(right, list):
        ours, theirs = ({item_key(item): item for item in side} for side in (left, right))
        return len(left) == len(right) or ours.keys() == theirs.keys() and all(same(ours[key], theirs[key]) for key in ours)
    return bool(left == right) or (is_empty(left) and is_empty(right))


def x_same__mutmut_15(left: Any, right: Any) -> bool:
    """Return whether two values that the server gave mean the same: nulls and empties, key order and list order do not count."""
    if isinstance(left, Mapping) and isinstance(right, Mapping):
        return all(same(left.get(key), right.get(key)) for key in left.keys() | right.keys())
    if isinstance(left, list) and isinstance(right, list):
        ours, theirs = ({item_key(item): item for item in side} for side in (left, right))
        return len(left) != len(right) and ours.keys() == theirs.keys() and all(same(ours[key], theirs[key]) for key in ours)
    return bool(left == right) or (is_empty(left) and is_empty(right))


def x_same__mutmut_16(left: Any, right: Any) -> bool:
    """Return whether two values that the server gave mean the same: nulls and empties, key order and list order do not count."""
    if isinstance(left, Mapping) and isinstance(right, Mapping):
        return all(same(left.get(key), right.get(key)) for key in left.keys() | right.keys())
    if isinstance(left, list) and isinstance(right, list):
        ours, theirs = ({item_key(item): item for item in side} for side in (left, right))
        return len(left) == len(right) and ours.keys() != theirs.keys() and all(same(ours[key], theirs[key]) for key in ours)
    return bool(left == right) or (is_empty(left) and is_empty(right))


def x_same__mutmut_17(left: Any, right: Any) -> bool:
    """Return whether two values that the server gave mean the same: nulls and empties, key order and list order do not count."""
    if isinstance(left, Mapping) and isinstance(right, Mapping):
        return all(same(left.get(key), right.get(key)) for key in left.keys() | right.keys())
    if isinstance(left, list) and isinstance(right, list):
        ours, theirs = ({item_key(item): item for item in side} for side in (left, right))
        return len(left) == len(right) and ours.keys() == theirs.keys() and all(None)
    return bool(left == right) or (is_empty(left) and is_empty(right))


def x_same__mutmut_18(left: Any, right: Any) -> bool:
    """Return whether two values that the server gave mean the same: nulls and empties, key order and list order do not count."""
    if isinstance(left, Mapping) and isinstance(right, Mapping):
        return all(same(left.get(key), right.get(key)) for key in left.keys() | right.keys())
    if isinstance(left, list) and isinstance(right, list):
        ours, theirs = ({item_key(item): item for item in side} for side in (left, right))
        return len(left) == len(right) and ours.keys() == theirs.keys() and all(same(None, theirs[key]) for key in ours)
    return bool(left == right) or (is_empty(left) and is_empty(right))


def x_same__mutmut_19(left: Any, right: Any) -> bool:
    """Return whether two values that the server gave mean the same: nulls and empties, key order and list order do not count."""
    if isinstance(left, Mapping) and isinstance(right, Mapping):
        return all(same(left.get(key), right.get(key)) for key in left.keys() | right.keys())
    if isinstance(left, list) and isinstance(right, list):
        ours, theirs = ({item_key(item): item for item in side} for side in (left, right))
        return len(left) == len(right) and ours.keys() == theirs.keys() and all(same(ours[key], None) for key in ours)
    return bool(left == right) or (is_empty(left) and is_empty(right))


def x_same__mutmut_20(left: Any, right: Any) -> bool:
    """Return whether two values that the server gave mean the same: nulls and empties, key order and list order do not count."""
    if isinstance(left, Mapping) and isinstance(right, Mapping):
        return all(same(left.get(key), right.get(key)) for key in left.keys() | right.keys())
    if isinstance(left, list) and isinstance(right, list):
        ours, theirs = ({item_key(item): item for item in side} for side in (left, right))
        return len(left) == len(right) and ours.keys() == theirs.keys() and all(same(theirs[key]) for key in ours)
    return bool(left == right) or (is_empty(left) and is_empty(right))


def x_same__mutmut_21(left: Any, right: Any) -> bool:
    """Return whether two values that the server gave mean the same: nulls and empties, key order and list order do not count."""
    if isinstance(left, Mapping) and isinstance(right, Mapping):
        return all(same(left.get(key), right.get(key)) for key in left.keys() | right.keys())
    if isinstance(left, list) and isinstance(right, list):
        ours, theirs = ({item_key(item): item for item in side} for side in (left, right))
        return len(left) == len(right) and ours.keys() == theirs.keys() and all(same(ours[key], ) for key in ours)
    return bool(left == right) or (is_empty(left) and is_empty(right))


def x_same__mutmut_22(left: Any, right: Any) -> bool:
    """Return whether two values that the server gave mean the same: nulls and empties, key order and list order do not count."""
    if isinstance(left, Mapping) and isinstance(right, Mapping):
        return all(same(left.get(key), right.get(key)) for key in left.keys() | right.keys())
    if isinstance(left, list) and isinstance(right, list):
        ours, theirs = ({item_key(item): item for item in side} for side in (left, right))
        return len(left) == len(right) and ours.keys() == theirs.keys() and all(same(ours[key], theirs[key]) for key in ours)
    return bool(left == right) and (is_empty(left) and is_empty(right))


def x_same__mutmut_23(left: Any, right: Any) -> bool:
    """Return whether two values that the server gave mean the same: nulls and empties, key order and list order do not count."""
    if isinstance(left, Mapping) and isinstance(right, Mapping):
        return all(same(left.get(key), right.get(key)) for key in left.keys() | right.keys())
    if isinstance(left, list) and isinstance(right, list):
        ours, theirs = ({item_key(item): item for item in side} for side in (left, right))
        return len(left) == len(right) and ours.keys() == theirs.keys() and all(same(ours[key], theirs[key]) for key in ours)
    return bool(None) or (is_empty(left) and is_empty(right))


def x_same__mutmut_24(left: Any, right: Any) -> bool:
    """Return whether two values that the server gave mean the same: nulls and empties, key order and list order do not count."""
    if isinstance(left, Mapping) and isinstance(right, Mapping):
        return all(same(left.get(key), right.get(key)) for key in left.keys() | right.keys())
    if isinstance(left, list) and isinstance(right, list):
        ours, theirs = ({item_key(item): item for item in side} for side in (left, right))
        return len(left) == len(right) and ours.keys() == theirs.keys() and all(same(ours[key], theirs[key]) for key in ours)
    return bool(left != right) or (is_empty(left) and is_empty(right))


def x_same__mutmut_25(left: Any, right: Any) -> bool:
    """Return whether two values that the server gave mean the same: nulls and empties, key order and list order do not count."""
    if isinstance(left, Mapping) and isinstance(right, Mapping):
        return all(same(left.get(key), right.get(key)) for key in left.keys() | right.keys())
    if isinstance(left, list) and isinstance(right, list):
        ours, theirs = ({item_key(item): item for item in side} for side in (left, right))
        return len(left) == len(right) and ours.keys() == theirs.keys() and all(same(ours[key], theirs[key]) for key in ours)
    return bool(left == right) or (is_empty(left) or is_empty(right))


def x_same__mutmut_26(left: Any, right: Any) -> bool:
    """Return whether two values that the server gave mean the same: nulls and empties, key order and list order do not count."""
    if isinstance(left, Mapping) and isinstance(right, Mapping):
        return all(same(left.get(key), right.get(key)) for key in left.keys() | right.keys())
    if isinstance(left, list) and isinstance(right, list):
        ours, theirs = ({item_key(item): item for item in side} for side in (left, right))
        return len(left) == len(right) and ours.keys() == theirs.keys() and all(same(ours[key], theirs[key]) for key in ours)
    return bool(left == right) or (is_empty(None) and is_empty(right))


def x_same__mutmut_27(left: Any, right: Any) -> bool:
    """Return whether two values that the server gave mean the same: nulls and empties, key order and list order do not count."""
    if isinstance(left, Mapping) and isinstance(right, Mapping):
        return all(same(left.get(key), right.get(key)) for key in left.keys() | right.keys())
    if isinstance(left, list) and isinstance(right, list):
        ours, theirs = ({item_key(item): item for item in side} for side in (left, right))
        return len(left) == len(right) and ours.keys() == theirs.keys() and all(same(ours[key], theirs[key]) for key in ours)
    return bool(left == right) or (is_empty(left) and is_empty(None))

mutants_x_same__mutmut['_mutmut_orig'] = x_same__mutmut_orig # type: ignore # mutmut generated
mutants_x_same__mutmut['x_same__mutmut_1'] = x_same__mutmut_1 # type: ignore # mutmut generated
mutants_x_same__mutmut['x_same__mutmut_2'] = x_same__mutmut_2 # type: ignore # mutmut generated
mutants_x_same__mutmut['x_same__mutmut_3'] = x_same__mutmut_3 # type: ignore # mutmut generated
mutants_x_same__mutmut['x_same__mutmut_4'] = x_same__mutmut_4 # type: ignore # mutmut generated
mutants_x_same__mutmut['x_same__mutmut_5'] = x_same__mutmut_5 # type: ignore # mutmut generated
mutants_x_same__mutmut['x_same__mutmut_6'] = x_same__mutmut_6 # type: ignore # mutmut generated
mutants_x_same__mutmut['x_same__mutmut_7'] = x_same__mutmut_7 # type: ignore # mutmut generated
mutants_x_same__mutmut['x_same__mutmut_8'] = x_same__mutmut_8 # type: ignore # mutmut generated
mutants_x_same__mutmut['x_same__mutmut_9'] = x_same__mutmut_9 # type: ignore # mutmut generated
mutants_x_same__mutmut['x_same__mutmut_10'] = x_same__mutmut_10 # type: ignore # mutmut generated
mutants_x_same__mutmut['x_same__mutmut_11'] = x_same__mutmut_11 # type: ignore # mutmut generated
mutants_x_same__mutmut['x_same__mutmut_12'] = x_same__mutmut_12 # type: ignore # mutmut generated
mutants_x_same__mutmut['x_same__mutmut_13'] = x_same__mutmut_13 # type: ignore # mutmut generated
mutants_x_same__mutmut['x_same__mutmut_14'] = x_same__mutmut_14 # type: ignore # mutmut generated
mutants_x_same__mutmut['x_same__mutmut_15'] = x_same__mutmut_15 # type: ignore # mutmut generated
mutants_x_same__mutmut['x_same__mutmut_16'] = x_same__mutmut_16 # type: ignore # mutmut generated
mutants_x_same__mutmut['x_same__mutmut_17'] = x_same__mutmut_17 # type: ignore # mutmut generated
mutants_x_same__mutmut['x_same__mutmut_18'] = x_same__mutmut_18 # type: ignore # mutmut generated
mutants_x_same__mutmut['x_same__mutmut_19'] = x_same__mutmut_19 # type: ignore # mutmut generated
mutants_x_same__mutmut['x_same__mutmut_20'] = x_same__mutmut_20 # type: ignore # mutmut generated
mutants_x_same__mutmut['x_same__mutmut_21'] = x_same__mutmut_21 # type: ignore # mutmut generated
mutants_x_same__mutmut['x_same__mutmut_22'] = x_same__mutmut_22 # type: ignore # mutmut generated
mutants_x_same__mutmut['x_same__mutmut_23'] = x_same__mutmut_23 # type: ignore # mutmut generated
mutants_x_same__mutmut['x_same__mutmut_24'] = x_same__mutmut_24 # type: ignore # mutmut generated
mutants_x_same__mutmut['x_same__mutmut_25'] = x_same__mutmut_25 # type: ignore # mutmut generated
mutants_x_same__mutmut['x_same__mutmut_26'] = x_same__mutmut_26 # type: ignore # mutmut generated
mutants_x_same__mutmut['x_same__mutmut_27'] = x_same__mutmut_27 # type: ignore # mutmut generated
mutants_x__put_back_items__mutmut: MutantDict = {}  # type: ignore


@_mutmut_mutated(mutants_x__put_back_items__mutmut)
def _put_back_items(pre: Sequence[Any], after: Sequence[Any], now: Sequence[Any]) -> list[Any]:
    before, ours = ({item_key(item): item for item in side} for side in (pre, after))
    kept = []
    for item in now:
        key = item_key(item)
        if key in ours and key not in before:
            if not same(item, ours[key]):
                kept.append(item)  # we added it, somebody changed it since: theirs now
        elif key in before and key in ours and same(item, ours[key]):
            kept.append(before[key])
        else:
            kept.append(item)
    present = {item_key(item) for item in now}
    kept += [item for key, item in before.items() if key not in ours and key not in present]
    return _one_primary(kept, {key for key, item in before.items() if isinstance(item, Mapping) and item.get("primary")})


def x__put_back_items__mutmut_orig(pre: Sequence[Any], after: Sequence[Any], now: Sequence[Any]) -> list[Any]:
    before, ours = ({item_key(item): item for item in side} for side in (pre, after))
    kept = []
    for item in now:
        key = item_key(item)
        if key in ours and key not in before:
            if not same(item, ours[key]):
                kept.append(item)  # we added it, somebody changed it since: theirs now
        elif key in before and key in ours and same(item, ours[key]):
            kept.append(before[key])
        else:
            kept.append(item)
    present = {item_key(item) for item in now}
    kept += [item for key, item in before.items() if key not in ours and key not in present]
    return _one_primary(kept, {key for key, item in before.items() if isinstance(item, Mapping) and item.get("primary")})


def x__put_back_items__mutmut_1(pre: Sequence[Any], after: Sequence[Any], now: Sequence[Any]) -> list[Any]:
    before, ours = None
    kept = []
    for item in now:
        key = item_key(item)
        if key in ours and key not in before:
            if not same(item, ours[key]):
                kept.append(item)  # we added it, somebody changed it since: theirs now
        elif key in before and key in ours and same(item, ours[key]):
            kept.append(before[key])
        else:
            kept.append(item)
    present = {item_key(item) for item in now}
    kept += [item for key, item in before.items() if key not in ours and key not in present]
    return _one_primary(kept, {key for key, item in before.items() if isinstance(item, Mapping) and item.get("primary")})


def x__put_back_items__mutmut_2(pre: Sequence[Any], after: Sequence[Any], now: Sequence[Any]) -> list[Any]:
    before, ours = ({item_key(None): item for item in side} for side in (pre, after))
    kept = []
    for item in now:
        key = item_key(item)
        if key in ours and key not in before:
            if not same(item, ours[key]):
                kept.append(item)  # we added it, somebody changed it since: theirs now
        elif key in before and key in ours and same(item, ours[key]):
            kept.append(before[key])
        else:
            kept.append(item)
    present = {item_key(item) for item in now}
    kept += [item for key, item in before.items() if key not in ours and key not in present]
    return _one_primary(kept, {key for key, item in before.items() if isinstance(item, Mapping) and item.get("primary")})


def x__put_back_items__mutmut_3(pre: Sequence[Any], after: Sequence[Any], now: Sequence[Any]) -> list[Any]:
    before, ours = ({item_key(item): item for item in side} for side in (pre, after))
    kept = None
    for item in now:
        key = item_key(item)
        if key in ours and key not in before:
            if not same(item, ours[key]):
                kept.append(item)  # we added it, somebody changed it since: theirs now
        elif key in before and key in ours and same(item, ours[key]):
            kept.append(before[key])
        else:
            kept.append(item)
    present = {item_key(item) for item in now}
    kept += [item for key, item in before.items() if key not in ours and key not in present]
    return _one_primary(kept, {key for key, item in before.items() if isinstance(item, Mapping) and item.get("primary")})


def x__put_back_items__mutmut_4(pre: Sequence[Any], after: Sequence[Any], now: Sequence[Any]) -> list[Any]:
    before, ours = ({item_key(item): item for item in side} for side in (pre, after))
    kept = []
    for item in now:
        key = None
        if key in ours and key not in before:
            if not same(item, ours[key]):
                kept.append(item)  # we added it, somebody changed it since: theirs now
        elif key in before and key in ours and same(item, ours[key]):
            kept.append(before[key])
        else:
            kept.append(item)
    present = {item_key(item) for item in now}
    kept += [item for key, item in before.items() if key not in ours and key not in present]
    return _one_primary(kept, {key for key, item in before.items() if isinstance(item, Mapping) and item.get("primary")})


def x__put_back_items__mutmut_5(pre: Sequence[Any], after: Sequence[Any], now: Sequence[Any]) -> list[Any]:
    before, ours = ({item_key(item): item for item in side} for side in (pre, after))
    kept = []
    for item in now:
        key = item_key(None)
        if key in ours and key not in before:
            if not same(item, ours[key]):
                kept.append(item)  # we added it, somebody changed it since: theirs now
        elif key in before and key in ours and same(item, ours[key]):
            kept.append(before[key])
        else:
            kept.append(item)
    present = {item_key(item) for item in now}
    kept += [item for key, item in before.items() if key not in ours and key not in present]
    return _one_primary(kept, {key for key, item in before.items() if isinstance(item, Mapping) and item.get("primary")})


def x__put_back_items__mutmut_6(pre: Sequence[Any], after: Sequence[Any], now: Sequence[Any]) -> list[Any]:
    before, ours = ({item_key(item): item for item in side} for side in (pre, after))
    kept = []
    for item in now:
        key = item_key(item)
        if key in ours or key not in before:
            if not same(item, ours[key]):
                kept.append(item)  # we added it, somebody changed it since: theirs now
        elif key in before and key in ours and same(item, ours[key]):
            kept.append(before[key])
        else:
            kept.append(item)
    present = {item_key(item) for item in now}
    kept += [item for key, item in before.items() if key not in ours and key not in present]
    return _one_primary(kept, {key for key, item in before.items() if isinstance(item, Mapping) and item.get("primary")})


def x__put_back_items__mutmut_7(pre: Sequence[Any], after: Sequence[Any], now: Sequence[Any]) -> list[Any]:
    before, ours = ({item_key(item): item for item in side} for side in (pre, after))
    kept = []
    for item in now:
        key = item_key(item)
        if key not in ours and key not in before:
            if not same(item, ours[key]):
                kept.append(item)  # we added it, somebody changed it since: theirs now
        elif key in before and key in ours and same(item, ours[key]):
            kept.append(before[key])
        else:
            kept.append(item)
    present = {item_key(item) for item in now}
    kept += [item for key, item in before.items() if key not in ours and key not in present]
    return _one_primary(kept, {key for key, item in before.items() if isinstance(item, Mapping) and item.get("primary")})


def x__put_back_items__mutmut_8(pre: Sequence[Any], after: Sequence[Any], now: Sequence[Any]) -> list[Any]:
    before, ours = ({item_key(item): item for item in side} for side in (pre, after))
    kept = []
    for item in now:
        key = item_key(item)
        if key in ours and key in before:
            if not same(item, ours[key]):
                kept.append(item)  # we added it, somebody changed it since: theirs now
        elif key in before and key in ours and same(item, ours[key]):
            kept.append(before[key])
        else:
            kept.append(item)
    present = {item_key(item) for item in now}
    kept += [item for key, item in before.items() if key not in ours and key not in present]
    return _one_primary(kept, {key for key, item in before.items() if isinstance(item, Mapping) and item.get("primary")})


def x__put_back_items__mutmut_9(pre: Sequence[Any], after: Sequence[Any], now: Sequence[Any]) -> list[Any]:
    before, ours = ({item_key(item): item for item in side} for side in (pre, after))
    kept = []
    for item in now:
        key = item_key(item)
        if key in ours and key not in before:
            if same(item, ours[key]):
                kept.append(item)  # we added it, somebody changed it since: theirs now
        elif key in before and key in ours and same(item, ours[key]):
            kept.append(before[key])
        else:
            kept.append(item)
    present = {item_key(item) for item in now}
    kept += [item for key, item in before.items() if key not in ours and key not in present]
    return _one_primary(kept, {key for key, item in before.items() if isinstance(item, Mapping) and item.get("primary")})


def x__put_back_items__mutmut_10(pre: Sequence[Any], after: Sequence[Any], now: Sequence[Any]) -> list[Any]:
    before, ours = ({item_key(item): item for item in side} for side in (pre, after))
    kept = []
    for item in now:
        key = item_key(item)
        if key in ours and key not in before:
            if not same(None, ours[key]):
                kept.append(item)  # we added it, somebody changed it since: theirs now
        elif key in before and key in ours and same(item, ours[key]):
            kept.append(before[key])
        else:
            kept.append(item)
    present = {item_key(item) for item in now}
    kept += [item for key, item in before.items() if key not in ours and key not in present]
    return _one_primary(kept, {key for key, item in before.items() if isinstance(item, Mapping) and item.get("primary")})


def x__put_back_items__mutmut_11(pre: Sequence[Any], after: Sequence[Any], now: Sequence[Any]) -> list[Any]:
    before, ours = ({item_key(item): item for item in side} for side in (pre, after))
    kept = []
    for item in now:
        key = item_key(item)
        if key in ours and key not in before:
            if not same(item, None):
                kept.append(item)  # we added it, somebody changed it since: theirs now
        elif key in before and key in ours and same(item, ours[key]):
            kept.append(before[key])
        else:
            kept.append(item)
    present = {item_key(item) for item in now}
    kept += [item for key, item in before.items() if key not in ours and key not in present]
    return _one_primary(kept, {key for key, item in before.items() if isinstance(item, Mapping) and item.get("primary")})


def x__put_back_items__mutmut_12(pre: Sequence[Any], after: Sequence[Any], now: Sequence[Any]) -> list[Any]:
    before, ours = ({item_key(item): item for item in side} for side in (pre, after))
    kept = []
    for item in now:
        key = item_key(item)
        if key in ours and key not in before:
            if not same(ours[key]):
                kept.append(item)  # we added it, somebody changed it since: theirs now
        elif key in before and key in ours and same(item, ours[key]):
            kept.append(before[key])
        else:
            kept.append(item)
    present = {item_key(item) for item in now}
    kept += [item for key, item in before.items() if key not in ours and key not in present]
    return _one_primary(kept, {key for key, item in before.items() if isinstance(item, Mapping) and item.get("primary")})


def x__put_back_items__mutmut_13(pre: Sequence[Any], after: Sequence[Any], now: Sequence[Any]) -> list[Any]:
    before, ours = ({item_key(item): item for item in side} for side in (pre, after))
    kept = []
    for item in now:
        key = item_key(item)
        if key in ours and key not in before:
            if not same(item, ):
                kept.append(item)  # we added it, somebody changed it since: theirs now
        elif key in before and key in ours and same(item, ours[key]):
            kept.append(before[key])
        else:
            kept.append(item)
    present = {item_key(item) for item in now}
    kept += [item for key, item in before.items() if key not in ours and key not in present]
    return _one_primary(kept, {key for key, item in before.items() if isinstance(item, Mapping) and item.get("primary")})


def x__put_back_items__mutmut_14(pre: Sequence[Any], after: Sequence[Any], now: Sequence[Any]) -> list[Any]:
    before, ours = ({item_key(item): item for item in side} for side in (pre, after))
    kept = []
    for item in now:
        key = item_key(item)
        if key in ours and key not in before:
            if not same(item, ours[key]):
                kept.append(None)  # we added it, somebody changed it since: theirs now
        elif key in before and key in ours and same(item, ours[key]):
            kept.append(before[key])
        else:
            kept.append(item)
    present = {item_key(item) for item in now}
    kept += [item for key, item in before.items() if key not in ours and key not in present]
    return _one_primary(kept, {key for key, item in before.items() if isinstance(item, Mapping) and item.get("primary")})


def x__put_back_items__mutmut_15(pre: Sequence[Any], after: Sequence[Any], now: Sequence[Any]) -> list[Any]:
    before, ours = ({item_key(item): item for item in side} for side in (pre, after))
    kept = []
    for item in now:
        key = item_key(item)
        if key in ours and key not in before:
            if not same(item, ours[key]):
                kept.append(item)  # we added it, somebody changed it since: theirs now
        elif key in before and key in ours or same(item, ours[key]):
            kept.append(before[key])
        else:
            kept.append(item)
    present = {item_key(item) for item in now}
    kept += [item for key, item in before.items() if key not in ours and key not in present]
    return _one_primary(kept, {key for key, item in before.items() if isinstance(item, Mapping) and item.get("primary")})


def x__put_back_items__mutmut_16(pre: Sequence[Any], after: Sequence[Any], now: Sequence[Any]) -> list[Any]:
    before, ours = ({item_key(item): item for item in side} for side in (pre, after))
    kept = []
    for item in now:
        key = item_key(item)
        if key in ours and key not in before:
            if not same(item, ours[key]):
                kept.append(item)  # we added it, somebody changed it since: theirs now
        elif key in before or key in ours and same(item, ours[key]):
            kept.append(before[key])
        else:
            kept.append(item)
    present = {item_key(item) for item in now}
    kept += [item for key, item in before.items() if key not in ours and key not in present]
    return _one_primary(kept, {key for key, item in before.items() if isinstance(item, Mapping) and item.get("primary")})


def x__put_back_items__mutmut_17(pre: Sequence[Any], after: Sequence[Any], now: Sequence[Any]) -> list[Any]:
    before, ours = ({item_key(item): item for item in side} for side in (pre, after))
    kept = []
    for item in now:
        key = item_key(item)
        if key in ours and key not in before:
            if not same(item, ours[key]):
                kept.append(item)  # we added it, somebody changed it since: theirs now
        elif key not in before and key in ours and same(item, ours[key]):
            kept.append(before[key])
        else:
            kept.append(item)
    present = {item_key(item) for item in now}
    kept += [item for key, item in before.items() if key not in ours and key not in present]
    return _one_primary(kept, {key for key, item in before.items() if isinstance(item, Mapping) and item.get("primary")})


def x__put_back_items__mutmut_18(pre: Sequence[Any], after: Sequence[Any], now: Sequence[Any]) -> list[Any]:
    before, ours = ({item_key(item): item for item in side} for side in (pre, after))
    kept = []
    for item in now:
        key = item_key(item)
        if key in ours and key not in before:
            if not same(item, ours[key]):
                kept.append(item)  # we added it, somebody changed it since: theirs now
        elif key in before and key not in ours and same(item, ours[key]):
            kept.append(before[key])
        else:
            kept.append(item)
    present = {item_key(item) for item in now}
    kept += [item for key, item in before.items() if key not in ours and key not in present]
    return _one_primary(kept, {key for key, item in before.items() if isinstance(item, Mapping) and item.get("primary")})


def x__put_back_items__mutmut_19(pre: Sequence[Any], after: Sequence[Any], now: Sequence[Any]) -> list[Any]:
    before, ours = ({item_key(item): item for item in side} for side in (pre, after))
    kept = []
    for item in now:
        key = item_key(item)
        if key in ours and key not in before:
            if not same(item, ours[key]):
                kept.append(item)  # we added it, somebody changed it since: theirs now
        elif key in before and key in ours and same(None, ours[key]):
            kept.append(before[key])
        else:
            kept.append(item)
    present = {item_key(item) for item in now}
    kept += [item for key, item in before.items() if key not in ours and key not in present]
    return _one_primary(kept, {key for key, item in before.items() if isinstance(item, Mapping) and item.get("primary")})


def x__put_back_items__mutmut_20(pre: Sequence[Any], after: Sequence[Any], now: Sequence[Any]) -> list[Any]:
    before, ours = ({item_key(item): item for item in side} for side in (pre, after))
    kept = []
    for item in now:
        key = item_key(item)
        if key in ours and key not in before:
            if not same(item, ours[key]):
                kept.append(item)  # we added it, somebody changed it since: theirs now
        elif key in before and key in ours and same(item, None):
            kept.append(before[key])
        else:
            kept.append(item)
    present = {item_key(item) for item in now}
    kept += [item for key, item in before.items() if key not in ours and key not in present]
    return _one_primary(kept, {key for key, item in before.items() if isinstance(item, Mapping) and item.get("primary")})


def x__put_back_items__mutmut_21(pre: Sequence[Any], after: Sequence[Any], now: Sequence[Any]) -> list[Any]:
    before, ours = ({item_key(item): item for item in side} for side in (pre, after))
    kept = []
    for item in now:
        key = item_key(item)
        if key in ours and key not in before:
            if not same(item, ours[key]):
                kept.append(item)  # we added it, somebody changed it since: theirs now
        elif key in before and key in ours and same(ours[key]):
            kept.append(before[key])
        else:
            kept.append(item)
    present = {item_key(item) for item in now}
    kept += [item for key, item in before.items() if key not in ours and key not in present]
    return _one_primary(kept, {key for key, item in before.items() if isinstance(item, Mapping) and item.get("primary")})


def x__put_back_items__mutmut_22(pre: Sequence[Any], after: Sequence[Any], now: Sequence[Any]) -> list[Any]:
    before, ours = ({item_key(item): item for item in side} for side in (pre, after))
    kept = []
    for item in now:
        key = item_key(item)
        if key in ours and key not in before:
            if not same(item, ours[key]):
                kept.append(item)  # we added it, somebody changed it since: theirs now
        elif key in before and key in ours and same(item, ):
            kept.append(before[key])
        else:
            kept.append(item)
    present = {item_key(item) for item in now}
    kept += [item for key, item in before.items() if key not in ours and key not in present]
    return _one_primary(kept, {key for key, item in before.items() if isinstance(item, Mapping) and item.get("primary")})


def x__put_back_items__mutmut_23(pre: Sequence[Any], after: Sequence[Any], now: Sequence[Any]) -> list[Any]:
    before, ours = ({item_key(item): item for item in side} for side in (pre, after))
    kept = []
    for item in now:
        key = item_key(item)
        if key in ours and key not in before:
            if not same(item, ours[key]):
                kept.append(item)  # we added it, somebody changed it since: theirs now
        elif key in before and key in ours and same(item, ours[key]):
            kept.append(None)
        else:
            kept.append(item)
    present = {item_key(item) for item in now}
    kept += [item for key, item in before.items() if key not in ours and key not in present]
    return _one_primary(kept, {key for key, item in before.items() if isinstance(item, Mapping) and item.get("primary")})


def x__put_back_items__mutmut_24(pre: Sequence[Any], after: Sequence[Any], now: Sequence[Any]) -> list[Any]:
    before, ours = ({item_key(item): item for item in side} for side in (pre, after))
    kept = []
    for item in now:
        key = item_key(item)
        if key in ours and key not in before:
            if not same(item, ours[key]):
                kept.append(item)  # we added it, somebody changed it since: theirs now
        elif key in before and key in ours and same(item, ours[key]):
            kept.append(before[key])
        else:
            kept.append(None)
    present = {item_key(item) for item in now}
    kept += [item for key, item in before.items() if key not in ours and key not in present]
    return _one_primary(kept, {key for key, item in before.items() if isinstance(item, Mapping) and item.get("primary")})


def x__put_back_items__mutmut_25(pre: Sequence[Any], after: Sequence[Any], now: Sequence[Any]) -> list[Any]:
    before, ours = ({item_key(item): item for item in side} for side in (pre, after))
    kept = []
    for item in now:
        key = item_key(item)
        if key in ours and key not in before:
            if not same(item, ours[key]):
                kept.append(item)  # we added it, somebody changed it since: theirs now
        elif key in before and key in ours and same(item, ours[key]):
            kept.append(before[key])
        else:
            kept.append(item)
    present = None
    kept += [item for key, item in before.items() if key not in ours and key not in present]
    return _one_primary(kept, {key for key, item in before.items() if isinstance(item, Mapping) and item.get("primary")})


def x__put_back_items__mutmut_26(pre: Sequence[Any], after: Sequence[Any], now: Sequence[Any]) -> list[Any]:
    before, ours = ({item_key(item): item for item in side} for side in (pre, after))
    kept = []
    for item in now:
        key = item_key(item)
        if key in ours and key not in before:
            if not same(item, ours[key]):
                kept.append(item)  # we added it, somebody changed it since: theirs now
        elif key in before and key in ours and same(item, ours[key]):
            kept.append(before[key])
        else:
            kept.append(item)
    present = {item_key(None) for item in now}
    kept += [item for key, item in before.items() if key not in ours and key not in present]
    return _one_primary(kept, {key for key, item in before.items() if isinstance(item, Mapping) and item.get("primary")})


def x__put_back_items__mutmut_27(pre: Sequence[Any], after: Sequence[Any], now: Sequence[Any]) -> list[Any]:
    before, ours = ({item_key(item): item for item in side} for side in (pre, after))
    kept = []
    for item in now:
        key = item_key(item)
        if key in ours and key not in before:
            if not same(item, ours[key]):
                kept.append(item)  # we added it, somebody changed it since: theirs now
        elif key in before and key in ours and same(item, ours[key]):
            kept.append(before[key])
        else:
            kept.append(item)
    present = {item_key(item) for item in now}
    kept = [item for key, item in before.items() if key not in ours and key not in present]
    return _one_primary(kept, {key for key, item in before.items() if isinstance(item, Mapping) and item.get("primary")})


def x__put_back_items__mutmut_28(pre: Sequence[Any], after: Sequence[Any], now: Sequence[Any]) -> list[Any]:
    before, ours = ({item_key(item): item for item in side} for side in (pre, after))
    kept = []
    for item in now:
        key = item_key(item)
        if key in ours and key not in before:
            if not same(item, ours[key]):
                kept.append(item)  # we added it, somebody changed it since: theirs now
        elif key in before and key in ours and same(item, ours[key]):
            kept.append(before[key])
        else:
            kept.append(item)
    present = {item_key(item) for item in now}
    kept -= [item for key, item in before.items() if key not in ours and key not in present]
    return _one_primary(kept, {key for key, item in before.items() if isinstance(item, Mapping) and item.get("primary")})


def x__put_back_items__mutmut_29(pre: Sequence[Any], after: Sequence[Any], now: Sequence[Any]) -> list[Any]:
    before, ours = ({item_key(item): item for item in side} for side in (pre, after))
    kept = []
    for item in now:
        key = item_key(item)
        if key in ours and key not in before:
            if not same(item, ours[key]):
                kept.append(item)  # we added it, somebody changed it since: theirs now
        elif key in before and key in ours and same(item, ours[key]):
            kept.append(before[key])
        else:
            kept.append(item)
    present = {item_key(item) for item in now}
    kept += [item for key, item in before.items() if key not in ours or key not in present]
    return _one_primary(kept, {key for key, item in before.items() if isinstance(item, Mapping) and item.get("primary")})


def x__put_back_items__mutmut_30(pre: Sequence[Any], after: Sequence[Any], now: Sequence[Any]) -> list[Any]:
    before, ours = ({item_key(item): item for item in side} for side in (pre, after))
    kept = []
    for item in now:
        key = item_key(item)
        if key in ours and key not in before:
            if not same(item, ours[key]):
                kept.append(item)  # we added it, somebody changed it since: theirs now
        elif key in before and key in ours and same(item, ours[key]):
            kept.append(before[key])
        else:
            kept.append(item)
    present = {item_key(item) for item in now}
    kept += [item for key, item in before.items() if key in ours and key not in present]
    return _one_primary(kept, {key for key, item in before.items() if isinstance(item, Mapping) and item.get("primary")})


def x__put_back_items__mutmut_31(pre: Sequence[Any], after: Sequence[Any], now: Sequence[Any]) -> list[Any]:
    before, ours = ({item_key(item): item for item in side} for side in (pre, after))
    kept = []
    for item in now:
        key = item_key(item)
        if key in ours and key not in before:
            if not same(item, ours[key]):
                kept.append(item)  # we added it, somebody changed it since: theirs now
        elif key in before and key in ours and same(item, ours[key]):
            kept.append(before[key])
        else:
            kept.append(item)
    present = {item_key(item) for item in now}
    kept += [item for key, item in before.items() if key not in ours and key in present]
    return _one_primary(kept, {key for key, item in before.items() if isinstance(item, Mapping) and item.get("primary")})


def x__put_back_items__mutmut_32(pre: Sequence[Any], after: Sequence[Any], now: Sequence[Any]) -> list[Any]:
    before, ours = ({item_key(item): item for item in side} for side in (pre, after))
    kept = []
    for item in now:
        key = item_key(item)
        if key in ours and key not in before:
            if not same(item, ours[key]):
                kept.append(item)  # we added it, somebody changed it since: theirs now
        elif key in before and key in ours and same(item, ours[key]):
            kept.append(before[key])
        else:
            kept.append(item)
    present = {item_key(item) for item in now}
    kept += [item for key, item in before.items() if key not in ours and key not in present]
    return _one_primary(None, {key for key, item in before.items() if isinstance(item, Mapping) and item.get("primary")})


def x__put_back_items__mutmut_33(pre: Sequence[Any], after: Sequence[Any], now: Sequence[Any]) -> list[Any]:
    before, ours = ({item_key(item): item for item in side} for side in (pre, after))
    kept = []
    for item in now:
        key = item_key(item)
        if key in ours and key not in before:
            if not same(item, ours[key]):
                kept.append(item)  # we added it, somebody changed it since: theirs now
        elif key in before and key in ours and same(item, ours[key]):
            kept.append(before[key])
        else:
            kept.append(item)
    present = {item_key(item) for item in now}
    kept += [item for key, item in before.items() if key not in ours and key not in present]
    return _one_primary(kept, None)


def x__put_back_items__mutmut_34(pre: Sequence[Any], after: Sequence[Any], now: Sequence[Any]) -> list[Any]:
    before, ours = ({item_key(item): item for item in side} for side in (pre, after))
    kept = []
    for item in now:
        key = item_key(item)
        if key in ours and key not in before:
            if not same(item, ours[key]):
                kept.append(item)  # we added it, somebody changed it since: theirs now
        elif key in before and key in ours and same(item, ours[key]):
            kept.append(before[key])
        else:
            kept.append(item)
    present = {item_key(item) for item in now}
    kept += [item for key, item in before.items() if key not in ours and key not in present]
    return _one_primary({key for key, item in before.items() if isinstance(item, Mapping) and item.get("primary")})


def x__put_back_items__mutmut_35(pre: Sequence[Any], after: Sequence[Any], now: Sequence[Any]) -> list[Any]:
    before, ours = ({item_key(item): item for item in side} for side in (pre, after))
    kept = []
    for item in now:
        key = item_key(item)
        if key in ours and key not in before:
            if not same(item, ours[key]):
                kept.append(item)  # we added it, somebody changed it since: theirs now
        elif key in before and key in ours and same(item, ours[key]):
            kept.append(before[key])
        else:
            kept.append(item)
    present = {item_key(item) for item in now}
    kept += [item for key, item in before.items() if key not in ours and key not in present]
    return _one_primary(kept, )


def x__put_back_items__mutmut_36(pre: Sequence[Any], after: Sequence[Any], now: Sequence[Any]) -> list[Any]:
    before, ours = ({item_key(item): item for item in side} for side in (pre, after))
    kept = []
    for item in now:
        key = item_key(item)
        if key in ours and key not in before:
            if not same(item, ours[key]):
                kept.append(item)  # we added it, somebody changed it since: theirs now
        elif key in before and key in ours and same(item, ours[key]):
            kept.append(before[key])
        else:
            kept.append(item)
    present = {item_key(item) for item in now}
    kept += [item for key, item in before.items() if key not in ours and key not in present]
    return _one_primary(kept, {key for key, item in before.items() if isinstance(item, Mapping) or item.get("primary")})


def x__put_back_items__mutmut_37(pre: Sequence[Any], after: Sequence[Any], now: Sequence[Any]) -> list[Any]:
    before, ours = ({item_key(item): item for item in side} for side in (pre, after))
    kept = []
    for item in now:
        key = item_key(item)
        if key in ours and key not in before:
            if not same(item, ours[key]):
                kept.append(item)  # we added it, somebody changed it since: theirs now
        elif key in before and key in ours and same(item, ours[key]):
            kept.append(before[key])
        else:
            kept.append(item)
    present = {item_key(item) for item in now}
    kept += [item for key, item in before.items() if key not in ours and key not in present]
    return _one_primary(kept, {key for key, item in before.items() if isinstance(item, Mapping) and item.get(None)})


def x__put_back_items__mutmut_38(pre: Sequence[Any], after: Sequence[Any], now: Sequence[Any]) -> list[Any]:
    before, ours = ({item_key(item): item for item in side} for side in (pre, after))
    kept = []
    for item in now:
        key = item_key(item)
        if key in ours and key not in before:
            if not same(item, ours[key]):
                kept.append(item)  # we added it, somebody changed it since: theirs now
        elif key in before and key in ours and same(item, ours[key]):
            kept.append(before[key])
        else:
            kept.append(item)
    present = {item_key(item) for item in now}
    kept += [item for key, item in before.items() if key not in ours and key not in present]
    return _one_primary(kept, {key for key, item in before.items() if isinstance(item, Mapping) and item.get("XXprimaryXX")})


def x__put_back_items__mutmut_39(pre: Sequence[Any], after: Sequence[Any], now: Sequence[Any]) -> list[Any]:
    before, ours = ({item_key(item): item for item in side} for side in (pre, after))
    kept = []
    for item in now:
        key = item_key(item)
        if key in ours and key not in before:
            if not same(item, ours[key]):
                kept.append(item)  # we added it, somebody changed it since: theirs now
        elif key in before and key in ours and same(item, ours[key]):
            kept.append(before[key])
        else:
            kept.append(item)
    present = {item_key(item) for item in now}
    kept += [item for key, item in before.items() if key not in ours and key not in present]
    return _one_primary(kept, {key for key, item in before.items() if isinstance(item, Mapping) and item.get("PRIMARY")})

mutants_x__put_back_items__mutmut['_mutmut_orig'] = x__put_back_items__mutmut_orig # type: ignore # mutmut generated
mutants_x__put_back_items__mutmut['x__put_back_items__mutmut_1'] = x__put_back_items__mutmut_1 # type: ignore # mutmut generated
mutants_x__put_back_items__mutmut['x__put_back_items__mutmut_2'] = x__put_back_items__mutmut_2 # type: ignore # mutmut generated
mutants_x__put_back_items__mutmut['x__put_back_items__mutmut_3'] = x__put_back_items__mutmut_3 # type: ignore # mutmut generated
mutants_x__put_back_items__mutmut['x__put_back_items__mutmut_4'] = x__put_back_items__mutmut_4 # type: ignore # mutmut generated
mutants_x__put_back_items__mutmut['x__put_back_items__mutmut_5'] = x__put_back_items__mutmut_5 # type: ignore # mutmut generated
mutants_x__put_back_items__mutmut['x__put_back_items__mutmut_6'] = x__put_back_items__mutmut_6 # type: ignore # mutmut generated
mutants_x__put_back_items__mutmut['x__put_back_items__mutmut_7'] = x__put_back_items__mutmut_7 # type: ignore # mutmut generated
mutants_x__put_back_items__mutmut['x__put_back_items__mutmut_8'] = x__put_back_items__mutmut_8 # type: ignore # mutmut generated
mutants_x__put_back_items__mutmut['x__put_back_items__mutmut_9'] = x__put_back_items__mutmut_9 # type: ignore # mutmut generated
mutants_x__put_back_items__mutmut['x__put_back_items__mutmut_10'] = x__put_back_items__mutmut_10 # type: ignore # mutmut generated
mutants_x__put_back_items__mutmut['x__put_back_items__mutmut_11'] = x__put_back_items__mutmut_11 # type: ignore # mutmut generated
mutants_x__put_back_items__mutmut['x__put_back_items__mutmut_12'] = x__put_back_items__mutmut_12 # type: ignore # mutmut generated
mutants_x__put_back_items__mutmut['x__put_back_items__mutmut_13'] = x__put_back_items__mutmut_13 # type: ignore # mutmut generated
mutants_x__put_back_items__mutmut['x__put_back_items__mutmut_14'] = x__put_back_items__mutmut_14 # type: ignore # mutmut generated
mutants_x__put_back_items__mutmut['x__put_back_items__mutmut_15'] = x__put_back_items__mutmut_15 # type: ignore # mutmut generated
mutants_x__put_back_items__mutmut['x__put_back_items__mutmut_16'] = x__put_back_items__mutmut_16 # type: ignore # mutmut generated
mutants_x__put_back_items__mutmut['x__put_back_items__mutmut_17'] = x__put_back_items__mutmut_17 # type: ignore # mutmut generated
mutants_x__put_back_items__mutmut['x__put_back_items__mutmut_18'] = x__put_back_items__mutmut_18 # type: ignore # mutmut generated
mutants_x__put_back_items__mutmut['x__put_back_items__mutmut_19'] = x__put_back_items__mutmut_19 # type: ignore # mutmut generated
mutants_x__put_back_items__mutmut['x__put_back_items__mutmut_20'] = x__put_back_items__mutmut_20 # type: ignore # mutmut generated
mutants_x__put_back_items__mutmut['x__put_back_items__mutmut_21'] = x__put_back_items__mutmut_21 # type: ignore # mutmut generated
mutants_x__put_back_items__mutmut['x__put_back_items__mutmut_22'] = x__put_back_items__mutmut_22 # type: ignore # mutmut generated
mutants_x__put_back_items__mutmut['x__put_back_items__mutmut_23'] = x__put_back_items__mutmut_23 # type: ignore # mutmut generated
mutants_x__put_back_items__mutmut['x__put_back_items__mutmut_24'] = x__put_back_items__mutmut_24 # type: ignore # mutmut generated
mutants_x__put_back_items__mutmut['x__put_back_items__mutmut_25'] = x__put_back_items__mutmut_25 # type: ignore # mutmut generated
mutants_x__put_back_items__mutmut['x__put_back_items__mutmut_26'] = x__put_back_items__mutmut_26 # type: ignore # mutmut generated
mutants_x__put_back_items__mutmut['x__put_back_items__mutmut_27'] = x__put_back_items__mutmut_27 # type: ignore # mutmut generated
mutants_x__put_back_items__mutmut['x__put_back_items__mutmut_28'] = x__put_back_items__mutmut_28 # type: ignore # mutmut generated
mutants_x__put_back_items__mutmut['x__put_back_items__mutmut_29'] = x__put_back_items__mutmut_29 # type: ignore # mutmut generated
mutants_x__put_back_items__mutmut['x__put_back_items__mutmut_30'] = x__put_back_items__mutmut_30 # type: ignore # mutmut generated
mutants_x__put_back_items__mutmut['x__put_back_items__mutmut_31'] = x__put_back_items__mutmut_31 # type: ignore # mutmut generated
mutants_x__put_back_items__mutmut['x__put_back_items__mutmut_32'] = x__put_back_items__mutmut_32 # type: ignore # mutmut generated
mutants_x__put_back_items__mutmut['x__put_back_items__mutmut_33'] = x__put_back_items__mutmut_33 # type: ignore # mutmut generated
mutants_x__put_back_items__mutmut['x__put_back_items__mutmut_34'] = x__put_back_items__mutmut_34 # type: ignore # mutmut generated
mutants_x__put_back_items__mutmut['x__put_back_items__mutmut_35'] = x__put_back_items__mutmut_35 # type: ignore # mutmut generated
mutants_x__put_back_items__mutmut['x__put_back_items__mutmut_36'] = x__put_back_items__mutmut_36 # type: ignore # mutmut generated
mutants_x__put_back_items__mutmut['x__put_back_items__mutmut_37'] = x__put_back_items__mutmut_37 # type: ignore # mutmut generated
mutants_x__put_back_items__mutmut['x__put_back_items__mutmut_38'] = x__put_back_items__mutmut_38 # type: ignore # mutmut generated
mutants_x__put_back_items__mutmut['x__put_back_items__mutmut_39'] = x__put_back_items__mutmut_39 # type: ignore # mutmut generated
mutants_x__one_primary__mutmut: MutantDict = {}  # type: ignore


@_mutmut_mutated(mutants_x__one_primary__mutmut)
def _one_primary(items: list[Any], earlier: set[str]) -> list[Any]:
    """Leave exactly one primary item where items have such a mark: the earlier primary where it is still there."""
    if not items or not all(isinstance(item, Mapping) and "primary" in item for item in items):
        return items
    marked = [index for index, item in enumerate(items) if item["primary"]]
    chosen = next((index for index in marked if item_key(items[index]) in earlier), marked[0] if marked else 0)
    return [{**item, "primary": index == chosen} for index, item in enumerate(items)]


def x__one_primary__mutmut_orig(items: list[Any], earlier: set[str]) -> list[Any]:
    """Leave exactly one primary item where items have such a mark: the earlier primary where it is still there."""
    if not items or not all(isinstance(item, Mapping) and "primary" in item for item in items):
        return items
    marked = [index for index, item in enumerate(items) if item["primary"]]
    chosen = next((index for index in marked if item_key(items[index]) in earlier), marked[0] if marked else 0)
    return [{**item, "primary": index == chosen} for index, item in enumerate(items)]


def x__one_primary__mutmut_1(items: list[Any], earlier: set[str]) -> list[Any]:
    """Leave exactly one primary item where items have such a mark: the earlier primary where it is still there."""
    if not items and not all(isinstance(item, Mapping) and "primary" in item for item in items):
        return items
    marked = [index for index, item in enumerate(items) if item["primary"]]
    chosen = next((index for index in marked if item_key(items[index]) in earlier), marked[0] if marked else 0)
    return [{**item, "primary": index == chosen} for index, item in enumerate(items)]


def x__one_primary__mutmut_2(items: list[Any], earlier: set[str]) -> list[Any]:
    """Leave exactly one primary item where items have such a mark: the earlier primary where it is still there."""
    if items or not all(isinstance(item, Mapping) and "primary" in item for item in items):
        return items
    marked = [index for index, item in enumerate(items) if item["primary"]]
    chosen = next((index for index in marked if item_key(items[index]) in earlier), marked[0] if marked else 0)
    return [{**item, "primary": index == chosen} for index, item in enumerate(items)]


def x__one_primary__mutmut_3(items: list[Any], earlier: set[str]) -> list[Any]:
    """Leave exactly one primary item where items have such a mark: the earlier primary where it is still there."""
    if not items or all(isinstance(item, Mapping) and "primary" in item for item in items):
        return items
    marked = [index for index, item in enumerate(items) if item["primary"]]
    chosen = next((index for index in marked if item_key(items[index]) in earlier), marked[0] if marked else 0)
    return [{**item, "primary": index == chosen} for index, item in enumerate(items)]


def x__one_primary__mutmut_4(items: list[Any], earlier: set[str]) -> list[Any]:
    """Leave exactly one primary item where items have such a mark: the earlier primary where it is still there."""
    if not items or not all(None):
        return items
    marked = [index for index, item in enumerate(items) if item["primary"]]
    chosen = next((index for index in marked if item_key(items[index]) in earlier), marked[0] if marked else 0)
    return [{**item, "primary": index == chosen} for index, item in enumerate(items)]


def x__one_primary__mutmut_5(items: list[Any], earlier: set[str]) -> list[Any]:
    """Leave exactly one primary item where items have such a mark: the earlier primary where it is still there."""
    if not items or not all(isinstance(item, Mapping) or "primary" in item for item in items):
        return items
    marked = [index for index, item in enumerate(items) if item["primary"]]
    chosen = next((index for index in marked if item_key(items[index]) in earlier), marked[0] if marked else 0)
    return [{**item, "primary": index == chosen} for index, item in enumerate(items)]


def x__one_primary__mutmut_6(items: list[Any], earlier: set[str]) -> list[Any]:
    """Leave exactly one primary item where items have such a mark: the earlier primary where it is still there."""
    if not items or not all(isinstance(item, Mapping) and "XXprimaryXX" in item for item in items):
        return items
    marked = [index for index, item in enumerate(items) if item["primary"]]
    chosen = next((index for index in marked if item_key(items[index]) in earlier), marked[0] if marked else 0)
    return [{**item, "primary": index == chosen} for index, item in enumerate(items)]


def x__one_primary__mutmut_7(items: list[Any], earlier: set[str]) -> list[Any]:
    """Leave exactly one primary item where items have such a mark: the earlier primary where it is still there."""
    if not items or not all(isinstance(item, Mapping) and "PRIMARY" in item for item in items):
        return items
    marked = [index for index, item in enumerate(items) if item["primary"]]
    chosen = next((index for index in marked if item_key(items[index]) in earlier), marked[0] if marked else 0)
    return [{**item, "primary": index == chosen} for index, item in enumerate(items)]


def x__one_primary__mutmut_8(items: list[Any], earlier: set[str]) -> list[Any]:
    """Leave exactly one primary item where items have such a mark: the earlier primary where it is still there."""
    if not items or not all(isinstance(item, Mapping) and "primary" not in item for item in items):
        return items
    marked = [index for index, item in enumerate(items) if item["primary"]]
    chosen = next((index for index in marked if item_key(items[index]) in earlier), marked[0] if marked else 0)
    return [{**item, "primary": index == chosen} for index, item in enumerate(items)]


def x__one_primary__mutmut_9(items: list[Any], earlier: set[str]) -> list[Any]:
    """Leave exactly one primary item where items have such a mark: the earlier primary where it is still there."""
    if not items or not all(isinstance(item, Mapping) and "primary" in item for item in items):
        return items
    marked = None
    chosen = next((index for index in marked if item_key(items[index]) in earlier), marked[0] if marked else 0)
    return [{**item, "primary": index == chosen} for index, item in enumerate(items)]


def x__one_primary__mutmut_10(items: list[Any], earlier: set[str]) -> list[Any]:
    """Leave exactly one primary item where items have such a mark: the earlier primary where it is still there."""
    if not items or not all(isinstance(item, Mapping) and "primary" in item for item in items):
        return items
    marked = [index for index, item in enumerate(None) if item["primary"]]
    chosen = next((index for index in marked if item_key(items[index]) in earlier), marked[0] if marked else 0)
    return [{**item, "primary": index == chosen} for index, item in enumerate(items)]


def x__one_primary__mutmut_11(items: list[Any], earlier: set[str]) -> list[Any]:
    """Leave exactly one primary item where items have such a mark: the earlier primary where it is still there."""
    if not items or not all(isinstance(item, Mapping) and "primary" in item for item in items):
        return items
    marked = [index for index, item in enumerate(items) if item["XXprimaryXX"]]
    chosen = next((index for index in marked if item_key(items[index]) in earlier), marked[0] if marked else 0)
    return [{**item, "primary": index == chosen} for index, item in enumerate(items)]


def x__one_primary__mutmut_12(items: list[Any], earlier: set[str]) -> list[Any]:
    """Leave exactly one primary item where items have such a mark: the earlier primary where it is still there."""
    if not items or not all(isinstance(item, Mapping) and "primary" in item for item in items):
        return items
    marked = [index for index, item in enumerate(items) if item["PRIMARY"]]
    chosen = next((index for index in marked if item_key(items[index]) in earlier), marked[0] if marked else 0)
    return [{**item, "primary": index == chosen} for index, item in enumerate(items)]


def x__one_primary__mutmut_13(items: list[Any], earlier: set[str]) -> list[Any]:
    """Leave exactly one primary item where items have such a mark: the earlier primary where it is still there."""
    if not items or not all(isinstance(item, Mapping) and "primary" in item for item in items):
        return items
    marked = [index for index, item in enumerate(items) if item["primary"]]
    chosen = None
    return [{**item, "primary": index == chosen} for index, item in enumerate(items)]


def x__one_primary__mutmut_14(items: list[Any], earlier: set[str]) -> list[Any]:
    """Leave exactly one primary item where items have such a mark: the earlier primary where it is still there."""
    if not items or not all(isinstance(item, Mapping) and "primary" in item for item in items):
        return items
    marked = [index for index, item in enumerate(items) if item["primary"]]
    chosen = next(None, marked[0] if marked else 0)
    return [{**item, "primary": index == chosen} for index, item in enumerate(items)]


def x__one_primary__mutmut_15(items: list[Any], earlier: set[str]) -> list[Any]:
    """Leave exactly one primary item where items have such a mark: the earlier primary where it is still there."""
    if not items or not all(isinstance(item, Mapping) and "primary" in item for item in items):
        return items
    marked = [index for index, item in enumerate(items) if item["primary"]]
    chosen = next((index for index in marked if item_key(items[index]) in earlier), None)
    return [{**item, "primary": index == chosen} for index, item in enumerate(items)]


def x__one_primary__mutmut_16(items: list[Any], earlier: set[str]) -> list[Any]:
    """Leave exactly one primary item where items have such a mark: the earlier primary where it is still there."""
    if not items or not all(isinstance(item, Mapping) and "primary" in item for item in items):
        return items
    marked = [index for index, item in enumerate(items) if item["primary"]]
    chosen = next(marked[0] if marked else 0)
    return [{**item, "primary": index == chosen} for index, item in enumerate(items)]


def x__one_primary__mutmut_17(items: list[Any], earlier: set[str]) -> list[Any]:
    """Leave exactly one primary item where items have such a mark: the earlier primary where it is still there."""
    if not items or not all(isinstance(item, Mapping) and "primary" in item for item in items):
        return items
    marked = [index for index, item in enumerate(items) if item["primary"]]
    chosen = next((index for index in marked if item_key(items[index]) in earlier), )
    return [{**item, "primary": index == chosen} for index, item in enumerate(items)]


def x__one_primary__mutmut_18(items: list[Any], earlier: set[str]) -> list[Any]:
    """Leave exactly one primary item where items have such a mark: the earlier primary where it is still there."""
    if not items or not all(isinstance(item, Mapping) and "primary" in item for item in items):
        return items
    marked = [index for index, item in enumerate(items) if item["primary"]]
    chosen = next((index for index in marked if item_key(None) in earlier), marked[0] if marked else 0)
    return [{**item, "primary": index == chosen} for index, item in enumerate(items)]


def x__one_primary__mutmut_19(items: list[Any], earlier: set[str]) -> list[Any]:
    """Leave exactly one primary item where items have such a mark: the earlier primary where it is still there."""
    if not items or not all(isinstance(item, Mapping) and "primary" in item for item in items):
        return items
    marked = [index for index, item in enumerate(items) if item["primary"]]
    chosen = next((index for index in marked if item_key(items[index]) not in earlier), marked[0] if marked else 0)
    return [{**item, "primary": index == chosen} for index, item in enumerate(items)]


def x__one_primary__mutmut_20(items: list[Any], earlier: set[str]) -> list[Any]:
    """Leave exactly one primary item where items have such a mark: the earlier primary where it is still there."""
    if not items or not all(isinstance(item, Mapping) and "primary" in item for item in items):
        return items
    marked = [index for index, item in enumerate(items) if item["primary"]]
    chosen = next((index for index in marked if item_key(items[index]) in earlier), marked[0] if (marked) and False else 0)
    return [{**item, "primary": index == chosen} for index, item in enumerate(items)]


def x__one_primary__mutmut_21(items: list[Any], earlier: set[str]) -> list[Any]:
    """Leave exactly one primary item where items have such a mark: the earlier primary where it is still there."""
    if not items or not all(isinstance(item, Mapping) and "primary" in item for item in items):
        return items
    marked = [index for index, item in enumerate(items) if item["primary"]]
    chosen = next((index for index in marked if item_key(items[index]) in earlier), marked[0] if (marked) or True else 0)
    return [{**item, "primary": index == chosen} for index, item in enumerate(items)]


def x__one_primary__mutmut_22(items: list[Any], earlier: set[str]) -> list[Any]:
    """Leave exactly one primary item where items have such a mark: the earlier primary where it is still there."""
    if not items or not all(isinstance(item, Mapping) and "primary" in item for item in items):
        return items
    marked = [index for index, item in enumerate(items) if item["primary"]]
    chosen = next((index for index in marked if item_key(items[index]) in earlier), marked[1] if marked else 0)
    return [{**item, "primary": index == chosen} for index, item in enumerate(items)]


def x__one_primary__mutmut_23(items: list[Any], earlier: set[str]) -> list[Any]:
    """Leave exactly one primary item where items have such a mark: the earlier primary where it is still there."""
    if not items or not all(isinstance(item, Mapping) and "primary" in item for item in items):
        return items
    marked = [index for index, item in enumerate(items) if item["primary"]]
    chosen = next((index for index in marked if item_key(items[index]) in earlier), marked[0] if marked else 1)
    return [{**item, "primary": index == chosen} for index, item in enumerate(items)]


def x__one_primary__mutmut_24(items: list[Any], earlier: set[str]) -> list[Any]:
    """Leave exactly one primary item where items have such a mark: the earlier primary where it is still there."""
    if not items or not all(isinstance(item, Mapping) and "primary" in item for item in items):
        return items
    marked = [index for index, item in enumerate(items) if item["primary"]]
    chosen = next((index for index in marked if item_key(items[index]) in earlier), marked[0] if marked else 0)
    return [{**item, "XXprimaryXX": index == chosen} for index, item in enumerate(items)]


def x__one_primary__mutmut_25(items: list[Any], earlier: set[str]) -> list[Any]:
    """Leave exactly one primary item where items have such a mark: the earlier primary where it is still there."""
    if not items or not all(isinstance(item, Mapping) and "primary" in item for item in items):
        return items
    marked = [index for index, item in enumerate(items) if item["primary"]]
    chosen = next((index for index in marked if item_key(items[index]) in earlier), marked[0] if marked else 0)
    return [{**item, "PRIMARY": index == chosen} for index, item in enumerate(items)]


def x__one_primary__mutmut_26(items: list[Any], earlier: set[str]) -> list[Any]:
    """Leave exactly one primary item where items have such a mark: the earlier primary where it is still there."""
    if not items or not all(isinstance(item, Mapping) and "primary" in item for item in items):
        return items
    marked = [index for index, item in enumerate(items) if item["primary"]]
    chosen = next((index for index in marked if item_key(items[index]) in earlier), marked[0] if marked else 0)
    return [{**item, "primary": index != chosen} for index, item in enumerate(items)]


def x__one_primary__mutmut_27(items: list[Any], earlier: set[str]) -> list[Any]:
    """Leave exactly one primary item where items have such a mark: the earlier primary where it is still there."""
    if not items or not all(isinstance(item, Mapping) and "primary" in item for item in items):
        return items
    marked = [index for index, item in enumerate(items) if item["primary"]]
    chosen = next((index for index in marked if item_key(items[index]) in earlier), marked[0] if marked else 0)
    return [{**item, "primary": index == chosen} for index, item in enumerate(None)]

mutants_x__one_primary__mutmut['_mutmut_orig'] = x__one_primary__mutmut_orig # type: ignore # mutmut generated
mutants_x__one_primary__mutmut['x__one_primary__mutmut_1'] = x__one_primary__mutmut_1 # type: ignore # mutmut generated
mutants_x__one_primary__mutmut['x__one_primary__mutmut_2'] = x__one_primary__mutmut_2 # type: ignore # mutmut generated
mutants_x__one_primary__mutmut['x__one_primary__mutmut_3'] = x__one_primary__mutmut_3 # type: ignore # mutmut generated
mutants_x__one_primary__mutmut['x__one_primary__mutmut_4'] = x__one_primary__mutmut_4 # type: ignore # mutmut generated
mutants_x__one_primary__mutmut['x__one_primary__mutmut_5'] = x__one_primary__mutmut_5 # type: ignore # mutmut generated
mutants_x__one_primary__mutmut['x__one_primary__mutmut_6'] = x__one_primary__mutmut_6 # type: ignore # mutmut generated
mutants_x__one_primary__mutmut['x__one_primary__mutmut_7'] = x__one_primary__mutmut_7 # type: ignore # mutmut generated
mutants_x__one_primary__mutmut['x__one_primary__mutmut_8'] = x__one_primary__mutmut_8 # type: ignore # mutmut generated
mutants_x__one_primary__mutmut['x__one_primary__mutmut_9'] = x__one_primary__mutmut_9 # type: ignore # mutmut generated
mutants_x__one_primary__mutmut['x__one_primary__mutmut_10'] = x__one_primary__mutmut_10 # type: ignore # mutmut generated
mutants_x__one_primary__mutmut['x__one_primary__mutmut_11'] = x__one_primary__mutmut_11 # type: ignore # mutmut generated
mutants_x__one_primary__mutmut['x__one_primary__mutmut_12'] = x__one_primary__mutmut_12 # type: ignore # mutmut generated
mutants_x__one_primary__mutmut['x__one_primary__mutmut_13'] = x__one_primary__mutmut_13 # type: ignore # mutmut generated
mutants_x__one_primary__mutmut['x__one_primary__mutmut_14'] = x__one_primary__mutmut_14 # type: ignore # mutmut generated
mutants_x__one_primary__mutmut['x__one_primary__mutmut_15'] = x__one_primary__mutmut_15 # type: ignore # mutmut generated
mutants_x__one_primary__mutmut['x__one_primary__mutmut_16'] = x__one_primary__mutmut_16 # type: ignore # mutmut generated
mutants_x__one_primary__mutmut['x__one_primary__mutmut_17'] = x__one_primary__mutmut_17 # type: ignore # mutmut generated
mutants_x__one_primary__mutmut['x__one_primary__mutmut_18'] = x__one_primary__mutmut_18 # type: ignore # mutmut generated
mutants_x__one_primary__mutmut['x__one_primary__mutmut_19'] = x__one_primary__mutmut_19 # type: ignore # mutmut generated
mutants_x__one_primary__mutmut['x__one_primary__mutmut_20'] = x__one_primary__mutmut_20 # type: ignore # mutmut generated
mutants_x__one_primary__mutmut['x__one_primary__mutmut_21'] = x__one_primary__mutmut_21 # type: ignore # mutmut generated
mutants_x__one_primary__mutmut['x__one_primary__mutmut_22'] = x__one_primary__mutmut_22 # type: ignore # mutmut generated
mutants_x__one_primary__mutmut['x__one_primary__mutmut_23'] = x__one_primary__mutmut_23 # type: ignore # mutmut generated
mutants_x__one_primary__mutmut['x__one_primary__mutmut_24'] = x__one_primary__mutmut_24 # type: ignore # mutmut generated
mutants_x__one_primary__mutmut['x__one_primary__mutmut_25'] = x__one_primary__mutmut_25 # type: ignore # mutmut generated
mutants_x__one_primary__mutmut['x__one_primary__mutmut_26'] = x__one_primary__mutmut_26 # type: ignore # mutmut generated
mutants_x__one_primary__mutmut['x__one_primary__mutmut_27'] = x__one_primary__mutmut_27 # type: ignore # mutmut generated
mutants_x__flat__mutmut: MutantDict = {}  # type: ignore


@_mutmut_mutated(mutants_x__flat__mutmut)
def _flat(image: Mapping[str, Any]) -> dict[str, Any]:
    flat = {name: value for name, value in image.items() if name not in SERVER_FIELDS and name != "custom_fields"}
    return flat | {f"custom_fields.{code}": value for code, value in (image.get("custom_fields") or {}).items()}


def x__flat__mutmut_orig(image: Mapping[str, Any]) -> dict[str, Any]:
    flat = {name: value for name, value in image.items() if name not in SERVER_FIELDS and name != "custom_fields"}
    return flat | {f"custom_fields.{code}": value for code, value in (image.get("custom_fields") or {}).items()}


def x__flat__mutmut_1(image: Mapping[str, Any]) -> dict[str, Any]:
    flat = None
    return flat | {f"custom_fields.{code}": value for code, value in (image.get("custom_fields") or {}).items()}


def x__flat__mutmut_2(image: Mapping[str, Any]) -> dict[str, Any]:
    flat = {name: value for name, value in image.items() if name not in SERVER_FIELDS or name != "custom_fields"}
    return flat | {f"custom_fields.{code}": value for code, value in (image.get("custom_fields") or {}).items()}


def x__flat__mutmut_3(image: Mapping[str, Any]) -> dict[str, Any]:
    flat = {name: value for name, value in image.items() if name in SERVER_FIELDS and name != "custom_fields"}
    return flat | {f"custom_fields.{code}": value for code, value in (image.get("custom_fields") or {}).items()}


def x__flat__mutmut_4(image: Mapping[str, Any]) -> dict[str, Any]:
    flat = {name: value for name, value in image.items() if name not in SERVER_FIELDS and name == "custom_fields"}
    return flat | {f"custom_fields.{code}": value for code, value in (image.get("custom_fields") or {}).items()}


def x__flat__mutmut_5(image: Mapping[str, Any]) -> dict[str, Any]:
    flat = {name: value for name, value in image.items() if name not in SERVER_FIELDS and name != "XXcustom_fieldsXX"}
    return flat | {f"custom_fields.{code}": value for code, value in (image.get("custom_fields") or {}).items()}


def x__flat__mutmut_6(image: Mapping[str, Any]) -> dict[str, Any]:
    flat = {name: value for name, value in image.items() if name not in SERVER_FIELDS and name != "CUSTOM_FIELDS"}
    return flat | {f"custom_fields.{code}": value for code, value in (image.get("custom_fields") or {}).items()}


def x__flat__mutmut_7(image: Mapping[str, Any]) -> dict[str, Any]:
    flat = {name: value for name, value in image.items() if name not in SERVER_FIELDS and name != "custom_fields"}
    return flat & {f"custom_fields.{code}": value for code, value in (image.get("custom_fields") or {}).items()}


def x__flat__mutmut_8(image: Mapping[str, Any]) -> dict[str, Any]:
    flat = {name: value for name, value in image.items() if name not in SERVER_FIELDS and name != "custom_fields"}
    return flat | {f"custom_fields.{code}": value for code, value in (image.get("custom_fields") and {}).items()}


def x__flat__mutmut_9(image: Mapping[str, Any]) -> dict[str, Any]:
    flat = {name: value for name, value in image.items() if name not in SERVER_FIELDS and name != "custom_fields"}
    return flat | {f"custom_fields.{code}": value for code, value in (image.get(None) or {}).items()}


def x__flat__mutmut_10(image: Mapping[str, Any]) -> dict[str, Any]:
    flat = {name: value for name, value in image.items() if name not in SERVER_FIELDS and name != "custom_fields"}
    return flat | {f"custom_fields.{code}": value for code, value in (image.get("XXcustom_fieldsXX") or {}).items()}


def x__flat__mutmut_11(image: Mapping[str, Any]) -> dict[str, Any]:
    flat = {name: value for name, value in image.items() if name not in SERVER_FIELDS and name != "custom_fields"}
    return flat | {f"custom_fields.{code}": value for code, value in (image.get("CUSTOM_FIELDS") or {}).items()}

mutants_x__flat__mutmut['_mutmut_orig'] = x__flat__mutmut_orig # type: ignore # mutmut generated
mutants_x__flat__mutmut['x__flat__mutmut_1'] = x__flat__mutmut_1 # type: ignore # mutmut generated
mutants_x__flat__mutmut['x__flat__mutmut_2'] = x__flat__mutmut_2 # type: ignore # mutmut generated
mutants_x__flat__mutmut['x__flat__mutmut_3'] = x__flat__mutmut_3 # type: ignore # mutmut generated
mutants_x__flat__mutmut['x__flat__mutmut_4'] = x__flat__mutmut_4 # type: ignore # mutmut generated
mutants_x__flat__mutmut['x__flat__mutmut_5'] = x__flat__mutmut_5 # type: ignore # mutmut generated
mutants_x__flat__mutmut['x__flat__mutmut_6'] = x__flat__mutmut_6 # type: ignore # mutmut generated
mutants_x__flat__mutmut['x__flat__mutmut_7'] = x__flat__mutmut_7 # type: ignore # mutmut generated
mutants_x__flat__mutmut['x__flat__mutmut_8'] = x__flat__mutmut_8 # type: ignore # mutmut generated
mutants_x__flat__mutmut['x__flat__mutmut_9'] = x__flat__mutmut_9 # type: ignore # mutmut generated
mutants_x__flat__mutmut['x__flat__mutmut_10'] = x__flat__mutmut_10 # type: ignore # mutmut generated
mutants_x__flat__mutmut['x__flat__mutmut_11'] = x__flat__mutmut_11 # type: ignore # mutmut generated
