"""A few records are asked for one by one, and look as they do in the whole list."""

from __future__ import annotations

from typing import Any

from migkit.model.objects import ObjectType
from migkit.pipedrive import Pipedrive, read_account
from migkit.reconcile import read_back, read_records

from .acting import practise


def test_asked_for_alone_they_look_as_in_the_list() -> None:
    """A person, note, deal, lead, activity and product: the same images for a few tokens; what was deleted is not there."""

    async def work(client: Pipedrive, world: Any) -> Any:
        person = await client.create(ObjectType.PERSON, {"name": "Pat Mild", "emails": [{"value": "pat@example.com", "primary": True}]})
        gone = await client.create(ObjectType.PERSON, {"name": "Not Here"})
        await client.delete(ObjectType.PERSON, gone["id"])
        made = [(ObjectType.PERSON, person["id"]), (ObjectType.PERSON, gone["id"])]
        for object, body in (
            (ObjectType.NOTE, {"content": "x", "person_id": person["id"]}),
            (ObjectType.DEAL, {"title": "Crown", "person_id": person["id"]}),
            (ObjectType.LEAD, {"title": "Asks", "person_id": person["id"]}),
            (ObjectType.ACTIVITY, {"subject": "Call", "participants": [{"person_id": person["id"], "primary": True}]}),
            (ObjectType.PRODUCT, {"name": "Floss"}),
        ):
            made.append((object, (await client.create(object, body))["id"]))
        account = await read_account(client)
        before = client.usage.tokens("read_back")
        few = await read_records(client, account, made)
        cost = client.usage.tokens("read_back") - before
        return made, few, await read_back(client, account), cost

    made, few, whole, cost = practise(work)
    assert [few.get(*one) for one in made] == [whole.get(*one) for one in made]
    assert [few.get(*one) is None for one in made] == [False, True, False, False, False, False, False]
    assert cost < 15
