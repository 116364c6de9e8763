"""The pages of voices, needs and proposals: who sees what, and what happens when a form is sent."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from pytest_django import DjangoAssertNumQueries, Settings

from pendamping.access.models import Account
from pendamping.access.tests import personas
from pendamping.needs import flood, services
from pendamping.needs.categories import KINDS
from pendamping.needs.enums.needs import NeedState
from pendamping.needs.enums.proposals import ProposalState
from pendamping.needs.enums.voices import VoiceState
from pendamping.needs.fields import RupiahField
from pendamping.needs.models import Need, Proposal, Voice
from pendamping.needs.tests import factories as make
from pendamping.regions.models import Region
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_second_factor(settings: Settings) -> None:
    settings.MFA_REQUIRED = False


@pytest.fixture
def ward() -> Region:
    make.menu()
    return places.ward(1)


def signed_in(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def words(ward: Region, **changes: Any) -> dict[str, Any]:
    given = {"text": "Jalan gang berlubang", "ward": ward.path, "category": "road", "op": str(uuid.uuid4())}
    return {**given, **changes}


def test_anyone_gives_a_voice_and_gets_a_code(ward: Region, client: Client) -> None:
    page = client.get(reverse("needs:give"), {"w": ward.path})
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "no-store"
    assert f'<option value="{ward.path}" selected>' in page.content.decode()
    sent = client.post(reverse("needs:give"), words(ward, photos=make.upload()))
    voice = Voice.objects.get()
    assert sent.status_code == 303
    assert sent.headers["Location"].startswith(reverse("needs:receipt", args=[voice.code]) + "?baru=")
    assert (voice.subject, voice.photos.count()) == ("Jalan dan gang", 1)  # the words they chose
    assert client.cookies == {}


def test_sending_the_form_twice_makes_one_voice(ward: Region, client: Client) -> None:
    typed = words(ward)
    first, second = (client.post(reverse("needs:give"), typed) for _ in range(2))
    assert Voice.objects.count() == 1
    assert first.headers["Location"].split("?")[0] == second.headers["Location"].split("?")[0]  # the ticket is anew


def test_receipt_shows_the_code_and_nothing_that_was_said(ward: Region, client: Client) -> None:
    voice = make.voice(ward, text="Rumah saya di belakang masjid bocor")
    page = client.get(reverse("needs:receipt", args=[voice.code.lower().replace("-", "")]))
    html = page.content.decode()
    assert voice.code in html
    assert "<svg" in html
    assert "belakang masjid" not in html
    assert client.get(reverse("needs:receipt", args=["S26-00000-0"])).status_code == 404


def test_numbers_of_rw_and_rt_find_their_place_or_stay_as_words(ward: Region, client: Client) -> None:
    rw = places.rw(ward, 3)
    client.post(reverse("needs:give"), words(ward, rw="3", rt="7", place_words="dekat balai"))
    voice = Voice.objects.get()
    assert (voice.region, voice.place_words) == (rw, "RT 007, dekat balai")


def test_the_day_heard_is_filled_in_as_a_browser_reads_it(ward: Region) -> None:
    page = signed_in(personas.sari(ward)).get(reverse("needs:record_voice")).content.decode()
    assert f'name="heard_on" value="{timezone.localdate():%Y-%m-%d}"' in page


def test_errors_keep_what_was_typed(ward: Region, client: Client) -> None:
    page = client.post(reverse("needs:give"), words(ward, category="other", rw="abc", place_words="Gang Mawar"))
    html = page.content.decode()
    assert page.status_code == 422
    assert "Jalan gang berlubang" in html
    assert 'value="Gang Mawar"' in html
    assert Voice.objects.count() == 0


def test_whoever_does_not_know_the_subject_is_heard_all_the_same(ward: Region, client: Client) -> None:
    assert client.post(reverse("needs:give"), words(ward, category="other")).status_code == 303
    assert (Voice.objects.get().menu_item, Voice.objects.get().other_words) == (None, "belum tahu")


def test_trap_catches_a_program(ward: Region, client: Client) -> None:
    page = client.post(reverse("needs:give"), words(ward, website="http://x"))
    assert (page.status_code, Voice.objects.count()) == (422, 0)


def test_another_site_cannot_send_the_form(ward: Region, client: Client) -> None:
    sent = client.post(reverse("needs:give"), words(ward), headers={"Sec-Fetch-Site": "cross-site"})
    assert (sent.status_code, Voice.objects.count()) == (403, 0)


def test_flood_is_told_to_wait(ward: Region, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flood, "VOICES_AN_HOUR", 1)
    answers = [client.post(reverse("needs:give"), words(ward)).status_code for _ in range(2)]
    assert (answers, Voice.objects.count()) == ([303, 429], 1)


@pytest.mark.parametrize("kind", ["voice", "need", "proposal"])
def test_record_is_found_by_its_own_ward_only(kind: str, ward: Region) -> None:
    makers: dict[str, Any] = {"voice": make.voice, "need": make.need, "proposal": make.draft}
    record = makers[kind](ward)
    address = reverse(f"needs:{kind}", args=[record.code])
    assert signed_in(personas.sari(ward)).get(address).status_code == 200
    assert signed_in(personas.budi(places.city())).get(address).status_code == 200
    assert signed_in(personas.wati(places.ward(2))).get(address).status_code == 404
    assert Client().get(address).status_code == 302


@pytest.mark.parametrize("name", ["voices", "needs", "proposals"])
def test_list_costs_the_same_for_one_and_three(
    name: str, ward: Region, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    one: Any = {"voices": make.voice, "needs": make.need, "proposals": make.submitted}[name]
    client = signed_in(personas.sari(ward))
    rt = places.rt(places.rw(ward))
    one(rt)
    client.get(reverse(f"needs:{name}"))
    with django_assert_num_queries(10 if name == "voices" else 5) as few:
        first = client.get(reverse(f"needs:{name}"))
    one(rt), one(ward)
    with django_assert_num_queries(len(few)):
        third = client.get(reverse(f"needs:{name}"))
    assert (len(first.context["rows"]), len(third.context["rows"])) == (1, 3)


def test_lists_show_what_waits_and_find_a_code(ward: Region) -> None:
    waiting, done = make.voice(ward), make.voice(ward)
    services.answer_voice(by=personas.sari(ward), at=make.NOW, voice=done, answer="Sudah")
    make.voice(places.ward(2))
    client = signed_in(personas.sari(ward))

    def codes(**asked: str) -> list[str]:
        return [row.record.code for row in client.get(reverse("needs:voices"), asked).context["rows"]]

    assert codes() == [waiting.code]
    assert codes(view="all") == [done.code, waiting.code]
    assert codes(q=done.code.lower().replace("-", " ")) == [done.code]
    assert codes(q="selokan") == [waiting.code]
    assert codes(about="A2") == []
    assert codes(view="all", before=str(done.pk)) == [waiting.code]


def test_older_voices_are_one_page_further(ward: Region) -> None:
    for _ in range(26):
        make.voice(ward)
    client = signed_in(personas.sari(ward))
    first = client.get(reverse("needs:voices"))
    second = client.get(reverse("needs:voices") + first.context["older"])
    assert [len(page.context["rows"]) for page in (first, second)] == [25, 1]
    assert (first.context["newer"], second.context["older"]) == ("", "")


def test_facilitator_records_a_voice_for_somebody(ward: Region) -> None:
    typed = {
        **words(ward), "behalf": "no_phone", "channel": "facilitator",
        "heard_on": (timezone.localdate() - timedelta(days=1)).isoformat(),
    }  # fmt: skip
    sent = signed_in(personas.sari(ward)).post(reverse("needs:record_voice"), typed)
    voice = Voice.objects.get()
    assert (sent.status_code, voice.behalf, voice.on_behalf) == (302, "no_phone", True)
    assert timezone.localdate(voice.heard_at) == timezone.localdate() - timedelta(days=1)


def test_nobody_records_for_the_ward_next_door(ward: Region) -> None:
    other = places.ward(2)
    typed = {**words(other), "category": "road", "behalf": "elderly", "channel": "counter", "heard_on": "2026-01-01"}
    page = signed_in(personas.sari(ward)).post(reverse("needs:record_voice"), typed)
    assert (page.status_code, Voice.objects.count()) == (422, 0)


def test_rt_chair_records_only_inside_the_own_rt(ward: Region) -> None:
    rw = places.rw(ward)
    rt = places.rt(rw)
    client = signed_in(personas.person("rt_rw", rt))
    typed = {
        **words(ward),
        "category": "road",
        "behalf": "elderly",
        "channel": "facilitator",
        "heard_on": "2026-01-01",
    }
    assert client.post(reverse("needs:record_voice"), typed).status_code == 422
    assert client.post(reverse("needs:record_voice"), {**typed, "rw": "1", "rt": "1"}).status_code == 302
    assert Voice.objects.get().region == rt


def test_voices_become_a_need_and_another_joins_it(ward: Region) -> None:
    first, second = make.voice(ward), make.voice(ward)
    client = signed_in(personas.sari(ward))
    address = f"{reverse('needs:gather')}?v={first.code}"
    assert second.code in client.get(address).content.decode()
    typed = {"voices": [first.code], "title": "Selokan sekolah", "menu_item": "A1.02", "op": str(uuid.uuid4())}
    sent = client.post(address, typed)
    need = Need.objects.get()
    assert sent.headers["Location"] == reverse("needs:need", args=[need.code])
    client.post(f"{reverse('needs:gather')}?v={second.code}", {"voices": [second.code], "need": need.code})
    assert need.gatherings.count() == 2


def test_voice_gathered_meanwhile_is_refused_with_its_reason(ward: Region) -> None:
    voice = make.voice(ward)
    client = signed_in(personas.sari(ward))
    make.need(ward, voices=[voice])
    page = client.post(f"{reverse('needs:gather')}?v={voice.code}", {"voices": [voice.code], "title": "Dua"})
    assert (page.status_code, Need.objects.count()) == (422, 1)
    assert list(page.context["form"].errors) == ["voices"]


STEPS = ["message", "turn", "pause", "answer"]


def test_lurah_answers_but_does_not_gather(ward: Region) -> None:
    voice = make.voice(ward)
    lurah = signed_in(personas.lurah(ward))
    assert lurah.get(f"{reverse('needs:gather')}?v={voice.code}").status_code == 403
    page = lurah.get(reverse("needs:voice", args=[voice.code]))
    assert [one.step.key for one in page.context["steps"]] == STEPS
    assert [act.label for act in page.context["acts"]] == ["Sembunyikan, sunting, atau tutup"]
    lurah.post(reverse("needs:voice", args=[voice.code]) + "?act=answer", {"answer-answer": "Sudah diteruskan"})
    voice.refresh_from_db()
    assert (voice.state, voice.answer) == (VoiceState.ANSWERED, "Sudah diteruskan")


def test_answer_of_the_ward_next_door_is_not_found(ward: Region) -> None:
    voice = make.voice(ward)
    wati = signed_in(personas.wati(places.ward(2)))
    sent = wati.post(reverse("needs:voice", args=[voice.code]) + "?act=answer", {"answer-answer": "x"})
    assert sent.status_code == 404
    secretary = signed_in(personas.sekretaris(ward))
    sent = secretary.post(reverse("needs:voice", args=[voice.code]) + "?act=answer", {"answer-answer": "x"})
    assert sent.status_code == 403


def test_need_is_verified_with_a_photo(ward: Region) -> None:
    need = make.need(ward)
    address = reverse("needs:need", args=[need.code])
    client = signed_in(personas.sari(ward))
    typed = {"verify-finding": "Air meluap", "verify-people_affected": "40"}
    page = client.post(f"{address}?act=verify", typed)
    assert page.status_code == 422
    assert "Air meluap" in page.content.decode()
    client.post(f"{address}?act=verify", {**typed, "verify-photos": make.upload()})
    need.refresh_from_db()
    assert (need.state, need.finding, need.photos.get().is_public) == (NeedState.VERIFIED, "Air meluap", True)
    assert client.get(address).status_code == 200


def test_need_to_submitted_proposal_to_check(ward: Region) -> None:
    need = make.verified_need(ward)
    client = signed_in(personas.sari(ward))
    form = client.get(reverse("needs:propose", args=[need.code])).context["form"]
    assert form.initial["title"] == need.title
    typed = {
        "title": "Selokan beton", "menu_item": "A1.02", "fiscal_year": timezone.localdate().year + 1, "unit": "m",
        "place": "Gang Melati", "volume": "120,5", "estimated_cost": "Rp 45.000.000", "women": "30", "men": "25",
        "land_status": "public", "region": ward.path,
    }  # fmt: skip
    sent = client.post(reverse("needs:propose", args=[need.code]), typed)
    proposal = Proposal.objects.get()
    address = reverse("needs:proposal", args=[proposal.code])
    assert sent.headers["Location"] == address
    assert (str(proposal.volume), proposal.estimated_cost) == ("120.50", 45_000_000)
    assert len(client.get(address).context["lacking"]) == 1
    typed |= {"photos": make.upload(), "women": "31"}
    client.post(reverse("needs:revise", args=[proposal.code]), typed)
    assert client.post(f"{address}?act=submit", {"submit-op": str(uuid.uuid4())}).status_code == 302
    secretary = signed_in(personas.sekretaris(ward))
    page = secretary.post(f"{address}?act=check", {"check-verdict": "return", "check-note": ""})
    assert page.status_code == 422
    secretary.post(f"{address}?act=check", {"check-verdict": "ok"})
    proposal.refresh_from_db()
    assert (proposal.state, proposal.women, proposal.revisions.count()) == (ProposalState.CHECKED, 31, 1)


def test_proposer_with_the_right_to_check_reads_why_not(ward: Region) -> None:
    sari = personas.sari(ward)
    personas.person("ward_secretary", ward, "sari")
    proposal = make.submitted(ward)
    page = signed_in(sari).get(reverse("needs:proposal", args=[proposal.code]))
    refusals = {one.step.key: one.refusal for one in page.context["steps"]}
    assert refusals["check"] != ""
    sent = signed_in(sari).post(page.request["PATH_INFO"] + "?act=check", {"check-verdict": "ok"})
    assert (sent.status_code, Proposal.objects.get().state) == (422, ProposalState.SUBMITTED)


def test_second_proposal_leads_back_to_the_need(ward: Region) -> None:
    proposal = make.draft(ward)
    sent = signed_in(personas.sari(ward)).get(reverse("needs:propose", args=[proposal.need.code]))
    assert sent.headers["Location"] == reverse("needs:need", args=[proposal.need.code])


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("45000000", 45_000_000),
        ("Rp 45.000.000", 45_000_000),
        ("45.000.000,00", 45_000_000),
        ("1.500", 1500),
        ("12,500,000.00", 12_500_000),
        ("Rp12.500.000,-", 12_500_000),
        ("", None),
    ],
)
def test_amounts_are_read_as_people_write_them(typed: str, amount: int | None) -> None:
    assert RupiahField(required=False).clean(typed) == amount


def test_an_amount_is_grouped_by_dots_in_every_language() -> None:
    with override("en"):
        assert RupiahField().prepare_value(12_500_000) == "12.500.000"


def test_amounts_that_are_none_are_refused() -> None:
    for typed in ("4.5 juta", "1.23.456", "-5", "1250.000", "45.000.00", "5.0000", "1.5", "12.500,50", "12.500.000.00"):
        with pytest.raises(ValidationError):
            RupiahField().clean(typed)


def test_residents_choose_among_the_categories_and_something_else(ward: Region, client: Client) -> None:
    form = client.get(reverse("needs:give")).context["form"]
    keys = [value for value, _label in form.fields["category"].choices]
    assert keys == [*(kind.key for kind in KINDS), "other"]


def test_hidden_inputs_of_the_point_stand_once(ward: Region, client: Client) -> None:
    html = client.get(reverse("needs:give")).content.decode()
    assert html.count('name="point_latitude"') == 1
    client.post(reverse("needs:give"), words(ward, point_latitude="-7.327500", point_longitude="108.220000"))
    assert str(Voice.objects.get().latitude) == "-7.327500"


def test_point_far_away_is_said_at_the_point_and_taken_out(ward: Region, client: Client) -> None:
    Region.objects.filter(pk=ward.pk).update(latitude="-7.3", longitude="108.2", area_km2="2.7")
    typed = words(ward, point_latitude="-7.5", point_longitude="108.2")
    page = client.post(reverse("needs:give"), typed)
    html = page.content.decode()
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["point"])
    assert "-7.5" not in html
    assert "Jalan gang berlubang" in html
    hidden = dict.fromkeys(("point_latitude", "point_longitude"), "")
    assert client.post(reverse("needs:give"), {**typed, **hidden}).status_code == 303


def test_form_says_that_its_photos_have_to_be_chosen_again(ward: Region, client: Client) -> None:
    lost = "pilih lagi"
    page = client.post(reverse("needs:give"), words(ward, text="", category="", photos=make.upload()))
    assert (page.status_code, lost in page.content.decode()) == (422, True)
    assert lost not in client.post(reverse("needs:give"), words(ward, text="", category="")).content.decode()


def test_flood_says_that_photos_have_to_be_chosen_again(
    ward: Region, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flood, "VOICES_AN_HOUR", 0)
    page = client.post(reverse("needs:give"), words(ward, photos=make.upload()))
    assert (page.status_code, "pilih lagi" in page.content.decode()) == (429, True)


@pytest.mark.parametrize("number", ["0", "000"])
def test_rw_nought_is_no_rw(ward: Region, client: Client, number: str) -> None:
    page = client.post(reverse("needs:give"), words(ward, rw=number))
    assert list(page.context["form"].errors) == ["rw"]


def test_proposal_is_withdrawn_on_its_page(ward: Region) -> None:
    proposal = make.checked(ward)
    address, sari = reverse("needs:proposal", args=[proposal.code]), signed_in(personas.sari(ward))
    assert sari.post(f"{address}?act=withdraw", {"withdraw-reason": " "}).status_code == 422
    assert sari.post(f"{address}?act=withdraw", {"withdraw-reason": "Sudah dikerjakan"}).status_code == 302
    assert "Sudah dikerjakan" in sari.get(address).content.decode()
    assert proposal.code in sari.get(reverse("needs:proposals"), {"view": "decided"}).content.decode()
    refused = {one.step.key: one.refusal for one in sari.get(address).context["steps"]}
    assert all(refused.values())
    secretary = signed_in(personas.sekretaris(ward))
    assert secretary.post(f"{address}?act=withdraw", {"withdraw-reason": "x"}).status_code == 403


def test_chair_of_an_rw_proposes_for_places_of_the_own_rw(ward: Region) -> None:
    rw, other = places.rw(ward, 1), places.rw(ward, 2)
    rt = places.rt(rw, 1)
    need = make.verified_need(ward, voices=[make.voice(rt), make.voice(places.rt(rw, 2))])
    chair = signed_in(personas.person("rt_rw", rw, "pak-rw"))
    form = chair.get(reverse("needs:propose", args=[need.code])).context["form"]
    assert [value for value, _label in form.fields["region"].choices] == [rw.path, rt.path, places.rt(rw, 2).path]
    typed = {
        "title": "Selokan", "menu_item": "A1.02", "fiscal_year": timezone.localdate().year, "unit": "m",
        "land_status": "public",
    }  # fmt: skip
    page = chair.post(reverse("needs:propose", args=[need.code]), {**typed, "region": other.path})
    assert list(page.context["form"].errors) == ["region"]
    chair.post(reverse("needs:propose", args=[need.code]), {**typed, "region": rt.path})
    assert Proposal.objects.get().region == rt


def test_a_site_without_wards_says_so_instead_of_asking_for_one(client: Client) -> None:
    page = client.get(reverse("needs:give")).content.decode()
    assert "Belum ada kelurahan yang dimuat" in page
    assert "<textarea" not in page
