"""The pages and operations of the assessment."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from pendamping.access.tests import personas
from pendamping.needs import services
from pendamping.needs.criteria import seed_criteria
from pendamping.needs.models import Criterion, Need, Score, View
from pendamping.needs.tests import factories as make
from pendamping.needs.tests.test_api import API, caller
from pendamping.needs.tests.test_pages import signed_in
from pendamping.regions.models import Region
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_second_factor(settings: Settings) -> None:
    settings.MFA_REQUIRED = False


@pytest.fixture
def ward() -> Region:
    make.menu()
    seed_criteria(make.NOW)
    return places.ward(1)


def sari(ward: Region) -> Client:
    return signed_in(personas.sari(ward))


def page_of(client: Client, need: Need) -> str:
    return client.get(reverse("needs:need", args=[need.code])).content.decode()


def test_points_are_given_and_shown_with_their_reasons(ward: Region) -> None:
    need, client = make.verified_need(ward), sari(ward)
    assert 'id="bobot"' in page_of(client, need)
    typed = {"urgency-points": "5", "urgency-reason": "Air masuk rumah setiap hujan"}
    sent = client.post(reverse("needs:score", args=[need.code]), typed)
    assert sent.headers["Location"] == reverse("needs:need", args=[need.code])
    html = page_of(client, need)
    assert "Air masuk rumah setiap hujan" in html
    assert "5 sejauh ini, dari 35" in html
    assert "6 kriteria belum dinilai: dengan itu jumlahnya antara 11 dan 35." in html


@pytest.mark.parametrize(
    "typed", [{"urgency-points": "5"}, {"urgency-reason": "Air"}, {"urgency-points": "9", "urgency-reason": "Air"}, {}]
)
def test_points_without_reason_or_level_are_asked_for_again(ward: Region, typed: dict[str, str]) -> None:
    need = make.verified_need(ward)
    page = sari(ward).post(reverse("needs:score", args=[need.code]), typed)
    assert (page.status_code, Score.objects.count()) == (422, 0)


def test_a_form_that_was_open_meanwhile_does_not_write_over_newer_points(ward: Region) -> None:
    need, client = make.verified_need(ward), sari(ward)
    page = reverse("needs:score", args=[need.code])
    seen = client.get(page).context["form"]["seen"].value()
    other = personas.budi(places.city())
    scores = {"urgency": (5, "Air masuk rumah"), "growth": (2, "Tetap")}
    services.score_need(by=other, at=timezone.now(), need=need, scores=scores)
    typed = {"urgency-points": "1", "urgency-reason": "Kering", "growth-points": "3", "growth-reason": "Melebar"}
    typed["seen"] = str(seen)
    refused = client.post(page, typed)
    said = refused.context["form"].errors["urgency-points"][0]
    assert refused.status_code == 422
    assert ("Koordinator" in said, "5" in said, "Air masuk rumah" in said) == (True, True, True)
    assert Score.objects.get(criterion__key="urgency", replaced_at=None).points == 5
    again = {**typed, "seen": str(refused.context["form"]["seen"].value())}
    assert client.post(page, {**again, "urgency-reason": ""}).status_code == 422
    refused = client.post(page, again)
    assert list(refused.context["form"].errors) == ["growth-points"], "one after the other: none unread"
    again["seen"] = str(refused.context["form"]["seen"].value())
    assert client.post(page, again).status_code == 302
    assert Score.objects.get(criterion__key="urgency", replaced_at=None).points == 1


def test_points_that_others_did_not_touch_are_kept_from_an_old_form(ward: Region) -> None:
    need, client = make.verified_need(ward), sari(ward)
    services.score_need(by=personas.sari(ward), at=timezone.now(), need=need, scores={"growth": (2, "Tetap")})
    typed = {"urgency-points": "1", "urgency-reason": "Kering", "growth-points": "2", "growth-reason": "Tetap"}
    assert client.post(reverse("needs:score", args=[need.code]), {**typed, "seen": "0"}).status_code == 302


def test_what_was_given_stands_in_the_form(ward: Region) -> None:
    need, client = make.verified_need(ward), sari(ward)
    scores = {"urgency": (5, "Air masuk rumah")}
    services.score_need(by=personas.sari(ward), at=timezone.now(), need=need, scores=scores)
    html = client.get(reverse("needs:score", args=[need.code])).content.decode()
    assert html.count("checked") == 1
    assert "Air masuk rumah</textarea>" in html


def test_similar_needs_stand_side_by_side_under_the_same_queries(
    ward: Region, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    need, client, by = make.verified_need(ward), sari(ward), personas.sari(ward)

    def add(points: int) -> Need:
        other = make.verified_need(ward, title=f"Selokan {points}")
        scores = {"urgency": (points, "Alasan"), "growth": (points, "Alasan")}
        services.score_need(by=by, at=timezone.now(), need=other, scores=scores)
        photo, on = make.picture(points), date(2026, 3, points)
        services.take_view(by=by, at=timezone.now(), need=need, photo=photo, taken_on=on, words=f"T{points}")
        return other

    add(1)
    address = reverse("needs:need", args=[need.code])
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    add(2)
    add(3)
    with django_assert_num_queries(len(one)):
        page = client.get(address)
    table = page.context["side_by_side"]["rows"]
    names = [getattr(row[0], "text", row[0]) for row in table]
    assert names[:3] == ["Selokan 3", "Selokan 2", need.title + " (kebutuhan ini)"] or names[:2] == [
        "Selokan 3",
        "Selokan 2",
    ]
    assert [row[1] for row in table][:2] == ["11–31", "9–29"]


def test_photo_from_a_new_point_and_again_from_it(ward: Region) -> None:
    need, client = make.verified_need(ward), sari(ward)
    address, today = reverse("needs:view", args=[need.code]), timezone.localdate()
    typed: dict[str, Any] = {"viewpoint": "new", "taken_on": str(today), "heading": "90"}
    page = client.post(address, {**typed, "photos": make.upload()})
    assert (page.status_code, "words" in page.context["form"].errors) == (422, True)
    client.post(address, {**typed, "words": "Di gerbang sekolah", "photos": make.upload()})
    first = View.objects.get()
    assert (first.viewpoint.words, first.viewpoint.heading) == ("Di gerbang sekolah", 90)
    client.post(address, {**typed, "viewpoint": str(first.viewpoint.uid), "photos": make.upload(91)})
    assert View.objects.filter(viewpoint=first.viewpoint).count() == 2
    assert "Di gerbang sekolah" in page_of(client, need)
    assert "Menghadap ke timur" in page_of(client, need)
    client.post(address, {**typed, "viewpoint": str(first.viewpoint.uid), "words": "Lain", "photos": make.upload(92)})
    assert View.objects.latest("id").viewpoint.words == "Lain", "words typed are of another point"
    two = client.post(address, {**typed, "words": "X", "photos": [make.upload(1), make.upload(2)]})
    assert "photos" in two.context["form"].errors
    ahead = {**typed, "words": "X", "taken_on": str(today + timedelta(days=2)), "photos": make.upload()}
    assert "taken_on" in client.post(address, ahead).context["form"].errors


def test_without_a_point_there_is_nothing_to_choose(ward: Region) -> None:
    need, client = make.verified_need(ward), sari(ward)
    address = reverse("needs:view", args=[need.code])
    form = client.get(address).context["form"]
    assert ("viewpoint" in form.fields, form.fields["words"].required) == (False, True)
    client.post(address, {"words": "Di gerbang", "taken_on": str(timezone.localdate()), "photos": make.upload()})
    assert "viewpoint" in client.get(address).context["form"].fields


def test_a_similar_need_of_another_rt_leads_its_chair_to_the_public_page(ward: Region) -> None:
    chair = signed_in(personas.person("rt_rw", places.rt(places.rw(ward), 1), "ketua"))
    mine, other = (
        make.need(ward, voices=[make.voice(places.rt(places.rw(ward), n))], title=f"Selokan RT {n}") for n in (1, 2)
    )
    html = page_of(chair, mine)
    assert f'href="{reverse("portal:journey", args=[other.code])}"' in html
    assert reverse("needs:need", args=[other.code]) not in html


def test_the_site_check_marks_its_fixed_point(ward: Region) -> None:
    need, client = make.need(ward), sari(ward)
    typed = {
        "verify-finding": "Air meluap", "verify-viewpoint": "Di gerbang", "verify-heading": "180",
        "verify-point_0": "-7.3", "verify-point_1": "108.2", "verify-photos": make.upload(),
    }  # fmt: skip
    client.post(reverse("needs:need", args=[need.code]) + "?act=verify", typed)
    point = need.viewpoints.get()
    assert (point.words, point.heading, point.views.count()) == ("Di gerbang", 180, 1)


def test_who_may_not_verify_sees_the_weight_and_cannot_change_it(ward: Region) -> None:
    need, secretary = make.verified_need(ward), signed_in(personas.sekretaris(ward))
    assert 'id="bobot"' in page_of(secretary, need)
    for name in ("score", "view"):
        assert secretary.get(reverse(f"needs:{name}", args=[need.code])).status_code == 403
        away = signed_in(personas.wati(places.ward(2)))
        assert away.get(reverse(f"needs:{name}", args=[need.code])).status_code == 404


def test_an_open_need_is_sent_back_to_its_site_check(ward: Region) -> None:
    need = make.need(ward)
    sent = sari(ward).get(reverse("needs:score", args=[need.code]))
    assert sent.headers["Location"] == reverse("needs:need", args=[need.code])


def test_the_office_sets_a_criterion(ward: Region) -> None:
    client = signed_in(personas.secretariat(ward.parent.parent))  # type: ignore[union-attr, arg-type]
    html = client.get(reverse("needs:criteria")).content.decode()
    assert [html.count(f'kerja/kriteria/{key}/"') for key in ("urgency", "distance", "tambah")] == [1, 1, 1]
    address = reverse("needs:criterion", args=["urgency"])
    typed = client.get(address).context["form"].initial
    assert typed["levels_id"].splitlines()[4] == "Sekarang juga"
    sent = client.post(address, {**typed, "levels_id": "Bisa menunggu\nSegera", "levels_en": "", "weight": "3"})
    assert sent.headers["Location"] == reverse("needs:criteria")
    made = Criterion.objects.get(key="urgency", city__isnull=False)
    assert (made.weight, made.level_words, made.position) == (3, {1: "Bisa menunggu", 2: "Segera"}, 1)
    for wrong in ({"levels_id": "Satu"}, {"levels_id": "Satu\nDua", "levels_en": "One"}, {"title_id": ""}):
        assert client.post(address, {**typed, **wrong}).status_code == 422
    client.post(reverse("needs:criterion_add"), {**typed, "key": "sekolah", "levels_en": ""})
    assert Criterion.objects.filter(key="sekolah").exists()
    assert client.get(reverse("needs:criterion", args=["tidak-ada"])).status_code == 404
    assert sari(ward).get(reverse("needs:criteria")).status_code == 403


def test_the_office_finds_what_it_left_out_and_what_begins_later(ward: Region) -> None:
    client = signed_in(personas.secretariat(ward.parent.parent))  # type: ignore[union-attr, arg-type]
    address, listed = reverse("needs:criterion", args=["hazard"]), reverse("needs:criteria")
    typed = client.get(address).context["form"].initial
    client.post(address, {**typed, "weight": "0"})
    html = client.get(listed).content.decode()
    assert (html.count("kerja/kriteria/hazard/"), html.count("Tidak dipakai")) == (1, 1)
    later = timezone.localdate() + timedelta(days=30)
    client.post(address, {**client.get(address).context["form"].initial, "weight": "2", "valid_from": str(later)})
    assert client.get(listed).content.decode().count("kerja/kriteria/hazard/") == 2
    form = client.get(address).context["form"]
    assert (form.initial["weight"], form.initial["valid_from"]) == (2, later)
    sooner = client.post(address, {**form.initial, "valid_from": str(later - timedelta(days=1))})
    assert (sooner.status_code, "valid_from" in sooner.context["form"].errors) == (422, True)
    again = client.post(reverse("needs:criterion_add"), {**typed, "key": "hazard", "levels_en": ""})
    assert (again.status_code, "key" in again.context["form"].errors) == (422, True)


def test_points_are_told_of_the_highest_there_is(ward: Region) -> None:
    city: Any = ward.parent.parent  # type: ignore[union-attr]
    levels = [{"points": points, "text": {"id": f"Tingkat {points}"}} for points in (0, 9)]
    services.set_criterion(
        by=None, at=timezone.now(), city=city, key="urgency", title={"id": "Genting"}, levels=levels,
        valid_from=date(2026, 1, 1),
    )  # fmt: skip
    need = make.verified_need(ward)
    services.score_need(by=personas.sari(ward), at=timezone.now(), need=need, scores={"urgency": (9, "Banjir")})
    assert "9 dari 9" in page_of(sari(ward), need)
    office, address = signed_in(personas.secretariat(city)), reverse("needs:criterion", args=["urgency"])
    office.post(address, {**office.get(address).context["form"].initial, "weight": "2"})
    assert sorted(Criterion.objects.get(city=city, valid_to=None).level_words) == [0, 9]
    assert "18 sejauh ini" in page_of(sari(ward), need)


def test_a_proposal_begins_with_what_the_need_already_says(ward: Region) -> None:
    need, client = make.verified_need(ward, summary="Mampet sejak lama", menu_item=make.menu("A1.99")), sari(ward)
    address = reverse("needs:propose", args=[need.code])
    form = client.get(address).context["form"]
    first = form.initial
    assert first["description"] == "Mampet sejak lama\n\nAir meluap setiap hujan"
    assert (first["title"], first["other_words"], first["region"]) == (need.title, need.title, ward.path)
    assert "40" in form.fields["women"].help_text
    client.post(address, {**first, "women": "30", "men": "10", "land_status": "public", "need_photos": "on"})
    proposal = need.proposals.get()
    assert (proposal.photos.get(), proposal.description) == (need.photos.get(), first["description"])
    revising = client.get(reverse("needs:revise", args=[proposal.code])).context["form"]
    assert "need_photos" not in revising.fields


def test_api_scores_views_and_criteria(ward: Region) -> None:
    need, api = make.verified_need(ward), caller(personas.sari(ward))
    address = f"{API}/needs/{need.code}"
    said = [{"criterion": "urgency", "points": 4, "reason": "Banjir"}]
    answer = api.post(f"{address}/scores", {"scores": said}, content_type="application/json")
    assert (answer.status_code, answer.json()["points"], answer.json()["missing"]) == (201, 4, 6)
    assert api.get(f"{address}/assessment").json() == answer.json()
    assert api.post(f"{address}/scores", {"scores": said * 2}, content_type="application/json").status_code == 400
    wrong = [{**said[0], "points": 7}]
    refused = api.post(f"{address}/scores", {"scores": wrong}, content_type="application/json")
    assert (refused.status_code, refused.json()["code"]) == (422, "no_such_level")
    taken = {"taken_on": "2026-03-01", "words": "Di gerbang"}
    view = api.post(f"{address}/views", {**taken, "photos": make.upload()})
    assert view.status_code == 201
    again = {"taken_on": "2026-03-02", "viewpoint": view.json()["viewpoint"], "photos": make.upload(91)}
    assert api.post(f"{address}/views", again).json()["words"] == "Di gerbang"
    for wrong_view in ({**again, "viewpoint": str(need.uid)}, {**taken, "latitude": "1"}, taken):
        assert api.post(f"{address}/views", wrong_view).status_code in (400, 404)
    city: Any = ward.parent.parent  # type: ignore[union-attr]
    levels = [{"points": 1, "text": {"id": "Tidak"}}, {"points": 2, "text": {"id": "Ya"}}]
    facts = {
        "city": city.path,
        "key": "sekolah",
        "title": {"id": "Sekolah"},
        "levels": levels,
        "valid_from": "2026-03-01",
    }  # type: ignore[union-attr]
    assert api.post(f"{API}/criteria", facts, content_type="application/json").status_code == 403
    office = caller(personas.secretariat(city))
    assert office.post(f"{API}/criteria", facts, content_type="application/json").status_code == 201
