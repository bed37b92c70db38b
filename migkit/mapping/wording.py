"""Evidence in words, for the person who confirms."""

from __future__ import annotations

from .evidence import FEATURES, Evidence, field_of
from .ranking import key_fits
from .reading import Reading
from .shapes import in_words

_BETTER = 0.4
"""How much likelier the values must be something else, or must be this, for that to be told; 1 is the most that counts."""


def about_table(evidence: Evidence, reading: Reading) -> tuple[str, ...]:
    """Return what speaks for and against a source table being a canonical one."""
    raw_table, table = evidence.export.raw.tables[reading.source], evidence.schema[reading.table]
    said = [f"{len(reading.chosen)} of {len(reading.columns)} columns have a home in it"]
    for what, name in (("name", raw_table.name), ("title", raw_table.title)):
        if name and evidence.matcher.compare_tables(name, [table])[reading.table] >= 0.75:
            said.append(f"the {what} says so")
    if evidence.memory.table_share(reading.source, reading.table):
        said.append("confirmed so before")
    if key_fits(evidence, reading) < 0:
        said.append("but the column that would be its key repeats its values")
    return tuple(said)


def why_none(evidence: Evidence, reading: Reading, share: float) -> str:
    """Return why a source table is not even what it is likeliest to be, which it is at `share`."""
    found, table = {reading.targets[j] for j in reading.chosen.values()}, evidence.schema[reading.table]
    lacks = [" or ".join(table.fields[name].title for name in group) for group in table.essentials if not found & {*group}]
    said = f"left out: the likeliest would be {reading.table.replace('_', ' ')} ({'under 1%' if share < 0.01 else f'{share:.0%}'})"
    homes = f"in which {len(reading.chosen)} of {len(reading.columns)} columns have a home"
    return f"{said}, {homes}{f', and of which it has no {lacks[0]}' if lacks else ''}"


def about_column(evidence: Evidence, reading: Reading, i: int, j: int) -> tuple[str, ...]:
    """Return what speaks for and against column `i` meaning target `j`."""
    facts = dict(zip(FEATURES, reading.features[i, j], strict=True))
    column = (reading.source, reading.columns[i])
    seen, spec = evidence.export.profiles[column], field_of(evidence.schema, reading.table, reading.targets[j])
    nearest, said = reading.names.nearest[i, j], []
    if facts["exact"]:
        said.append(f"the name means “{nearest}”")
    elif facts["loose"] or max(facts["covered"] * facts["explained"], facts["letters"]) >= 0.6:
        said.append(f"the name is near “{nearest}”")
    said += _about_values(evidence, reading, i, j)
    if facts["key"] > 0:
        referring = [f"{t}.{c}" for t, c in evidence.export.structure.referred_by(column)]
        said.append(f"{seen.uniqueness:.0%} distinct" + (f" and referred to by {', '.join(referring[:3])}" if referring else ""))
    elif facts["key"] < 0:
        said.append("its values repeat, which an id does not")
    if facts["refers"] >= 0.5:
        said.append(f"{facts['refers']:.0%} of the values are ids of {str(spec.ref).replace('_', ' ')}")
    if facts["remembered"]:
        said.append("confirmed so before" if facts["remembered"] > 0 else "left out before")
    if facts["language_model"]:
        said.append("the language model says so")
    if facts["shared"] > 0:
        said.append("the same on every row of one parent")
    return tuple(said)


def _about_values(evidence: Evidence, reading: Reading, i: int, j: int) -> list[str]:
    facts, lift = dict(zip(FEATURES, reading.features[i, j], strict=True)), reading.lift[i]
    seen, spec = evidence.export.profiles[reading.source, reading.columns[i]], field_of(evidence.schema, reading.table, reading.targets[j])
    said = []
    if facts["fits"] >= 0.25:
        said.append("its values are known spellings" if spec.values else f"values fit: {in_words(seen, evidence.knowledge.kinds(spec))}")
    elif facts["against"] >= 0.5:
        said.append("its values do not look like it")
    if lift.max() - lift[j] >= _BETTER and lift.max() > 0:
        better = field_of(evidence.schema, reading.table, reading.targets[int(lift.argmax())])
        said.append(f"its values fit “{better.title}” better")
    elif lift[j] >= _BETTER and facts["fits"] < 0.25:
        said.append("its values are such as stand there")
    return said
