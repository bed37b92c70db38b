"""The mapping review as HTML: pure functions from what the state says to what is seen. Every value from an export is escaped."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from migkit.mapping import ColumnProposal, Progress, Question, TableProposal, ValueProposal
from migkit.model.mapping import ColumnMap
from migkit.model.outcomes import Finding, Severity
from migkit.model.words import number_of
from migkit.resources import folder

from .mapping_shown import ColumnLine, TableLine

SIGNS = {"conflict": "▲", "attention": "●", "certain": "○", "done": "✓", "ignored": "–"}
_COLOURS = {"conflict": "#b3261e", "attention": "#8a4d00", "certain": "#0b6e6e", "done": "#1d7a46", "ignored": "#7b8a91"}
_WORDS = {
    "conflict": "in conflict",
    "attention": "needs a look",
    "certain": "certain, not yet accepted",
    "done": "confirmed",
    "ignored": "left out",
}


def style() -> str:
    """Return the review's style sheet."""
    return f"<style>{(folder('templates') / 'mapping_review.css').read_text(encoding='utf-8')}</style>"


def summary(progress: Progress, conflicts: int, saved: str) -> str:
    """Return the line at the top: how far, what is left, how many conflicts."""
    total = max(progress.total, 1)
    parts = ((progress.mapped, "#1d7a46"), (progress.ignored, "#9aa7ad"))
    bars = "".join(f"<i style='width:{100 * n / total:.2f}%;background:{colour}'></i>" for n, colour in parts)
    pills = [
        f"<span class='pill bad'>{number_of(conflicts, 'conflict')}</span>" if conflicts else "<span class='pill good'>no conflicts</span>"
    ]
    if not progress.left and progress.total:
        said, tone = ("everything is decided, the conflicts are not", "warn") if conflicts else ("everything is confirmed", "good")
        pills.append(f"<span class='pill {tone}'>{said}</span>")
    return (
        f"<div class='mr-summary'><b>{progress.reviewed} of {progress.total} columns reviewed</b>"
        "<span class='bar' role='progressbar' aria-label='columns reviewed' "
        f"aria-valuenow='{progress.reviewed}' aria-valuemax='{progress.total}'>{bars}</span>"
        f"<span class='soft'>{progress.mapped} mapped · {progress.ignored} left out · {progress.left} left</span>"
        f"{''.join(pills)}<span class='soft small'>{escape(saved)}</span></div>"
    )


def table_label(line: TableLine) -> str:
    """Return a source table's line in the list; the tab puts the count into its own column."""
    if line.attention:
        left = f"● {line.attention}"
    else:
        left = f"○ {line.certain}" if line.certain else "✓"
    return f"{shorten(line.source, 18)}\t{left}"


def table_colours(lines: Sequence[TableLine]) -> str:
    """Return the style that colours each source table by its state."""
    kinds = ["attention" if line.attention else "certain" if line.certain else "done" for line in lines]
    return colours(".mr-rows.tables", kinds)


def column_label(line: ColumnLine) -> str:
    """Return a column's line in the list: mark and name, what it means, how sure."""
    sure = f"  {percent(line.confidence)}" if line.confidence is not None and line.state in ("attention", "certain", "conflict") else ""
    return f"{SIGNS[line.state]}  {shorten(line.column, 21)}\t{shorten(line.meaning, 22)}{sure}"


def column_colours(lines: Sequence[ColumnLine]) -> str:
    """Return the style that colours each column by its state."""
    return colours(".mr-rows.columns", [line.state for line in lines])


def legend() -> str:
    """Return what the marks mean."""
    said = " ".join(
        f"<span style='white-space:nowrap;margin-right:10px'><span style='color:{_COLOURS[k]}'>{SIGNS[k]}</span> {_WORDS[k]}</span>"
        for k in SIGNS
    )
    keys = "Keys: a accept · n next · o other field · x leave out as not needed · t take back · u undo · Esc out of a field"
    return f"<div class='soft small' style='padding:6px 8px 0'>{said}<div>{keys}</div></div>"


def table_heading(source: str, rows: int, files: Sequence[str], proposal: TableProposal | None, findings: Sequence[Finding]) -> str:
    """Return what is known of a source table: its files, why it is what it is, and what is wrong."""
    where = escape(files[0]) if len(files) == 1 else f"{len(files)} files, {escape(files[0])} …"
    why = proposal.why or "; ".join(evidence for one in proposal.candidates[:1] for evidence in one.evidence) if proposal else ""
    return (
        f"<h3>{escape(source)}</h3><div class='soft small'>{number_of(rows, 'row')} · {where}</div>"
        f"<div class='soft small'>{escape(why)}</div>{notes(findings)}"
    )


def notes(findings: Sequence[Finding]) -> str:
    """Return conflicts as boxes."""
    kinds = {Severity.CRITICAL: "", Severity.WARNING: "warning", Severity.INFO: "warning"}
    return "".join(f"<div class='note {kinds[f.severity]}'>{escape(str(f))}</div>" for f in findings)


