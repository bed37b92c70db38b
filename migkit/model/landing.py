"""The landing map: where each canonical field goes in Pipedrive, under which privacy class, and how it is written there.

The map is data (`templates/landing.yaml`, with what `decisions/` overrides); these are the frozen values that every room reads it through.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from .canonical import CanonicalSchema
from .errors import DataError
from .objects import OBJECTS, ObjectType
from .records import CUSTOM
from .words import LINKS

NONE, REQUIRED = "none", "required"
"""Privacy classes that no decision leaves out: what says nothing of a person, and what Pipedrive takes no record without."""


@dataclass(frozen=True)
class Entry:
    """One field, or one part of a text, and what lands there."""

    name: str
    """Native field, label of a custom field, or name of a part of a text."""
    title: str
    """How people call it."""
    sources: tuple[str, ...]
    """Canonical fields (`table.field`) whose values land here."""
    classes: Mapping[str, str] = field(default_factory=dict)
    """Canonical field → privacy class; those of class `none` are absent."""
    make: str = ""
    """Name of the value that the plan makes from the sources, "" where the one source lands as it is."""
    shown: str = ""
    """How the value is shown, "" for what its type says."""
    text: str = ""
    """Pattern of a part of a text."""
    decided_as: str = ""
    """Name by which a privacy decision names it."""
    type: str = ""
    """Type of a custom field."""
    options: tuple[str, ...] = ()
    native: str = ""
    """Native person field that takes a custom field's value, where the policy `native_contact_fields` asks for it."""

    def class_of(self, source: str) -> str:
        """Return the privacy class under which a source lands here."""
        return self.classes.get(source, NONE)

    @property
    def privacy(self) -> str:
        """The class of all sources, `none` where they differ."""
        found = {self.class_of(source) for source in self.sources} or {*self.classes.values()}
        return found.pop() if len(found) == 1 else NONE


@dataclass(frozen=True)
class Text:
    """A text made of parts: labelled lines, or parts of one line."""

    name: str
    into: tuple[tuple[str, str], ...]
    """(object, field) in which it stands."""
    parts: tuple[Entry, ...]
    join: str = "\n"
    privacy: str = NONE
    """Class of the whole text, beside that of each part."""
    decided_as: str = ""
    policy: str = ""
    """The policy under which alone it is written."""


@dataclass(frozen=True)
class Place:
    """One place where a canonical field lands."""

    object: str
    """An object's name, or a document of the handover."""
    field: str
    """Native field, or `custom:<Label>`; "" for a document."""
    entry: Entry
    text: Text | None = None
    """The text that it is a part of."""
    is_link: bool = False
    """Whether it only decides which record it belongs to, who owns it, or its type or stage."""

    def classes(self, source: str) -> frozenset[str]:
        """Return the privacy classes of which each one, left out, takes this value away."""
        return frozenset({self.entry.class_of(source), self.text.privacy if self.text else NONE} - {NONE, REQUIRED})

    @property
    def title(self) -> str:
        """How people call the place within its object: `Due date`, `“Chair” in the note`."""
        if self.text is None:
            return self.entry.title
        holder = "note" if self.field in ("note", "content") else self.field.removeprefix(CUSTOM)
        return f"“{self.entry.title}” in the {holder}"

    @property
    def object_title(self) -> str:
        """How people call the object, or the document."""
        return OBJECTS[ObjectType(self.object)].title if self.field else f"{self.object} of the handover"


@dataclass(frozen=True)
class LandingMap:
    """Where every canonical field goes."""

    native: Mapping[str, tuple[Entry, ...]]
    """Object → its native fields."""
    custom: Mapping[str, tuple[Entry, ...]]
    """Entity → its custom fields; leads use the deal's."""
    texts: Mapping[str, Text]
    links: Mapping[str, Mapping[str, tuple[str, ...]]]
    """Object → link or owner field → canonical fields that decide it."""
    documents: Mapping[str, tuple[str, ...]]
    kept: Mapping[str, str]
    """Canonical field whose value leaves in nothing → what it is for."""
    new_fields: Mapping[str, str]
    """Canonical table → entity whose custom fields the analyst's new fields become; the other tables' stand as lines in texts."""
    schema: CanonicalSchema

    def entry(self, object: str, name: str) -> Entry:
        """Return a native field's entry."""
        return next(entry for entry in self.native[object] if entry.name == name)

    def sources_of(self, entity: str, label: str, goes: Callable[[Entry, str], bool] = lambda entry, source: True) -> tuple[str, ...]:
        """Return the canonical fields that land in a custom field, by themselves or as parts of its text; `goes` says of each whether it is
        sent at all."""
        own = [entry for entry in self.custom[entity] if entry.name == label]
        parts = [entry for text in self.texts.values() if (entity, CUSTOM + label) in text.into for entry in text.parts]
        return tuple(dict.fromkeys(source for entry in (*own, *parts) for source in entry.sources if goes(entry, source)))

    def entries(self) -> Iterator[tuple[str, Entry]]:
        """Yield (what it stands in, entry) for everything that privacy decides on."""
        for group in (self.native, self.custom):
            for name, entries in group.items():
                yield from ((name, entry) for entry in entries)
        for text in self.texts.values():
            yield from ((text.name, entry) for entry in text.parts)

    def places(self) -> Iterator[tuple[str, Place]]:
        """Yield (canonical field, place) for all places of all fields."""
        for kind, entries in self.native.items():
            for entry in entries:
                yield from ((source, Place(kind, entry.name, entry)) for source in entry.sources)
        for entity, entries in self.custom.items():
            for entry in entries:
                yield from ((source, Place(self._holder(source, entity), CUSTOM + entry.name, entry)) for source in entry.sources)
        for text in self.texts.values():
            for kind, name in text.into:
                for entry in text.parts:
                    yield from ((source, Place(kind, name, entry, text)) for source in entry.sources)
        for kind, links in self.links.items():
            for name, sources in links.items():
                yield from ((source, Place(kind, name, Entry(name, LINKS.get(name, name), sources), is_link=True)) for source in sources)
        for document, sources in self.documents.items():
            yield from ((source, Place(document, "", Entry(document, document, sources))) for source in sources)

    def _holder(self, source: str, entity: str) -> str:
        """Return the object that holds a custom field made from a source: of those that share the entity, the one of its table."""
        primary = self.schema[source.partition(".")[0]].primary
        return primary if primary in {*ObjectType} and OBJECTS[ObjectType(primary)].entity == entity else entity

    def of(self, source: str) -> tuple[Place, ...]:
        """Return all places of a canonical field, those on the object of its own table first.

        A name beside an id lands where the id does: reading finds the one by the other.
        """
        table, _, field = source.partition(".")
        ids = {f"{table}.{spec.name}" for spec in self.schema[table].fields.values() if spec.ref_name == field}
        found = [*self._placed.get(source, ()), *(one for name in ids for one in self._placed.get(name, ()) if one[1].is_link)]
        primary = self.schema[table].primary
        return tuple(place for _, place in sorted(found, key=lambda one: (one[1].object != primary, one[0])))

    @cached_property
    def _placed(self) -> dict[str, list[tuple[int, Place]]]:
        """Return canonical field → its places, each with where it stands in the map."""
        found: dict[str, list[tuple[int, Place]]] = {}
        for number, (name, place) in enumerate(self.places()):
            found.setdefault(name, []).append((number, place))
        return found


