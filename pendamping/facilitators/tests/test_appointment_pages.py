"""Pages of appointing as the browser sees them: what works, what is refused, who sees what."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from pendamping.access.models import Account, Grant
from pendamping.access.tests import personas
from pendamping.core.models import Document
from pendamping.core.moments import day
from pendamping.facilitators.enums.appointments import DecreeKind
from pendamping.facilitators.enums.ethics import CaseState
from pendamping.facilitators.enums.rounds import PostKind, SelectionOutcome
from pendamping.facilitators.models import (
    Appointment,
    Assignment,
    Attendee,
    Ceremony,
    Contract,
    Decree,
    DutyHandover,
    EthicsCase,
    EthicsCode,
)
from pendamping.facilitators.tests import appointment_factories as make
from pendamping.needs.tests import factories as needs
from pendamping.regions.models import Region
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_second_factor(settings: Any) -> None:
    settings.MFA_REQUIRED = False


@pytest.fixture(autouse=True)
def _this_year(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages act today: the term of the factories is this year's."""
    today = day(timezone.now())
    for name, value in (
        ("NOW", timezone.now()), ("TODAY", today), ("START", date(today.year, 1, 1)), ("END", date(today.year, 12, 31)),
    ):  # fmt: skip
        monkeypatch.setattr(make, name, value)


@pytest.fixture
def ward() -> Region:
    return places.ward()


@pytest.fixture
def boss(ward: Region) -> Account:
    return make.secretariat()


def get(client: Client, person: Account | None, name: str, *codes: Any, **query: Any) -> Any:
    client.force_login(person) if person else client.logout()
    return client.get(reverse(f"facilitators:{name}", args=codes), query)


def post(client: Client, person: Account | None, name: str, *codes: Any, **data: Any) -> Any:
    client.force_login(person) if person else client.logout()
    return client.post(reverse(f"facilitators:{name}", args=codes), data)