def opened_again(columns: int) -> str:
    """Return what became of a table's decided columns when somebody said that it holds something else."""
    said = f"{number_of(columns, 'column')} of this table {'was' if columns == 1 else 'were'} decided for what it held before"
    return f"<div class='note warning'>{said}: {'it waits' if columns == 1 else 'they wait'} for a look again. Undo takes it back.</div>"


def questions(asked: Sequence[Question], most: int = 6) -> str:
    """Return what differs between the decided map and this export, "" for nothing."""
    if not asked:
        return ""
    lines = "".join(f"<li>{escape(str(q))}</li>" for q in asked[:most])
    more = f"<li>and {len(asked) - most} more</li>" if len(asked) > most else ""
    return f"<div class='note warning'><b>This export differs from the decided map</b><ul>{lines}{more}</ul></div>"


def column_heading(column: ColumnMap, means: str, state: str, values: str) -> str:
    """Return a column's name, what it means now, who said so."""
    kind = {"conflict": "bad", "attention": "warn", "certain": "accent", "done": "good", "ignored": ""}[state]
    signed = f"by {escape(column.by)}, {escape(column.at[:16].replace('T', ' '))} · " if column.state == "confirmed" and column.by else ""
    left_out = column.state == "confirmed" and not column.to and not column.new_field
    why = f" <span class='soft'>because {escape(column.reason)}</span>" if left_out and column.reason else ""
    return (
        f"<h3>{escape(column.column)} <span class='soft'>→</span> {escape(means)}{why}</h3>"
        f"<span class='pill {kind}'>{_WORDS[state]}</span> <span class='soft small'>{signed}{escape(values)}</span>"
    )


def evidence(proposal: ColumnProposal | None, titles: dict[str, str]) -> str:
    """Return the candidates with their evidence."""
    if proposal is None or not proposal.candidates:
        return "<div class='soft'>Nothing in the schema is like this column: leave it out, or make it a field of its own.</div>"
    rows = "".join(
        f"<tr><td><b>{escape(titles.get(c.target, c.target))}</b></td><td class='n'>{percent(c.confidence)}</td>"
        f"<td class='soft'>{escape('; '.join(c.evidence)) or '–'}</td></tr>"
        for c in proposal.candidates[:4]
    )
    return f"<h4>Why</h4><table class='mr-t'><tr><th>Candidate</th><th>Sure</th><th>Evidence</th></tr>{rows}</table>"


def left_out() -> str:
    """Return what becomes of a column whose whole table is left out."""
    return "<h4>In Pipedrive</h4><div class='soft'>Nothing: the whole table is left out.</div>"


def preview(examples: Sequence[str], shown: Sequence[str], landing: str) -> str:
    """Return the example values beside what they become in their Pipedrive field."""
    if not examples:
        return f"<h4>In Pipedrive</h4><div class='soft'>{escape(landing)}. The column holds no values.</div>"
    pairs = zip(examples, shown, strict=True)
    rows = "".join(f"<tr><td class='v'>{escape(old)}</td><td class='v'>{escape(new)}</td></tr>" for old, new in pairs)
    head = f"<tr><th class='half'>In the export</th><th>{escape(landing)}</th></tr>"
    return f"<h4>In Pipedrive</h4><table class='mr-t'>{head}{rows}</table>"


def value_label(value: ValueProposal, meaning_of: str | None, is_proposed: bool) -> str:
    """Return one code's line in the list of codes: what it means, and what a table of the export has for it, and where."""
    told = f"{value.value}: {value.words}" if value.words and value.words != meaning_of else value.value
    sign = SIGNS["attention" if meaning_of is None else "certain" if is_proposed else "done"]
    said_in = f"  ·  by {value.said_in}" if value.said_in else ""
    return f"{sign}  {shorten(told, 22)}\t{shorten(meaning_of or 'no meaning yet', 20)}  ·  {value.rows}{said_in}"


def cluster_label(codes: Sequence[tuple[str, int]]) -> str:
    """Return spellings that may be one, each with its rows."""
    more = f" and {len(codes) - 3} more" if len(codes) > 3 else ""
    return " = ".join(f"{shorten(value, 24)} ({rows:,})" for value, rows in codes[:3]) + more


def shorten(text: str, most: int) -> str:
    """Return the text, cut before its last two thirds where it is longer than `most`: long names mostly differ at their ends."""
    end = 2 * most // 3
    return text if len(text) <= most else f"{text[: most - end - 1]}…{text[-end:]}"


def percent(confidence: float) -> str:
    """Return a confidence as people read it; nothing is ever quite certain."""
    return f"{min(confidence, 0.99):.0%}"


def colours(scope: str, kinds: Sequence[str]) -> str:
    """Return the style that colours the rows of a list by their state."""
    coloured = [(n, _COLOURS[kind]) for n, kind in enumerate(kinds, start=1) if kind in ("conflict", "attention", "ignored")]
    rules = "".join(f"{scope} .widget-toggle-button:nth-child({n}){{color:{colour}}}" for n, colour in coloured)
    return f"<style>{rules}</style>"
