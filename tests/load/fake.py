"""A target in memory with the client's interface: what the load room's own logic is tried against, fast and without HTTP."""

from __future__ import annotations

import copy
import hashlib
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from typing import Any

from migkit.model.objects import ObjectType
from migkit.pipedrive import Usage

HAS_CUSTOM_FIELDS = (ObjectType.PERSON, ObjectType.ORGANIZATION, ObjectType.DEAL, ObjectType.PRODUCT)


class FakePipedrive:
    """Keeps records by object and id; `before` and `after` are called around every write and may raise."""

    def __init__(self) -> None:
        self.usage = Usage()
        self.records: dict[ObjectType, dict[Any, dict[str, Any]]] = {object: {} for object in ObjectType}
        self.log: list[tuple[str, ObjectType, Any]] = []
        self.listed: Counter[ObjectType] = Counter()
        self.before: Callable[[], None] = lambda: None
        self.after: Callable[[], None] = lambda: None
        self.company_id = 77
        self.is_admin = True
        self._next = 1000  # so that no id is mistaken for a size or a number of days

    def id(self, object: ObjectType) -> Any:
        self._next += 1
        return f"{self._next:08d}-0000-4000-8000-000000000000" if object in (ObjectType.LEAD, ObjectType.LEAD_LABEL) else self._next

    def write(self, verb: str, object: ObjectType, id: Any, work: Callable[[], Any]) -> Any:
        self.before()
        self.log.append((verb, object, id))
        self.usage.add("write", verb, 5)
        answer = copy.deepcopy(work())
        self.after()
        return answer

    def seed(self, object: ObjectType, **fields: Any) -> dict[str, Any]:
        """Put something there that was there before us."""
        return self._create(object, fields)

    def _create(self, object: ObjectType, body: Mapping[str, Any]) -> dict[str, Any]:
        record = copy.deepcopy(dict(body))
        if object is ObjectType.FIELD:
            code = hashlib.sha1(f"{self.company_id}{self._next}{body['field_name']}".encode()).hexdigest()
            self._next += 1
            record |= {"id": f"{body['entity']}/{code}", "field_code": code, "is_custom_field": True, "options": []}
            self.records[object][record["id"]] = record
            self._options(record["id"], [option["label"] for option in body.get("options", [])])
            return record
        record["id"] = self.id(object)
        if object is ObjectType.ACTIVITY_TYPE:
            record["key_string"] = body["name"].lower().replace(" ", "_")
        if object is ObjectType.ACTIVITY:
            record["person_id"] = next((p["person_id"] for p in body.get("participants", []) if p["primary"]), None)
        if object in HAS_CUSTOM_FIELDS:
            record.setdefault("custom_fields", {})
        self.records[object][record["id"]] = record
        return record

    def _options(self, field: str, labels: Sequence[str]) -> list[dict[str, Any]]:
        added = [{"id": self.id(ObjectType.FIELD), "label": label} for label in labels]
        self.records[ObjectType.FIELD][field]["options"] += added
        return added

    def _update(self, object: ObjectType, id: Any, body: Mapping[str, Any]) -> dict[str, Any]:
        record = self.records[object][id]
        for name, value in copy.deepcopy(dict(body)).items():
            if name == "custom_fields":
                record["custom_fields"] |= value
            else:
                record[name] = value
        record["update_time"] = f"touched {len(self.log)}"
        return record

    # -- the client's interface ---------------------------------------------------------------------------------

    async def create(self, object: ObjectType, body: Mapping[str, Any], *, purpose: str = "write") -> dict[str, Any]:
        return self.write("create", object, None, lambda: self._create(object, body))

    async def update(self, object: ObjectType, id: Any, body: Mapping[str, Any], *, purpose: str = "write") -> dict[str, Any]:
        return self.write("update", object, id, lambda: self._update(object, id, body))

    async def delete(self, object: ObjectType, id: Any, *, purpose: str = "delete") -> None:
        self.write("delete", object, id, lambda: self.records[object].pop(id, None))

    async def upload(self, name: str, content: bytes, links: Mapping[str, Any], *, purpose: str = "write") -> dict[str, Any]:
        return self.write(
            "create", ObjectType.FILE, None, lambda: self._create(ObjectType.FILE, {"name": name, "size": len(content), **links})
        )

    async def add_options(self, field_id: str, labels: Sequence[str], *, purpose: str = "schema_write") -> list[dict[str, Any]]:
        return self.write("options", ObjectType.FIELD, field_id, lambda: self._options(field_id, labels))

    async def delete_options(self, field_id: str, option_ids: Sequence[Any], *, purpose: str = "delete") -> None:
        field = self.records[ObjectType.FIELD][field_id]
        kept = [option for option in field["options"] if option["id"] not in option_ids]
        self.write("options", ObjectType.FIELD, field_id, lambda: field.update(options=kept))

    async def fetch(self, object: ObjectType, id: Any, *, purpose: str = "read_back") -> dict[str, Any] | None:
        return copy.deepcopy(self.records[object].get(id))

    async def list(
        self, object: ObjectType, *, purpose: str = "read_back", first: str = "oldest", **filters: Any
    ) -> AsyncIterator[dict[str, Any]]:
        for record in list(self.records[object].values())[:: 1 if first == "oldest" else -1]:
            self.listed[object] += 1
            yield copy.deepcopy(record)

    async def list_archived(
        self, object: ObjectType, *, purpose: str = "read_back", first: str = "oldest", **filters: Any
    ) -> AsyncIterator[dict[str, Any]]:
        nothing: list[dict[str, Any]] = []
        for record in nothing:
            yield record

    async def deal_lines(self, deal_ids: Sequence[int], *, purpose: str = "read_back") -> AsyncIterator[dict[str, Any]]:
        for id in deal_ids:
            for product in self.records[ObjectType.DEAL][id].get("products", ()):
                yield {"deal_id": id, "product_id": product}

    async def find(self, object: ObjectType, field_code: str, term: str, *, purpose: str = "matching") -> Sequence[Any]:
        return [id for id, record in self.records[object].items() if record["custom_fields"].get(field_code) == term]

    async def read(self, path: str, *, purpose: str = "schema_read", **args: Any) -> Any:
        me = {"id": 1, "name": "Ada Admin", "email": "admin@practice.example", "active_flag": True, "company_id": self.company_id}
        me["access"] = [{"app": "sales", "admin": self.is_admin}]
        dentist = {"id": 2, "name": "Dr Drill", "email": "drill@practice.example", "active_flag": True}
        return {"/api/v1/users/me": me, "/api/v1/users": [me, dentist], "/api/v1/currencies": [{"code": "AUD"}]}.get(path, {})
