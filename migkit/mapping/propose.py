"""Propose the map of an export: which table each file is, which field each column means, what each code means.

Every column is compared with every field of every table; one assignment per table decides jointly, so that two columns
never take one field and a column that fits nothing well stays without a home. A first look finds the tables and their
keys, a second one weighs the references between them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

import numpy as np

from migkit.countries import anywhere
from migkit.model.canonical import CanonicalSchema
from migkit.model.country import Country
from migkit.model.mapping import NewField
from migkit.model.tables import RawExport

from .certainty import CALLED, MOST, called_like, code_elsewhere, may_have_home, what_is_against
from .codes import propose_values, with_words
from .discounts import after_discount
from .evidence import Evidence, Names, Roles, field_of, read_evidence
from .flattened import propose_flattened
from .gathered import (
    ALERTS,
    CONTENT,
    NOTED,
    NOTES,
    Lines,
    alerts_beside,
    find_contacts,
    find_lines,
    is_of_notes,
    named_by_description,
    parts_of_note,
    with_choice,
)
from .knowledge import Knowledge
from .language import ColumnQuestion, LanguageModel, fields_of
from .lookups import find_lookups
from .memory import Memory
from .names import matcher_of
from .people_names import NAMED, names_of
from .proposals import Candidate, ColumnProposal, Proposals, TableProposal
from .ranking import Ranking, rank_tables
from .reading import Reading, read
from .registers import is_of_a_kind, is_of_charges, is_price_list, own_number, parts_of_another, shown_by_another, takes_off, why_no_table
from .shapes import Profile, shapes
from .wording import about_column, about_table, why_none

_SHOWN = 5
_LEAST_TABLE = 0.3
"""Confidence below which nobody is told what a table is: the best of many bad guesses is none."""
_LEAST_COLUMN, _DOUBTED_TABLE = 0.2, 0.5
"""A table that is doubted, and none of whose columns has a home that is likelier than this, is none either."""
_LEAST_CHOICE, _LEAST_ID = 0.1, 0.15
"""Confidence below which a column has no home rather than a guess; an id that is none puts a row on another person."""
_LEAST_UNNAMED: Mapping[str, float] = {"id": 0.4, "boolean": 0.6, "code": 0.35}
"""The same, by type, of ids, flags and statuses that the header does not name: `Running late` is no mark that takes a patient out."""
_NEVER = 2.0
"""No confidence is enough: by its values every yes-or-no column is a flag that takes its rows back, also `Banked` and `Printed`."""
_ASKED_TABLE = 0.5
"""Confidence of "no table" where a source table looks like one, and something speaks against it: it is asked about."""
_BILLED, _TAKEN_OFF = "invoices", "payments"
"""The table of what takes something off an invoice, by its kind."""
_PEOPLE, _OFFERED = "patients", "products"
_STAFF = "practitioner_name"
_SAID_BY_NAME = 0.7
"""Confidence that a file which is called after such a kind is one, where its columns alone say less."""
_CLOSE_TABLES = 3
"""Tables that are looked at a second time, with the references known."""


def propose(
    raw: RawExport,
    schema: CanonicalSchema,
    knowledge: Knowledge,
    *,
    country: Country | None = None,
    memory: Memory | None = None,
    language_model: LanguageModel | None = None,
    tables: Mapping[str, str | None] | None = None,
) -> Proposals:
    """Return ranked proposals for every table, column and coded value of `raw`.

    `country` is the practice's: phones, postcodes and identifiers look different in each; where it is not known, the looks of all
    count. `tables` fixes what some source tables are (source name → canonical table), as decided by a person.
    Works from headers alone where a table has no rows. Nothing is sent anywhere unless a `language_model` is given.
    """
    return Proposer(raw, schema, knowledge, country=country, memory=memory, language_model=language_model).propose(tables)


class Proposer:
    """Proposes for one export as often as it is asked: what is known of its values is found once."""

    def __init__(
        self,
        raw: RawExport,
        schema: CanonicalSchema,
        knowledge: Knowledge,
        *,
        country: Country | None = None,
        memory: Memory | None = None,
        language_model: LanguageModel | None = None,
    ) -> None:
        self._evidence = Evidence(
            schema,
            knowledge,
            read_evidence(raw, country or anywhere()),
            memory or Memory(),
            matcher_of(schema, knowledge.lexicon),
        )
        self._language_model = language_model
        self._first: dict[str, dict[str, Reading]] = {}
        """Every source table read as every canonical one, without the references between them."""
        self._names: dict[tuple[str, str], Names] = {}
        """Source table and table of people → the names that it lists."""

    def propose(self, tables: Mapping[str, str | None] | None = None) -> Proposals:
        """Return proposals for everything; `tables` fixes what some source tables are."""
        fixed = tables or {}
        roles = self._roles(fixed)
        raw = self._evidence.export.raw
        found = {source: self._propose(source, roles, fixed) for source in raw.tables}
        twice = {one: other for one in found if one not in fixed and (other := shown_by_another(raw, found, one))}
        found |= {source: _asked_beside(self._evidence, found[source], other) for source, other in twice.items()}
        return self._with_values(found, fixed)

    def propose_table(self, source: str, table: str | None, tables: Mapping[str, str | None]) -> Proposals:
        """Return proposals for one source table that a person says is `table`, the others being what `tables` says, as far as it does."""
        fixed = {**tables, source: table}
        found = {source: self._propose(source, self._roles(fixed), fixed)}
        return self._with_values(found, fixed)

    def _with_values(self, found: dict[str, TableProposal], fixed: Mapping[str, str | None]) -> Proposals:
        raw, schema, lexicon = self._evidence.export.raw, self._evidence.schema, self._evidence.matcher.lexicon
        lookups = find_lookups(raw, {**fixed, **{source: table.table for source, table in found.items()}}, lexicon)
        told = with_words(raw, schema, found, lookups, lexicon) if lookups else found
        return Proposals(told, propose_values(raw, schema, Proposals(told), self._evidence.memory), self.propose_table)

    def _readings(self, source: str, tables: Iterable[str]) -> dict[str, Reading]:
        known = self._first.setdefault(source, {})
        for table in tables:
            if table not in known:
                known[table] = read(self._evidence, source, table, Roles())
        return known

    def _roles(self, fixed: Mapping[str, str | None]) -> Roles:
        """Return which columns hold the ids of which canonical table, and whom its people are, as the first look has it."""
        keys: dict[str, list[tuple[str, str]]] = {}
        names: dict[str, Names] = {}
        staff: Names = frozenset()
        for source in self._evidence.export.raw.tables:
            if source in fixed:
                table = fixed[source]
            else:
                table = rank_tables(self._evidence, source, self._readings(source, self._evidence.schema.tables), {})[0][0]
            for field in self._evidence.schema[table].key if table else ():
                column = self._readings(source, [table or ""])[table or ""].column_of(field)
                if table and column:
                    keys.setdefault(table, []).append((source, column))
            if table is not None and table in NAMED.values():
                names[table] = names.get(table, frozenset()) | self._listed(source, table)
            staff |= self._called_staff(source, table) if table else frozenset()
        return Roles(keys, names, staff)

    def _called_staff(self, source: str, table: str) -> Names:
        """Return the names under a header that says outright that they are the practitioners'; `Taken By` may be anybody."""
        frame, reading = self._evidence.export.raw.tables[source].frame, self._readings(source, [table])[table]
        called = [i for i, j in reading.chosen.items() if reading.targets[j] == _STAFF and reading.names.exact[i, j]]
        return frozenset[frozenset[str]]().union(*(names_of(frame, reading.columns[i], None, None) for i in called))

    def _listed(self, source: str, table: str) -> Names:
        """Return the names that a table of people lists; they are read once, not at each press that says what some other table is."""
        if (source, table) not in self._names:
            frame, reading = self._evidence.export.raw.tables[source].frame, self._readings(source, [table])[table]
            columns = (reading.column_of(one) for one in ("full_name", "first_name", "last_name"))
            self._names[source, table] = names_of(frame, *columns)
        return self._names[source, table]

    def _propose(self, source: str, roles: Roles, fixed: Mapping[str, str | None]) -> TableProposal:
        evidence = self._evidence
        tables = [t for t in (fixed[source],) if t] if source in fixed else list(evidence.schema.tables)
        readings = self._readings(source, tables)
        ranked = rank_tables(evidence, source, {t: readings[t] for t in tables}, fixed)
        close = [table for table, _ in ranked if table][:_CLOSE_TABLES]
        again = {t: readings[t] for t in tables} | {t: read(evidence, source, t, roles, readings[t]) for t in close}
        ranked = rank_tables(evidence, source, again, fixed)
        table = ranked[0][0]
        if source not in fixed and (sure := self._surely(source, again, table)):
            ranked, table = _at_least(ranked, sure, _SAID_BY_NAME), sure
        is_open = source not in fixed and table is not None and not evidence.memory.table_share(source, table)
        if is_open and (why := why_no_table(evidence, again[str(table)])):
            made = _asked(evidence, source, again, ranked, why)
        else:
            made = _propose_table(evidence, source, again, ranked, roles, self._language_model)
        if made.table is None and source not in fixed and (lines := find_lines(evidence, source, roles)):
            return _as_lines(made, lines)
        if made.table in (None, _PEOPLE) and source not in fixed:
            contacts = find_contacts(evidence, source, roles, self._readings(source, [_PEOPLE])[_PEOPLE])
            if contacts is not None:
                return _as_lines(made, contacts)
        return self._with_flattened(source, made)

    def _surely(self, source: str, readings: Mapping[str, Reading], likeliest: str | None) -> str | None:
        """Return what a file's name or the numbers in its rows say that a table is, whatever its columns look like; else None."""
        evidence = self._evidence
        if is_of_notes(evidence, source):
            return NOTES
        if takes_off(evidence, readings[_TAKEN_OFF]):
            return _TAKEN_OFF
        if is_of_a_kind(evidence, readings[_BILLED]) or is_of_charges(evidence, readings[_BILLED]):
            return _BILLED
        if is_price_list(evidence, readings, likeliest):
            return _OFFERED
        return parts_of_another(evidence, readings, likeliest)

    def _with_flattened(self, source: str, found: TableProposal) -> TableProposal:
        """Return the proposal with what the rows say of the patients whom they name."""
        if found.table is None or all(one.choice for one in found.columns.values()):
            return found
        columns = propose_flattened(
            self._evidence,
            source,
            found.table,
            found.columns,
            lambda of: self._readings(source, [of])[of],
            lambda reading, i, j: _calibrate(self._evidence.knowledge, reading, i, j, found.confidence),
        )
        return replace(found, columns=columns)


