"""The public question and the working page, by persona."""

from __future__ import annotations

import uuid

import pytest
from django.urls import reverse

from pendamping.access.tests import personas
from pendamping.benefits import views
from pendamping.benefits.models import Confirmation, Reach
from pendamping.benefits.tests import factories as make
from pendamping.delivery.tests import factories as delivery
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_second_factor(settings):
    settings.MFA_REQUIRED = False


@pytest.fixture
def work():
    return delivery.project(places.ward(), state="completed", completed_at=delivery.AT)


def url(work, name="confirm"):
    return reverse(f"benefits:{name}", args=[work.code])


def test_reading_sets_no_cookie_and_asks_little(client, work, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        page = client.get(url(work))
    assert page.status_code == 200
    assert not page.cookies
    assert "Vary" not in page or "Cookie" not in page["Vary"]
    assert not client.get(url(work, "thanks")).cookies


def test_an_answer_sets_a_cookie_that_tells_nothing_and_thanks(client, work):
    sent = client.post(url(work), {"answer": "yes"})
    assert sent.status_code == 302
    assert sent["Location"] == url(work, "thanks")
    cookie = sent.cookies["device"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert Confirmation.objects.get().device not in cookie.value
    assert set(sent.cookies) == {"device"}


def test_the_same_device_is_refused_with_thanks_and_another_is_heard(client, work):
    client.post(url(work), {"answer": "yes"})
    again = client.post(url(work), {"answer": "no", "words": "Berubah pikiran"})
    assert again.status_code == 200
    assert "benefits/thanks.html" in [template.name for template in again.templates]
    assert Confirmation.objects.get().answer == "yes"
    client.cookies.clear()
    client.post(url(work), {"answer": "partly", "words": "Ujungnya belum"})
    assert Confirmation.objects.count() == 2


def test_a_double_tap_without_cookies_is_one_answer(client, work):
    data = {"answer": "yes", "op": str(uuid.uuid4())}
    for _tap in range(2):
        assert client.post(url(work), data).status_code == 302
        client.cookies.clear()
    client.post(url(work), {**data, "answer": "no", "words": "Lain"})
    assert Confirmation.objects.get().answer == "yes"


def test_one_device_cannot_be_followed_from_work_to_work(client, work):
    other = delivery.project(places.ward(), title="Lain", state="completed", completed_at=delivery.AT)
    client.post(url(work), {"answer": "yes"})
    client.post(url(other), {"answer": "yes"})
    assert Confirmation.objects.values("device").distinct().count() == 2


def test_a_forged_cookie_is_a_new_device(client, work):
    client.cookies["device"] = "palsu:palsu"
    assert client.post(url(work), {"answer": "yes"}).status_code == 302


def test_no_needs_words_and_keeps_the_choice(client, work):
    sent = client.post(url(work), {"answer": "no", "words": ""})
    assert sent.status_code == 422
    assert 'value="no"' in sent.content.decode()
    assert Confirmation.objects.count() == 0
    assert not sent.cookies


def test_nothing_chosen_is_said_at_the_field(client, work):
    assert client.post(url(work), {}).status_code == 422


def test_too_many_answers_from_one_address_wait(client, work, monkeypatch):
    monkeypatch.setattr(views, "ANSWERS_PER_HOUR", 2)
    answers = []
    for _number in range(3):
        client.cookies.clear()
        answers.append(client.post(url(work), {"answer": "yes"}).status_code)
    assert answers == [302, 302, 429]
    assert Confirmation.objects.count() == 2


def test_a_form_from_another_site_is_not_taken(client, work):
    assert client.post(url(work), {"answer": "yes"}, headers={"sec-fetch-site": "cross-site"}).status_code == 403


def test_the_tally_appears_from_five_answers_on(client, work):
    for number in range(4):
        make.answered(work, device=f"d{number}")
    few = client.get(url(work, "thanks")).content.decode()
    assert "meter" not in few
    make.answered(work, "no", device="d5")
    assert client.get(url(work, "thanks")).content.decode().count('class="meter ') == 3


def test_residents_are_not_asked_too_early_and_unknown_works_are_404(client):
    running = delivery.project(places.ward(), state="running")
    page = client.get(url(running))
    assert page.status_code == 200
    assert "<textarea" not in page.content.decode()
    assert client.get("/manfaat/P26-XXXXX-X/").status_code == 404


def test_the_facilitator_counts_and_reads_what_is_missing(client, work):
    make.answered(work, "no", words="Air tetap masuk rumah")
    client.force_login(personas.sari(work.region))
    page = client.get(url(work, "reach")).content.decode()
    assert "Air tetap masuk rumah" in page
    sent = client.post(url(work, "count"), {"women": 50, "men": 40, "poor": 7, "method": "Didatangi"})
    assert sent.status_code == 302
    assert (Reach.objects.get().poor, Reach.objects.get().children) == (7, 0)
    assert '<form class="form"' not in client.get(url(work, "reach")).content.decode()


def test_figures_that_make_no_sense_stay_to_be_mended(client, work):
    client.force_login(personas.sari(work.region))
    sent = client.post(url(work, "count"), {"women": 2, "men": 1, "poor": 7, "method": "Didatangi"})
    assert sent.status_code == 422
    assert Reach.objects.count() == 0


@pytest.mark.parametrize(
    ("role", "place", "name", "status"),
    [
        ("ward_head", 1, "reach", 200),
        ("ward_facilitator", 2, "reach", 404),
        ("ward_head", 1, "count", 403),
        ("ward_facilitator", 2, "count", 404),
    ],
)
def test_who_may_open_what(client, work, role, place, name, status):
    client.force_login(personas.person(role, places.ward(place)))
    send = client.post if name == "count" else client.get
    assert send(url(work, name)).status_code == status
