"""The pages before a meeting: unit prices, technical checks, the matrix on desk, projector and phone."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pendamping.access.models import Account
from pendamping.access.tests import personas
from pendamping.deliberation import seat_keys
from pendamping.deliberation.enums.matrices import MatrixState
from pendamping.deliberation.models import Matrix, MatrixScore, PriceList, TechnicalCheck
from pendamping.deliberation.queries import matrices as queries
from pendamping.deliberation.tests.before import (
    begun,
    bounds,
    closed_matrix,
    frozen,
    judged,
    matrix_begun,
    planner,
    price,
    price_draft,
    prices_in_force,
    published,
    scored,
    seat,
)
from pendamping.deliberation.tests.factories import called, put, ready
from pendamping.regions.models import Region
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_second_factor(settings: Any) -> None:
    settings.MFA_REQUIRED = False


@pytest.fixture
def ward() -> Region:
    return places.ward()


def get(client: Client, person: Account, name: str, /, *codes: Any, **query: Any) -> Any:
    client.force_login(person)
    return client.get(reverse(f"deliberation:{name}", args=codes), query)


def post(client: Client, person: Account, name: str, /, *codes: Any, **data: Any) -> Any:
    client.force_login(person)
    return client.post(reverse(f"deliberation:{name}", args=codes), data)


def text(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status
    return str(answer.content.decode())


def test_prices_from_the_first_form_to_force(client: Client, ward: Region) -> None:
    office, sari = planner(ward), personas.sari(ward)
    data = {"fiscal_year": 2026, "title": "Standar harga", "legal_basis": "Kepwal 1"}
    wrong = text(post(client, office, "price_list_begin", **{**data, "legal_basis": ""}), 422)
    assert "Standar harga" in wrong
    assert post(client, office, "price_list_begin", **data).status_code == 302
    made = PriceList.objects.get()
    item = {"item_code": "5", "name": "Beton", "unit": "M3", "price": "1.000.000"}
    assert "Beton" in text(post(client, office, "unit_price", made.code, **{**item, "price": ""}), 422)
    assert post(client, office, "unit_price", made.code, **item).status_code == 302
    assert get(client, sari, "unit_price", made.code).status_code == 403
    assert post(client, sari, "price_list_fix", made.code).status_code == 403
    assert post(client, office, "price_list_fix", made.code).status_code == 302
    shown = text(get(client, sari, "price_list", made.code, q="beton"))
    assert "Rp 1.000.000" in shown.replace("\u00a0", " ")
    assert "Rp 1.000.000" not in text(get(client, sari, "price_list", made.code, q="pasir")).replace("\u00a0", " ")
    file = b"".join(get(client, sari, "price_list_file", made.code).streaming_content).decode()
    assert "5;Beton;;M3;1000000;;2026;;" in file
    foreign = personas.person("ward_head", places.foreign_ward())
    assert get(client, foreign, "price_list", made.code).status_code == 404
    assert made.code not in text(get(client, foreign, "price_lists"))


def test_the_search_answers_with_the_items_alone(client: Client, ward: Region) -> None:
    made = prices_in_force(ward)
    client.force_login(personas.sari(ward))
    address = reverse("deliberation:price_list", args=[made.code])
    part = text(client.get(address, {"q": "upah"}, headers={"HX-Request": "true"}))
    assert ("<html" in part, "Upah tukang" in part, "Beton" in part) == (False, True, False)


@pytest.mark.parametrize("name", ["price_list", "checks", "matrix", "matrix_seats"])
def test_as_many_queries_for_three_as_for_one(client: Client, ward: Region, name: str) -> None:
    prices = prices_in_force(ward)
    bounds(ward)
    matrix = frozen(ward)
    proposal = ready(ward)
    draft = price_draft(ward)
    code = {"price_list": draft.code, "checks": proposal.code}.get(name, matrix.meeting.code)
    assert prices

    def more(turn: int) -> None:
        price(draft, f"1{turn}")
        published(proposal, f"Ulang {turn}")
        scored(seat(matrix.meeting, f"RW {turn}"), (4, 2))

    def count() -> int:
        with CaptureQueriesContext(connection) as seen:
            text(get(client, personas.lurah(ward), name, code))
        return len(seen)

    more(1)
    count()
    one = count()
    more(2), more(3)
    assert count() == one


def test_a_check_by_its_pages_stands_in_public(client: Client, ward: Region) -> None:
    prices_in_force(ward)
    bounds(ward)
    proposal, clerk = ready(ward), personas.sekretaris(ward)
    codes = [proposal.code]
    assert reverse("deliberation:checks", args=codes) in text(
        client.get(reverse("needs:proposal", args=codes)) if client.force_login(clerk) is None else None
    )
    assert post(client, clerk, "check_begin", *codes).status_code == 302
    assert "Beton K-225" in text(get(client, clerk, "check_lines", *codes, q="beton"))
    item = TechnicalCheck.objects.get().prices.items.get(item_code="5")  # type: ignore[union-attr]
    address = reverse("deliberation:check_lines", args=codes) + "?q=beton"
    assert "Beton" in text(client.post(address, {"code": str(item.uid), "quantity": ""}), 422)
    assert client.post(address, {"code": str(item.uid), "quantity": "45,5"}).status_code == 302
    assert "45,5" in text(get(client, clerk, "check_lines", *codes))
    assert "act-refused" in text(get(client, clerk, "checks", *codes))  # not everything was looked at
    for aspect in ("menu", "cost", "land", "duplicate"):
        data = {"finding": "fit", "reason": f"Sebab {aspect}"}
        if aspect == "menu":
            kept = text(post(client, clerk, "check_aspect", *codes, aspect, **{**data, "finding": ""}), 422)
            assert "Sebab menu" in kept
        assert post(client, clerk, "check_aspect", *codes, aspect, **data).status_code == 302
    assert post(client, clerk, "check_publish", *codes, reason="Wajar dan perlu").status_code == 302
    client.logout()
    public = text(client.get(reverse("portal:journey", args=codes)))
    for words in ("Wajar dan perlu", "Sebab land", "Layak"):
        assert words in public
    assert post(client, clerk, "check_begin", *codes).status_code == 422  # anew only with a reason


def test_a_check_can_be_discarded_and_a_line_taken_out(client: Client, ward: Region) -> None:
    prices_in_force(ward)
    proposal, clerk = ready(ward), personas.sekretaris(ward)
    line = begun(proposal).lines.get()
    assert post(client, clerk, "check_line_drop", proposal.code, line.uid).status_code == 302
    assert not TechnicalCheck.objects.get().lines.exists()
    assert post(client, clerk, "check_discard", proposal.code).status_code == 302
    assert not TechnicalCheck.objects.exists()
    for name in ("check_lines", "check_publish"):
        assert get(client, clerk, name, proposal.code).status_code == 302  # back: nothing is under way
    assert get(client, clerk, "check_aspect", proposal.code, "lain").status_code == 404


def test_whoever_wrote_it_reads_why_they_cannot_check(client: Client, ward: Region) -> None:
    proposal = ready(ward)
    shown = text(get(client, personas.sari(ward), "checks", proposal.code))
    assert reverse("deliberation:check_begin", args=[proposal.code]) not in shown
    assert get(client, personas.sari(ward), "check_begin", proposal.code).status_code == 403
    assert get(client, personas.wati(places.ward(2)), "checks", proposal.code).status_code == 404


def test_the_bounds_by_their_form(client: Client, ward: Region) -> None:
    data = {
        "condition_permille": 50, "unfit_permille": 200, "needs_check": "on", "legal_basis": "Perwal 2",
        "valid_from": "2026-03-01",
    }  # fmt: skip
    assert "Perwal 2" in text(post(client, planner(ward), "check_rules", **{**data, "unfit_permille": 10}), 422)
    assert post(client, planner(ward), "check_rules", **data).status_code == 302
    assert get(client, personas.sari(ward), "check_rules").status_code == 403


def test_proposals_without_a_check_are_named_on_the_page_of_the_meeting(client: Client, ward: Region) -> None:
    prices_in_force(ward)
    meeting = called(ward)
    good, other = ready(ward), ready(ward)
    published(good)
    put(meeting, good), put(meeting, other)
    shown = text(get(client, personas.lurah(ward), "meeting", meeting.code))
    assert reverse("deliberation:checks", args=[other.code]) in shown
    assert reverse("deliberation:checks", args=[good.code]) not in shown


def test_a_matrix_by_its_pages(client: Client, ward: Region) -> None:
    matrix = matrix_begun(ward)
    sari, lurah, code = personas.sari(ward), personas.lurah(ward), matrix.meeting.code
    weights = {one.key: 1 for one in matrix.criteria.all()}
    assert "11" in text(post(client, sari, "matrix_weights", code, **{**weights, "urgency": 11}), 422)
    assert post(client, sari, "matrix_weights", code, **{**weights, "urgency": 3}).status_code == 302
    own = {"title_id": "Swadaya", "least": "0", "levels": "a\nb\nc\nd", "weight": 1}
    assert "Swadaya" in text(post(client, sari, "matrix_criterion", code, **own), 422)
    assert post(client, sari, "matrix_criterion", code, **{**own, "levels": "a\nb\nc\nd\ne"}).status_code == 302
    assert post(client, sari, "matrix_freeze", code).status_code == 403
    assert post(client, lurah, "matrix_freeze", code).status_code == 302
    assert "act-refused" not in text(get(client, sari, "matrix_weights", code))
    assert post(client, lurah, "matrix_seats", code, label="PKK").status_code == 302
    made = Matrix.objects.get().seats.get()
    seats = text(get(client, lurah, "matrix_seats", code))
    assert seat_keys.seat_key(made.uid) in seats
    asks = f'data-confirm="Tarik kursi {made.number} dari PKK? '
    assert asks in seats  # not on one tap, and it says whose seat goes
    assert get(client, sari, "matrix_seats", code).status_code == 403
    assert get(client, personas.wati(places.ward(2)), "matrix", code).status_code == 404
    assert post(client, lurah, "matrix_seat_take_back", code, made.number).status_code == 302
    assert not Matrix.objects.get().seats.exists()


def cells(matrix: Matrix, level: str) -> dict[str, str]:
    items, criteria = queries.items_of(matrix), list(matrix.criteria.all())
    return {queries.field_of(item, one): level for item in items for one in criteria}


def test_a_seat_scores_on_a_phone_by_its_code_alone(client: Client, ward: Region) -> None:
    matrix = frozen(ward)
    key, door = seat_keys.seat_key(seat(matrix.meeting).uid), reverse("deliberation:seat")
    assert text(client.get(door))
    assert "0000-0000" in text(client.post(door, {"seat": "0000-0000"}), 422)
    opened = text(client.post(door, {"seat": key}))
    assert "Usulan 1" in opened
    half = {**cells(matrix, "4"), "seat": key, "send": "1"}
    name = next(iter(cells(matrix, "4")))
    kept = text(client.post(door, {**half, name: ""}), 422)
    assert (kept.count("selected"), MatrixScore.objects.count()) == (len(cells(matrix, "4")), 0)
    sent = client.post(door, half)
    assert (sent.status_code, sent.headers["Cache-Control"], sent.cookies) == (200, "no-store", {})
    assert MatrixScore.objects.count() == 14
    assert key not in sent.request["PATH_INFO"] + sent.request["QUERY_STRING"]


def test_the_door_tires_of_guessing(client: Client, ward: Region, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pendamping.deliberation.views.seats.TRIES_AN_HOUR", 2)
    door = reverse("deliberation:seat")
    assert [client.post(door, {"seat": f"0000-000{turn}"}).status_code for turn in range(3)] == [422, 422, 429]


def test_a_seat_scores_by_its_account_and_sees_no_others(client: Client, ward: Region) -> None:
    matrix, sari = frozen(ward), personas.sari(ward)
    code = matrix.meeting.code
    assert get(client, sari, "matrix_score", code).status_code == 302  # no seat
    seat(matrix.meeting, account=sari)
    scored(seat(matrix.meeting, "PKK"), (5, 1))
    own = matrix.seats.get(account=sari)
    assert f"Belum: {own.number} {own.label}<" in text(get(client, sari, "matrix", code))  # the PKK has scored
    shown = text(get(client, sari, "matrix_score", code))
    assert "selected" not in shown.replace('<option value="" selected', "")
    assert post(client, sari, "matrix_score", code, **cells(matrix, "3")).status_code == 302
    assert get(client, sari, "matrix_file", code).status_code == 404
    for person in (sari, personas.lurah(ward)):
        page = text(get(client, person, "matrix", code))
        assert 'id="peringkat"' not in page and "Belum: " not in page
    way = f'href="{reverse("deliberation:matrix", args=[code])}"'
    assert way in text(get(client, personas.lurah(ward), "close", code))  # what keeps the meeting open, and where
    assert post(client, personas.lurah(ward), "matrix_close", code).status_code == 302
    assert 'id="peringkat"' in text(get(client, sari, "matrix", code))
    assert Matrix.objects.get().state == MatrixState.CLOSED
    assert way not in text(get(client, personas.lurah(ward), "close", code))


def test_the_projector_shows_how_many_and_then_the_ranking(client: Client, ward: Region) -> None:
    matrix = frozen(ward)
    lurah = personas.lurah(ward)
    scored(seat(matrix.meeting, "PKK"), (5, 1))
    seat(matrix.meeting, "LPM")
    waiting = text(get(client, lurah, "matrix", matrix.meeting.code, layar="1"))
    assert ("projector" in waiting, "ranking" in waiting, "1 dari 2" in waiting) == (True, False, True)
    done = closed_matrix(ward)
    shown = text(get(client, lurah, "matrix", done.meeting.code, layar="1"))
    assert shown.index("Usulan 1") < shown.index("Usulan 2")
    file = b"".join(get(client, lurah, "matrix_file", done.meeting.code).streaming_content).decode()
    assert "P1" in file
    assert "RW 01" not in file


def test_who_views_as_somebody_sees_neither_codes_nor_scores(client: Client, ward: Region) -> None:
    matrix, lurah = frozen(ward), personas.lurah(ward)
    made = seat(matrix.meeting)
    office = personas.secretariat(Region.objects.get(path=ward.city_path))
    client.force_login(office)
    session = client.session
    session["view_as"] = str(lurah.uid)
    session.save()
    page = client.get(reverse("deliberation:matrix_seats", args=[matrix.meeting.code]))
    assert seat_keys.seat_key(made.uid) not in text(page)
    assert client.get(reverse("deliberation:matrix_score", args=[matrix.meeting.code])).status_code == 403


def test_judged_aspects_lead_back_to_their_forms(client: Client, ward: Region) -> None:
    prices_in_force(ward)
    proposal = ready(ward)
    begun(proposal)
    judged(proposal)
    shown = text(get(client, personas.sekretaris(ward), "check_aspect", proposal.code, "cost"))
    assert "Alasan cost" in shown