def _at_least(ranked: Ranking, table: str, share: float) -> Ranking:
    """Return the ranking with `table` first, at no less than `share`, and the others in proportion to what is left."""
    before = dict(ranked)
    share = max(before[table], share)
    left = (1 - share) / max(1 - before[table], 1e-9)
    return [(table, share), *((other, each * left) for other, each in ranked if other != table)]


def _propose_table(
    evidence: Evidence, source: str, readings: Mapping[str, Reading], ranked: Ranking, roles: Roles, language_model: LanguageModel | None
) -> TableProposal:
    table, confidence = ranked[0]
    if table is not None and confidence < _LEAST_TABLE:
        table, confidence = None, dict(ranked).get(None, 0.0)
    candidates = _candidates(evidence, readings, ranked)
    raw_table = evidence.export.raw.tables[source]
    why = why_none(evidence, readings[candidates[0].target], candidates[0].confidence) if candidates else ""
    if table is None:
        return _homeless(evidence, source, confidence, candidates, why)
    reading = readings[table]
    if language_model is not None:
        questions = [ColumnQuestion(c, shapes(raw_table.frame[c].dropna().head(200))) for c in raw_table.columns]
        answer = language_model.rank(source, questions, fields_of(evidence.schema, table, reading.targets))
        reading = read(evidence, source, table, roles, reading, answer)
    elsewhere, called = _homeless_elsewhere(readings, ranked), called_like(evidence, reading)
    columns = {
        column: _propose_column(evidence, reading, roles, i, confidence, elsewhere[i], called.get(i))
        for i, column in enumerate(reading.columns)
    }
    for part in parts_of_note(evidence, source, reading.columns) if table == NOTES else ():
        columns[part] = with_choice(columns[part], CONTENT, "it is a part of the note, which stands there under its header")
    for part in alerts_beside(evidence, source, reading.columns) if table == _PEOPLE else ():
        if columns[part].choice is None:
            columns[part] = with_choice(columns[part], ALERTS, "it says alerts, as another column does, each under its header")
    if table == _BILLED and is_of_charges(evidence, reading) and (number := own_number(evidence, source, columns)):
        columns[number] = with_choice(columns[number], "invoice_id", "each row is charged by itself, under this number")
    columns = after_discount(evidence, source, columns) if table == _BILLED else columns
    if table == _OFFERED and (only := named_by_description(columns)):
        columns[only] = with_choice(columns[only], "name", "it is the only text that says what each row is")
    if confidence < _DOUBTED_TABLE and all(each.choice is None or each.confidence < _LEAST_COLUMN for each in columns.values()):
        return _homeless(evidence, source, dict(ranked).get(None, 0.0), candidates, why)
    return TableProposal(source, table, confidence, candidates, columns)


