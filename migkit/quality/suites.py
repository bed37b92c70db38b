"""Run the suites of `expectations/` over the typed tables. The only module that imports Great Expectations (seconds)."""

from __future__ import annotations

import json
import logging
import warnings
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from migkit.model.country import NO_COUNTRY, Country
from migkit.model.errors import DataError
from migkit.model.imports import light_jsonschema, on_first_use
from migkit.model.tables import CanonicalTables
from migkit.quality.joined import joined_frames
from migkit.quality.result import Check, QualityReport

HORIZON = timedelta(days=3 * 366)
"""Dates further ahead than this are taken for typing errors."""
NANOSECOND_YEARS = (pd.Timestamp("1700-01-01"), pd.Timestamp("2200-01-01"))
"""Dates beyond these do not fit the type that the pandas engine compares; they are as wrong at the edge as beyond it."""


def validate(tables: CanonicalTables, folder: Path, today: date, country: Country = NO_COUNTRY) -> QualityReport:
    """Return every expectation's result over every typed table that has rows.

    A check on a column that the export lacks altogether, or on what the practice's `country` does not have (states, a number of its
    authorities), is *not applicable*, not failed. `folder` holds one suite per
    canonical table (`<table>.json`). Raises DataError where a suite cannot be run.
    """
    checks: list[Check] = []
    batches: Any = None
    frames = joined_frames(tables.frames)
    for path in sorted(folder.glob("*.json")):
        frame = frames.get(path.stem)
        if frame is not None and len(frame):
            batches = batches or _new_batches()
            checks.extend(_validate_table(batches, path, frame, today, country))
    return QualityReport(tuple(checks), tables.findings)


def _validate_table(batches: Any, path: Path, frame: pd.DataFrame, today: date, country: Country) -> Iterator[Check]:
    suite = json.loads(path.read_text(encoding="utf-8"))
    suite["expectations"] = [_in_country(e, country) for e in suite["expectations"]]
    present = [e for e in suite["expectations"] if _applies(e, frame)]
    for expectation in suite["expectations"]:
        if expectation not in present:
            yield Check.not_applicable(path.stem, expectation, len(frame))
    if not present:
        return
    results = _run(batches, path.stem, present, _without_spelling(frame, present, country), today)
    for expectation, result in zip(present, results, strict=True):
        if "raised_exception': True" in str(result.exception_info):
            raise DataError(f"The check {expectation['type']} of {path} could not be run: mend the suite; nothing was loaded.")
        failing = sorted({row["_position"] for row in result.result.get("unexpected_index_list") or []})
        yield Check.ran(path.stem, expectation, len(frame), bool(result.success), frame.iloc[failing])


def _in_country(expectation: dict[str, Any], country: Country) -> dict[str, Any]:
    """Return an expectation of what the country has (`meta.country`) with that filled in; as it is where the country has no such thing."""
    what = expectation["meta"].get("country")
    pattern = country.postcode if what == "postcode" else country.identifiers.get(str(what), "")
    found = {"value_set": list(country.states)} if what == "states" and country.states else {"regex": f"^(?:{pattern})$"} if pattern else {}
    return {**expectation, "kwargs": {**expectation["kwargs"], **found}}


def _applies(expectation: Mapping[str, Any], frame: pd.DataFrame) -> bool:
    if "country" in expectation["meta"] and not {"regex", "value_set"} & {*expectation["kwargs"]}:
        return False
    return all(column in frame.columns and frame[column].notna().any() for column in _columns(expectation))


def _without_spelling(frame: pd.DataFrame, expectations: list[Any], country: Country) -> pd.DataFrame:
    """Return the frame with the numbers of the country's authorities as digits and letters alone: blanks and hyphens are spelling."""
    columns = {e["kwargs"]["column"] for e in expectations if e["meta"].get("country") in country.identifiers}
    bare = {column: frame[column].str.replace(r"[\s-]", "", regex=True) for column in columns}
    return frame.assign(**bare) if bare else frame


def _columns(expectation: Mapping[str, Any]) -> list[str]:
    kwargs = expectation["kwargs"]
    named = [kwargs[name] for name in ("column", "column_A", "column_B") if name in kwargs]
    return [*named, *kwargs.get("column_list", ()), *kwargs.get("column_set", ())]


def _run(batches: Any, name: str, expectations: list[Any], frame: pd.DataFrame, today: date) -> list[Any]:
    gx = _library()
    asked = dict.fromkeys(column for expectation in expectations for column in _columns(expectation))
    any_column = any("row_condition" in expectation["kwargs"] for expectation in expectations)  # a text that may name any of them
    plain = _plain(frame if any_column else frame[[*asked]])  # Great Expectations hashes every cell that it is given, twice
    # Great Expectations answers in an order of its own: each expectation carries its place so that answers find it again
    numbered = [{**e, "meta": {**e["meta"], "place": place}} for place, e in enumerate(expectations)]
    suite = gx.ExpectationSuite(name=name, expectations=numbered)
    parameters = {"today": f"{today + timedelta(days=1)}T00:00:00", "horizon": f"{today + HORIZON}T00:00:00"}
    options: dict[str, Any] = {
        "result_format": "COMPLETE",
        "unexpected_index_column_names": ["_position"],
        "return_unexpected_index_query": False,
    }
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        answer = batches.get_batch({"dataframe": plain}).validate(suite, result_format=options, expectation_parameters=parameters)
    return sorted(answer.results, key=lambda result: result.expectation_config.meta["place"])


def _new_batches() -> Any:
    """Return what makes a batch of a frame: one serves all tables, since adding one more writes down all settings anew."""
    context = _library().get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    return context.data_sources.add_pandas("tables").add_dataframe_asset("table").add_batch_definition_whole_dataframe("whole")


@cache
def _library() -> Any:
    with light_jsonschema(), on_first_use("altair", "scipy.stats"):  # its drawings, and checks of distributions that no suite here has
        import great_expectations  # costs about 2 s

    logging.getLogger("great_expectations").setLevel(logging.ERROR)
    return great_expectations


def _plain(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the frame in the plain types that the pandas engine compares well: nanosecond dates, floats, objects."""
    plain = pd.DataFrame({"_position": range(len(frame))})
    for column in frame.columns:
        values = frame[column].reset_index(drop=True)
        if pd.api.types.is_datetime64_any_dtype(values):
            values = values.clip(*NANOSECOND_YEARS).astype("datetime64[ns]")  # the only dates that it compares with text
        elif pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values):
            values = values.astype("float64")
        else:
            values = values.astype(object)
        plain[column] = values.where(values.notna(), None) if values.dtype == object else values
    return plain
