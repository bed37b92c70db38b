"""What a plan allows: fields, deals and leads, activity types, options, visibility, billing."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(("plan", "cap"), [("lite", 30), ("growth", 100)])
def test_custom_fields_are_counted_over_all_entities(make, plan, cap):
    api = make(plan=plan)
    for number in range(cap):
        entity = ("person", "organization", "deal", "product")[number % 4]
        api.ok("POST", f"/api/v2/{entity}Fields", json={"field_name": f"F{number}", "field_type": "varchar"})
    answer = api.refused(403, "POST", "/api/v2/personFields", json={"field_name": "One more", "field_type": "varchar"})
    assert answer["code"] == "feature_capping_custom_fields_limit"
    code = api.ok("GET", "/api/v2/dealFields?limit=500")[-1]["field_code"]
    api.ok("DELETE", f"/api/v2/dealFields/{code}")
    api.ok("POST", "/api/v2/personFields", json={"field_name": "One more", "field_type": "varchar"})


def test_deals_and_leads_share_a_limit_per_seat(make, monkeypatch):
    from migkit.sandbox.objects import deals

    monkeypatch.setitem(deals.DEAL_CAP, "lite", 2)
    api = make(plan="lite", seats=2)
    person = api.ok("POST", "/api/v2/persons", json={"name": "A"})["id"]
    api.ok("POST", "/api/v1/leads", json={"title": "L", "person_id": person})
    won = [api.ok("POST", "/api/v2/deals", json={"title": f"D{n}", "status": "won"})["id"] for n in range(3)]
    for path, body in (("/api/v2/deals", {"title": "D"}), ("/api/v1/leads", {"title": "L", "person_id": person})):
        assert api.refused(403, "POST", path, json=body)["code"] == "feature_capping_deals_limit"
    api.refused(403, "POST", f"/api/v1/deals/{won[0]}/duplicate")
    api.switch(deals_counted="open")
    api.ok("POST", "/api/v2/deals", json={"title": "D"})


def test_activity_types_are_capped_without_a_code(api):
    for number in range(34):
        api.ok("POST", "/api/v1/activityTypes", json={"name": f"T{number}", "icon_key": "call"})
    answer = api.refused(403, "POST", "/api/v1/activityTypes", json={"name": "T", "icon_key": "call"})
    assert answer["error"] == "You've reached the activity type per company limit."
    assert "code" not in answer
    api.switch(activity_type_cap="200")
    api.ok("POST", "/api/v1/activityTypes", json={"name": "T", "icon_key": "call"})


def test_options_of_a_field_are_capped(api):
    options = [{"label": f"O{n}"} for n in range(501)]
    api.refused(403, "POST", "/api/v2/personFields", json={"field_name": "A", "field_type": "enum", "options": options})
    made = api.ok("POST", "/api/v2/personFields", json={"field_name": "A", "field_type": "enum", "options": options[:500]})
    api.refused(403, "POST", f"/api/v2/personFields/{made['field_code']}/options", json=[{"label": "X"}])


@pytest.mark.parametrize(("plan", "allowed"), [("lite", {1, 3}), ("growth", {1, 3}), ("premium", {1, 3, 5, 7}), ("ultimate", {1, 3, 5, 7})])
def test_visibilities_are_those_of_the_plan(make, plan, allowed):
    api = make(plan=plan)
    for value in (1, 3, 5, 7):
        status = api.post("/api/v2/persons", json={"name": "A", "visible_to": value}).status_code
        assert status == (200 if value in allowed else 400)
    assert api.ok("POST", "/api/v2/persons", json={"name": "A"})["visible_to"] == max(allowed)


def test_recurring_products_and_installments_need_growth(make):
    lite, growth = make(plan="lite"), make(plan="growth")
    for api, status in ((lite, 403), (growth, 201)):
        assert api.post("/api/v2/products", json={"name": "A", "billing_frequency": "monthly"}).status_code == status
        product = api.ok("POST", "/api/v2/products", json={"name": "B"})["id"]
        deal = api.ok("POST", "/api/v2/deals", json={"title": "D"})["id"]
        api.ok("POST", f"/api/v2/deals/{deal}/products", json={"product_id": product, "item_price": 1, "quantity": 1})
        body = {"description": "A", "amount": 1, "billing_date": "2024-01-01"}
        assert api.post(f"/api/v2/deals/{deal}/installments", json=body).status_code == (403 if status == 403 else 200)


def test_a_deal_has_at_most_a_hundred_products(api):
    product = api.ok("POST", "/api/v2/products", json={"name": "B"})["id"]
    deal = api.ok("POST", "/api/v2/deals", json={"title": "D"})["id"]
    line = {"product_id": product, "item_price": 1, "quantity": 1}
    api.ok("POST", f"/api/v2/deals/{deal}/products/bulk", json={"data": [line] * 100})
    api.refused(403, "POST", f"/api/v2/deals/{deal}/products", json=line)
    assert api.ok("GET", f"/api/v2/deals/{deal}")["value"] == 100
    assert len(api.ok("DELETE", f"/api/v2/deals/{deal}/products")["ids"]) == 100


def test_no_more_users_than_seats(make):
    api = make(seats=2)
    api.ok("POST", "/api/v1/users", json={"email": "b@example.com"})
    api.refused(402, "POST", "/api/v1/users", json={"email": "c@example.com"})