def _as_lines(asked: TableProposal, lines: Lines) -> TableProposal:
    """Return a table of which nobody knew what it is as one of lines of other tables' records."""
    others = tuple(one for one in asked.candidates if one.target != lines.table)
    candidates = (Candidate(lines.table, NOTED, (lines.evidence,)), *others)[:_SHOWN]
    columns = {name: with_choice(column, lines.targets.get(name), lines.evidence) for name, column in asked.columns.items()}
    return TableProposal(asked.source, lines.table, NOTED, candidates, columns)


def _asked_beside(evidence: Evidence, proposed: TableProposal, other: str) -> TableProposal:
    """Return that a part of a ledger is asked about, since another table shows the same money."""
    why = f"but {other} has such rows too: both would count the same money twice"
    return _held(evidence, proposed.source, proposed.candidates, why)


def _candidates(evidence: Evidence, readings: Mapping[str, Reading], ranked: Ranking) -> tuple[Candidate, ...]:
    return tuple(Candidate(name, share, about_table(evidence, readings[name])) for name, share in ranked[:_SHOWN] if name is not None)


def _asked(evidence: Evidence, source: str, readings: Mapping[str, Reading], ranked: Ranking, why: str) -> TableProposal:
    """Return that a table is none, with what it looks like and why it is not proposed as that."""
    return _held(evidence, source, _candidates(evidence, readings, ranked), why)