def parse_landing(document: Mapping[str, Any], schema: CanonicalSchema) -> LandingMap:
    """Return the landing map held in the parsed `templates/landing.yaml`. Raises DataError for a part that means nothing."""
    entity = {name: [kind for kind in OBJECTS.values() if kind.entity == name] for name in document["fields"]}
    for name, kinds in entity.items():
        if not kinds:
            raise DataError(f"The map to Pipedrive has custom fields for {name!r}, which takes none.")
    custom = {name: _entries(f"fields/{name}", fields) for name, fields in document["fields"].items()}
    labels = {(name, entry.name) for name, entries in custom.items() for entry in entries}
    found = LandingMap(
        native={name: _entries(f"native/{name}", fields) for name, fields in document["native"].items()},
        custom=custom,
        texts={name: _text(name, spec, labels) for name, spec in document["texts"].items()},
        links={kind: {name: _flat(sources) for name, sources in links.items()} for kind, links in document["links"].items()},
        documents={name: _flat(sources) for name, sources in document["documents"].items()},
        kept=dict(document["kept"]),
        new_fields=dict(document["new_fields"]),
        schema=schema,
    )
    for source in {name for name, _ in found.places()} | {*found.kept}:
        table, _, name = source.partition(".")
        if table not in schema.tables or name not in schema[table].fields:
            raise DataError(f"The map to Pipedrive lets {source} land, which is no canonical field.")
    return found


def _text(name: str, spec: Mapping[str, Any], labels: Iterable[tuple[str, str]]) -> Text:
    labelled = "lines" in spec
    into = []
    for place in spec["into"]:
        kind, _, slot = place.partition("/")
        into.append((kind, CUSTOM + slot if (kind, slot) in labels else slot))
    return Text(
        name=name,
        into=tuple(into),
        parts=tuple(_entry(f"texts/{name}", part, each, "{name}: {{}}" if labelled else "{{}}") for part, each in _parts(spec).items()),
        join=spec.get("join", "\n"),
        privacy=spec.get("privacy", NONE),
        decided_as=spec.get("decided_as", name),
        policy=spec.get("policy", ""),
    )


def _parts(spec: Mapping[str, Any]) -> Mapping[str, Any]:
    found: Mapping[str, Any] = spec["lines"] if "lines" in spec else spec["parts"]
    return found


def _entries(where: str, fields: Mapping[str, Any]) -> tuple[Entry, ...]:
    return tuple(_entry(where, name, spec) for name, spec in fields.items())


def _entry(where: str, name: str, spec: Mapping[str, Any], pattern: str = "") -> Entry:
    unknown = spec.keys() - {"label", "make", "from", "as", "text", "privacy", "decided_as", "type", "options", "native"}
    if unknown:
        raise DataError(f"The map to Pipedrive says {', '.join(sorted(unknown))} of {where}/{name}, which means nothing there.")
    sources = _flat(spec.get("from", ()))
    if len(sources) != 1 and not spec.get("make"):
        raise DataError(f"The map to Pipedrive lets {len(sources)} fields land in {where}/{name} and does not say what is made of them.")
    title = spec.get("label", name)
    return Entry(
        name=name,
        title=title,
        sources=sources,
        classes=_classes(spec.get("privacy", NONE), sources, where),
        make=spec.get("make", ""),
        shown=spec.get("as", ""),
        text=spec.get("text", pattern.format(name=name)),
        decided_as=spec.get("decided_as", title),
        type=spec.get("type", ""),
        options=tuple(spec.get("options", ())),
        native=spec.get("native", ""),
    )


def _classes(privacy: str | Mapping[str, Any], sources: tuple[str, ...], where: str) -> dict[str, str]:
    if isinstance(privacy, str):
        return {} if privacy == NONE else dict.fromkeys(sources or (where,), privacy)
    return {source: name for name, some in privacy.items() for source in _flat(some)}


def _flat(sources: Any) -> tuple[str, ...]:
    if isinstance(sources, str):
        return (sources,)
    return tuple(dict.fromkeys(name for source in sources for name in _flat(source)))