def text(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status
    return str(answer.content.decode())


def iso(days: int = 0) -> str:
    return (make.TODAY + timedelta(days=days)).isoformat()


def last_day() -> str:
    return make.END.isoformat()


# Decrees and appointments


def test_the_secretariat_records_appoints_and_prints(client: Client, boss: Account, ward: Region) -> None:
    facts = {
        "region": ward.parent.parent.pk, "kind": "appointment", "number": "SK-1/2026", "dated_on": iso(-1),
        "signatory": "Wali Kota", "about": "Pengangkatan", "starts_on": make.START.isoformat(), "ends_on": last_day(),
    }  # fmt: skip
    kept = text(post(client, boss, "decree_record", **{**facts, "dated_on": iso(3)}), 422)
    assert "Pengangkatan" in kept
    answer = post(client, boss, "decree_record", **facts)
    decree = Decree.objects.get()
    assert answer.headers["Location"] == reverse("facilitators:decree", args=[decree.code])
    chosen = make.standing(make.post(make.final_round(), ward))
    assert "Ani Contoh" in text(get(client, boss, "decree_appoint", decree.code))
    wrong = text(post(client, boss, "decree_appoint", decree.code, account="tidak.ada"), 422)
    assert "tidak.ada" in wrong
    post(client, boss, "decree_appoint", decree.code, standing=chosen.application.code)
    made = Appointment.objects.get()
    assert "Ani Contoh" in text(get(client, boss, "decree", decree.code))
    shown = text(get(client, boss, "appointment", made.code))
    assert ward.label in shown
    assert reverse("access:invite", args=[made.account.uid]) in shown
    for name, code in (("decree_annex", decree.code), ("appointment_certificate", made.code)):
        answer = get(client, boss, name, code)
        assert answer.content.startswith(b"%PDF")
        assert "no-store" in answer.headers["Cache-Control"]
    assert get(client, boss, "decrees").status_code == 200
    assert "Ani Contoh" in text(get(client, boss, "appointments", state="now", q="ani"))


def test_ending_replacing_and_taking_over(client: Client, boss: Account, ward: Region) -> None:
    before = make.placed(ward).appointment
    need = needs.verified_need(ward)
    refused = text(post(client, boss, "appointment_end", before.code, ended_on=last_day(), reason="Mundur"), 422)
    assert "Mundur" in refused
    post(client, boss, "appointment_end", before.code, ended_on=iso(), reason="Mengundurkan diri")
    new = make.decree("SK-2", DecreeKind.REPLACEMENT)
    personas.account("tono", "Tono Contoh")
    assert get(client, boss, "appointment_replace", before.code).status_code == 200
    answer = post(
        client, boss, "appointment_replace", before.code, decree=new.pk, account="tono", unit=ward.pk, reason="Mundur",
    )  # fmt: skip
    made = Appointment.objects.get(replaces=before)
    assert answer.headers["Location"] == reverse("facilitators:appointment", args=[made.code])
    assert "Tono Contoh" in text(get(client, boss, "appointment", before.code))
    me = made.account
    assert reverse("facilitators:my_takeover", args=[made.code]) in text(get(client, me, "my_service"))
    assert need.code in text(get(client, me, "my_takeover", made.code))
    assert get(client, me, "my_takeover_paper", made.code).content.startswith(b"%PDF")
    post(client, me, "my_takeover", made.code, missing="Kunci balai")
    assert DutyHandover.objects.get().missing == "Kunci balai"
    assert "Kunci balai" in text(get(client, me, "my_takeover", made.code))
    assert get(client, before.account, "my_takeover", made.code).status_code == 404


def test_placing_contracts_and_ending_an_assignment(client: Client, boss: Account, ward: Region) -> None:
    one = make.appointed()
    facts = {"starts_on": iso(), "ends_on": last_day()}
    reversed_days = {"regions": [ward.pk], "starts_on": last_day(), "ends_on": iso(-900)}
    wrong = text(post(client, boss, "appointment_assign", one.code, **reversed_days), 422)
    assert last_day() in wrong
    post(client, boss, "appointment_assign", one.code, regions=[ward.pk, places.ward(2).pk], **facts)
    assert Assignment.objects.count() == 2
    contract = {
        "fiscal_year": make.TODAY.year, "number": "K-1", "signed_on": iso(), "starts_on": iso(), "ends_on": last_day(),
    }  # fmt: skip
    post(client, boss, "appointment_contract", one.code, monthly="Rp 2.500.000", **contract)
    assert Contract.objects.get().monthly == 2_500_000
    page = text(get(client, boss, "appointment", one.code))
    assert "2.500.000" in page
    undecided = text(get(client, boss, "contract_renew", one.code, make.TODAY.year))
    assert f"evaluasi tahun {make.TODAY.year}" in undecided
    assert get(client, boss, "contract_renew", one.code, 2021).status_code == 404
    first = Assignment.objects.earliest("id")
    post(client, boss, "assignment_end", first.code, ended_on=iso(-1), reason="Mutasi")
    assert not Grant.objects.filter(pk=first.grant_id, revoked_at=None).exists()
    mine = text(get(client, one.account, "my_service"))
    assert "2.500.000" in mine
    assert get(client, one.account, "my_certificate", one.code).content.startswith(b"%PDF")


def test_revoking_by_the_page(client: Client, boss: Account, ward: Region) -> None:
    one = make.placed(ward)
    assert "SK-1" in text(get(client, boss, "decree_revoke", one.decree.code))
    post(client, boss, "decree_revoke", one.decree.code, on=iso(), reason="Putusan PTUN")
    assert "Putusan PTUN" in text(get(client, boss, "decree", one.decree.code))
    assert get(client, one.account, "my_certificate", one.appointment.code).status_code == 404
    papers = Document.objects.count()
    assert get(client, boss, "decree_annex", one.decree.code).status_code == 404
    assert get(client, boss, "appointment_certificate", one.appointment.code).status_code == 404
    assert Document.objects.count() == papers


@pytest.mark.parametrize(
    ("who", "role", "place", "status"),
    [
        ("inspektorat", "inspectorate", "city", 200),
        ("lurah", "ward_head", "ward", 200),
        ("askot", "area_coordinator", "district", 200),
        ("lain", "ward_head", "sibling", 404),
        ("asing", "ward_head", "foreign", 404),
        ("sari", "ward_facilitator", "ward", 403),
    ],
)
def test_who_sees_an_appointment(client: Client, ward: Region, who: str, role: str, place: str, status: int) -> None:
    one = make.placed(ward).appointment
    spots = {
        "city": places.city(), "district": places.district(), "ward": ward, "sibling": places.ward(2),
        "foreign": places.foreign_ward(),
    }  # fmt: skip
    person = personas.person(role, spots[place], who)
    assert get(client, person, "appointment", one.code).status_code == status
    for name in ("appointment_end", "appointment_assign", "appointment_contract", "appointment_certificate"):
        assert get(client, person, name, one.code).status_code in (403, 404)
    if status == 200:
        assert one.account.name in text(get(client, person, "appointments"))


@pytest.mark.parametrize("name", ["appointments", "decrees", "coverage", "ethics_register"])
def test_as_many_queries_for_three_as_for_one(client: Client, boss: Account, ward: Region, name: str) -> None:
    def more(n: int) -> None:
        make.decree(f"SK-{n}0")
        make.placed(places.ward(n), f"Orang Contoh {n}")
        make.case()

    def count() -> int:
        with CaptureQueriesContext(connection) as seen:
            text(get(client, boss, name))
        return len(seen)

    make.placed(ward)
    more(2)
    count()
    one = count()
    more(3)
    more(4)
    assert count() == one


# Who serves where


def test_the_map_of_a_day_and_the_public_page(client: Client, boss: Account, ward: Region) -> None:
    Region.objects.filter(level="ward").update(latitude="-7.32", longitude="108.22")
    other = places.ward(2)
    make.placed(ward)
    shown = text(get(client, boss, "coverage"))
    assert "<svg" in shown
    assert "Ani Contoh" in shown
    assert other.label in shown
    assert "Ani Contoh" not in text(get(client, boss, "coverage", hari="2020-01-01")).split('id="kekosongan"')[0]
    assert text(get(client, boss, "coverage", hari="besok"))
    public = get(client, None, "serving")
    assert "Ani Contoh (SK-1/2026)" in text(public)
    assert "sessionid" not in public.cookies
    assert "Ani Contoh" in client.get(reverse("portal:ward", args=[ward.path])).content.decode()
    Decree.objects.update(revoked_on=make.END, revoked_reason="x")
    assert "Ani Contoh (SK-1/2026)" in text(get(client, None, "serving"))
    assert "Ani Contoh" in client.get(reverse("portal:ward", args=[ward.path])).content.decode()
    Decree.objects.update(revoked_on=make.TODAY)
    assert "Ani Contoh" not in text(get(client, None, "serving"))


def test_a_head_of_a_ward_sees_only_that_ward(client: Client, ward: Region) -> None:
    make.placed(places.ward(2), "Tono Contoh")
    assert "Tono Contoh" not in text(get(client, personas.lurah(ward), "coverage"))


# Inauguration


def test_an_inauguration_from_the_call_to_the_oath(client: Client, boss: Account, ward: Region) -> None:
    one, two = make.appointed(), make.appointed("Tono Contoh")
    facts = {"title": "Pelantikan", "held_on": iso(), "starts_at": "09:00", "place": "Balai Kota"}
    post(client, boss, "ceremony_call", one.decree.code, **facts)
    ceremony = Ceremony.objects.get()
    first, second = Attendee.objects.order_by("id")
    mine = text(get(client, one.account, "my_service"))
    assert first.ticket in mine
    assert second.ticket not in mine
    assert get(client, one.account, "my_invitation", ceremony.code).content.startswith(b"%PDF")
    assert get(client, boss, "ceremony_invitation", ceremony.code, two.code).content.startswith(b"%PDF")
    scanned = text(get(client, boss, "ceremony_attend", ceremony.code, k=first.ticket))
    assert "Ani Contoh" in scanned
    assert "ZZZZZ" in text(post(client, boss, "ceremony_attend", ceremony.code, ticket="ZZZZZ"), 422)
    post(client, boss, "ceremony_attend", ceremony.code, ticket=first.ticket)
    text(post(client, boss, "ceremony_attend", ceremony.code, ticket=first.ticket), 422)
    post(client, boss, "ceremony_tick", ceremony.code, attendee=str(second.uid), note="Ponsel mati")
    assert Attendee.objects.filter(attended_at__isnull=False).count() == 2
    post(client, boss, "ceremony_oath", ceremony.code, text="Demi Allah", read_by="Sekda", version="", witnesses="")
    post(client, boss, "ceremony_photos", ceremony.code, photos=needs.upload())
    post(client, boss, "ceremony_invite", ceremony.code)
    shown = text(get(client, boss, "ceremony", ceremony.code))
    assert "Demi Allah" in shown
    assert get(client, one.account, "ceremony_attend", ceremony.code).status_code == 403


# Ethics


def test_anybody_reports_and_gets_a_code(client: Client, ward: Region) -> None:
    one = make.placed(ward)
    make.case()
    form = get(client, None, "ethics_report")
    assert "Ani Contoh" in text(form)
    assert not form.cookies
    text(post(client, None, "ethics_report", text=""), 422)
    answer = post(client, None, "ethics_report", text="Minta imbalan", about=one.appointment.code, contact="0812345678")
    made = EthicsCase.objects.latest("id")
    assert answer.headers["Location"] == reverse("facilitators:ethics_receipt", args=[made.code])
    receipt = text(get(client, None, "ethics_receipt", made.code))
    assert made.code in receipt
    assert "Ani" not in receipt
    assert "imbalan" not in receipt
    assert "kampanye" in text(get(client, None, "ethics"))


def test_too_many_reports_from_one_address(client: Client, ward: Region) -> None:
    make.case()
    for _time in range(10):
        post(client, None, "ethics_report", text="")
    assert "tetap" in text(post(client, None, "ethics_report", text="Kata yang tetap ada"), 429)


def test_a_case_is_read_by_its_panel_alone(client: Client, boss: Account, ward: Region) -> None:
    one = make.placed(ward)
    made = make.case(one.appointment, contact="ani@contoh.test")
    register = text(get(client, boss, "ethics_register"))
    assert made.code in register
    assert "imbalan" not in register
    panel = text(get(client, boss, "ethics_panel", made.code))
    assert "Ani Contoh" not in panel
    members = [make.panelist(n) for n in (1, 2, 3)]
    text(post(client, boss, "ethics_panel", made.code, members=[members[0].pk]), 422)
    post(client, boss, "ethics_panel", made.code, members=[member.pk for member in members])
    seen = text(get(client, members[0], "ethics_case", made.code))
    assert "imbalan" in seen
    assert "ani@contoh.test" in seen
    assert get(client, make.panelist(4), "ethics_case", made.code).status_code == 404
    assert get(client, boss, "ethics_case", made.code).status_code == 403
    inspector = personas.person("inspectorate", places.city(), "inspektorat")
    assert get(client, inspector, "ethics_case", made.code).status_code == 403
    assert get(client, one.account, "my_case", made.code).status_code == 404
    journal = client.get(reverse("insight:journal"))
    assert "imbalan" not in journal.content.decode()


def test_who_looks_through_other_eyes_prints_no_paper(client: Client, ward: Region) -> None:
    one = make.placed(ward)
    client.force_login(personas.person("administrator", places.city(), "admin"))
    session = client.session
    session["view_as"] = str(make.secretariat().uid)
    session.save()
    page = client.get(reverse("facilitators:decree", args=[one.decree.code]))
    papers = [("decree_annex", one.decree.code), ("appointment_certificate", one.appointment.code)]
    seen = [client.get(reverse(f"facilitators:{name}", args=[code])).status_code for name, code in papers]
    assert (page.status_code, seen, Document.objects.count()) == (200, [404, 404], 0)


def test_nobody_looks_at_a_case_through_other_eyes(client: Client, boss: Account, ward: Region) -> None:
    made = make.panelled(make.placed(ward).appointment)
    client.force_login(boss)
    session = client.session
    session["view_as"] = str(make.panelist(1).uid)
    session.save()
    assert client.get(reverse("facilitators:ethics_case", args=[made.code])).status_code == 403
    session["view_as"] = str(Appointment.objects.get().account.uid)
    session.save()
    assert client.get(reverse("facilitators:my_service")).status_code == 403


def test_a_case_by_the_pages_to_a_suspension(client: Client, boss: Account, ward: Region) -> None:
    one = make.placed(ward)
    made, member, me = make.panelled(one.appointment), make.panelist(1), one.account
    call = {"allegation": "Menerima imbalan", "answer_by": iso(7)}
    text(post(client, member, "ethics_step", made.code, "panggil", **{**call, "answer_by": iso(1)}), 422)
    post(client, member, "ethics_step", made.code, "panggil", **call)
    assert get(client, member, "ethics_step", made.code, "dengar").status_code == 200
    assert get(client, member, "ethics_step", made.code, "lain").status_code == 404
    asked = text(get(client, me, "my_case", made.code))
    assert "Menerima imbalan" in asked
    assert "Meminta imbalan dari pokmas" not in asked
    text(post(client, me, "my_case", made.code, statement=""), 422)
    post(client, me, "my_case", made.code, statement="Tidak benar")
    decision = {"sanction": "suspension", "reason": "Terbukti", "suspended_from": iso(), "suspended_until": iso(5)}
    assert "Terbukti" in text(post(client, member, "ethics_step", made.code, "putus", **decision), 422)
    post(client, member, "ethics_step", made.code, "putus", **decision, skip_reason="Berat")
    made.refresh_from_db()
    assert made.state == CaseState.PROPOSED
    mine = text(get(client, me, "my_case", made.code))
    assert "Terbukti" not in mine
    assert "disahkan" not in mine
    step = reverse("facilitators:ethics_step", args=[made.code, "sahkan"])
    assert step not in text(get(client, member, "ethics_case", made.code))
    assert step in text(get(client, make.panelist(2), "ethics_case", made.code))
    post(client, make.panelist(2), "ethics_step", made.code, "kembalikan", reason="Kurangi harinya")
    assert "Kurangi harinya" in text(get(client, member, "ethics_case", made.code))
    post(client, member, "ethics_step", made.code, "putus", **decision, skip_reason="Berat")
    post(client, make.panelist(2), "ethics_step", made.code, "sahkan", op="")
    made.refresh_from_db()
    assert made.state == CaseState.DECIDED
    assert "Terbukti" in text(get(client, me, "my_case", made.code))  # without any role in force
    assert "Terbukti" in text(get(client, make.panelist(2), "ethics_case", made.code))
    assert made.code in text(get(client, member, "ethics_cases"))


def test_a_member_names_the_person_and_steps_down(client: Client, ward: Region) -> None:
    one, made, member = make.placed(ward), make.panelled(), make.panelist(1)
    assert "Ani Contoh" in text(get(client, member, "ethics_step", made.code, "siapa"))
    post(client, member, "ethics_step", made.code, "siapa", about=one.appointment.code)
    made.refresh_from_db()
    assert made.about == one.appointment
    answer = post(client, member, "ethics_step", made.code, "mundur", reason="Kerabat")
    assert answer.headers["Location"] == reverse("facilitators:ethics_cases")
    assert get(client, member, "ethics_case", made.code).status_code == 404


def test_signing_the_code_and_publishing_another(client: Client, boss: Account, ward: Region) -> None:
    one = make.placed(ward)
    make.case()
    me, code = one.account, one.appointment.code
    assert reverse("facilitators:my_signing", args=[code]) in text(get(client, me, "my_service"))
    assert "kampanye" in text(get(client, me, "my_signing", code))
    first = EthicsCode.objects.get()
    post(client, me, "my_signing", code, version=first.pk)
    assert one.appointment.signatures.count() == 1
    facts = {"text_id": "Teks kota", "panel_least": 3, "answer_days": 7, "legal_basis": "Perwal"}
    text(post(client, boss, "ethics_publish", **facts), 422)
    alone = {**facts, "panel_least": 1, "reason": "Perwal 5"}  # nobody could confirm what this member records
    text(post(client, boss, "ethics_publish", **alone), 422)
    post(client, boss, "ethics_publish", **facts, reason="Perwal 5")
    text(post(client, me, "my_signing", code, version=first.pk), 422)
    assert "Teks kota" in text(get(client, me, "my_signing", code))
    assert get(client, boss, "my_signing", code).status_code == 404


@pytest.mark.parametrize("name", ["my_service"])
def test_own_pages_ask_to_sign_in(client: Client, ward: Region, name: str) -> None:
    assert get(client, None, name).status_code == 302
    assert text(get(client, personas.sari(ward), name))


def test_reserves_are_offered_in_rank_order(client: Client, boss: Account, ward: Region) -> None:
    post_of = make.post(make.final_round(), ward, PostKind.WARD_FACILITATOR)
    chosen = make.standing(post_of)
    for n in (2, 1):
        make.standing(post_of, f"Cadangan {n}", rank=n + 1, outcome=SelectionOutcome.RESERVE)
    decree = make.decree()
    post(client, boss, "decree_appoint", decree.code, standing=chosen.application.code)
    one = Appointment.objects.get()
    page = text(get(client, boss, "appointment_replace", one.code))
    assert page.index("Cadangan 1") < page.index("Cadangan 2")