def _held(evidence: Evidence, source: str, candidates: tuple[Candidate, ...], why: str) -> TableProposal:
    first, *others = candidates
    first = replace(first, confidence=min(first.confidence, _ASKED_TABLE), evidence=(*first.evidence, why))
    said = f"left out: it looks like {first.target.replace('_', ' ')}, {why}"
    return _homeless(evidence, source, _ASKED_TABLE, (first, *others), said)


def _homeless(evidence: Evidence, source: str, confidence: float, candidates: tuple[Candidate, ...], why: str) -> TableProposal:
    """Return that nobody knows what a table is, and why: none of its columns has a home."""
    profiles = {c: evidence.export.profiles[source, c] for c in evidence.export.raw.tables[source].columns}
    columns = {c: ColumnProposal(c, None, confidence, (), seen, _new_field(c, seen)) for c, seen in profiles.items()}
    return TableProposal(source, None, confidence, candidates, columns, why)


def _homeless_elsewhere(readings: Mapping[str, Reading], ranked: Ranking) -> np.ndarray:
    """Return by column how likely it is that the table is another than the first of `ranked` and has no home for the column."""
    found = np.zeros(len(next(iter(readings.values())).columns))
    for table, share in ranked[1:]:
        found += share * (readings[table].shares[:, -1] if table is not None and table in readings else 1.0)
    return found


def _propose_column(
    evidence: Evidence, reading: Reading, roles: Roles, i: int, table_confidence: float, elsewhere: float, called: int | None
) -> ColumnProposal:
    """`called`: the field that the column is called just like, where it is no other."""
    column, chosen = reading.columns[i], reading.chosen.get(i)
    seen, shares = evidence.export.profiles[reading.source, column], reading.shares[i]
    confidence = _calibrate(evidence.knowledge, reading, i, chosen, table_confidence)
    guessed = chosen is not None and confidence < _floor(evidence, reading, i, chosen)
    if called is not None and (guessed or chosen is None):
        chosen, confidence, guessed = called, CALLED, False
    order = sorted(range(len(reading.targets)), key=lambda j: (j != chosen, -shares[j]))
    if guessed or chosen is None:
        chosen, confidence = None, float(table_confidence * _calibrate(evidence.knowledge, reading, i, None, table_confidence) + elsewhere)
        if guessed or table_confidence < _DOUBTED_TABLE or may_have_home(evidence, reading, i):
            confidence = min(confidence, MOST)
        about, against = code_elsewhere(evidence, reading, i) or (None, "")
    else:
        about, against = chosen, what_is_against(evidence, reading, roles, i, chosen)
    if against:
        confidence = min(confidence, MOST)
        order = sorted(order, key=lambda j: j != about)
    candidates = []
    for j in order[:_SHOWN]:
        stated = confidence if j == chosen else min(float(shares[j]), 1 - confidence)
        if stated >= 0.001 or (against and j == about):
            said = about_column(evidence, reading, i, j) if j == chosen or j != about else ()
            candidates.append(Candidate(reading.targets[j], stated, (*said, against) if against and j == about else said))
    choice = reading.targets[chosen] if chosen is not None else None
    return ColumnProposal(column, choice, confidence, tuple(candidates), seen, _new_field(column, seen))


