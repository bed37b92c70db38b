"""The Pipedrive client: records in, records out, inside the target's limits."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import httpx

from migkit.model.cost import PLAN_MULTIPLIER
from migkit.model.errors import TerminalError, UsageError
from migkit.model.objects import ENTITIES, OBJECTS, Endpoint, ObjectType

from .budget import DAY, Budget, Usage
from .calls import Call
from .clock import Clock, SystemClock
from .records import Data, First, Id, Rows, address, first_page, is_deleted, next_page, of_entity, option_path, record_of, rows_of
from .scheduler import BURST, SEARCH_BURST, Window
from .session import Session
from .wire import TokenAuth, Wire, base_url

GONE = (404, 410)
LINES_OF = 100
"""Deals whose products one call lists."""
DEAL_LINES = Endpoint("/api/v2/deals/products", "", "", "cursor", 500, "id")


class Pipedrive:
    """One account, for one run: `async with Pipedrive(url, token) as client:`.

    Ids are what the answers' `id` say: int; for leads and lead labels a uuid; for fields `<entity>/<field code>`. Every call names
    the purpose that its tokens are counted under (`PURPOSES`). All methods raise the errors of `migkit.model.errors`: TransientError
    after five retries, TerminalError, BudgetExhausted, and UnconfirmedWrite for a write that was sent and not usably answered.
    """

    url = ""
    """Scheme and host of the target."""

    def __init__(  # noqa: PLR0913 - seams that tests replace; all but two have defaults
        self,
        url: str,
        token: str,
        *,
        subscription_plan: str = "lite",
        seats: int = 1,
        reserve_pct: int = 20,
        wait: bool = False,
        transport: httpx.AsyncBaseTransport | None = None,
        concurrency: int = 8,
        clock: Clock | None = None,
        on_progress: Callable[[str], None] | None = None,
        day: float = DAY,
        spent_today: int = 0,
        rng: random.Random | None = None,
    ) -> None:
        """Sends nothing yet. `wait`: outlast an exhausted day instead of raising. `day`: seconds of the target's day. `spent_today`: tokens
        that earlier runs spent today; counts only where the target does not say itself what is left.

        Raises UsageError for an address that a token must not be sent to, an unknown plan, or a token that cannot be one.
        """
        auth = TokenAuth(token)
        del token  # no traceback that shows locals can show it
        if subscription_plan not in PLAN_MULTIPLIER:
            raise UsageError(f"{subscription_plan!r} is not a Pipedrive plan: choose one of {', '.join(PLAN_MULTIPLIER)}.")
        clock = clock or SystemClock()
        self.url = base_url(url)
        self.budget = Budget(subscription_plan, seats, reserve_pct, day, spent=spent_today)
        self._burst = Window(BURST[subscription_plan], clock)
        self._searches = Window(SEARCH_BURST, clock)
        self._wire = Wire(self.url, auth, transport, concurrency)
        self._session = Session(
            self._wire,
            self.budget,
            self._burst,
            self._searches,
            clock,
            rng or random.Random(),
            wait=wait,
            tell=on_progress or (lambda sentence: None),
        )

    def __repr__(self) -> str:
        return f"<Pipedrive {self.url}>"

    async def __aenter__(self) -> Pipedrive:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._wire.close()

    @property
    def usage(self) -> Usage:
        """Calls and tokens of this run by purpose and endpoint."""
        return self._session.usage

    @property
    def throttled(self) -> int:
        """How many answers were 429."""
        return self._burst.throttled + self._searches.throttled

    @property
    def burst_limit(self) -> int:
        """Requests allowed per two seconds: the plan's number until the target names its own."""
        return self._burst.limit

    @property
    def is_unlimited(self) -> bool:
        """Whether the target says that it counts no requests, as one to practise on may."""
        return self._burst.is_open

    @property
    def before_write(self) -> Callable[[], None]:
        """What is asked just before the bytes of a writing call leave; whatever it raises keeps them back."""
        return self._wire.before_write

    @before_write.setter
    def before_write(self, ask: Callable[[], None]) -> None:
        self._wire.before_write = ask

    # -- records ------------------------------------------------------------------------------------------------------

    async def create(self, object: ObjectType, body: Mapping[str, Any], *, purpose: str = "write") -> Data:
        """Return the record as created. A field's body names its `entity`; files are uploaded instead (`upload`)."""
        endpoint, entity, sent = OBJECTS[object].endpoint, None, dict(body)
        if object is ObjectType.FIELD:
            entity = str(sent.pop("entity"))
        return await self._one(Call("POST", of_entity(endpoint.path, entity), purpose, json=sent), entity)

    async def update(self, object: ObjectType, id: Id, body: Mapping[str, Any], *, purpose: str = "write") -> Data:
        """Return the record as changed; fields that `body` does not name stay as they are."""
        endpoint, (entity, args) = OBJECTS[object].endpoint, address(object, id)
        sent: dict[str, Any] = {"form" if object is ObjectType.FILE else "json": dict(body)}
        return await self._one(Call(endpoint.update, of_entity(endpoint.one, entity), purpose, args=args, **sent), entity)

    async def delete(self, object: ObjectType, id: Id, *, purpose: str = "delete") -> None:
        """Delete a record; one that is gone already is fine."""
        entity, args = address(object, id)
        try:
            await self._session.call(Call("DELETE", of_entity(OBJECTS[object].endpoint.one, entity), purpose, args=args))
        except TerminalError as error:
            if error.status not in GONE:
                raise

    async def fetch(self, object: ObjectType, id: Id, *, purpose: str = "read_back") -> Data | None:
        """Return one record, None where there is none or it is deleted."""
        endpoint = OBJECTS[object].endpoint
        if not endpoint.has_one:
            return next((record for record in [each async for each in self.list(object, purpose=purpose)] if record["id"] == id), None)
        entity, args = address(object, id)
        try:
            record = await self._one(Call("GET", of_entity(endpoint.one, entity), purpose, args=args), entity)
        except TerminalError as error:
            if error.status in GONE:
                return None
            raise
        return None if is_deleted(record) else record

    async def list(self, object: ObjectType, *, purpose: str = "read_back", first: First = "oldest", **filters: Any) -> AsyncIterator[Data]:
        """Yield every record that is not deleted, by the largest pages, by id where the endpoint can sort.

        `first`: what was created last (`newest`) or changed last (`changed`) comes first, so that a reader who stops early pays for few
        pages. Archived deals and leads are not among them (`list_archived`). Fields: of all entities, or of the one named by `entity=`.
        """
        endpoint = OBJECTS[object].endpoint
        named = filters.pop("entity", None)
        for entity in (named,) if named or object is not ObjectType.FIELD else ENTITIES:
            async for record in self._pages(endpoint, of_entity(endpoint.path, entity), purpose, filters, entity, first):
                yield record

    async def list_archived(
        self, object: ObjectType, *, purpose: str = "read_back", first: First = "oldest", **filters: Any
    ) -> AsyncIterator[Data]:
        """Yield every archived deal or lead; nothing for objects that have no archive."""
        if endpoint := OBJECTS[object].archive:
            async for record in self._pages(endpoint, endpoint.path, purpose, filters, None, first):
                yield record

    async def deal_lines(self, deal_ids: Sequence[Id], *, purpose: str = "read_back") -> AsyncIterator[Data]:
        """Yield the products on these deals: `deal_id`, `product_id`, …"""
        for start in range(0, len(deal_ids), LINES_OF):
            filters = {"deal_ids": list(deal_ids[start : start + LINES_OF])}
            async for line in self._pages(DEAL_LINES, DEAL_LINES.path, purpose, filters, None, "oldest"):
                yield line

    # -- files --------------------------------------------------------------------------------------------------------

    async def upload(self, name: str, content: bytes | Path, links: Mapping[str, Any], *, purpose: str = "write") -> Data:
        """Return the file's record after uploading `content` as `name`, linked to `links` (`person_id`, `deal_id`, …)."""
        data = content if isinstance(content, bytes) else await asyncio.to_thread(content.read_bytes)
        return await self._one(Call("POST", OBJECTS[ObjectType.FILE].endpoint.path, purpose, form=dict(links), file=(name, data)), None)

    async def download(self, file_id: int, *, purpose: str = "read_back") -> bytes:
        """Return a file's content."""
        return await self._session.download(Call("GET", "/api/v1/files/{id}/download", purpose, args={"id": file_id}))

    # -- options of a field -------------------------------------------------------------------------------------------

    async def add_options(self, field_id: Id, labels: Sequence[str], *, purpose: str = "schema_write") -> Rows:
        """Return the options (`id`, `label`) added to a field."""
        entity, args = address(ObjectType.FIELD, field_id)
        call = Call("POST", option_path(entity), purpose, args=args, json=[{"label": label} for label in labels])
        return rows_of(call, (await self._session.call(call))["data"])

    async def delete_options(self, field_id: Id, option_ids: Sequence[Id], *, purpose: str = "delete") -> None:
        """Take options away from a field; records that hold them lose that value."""
        entity, args = address(ObjectType.FIELD, field_id)
        await self._session.call(Call("DELETE", option_path(entity), purpose, args=args, json=[{"id": each} for each in option_ids]))

    # -- the account --------------------------------------------------------------------------------------------------

    async def read(self, path: str, *, purpose: str = "schema_read", **args: Any) -> Any:
        """Return the `data` of one GET on a path of the price list, e.g. `/api/v1/users/{id}/permissions` with `id=3`."""
        return (await self._session.call(Call("GET", path, purpose, args=args)))["data"]

    async def find(self, object: ObjectType, field_code: str, term: str, *, purpose: str = "matching") -> Sequence[Id]:
        """Return the ids of records whose custom field is exactly `term`.

        Dear (20 tokens) and slow to notice new records: a list read back is better wherever there is more than one to find.
        """
        params = {"term": term, "entity_type": str(object), "field": field_code, "match": "exact"}
        call = Call("GET", "/api/v2/itemSearch/field", purpose, params=params)
        return [record_of(call, row, None)["id"] for row in rows_of(call, (await self._session.call(call))["data"])]

    async def _one(self, call: Call, entity: str | None) -> Data:
        return record_of(call, (await self._session.call(call))["data"], entity)

    async def _pages(
        self, endpoint: Endpoint, path: str, purpose: str, filters: Mapping[str, Any], entity: str | None, first: First
    ) -> AsyncIterator[Data]:
        page: dict[str, Any] | None = first_page(endpoint, filters, first)
        while page is not None:
            call = Call("GET", path, purpose, params=page)
            envelope = await self._session.call(call)
            rows = rows_of(call, envelope["data"])
            for row in rows:
                record = record_of(call, row, entity)
                if not is_deleted(record):
                    yield record
            page = next_page(endpoint, call, envelope, len(rows))
