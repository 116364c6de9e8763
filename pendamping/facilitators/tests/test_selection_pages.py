"""The working pages of the selection, as each person sees them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pendamping.access.models import Account
from pendamping.access.tests import personas
from pendamping.core.models import JournalEntry
from pendamping.core.moments import day
from pendamping.facilitators import keys, papers
from pendamping.facilitators.models import Application, Evidence, Round, StageResult
from pendamping.facilitators.queries import applications as applications_queries
from pendamping.facilitators.queries.applications import lines_of
from pendamping.facilitators.queries.rounds import set_being_written, set_in_force
from pendamping.facilitators.services import evidence
from pendamping.facilitators.tests import selection_factories as make
from pendamping.facilitators.tests.selection_factories import now
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_second_factor(settings: Any) -> None:
    settings.MFA_REQUIRED = False


def get(client: Client, person: Account, name: str, *args: Any, **query: Any) -> Any:
    client.force_login(person)
    return client.get(reverse(f"facilitators:{name}", args=args), query)


def post(client: Client, person: Account, page: str, /, *args: Any, then: str = "", **data: Any) -> Any:
    client.force_login(person)
    return client.post(reverse(f"facilitators:{page}", args=args) + then, data)


def text(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status, answer.content.decode()[:2000]
    return str(answer.content.decode())


def typed(**changes: Any) -> dict[str, Any]:
    facts = make.round_facts(**changes)
    ties = dict(zip(("tie_1", "tie_2", "tie_3"), facts.pop("tie_rule"), strict=True))
    return {**facts, **ties}


def test_the_secretariat_prepares_a_whole_round_and_opens_it(client: Client) -> None:
    by, city = make.secretariat(), places.city()
    assert post(client, by, "round_make", region=city.pk, **typed()).status_code == 302
    found = Round.objects.get()
    refused = text(get(client, by, "round", found.code))
    assert "formasi" in refused
    post(client, by, "round_posts", found.code, kind="ward_facilitator", specialism="any", number=3, region=city.pk)
    assert found.posts.count() == 1
    post(client, by, "round_requirement_examples", found.code)
    post(client, by, "round_requirement_add", found.code, **make.requirement_facts(is_disqualifying="on"))
    written = set_being_written(found)
    assert written is not None
    assert written.requirements.count() == 5
    post(client, by, "round_requirement_remove", found.code, 5)
    post(client, by, "round_requirement_edit", found.code, 1, **make.requirement_facts(text="Berubah"))
    assert written.requirements.get(position=1).text == "Berubah"
    post(client, by, "round_advance", found.code, to="open")
    found.refresh_from_db()
    assert (found.stage, set_in_force(found)) == ("open", written)
    assert reverse("facilitators:public_round", args=[found.code]) in text(get(client, by, "round", found.code))


def test_wrong_weights_keep_what_was_typed(client: Client) -> None:
    by = make.secretariat()
    shown = text(post(client, by, "round_make", region=places.city().pk, **typed(exam_weight=70, title="Panjang")), 422)
    assert 'value="Panjang"' in shown
    assert Round.objects.count() == 0


def test_a_round_is_mended_and_cancelled(client: Client) -> None:
    by, found = make.secretariat(), make.prepared()
    text(get(client, by, "round_edit", found.code))
    post(client, by, "round_edit", found.code, **typed(title="Baru"))
    found.refresh_from_db()
    assert found.title == "Baru"
    text(post(client, by, "round_cancel", found.code, reason=""), 422)
    post(client, by, "round_cancel", found.code, reason="Dasar hukum dicabut")
    assert "Dasar hukum dicabut" in text(get(client, by, "round", found.code))


def test_requirements_change_by_a_new_version(client: Client) -> None:
    by, found = make.secretariat(), make.opened()
    text(get(client, by, "round_requirement_change", found.code))
    post(client, by, "round_requirement_change", found.code, reason="Putusan Komisi I")
    post(client, by, "round_requirement_publish", found.code)
    assert set_being_written(found) is not None  # nothing changed yet: refused
    text(get(client, by, "round_requirement_edit", found.code, 1))
    post(client, by, "round_requirement_edit", found.code, 1, **make.requirement_facts(text="KTP kota ini"))
    text(get(client, by, "round_requirements", found.code))
    post(client, by, "round_requirement_publish", found.code)
    version = set_in_force(found)
    assert version is not None
    assert version.version == 2
    post(client, by, "round_requirement_change", found.code, reason="Lagi")
    post(client, by, "round_requirement_drop", found.code)
    assert found.requirement_sets.count() == 2


PAGES = [
    ("rounds", 0), ("round", 1), ("round_requirements", 1), ("applications", 0), ("application", 2),
    ("application_checks", 0), ("application_check", 2), ("round_posts", 1),
]  # fmt: skip


@pytest.mark.parametrize(("name", "kind"), PAGES)
def test_pages_are_shown_and_cost_the_same_for_three_as_for_one(client: Client, name: str, kind: int) -> None:
    application = make.submitted(make.opened())
    round_ = make.closed(application.round)
    by = make.secretariat() if name in ("rounds", "round_posts") else make.checker()
    args = [[], [round_.code], [application.code]][kind]

    def count() -> int:
        with CaptureQueriesContext(connection) as seen:
            text(get(client, by, name, *args))
        return len(seen)

    count()
    first = count()
    for number in (2, 3):
        other = make.opened(title=f"Seleksi {number}")
        make.submitted(other)
        make.closed(other)
    make.checked(application)
    assert count() <= first


@pytest.mark.parametrize(("name", "kind"), PAGES)
def test_a_facilitator_and_another_city_see_nothing(client: Client, name: str, kind: int) -> None:
    application = make.submitted(make.opened())
    make.closed(application.round)
    args = [[], [application.round.code], [application.code]][kind]
    assert get(client, personas.sari(places.ward()), name, *args).status_code in (403, 404)
    elsewhere = personas.person("secretariat", places.city("3279", "Kota Lain"), "sekretariat-jauh")
    if kind and name != "application_check":
        assert get(client, elsewhere, name, *args).status_code == 404


def test_the_panel_and_the_secretariat_never_see_what_checkers_see(client: Client) -> None:
    application = make.submitted(make.opened())
    make.closed(application.round)
    name = Evidence.objects.exclude(file="").get().name
    panel = personas.person("selection_panel", places.city(), "panel")
    for person in (panel, personas.person("council", places.city(), "dprd")):
        assert get(client, person, "application_check", application.code).status_code == 403
        assert get(client, person, "application_file", application.code, name).status_code == 403
    assert get(client, make.secretariat(), "application_check", application.code).status_code == 403


def test_a_district_head_of_the_city_learns_nothing_of_an_application(client: Client) -> None:
    application = make.begun(make.opened())
    camat = personas.camat(places.district())
    assert get(client, camat, "application", application.code).status_code in (403, 404)


def test_the_counter_types_from_paper_verifies_prints_and_hands_in(client: Client) -> None:
    by, found = make.checker("loket"), make.opened()
    text(get(client, by, "applications"))
    text(get(client, by, "application_begin", found.code))
    post(client, by, "application_begin", found.code, post=found.posts.get().pk)
    application = Application.objects.get()
    assert application.entered_by == by
    post(client, by, "application_step", application.code, "diri", name="Ani Contoh", nik=make.NIK,
         born_on="1995-06-05", sex="f")  # fmt: skip
    post(client, by, "application_step", application.code, "alamat", address="Jalan 1", phone="081200000001", email="")
    upload = SimpleUploadedFile("ktp.pdf", make.pdf_bytes())
    post(client, by, "application_step", application.code, "berkas", then="?r=1", **{"r1-file": upload})
    post(client, by, "application_step", application.code, "berkas", then="?r=2", **{"r2-declared": "on"})
    shown = text(get(client, by, "application_step", application.code, "berkas"))
    name = Evidence.objects.exclude(file="").get().name
    assert reverse("facilitators:application_paper_file", args=[application.code, name]) in shown
    assert get(client, by, "application_paper_file", application.code, name).content == make.pdf_bytes()
    wrong = {"card-nik": "3278014506950009"}
    text(post(client, by, "application_verify", application.code, **wrong), 422)
    post(client, by, "application_verify", application.code, **{"card-nik": make.NIK})
    receipt = post(client, by, "application_renew", application.code, **{"key-nik": make.NIK})
    assert (receipt.status_code, receipt.content[:5]) == (200, b"%PDF-")
    post(client, by, "application_submit", application.code)
    application.refresh_from_db()
    assert application.state == "submitted"
    text(get(client, by, "application", application.code))


def test_the_counter_does_not_type_into_what_somebody_wrote_online(client: Client) -> None:
    application = make.begun(make.opened())
    assert get(client, make.checker(), "application_step", application.code, "diri").status_code == 404
    post(client, make.checker(), "application_submit", application.code)
    assert make.fresh(application).state == "draft"


def test_a_receipt_holds_the_key_that_opens(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[str, str] = {}
    real = papers.receipt
    monkeypatch.setattr(papers, "receipt", lambda one, *, key: seen.update(key=key) or real(one, key=key))
    application = make.filled(make.opened())
    post(client, make.checker(), "application_renew", application.code, **{"key-nik": make.NIK})
    assert keys.opens(make.fresh(application), seen["key"])


def test_checkers_take_an_application_to_its_result(client: Client) -> None:
    application = make.submitted(make.opened())
    make.closed(application.round)
    first, second = make.checker("satu"), make.checker("dua")
    assert application.code in text(get(client, first, "application_checks"))
    for position in (1, 2):
        facts = {f"check{position}-is_there": "yes", f"check{position}-right": "yes"}
        answer = post(client, first, "application_check", application.code, then=f"?r={position}&act=check", **facts)
        assert answer.status_code == 302
    post(client, first, "application_conclude", application.code)
    assert not application.results.exists()  # the independent check is missing
    says = {"second2-result": "clear", "second2-done_on": str(day(now())), "second2-reference": "SIPOL-7"}
    shown = post(client, first, "application_check", application.code, then="?r=2&act=second", **says)
    text(shown, 422)  # the same person
    post(client, second, "application_check", application.code, then="?r=2&act=second", **says)
    post(client, second, "application_conclude", application.code)
    assert application.results.get().passed
    assert application.code in text(get(client, first, "application_checks", view="done"))
    assert application.code not in text(get(client, first, "application_checks"))
    text(get(client, first, "application_check", application.code))


def test_bad_input_of_a_check_keeps_the_words(client: Client) -> None:
    application = make.submitted(make.opened())
    make.closed(application.round)
    facts = {"check1-is_there": "no", "check1-right": "yes", "check1-note": "Dilihat dua kali"}
    shown = text(
        post(client, make.checker(), "application_check", application.code, then="?r=1&act=check", **facts), 422
    )
    assert "Dilihat dua kali" in shown
    assert post(client, make.checker(), "application_check", application.code, then="?r=9").status_code == 404


def test_a_question_waits_in_its_own_list(client: Client) -> None:
    application = make.submitted(make.opened())
    make.closed(application.round)
    until = day(now()) + timedelta(days=3)
    make.checked(application, right="unclear", reason="Buram", answer_until=until)
    assert application.code in text(get(client, make.checker(), "application_checks", view="asked"))
    name = lines_of(application)[0].evidence
    assert name is not None
    assert get(client, make.checker(), "application_file", application.code, name.name).content == b"%PDF-uji"


def test_checkers_read_what_was_asked_and_found_before(client: Client) -> None:
    application = make.submitted(make.opened())
    make.closed(application.round)
    soon = day(now()) + timedelta(days=3)
    make.checked(application, right="unclear", reason="Foto buram", answer_until=soon)
    line = lines_of(application)[0]
    evidence.answer_clarification(
        by=None, at=now(), application=application, requirement=line.requirement, answer="Ini yang jelas"
    )
    make.checked(application, right="unclear", reason="Halaman 2 hilang", answer_until=soon)
    make.second(application, "found", reason="Terdaftar")
    make.second(application, reason="NIK lain")
    shown = text(get(client, make.checker(), "application_check", application.code))
    assert all(word in shown for word in ("Foto buram Dijawab", "Ini yang jelas", "Terdaftar", "NIK lain"))


def asked_on_paper() -> Application:
    """From paper, without an e-mail address, with an open question of the checkers."""
    application = make.submitted(make.opened(), by=make.checker("loket"))
    Application.objects.filter(pk=application.pk).update(email_cipher=None)
    make.closed(application.round)
    make.checked(application, right="unclear", reason="Foto buram", answer_until=day(now()) + timedelta(days=2))
    return make.fresh(application)


def test_who_applied_on_paper_answers_at_the_counter(client: Client) -> None:
    application, by = asked_on_paper(), make.checker("loket")
    assert application.code in text(get(client, by, "applications", view="asked"))
    StageResult.objects.create(application=application, stage="files", passed=False, reason="x", created_at=now())
    assert application.code not in text(get(client, by, "applications", view="asked"))
    StageResult.objects.all().delete()
    assert applications_queries.paper_applications_asked().get() == application
    shown = text(get(client, by, "application", application.code))
    assert all(word in shown for word in ("Foto buram", "hubungi pelamar lewat telepon"))
    text(post(client, by, "application_answer", application.code, 1, answer=""), 422)
    for position in (1, 2):
        facts = {"answer": "Ini KTP saya"}
        assert post(client, by, "application_answer", application.code, position, **facts).status_code == 302
    check = lines_of(application)[0].check
    assert check is not None
    assert check.answer == "Ini KTP saya"
    told = JournalEntry.objects.filter(verb="facilitators.clarification_answered").latest("id")
    assert (told.actor_uid, told.on_behalf_of) == (by.uid, "applicant")
    assert application.code not in text(get(client, by, "applications", view="asked"))
    assert post(client, by, "application_answer", application.code, 9, answer="x").status_code == 404


def test_who_applied_on_paper_withdraws_at_the_counter(client: Client) -> None:
    application, by = asked_on_paper(), make.checker("loket")
    text(post(client, by, "application_withdraw", application.code, reason=""), 422)
    assert post(client, by, "application_withdraw", application.code, reason="Pindah").status_code == 302
    assert make.fresh(application).state == "withdrawn"
    text(get(client, by, "application", application.code))


def test_counter_reads_when_and_where_the_test_is(client: Client) -> None:
    application = make.submitted(make.opened())
    make.seated(application)
    assert "Lab SMK Contoh" in text(get(client, make.checker(), "application", application.code))


@pytest.mark.parametrize(
    ("name", "args"), [("application_answer", [1]), ("application_withdraw", []), ("application_object", [])]
)
def test_counter_does_nothing_for_who_applies_online(client: Client, name: str, args: list[int]) -> None:
    application = make.submitted(make.opened())
    assert post(client, make.checker(), name, application.code, *args, reason="x", answer="x").status_code == 404