def _floor(evidence: Evidence, reading: Reading, i: int, chosen: int) -> float:
    """Return the confidence below which a choice is no proposal; a flag that the header names is asked about whatever it is."""
    target, named = reading.targets[chosen], reading.names.loose[i, chosen]
    kind, is_flag = field_of(evidence.schema, reading.table, target).type, target in evidence.knowledge.flags
    if is_flag and reading.names.exact[i, chosen]:
        return 0.0
    if not named and kind == "boolean" and is_flag and not _says_flag(evidence, reading, i, target):
        return _NEVER
    if not named and (kind in ("id", "boolean") or is_flag):
        return _LEAST_UNNAMED.get(kind, _LEAST_CHOICE)
    return _LEAST_ID if kind == "id" else _LEAST_CHOICE


def _says_flag(evidence: Evidence, reading: Reading, i: int, target: str) -> bool:
    """Return whether a header has a word that alone is a spelling of the flag: `VOID_FG`."""
    lexicon, spec = evidence.matcher.lexicon, field_of(evidence.schema, reading.table, target)
    alone = {ideas for text in (spec.name, spec.title, *spec.synonyms) if len(ideas := lexicon.ideas(text)) == 1}
    return any((idea,) in alone for idea in lexicon.ideas(reading.columns[i]))


def _calibrate(known: Knowledge, reading: Reading, i: int, chosen: int | None, table_confidence: float) -> float:
    """Return how often such a choice is right, from its share, the strongest rival for its field, and the table's confidence."""
    from scipy.special import expit

    features = choice_features(reading, i, chosen, table_confidence)
    weights = known.weights["choice" if chosen is not None else "none"]
    return float(expit(weights["bias"] + sum(weights[name] * value for name, value in features.items())))


CHOICE_FEATURES = ("share", "contested", "table", "values", "better", "unknown", "bare", "free")
"""What the confidence of a choice is made from; the weights `choice` and `none` of `templates/mapping.yaml` name these."""


def choice_features(reading: Reading, i: int, chosen: int | None, table_confidence: float) -> dict[str, float]:
    """Return `CHOICE_FEATURES` of a choice; a `chosen` of None is "no home"."""
    from scipy.special import logit

    j = -1 if chosen is None else chosen
    share = float(np.clip(reading.shares[i, j], 1e-4, 1 - 1e-4))
    rivals = np.delete(reading.shares[:, j], i) if chosen is not None else np.zeros(0)
    lift = reading.lift[i]
    values = float(lift[j]) if chosen is not None else float(lift.max(initial=-1.0))
    return {
        "share": float(logit(share)),
        "contested": float(rivals.max(initial=0.0)),
        "table": float(np.log(max(table_confidence, 1e-4))),
        "values": values,
        "better": float(lift.max(initial=-1.0)) - values if values else 0.0,  # of some fields values say nothing: nothing is better
        "unknown": reading.unknown[i],
        "bare": float(not lift.any()),
        "free": float(np.delete(lift, list(reading.chosen.values())).max(initial=-1.0)),
    }


def _new_field(column: str, seen: Profile) -> NewField:
    """Return what the column would be as a custom field of its own: its label as people write it, a type that holds its values."""
    kinds = (("date", ("date", "datetime")), ("phone", ("mobile",)), ("monetary", ("money",)), ("double", ("number",)))
    found = next((name for name, looks in kinds if seen.share(*looks) >= 0.95), None)
    if found is None:
        few = 0 < seen.distinct <= 20 and seen.uniqueness < 0.2
        found = "enum" if few else "text" if seen.max_length > 255 else "varchar"
    return NewField(column.replace("_", " ").strip() or column, found)
