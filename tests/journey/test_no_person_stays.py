"""Whatever people write into any act of the whole road, no number of a person reaches a table or the journal."""

from __future__ import annotations

import inspect
import io
import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db.models import CharField

from pendamping.access import services as access
from pendamping.assets import services as assets
from pendamping.assets.enums import Condition
from pendamping.benefits import services as benefits
from pendamping.core import journal
from pendamping.deliberation import services as deliberation
from pendamping.deliberation.enums.meetings import Outcome
from pendamping.delivery import services as delivery
from pendamping.demo import city, journey
from pendamping.demo.people import cast_of, hold, sign_in
from pendamping.demo.pictures import picture
from pendamping.demo.road import Clock, Road, Wish
from pendamping.needs import services as needs
from pendamping.needs.enums.contacts import ContactKind, Followed
from pendamping.needs.enums.conversations import PauseReason, Solved
from pendamping.needs.enums.menu import Unit
from pendamping.needs.enums.moderation import HideReason
from pendamping.needs.enums.visits import VisitResult
from pendamping.needs.models import Following, MenuItem, Original
from pendamping.needs.services import blocks, cases, moderation
from pendamping.needs.services.contacts import reach
from pendamping.planning import services as planning
from pendamping.regions.models import Level, Region
from pendamping.regions.tests import factories as places
from tests.journey.deliberated import deliberated
from tests.journey.planting import NAME, NIK, PHONE, plant

pytestmark = [pytest.mark.django_db, pytest.mark.once]

START = datetime(2024, 1, 5, 2, tzinfo=UTC)
SERVICES = (needs, moderation, blocks, cases, deliberation, planning, delivery, benefits, assets, access)
# Arguments that are chosen from a list or made by the machine, never written by a person.
CHOSEN = {
    "kind", "outcome", "condition", "device", "channel", "behalf", "source", "source_ref", "role", "username", "email",
    "key", "password", "city_path", "tried",
}  # fmt: skip
CHOSEN_IN = {
    "confirm_benefit": {"answer"}, "block_connection": {"address"}, "decide_from_result": {"unfunded"},
    "cast_ballot": {"code"}, "add_line": {"code"}, "judge_aspect": {"aspect", "finding"}, "enter_sheet": {"lines"},
    "settle_sheet": {"lines"}, "note_told": {"way"}, "answer_invitation": {"answer"}, "set_phase": {"phase"},
    "invite_guest": {"capacity", "way"}, "prepare_poll": {"basis"}, "show_on_screen": {"view"},
    "keep_unit_price": {"item_code", "unit"}, "waive": {"requirement", "ground"}, "reopen_proposal": {"decided"},
}  # fmt: skip
# The person's own account holds the person's name; of a guest or a voter it is kept sealed.
OWN = {
    "add_person": {"name"}, "edit_person": {"name"}, "invite_guest": {"name", "address"},
    "add_voter": {"name", "identity", "phone", "rt"},
}  # fmt: skip


def free_text(service: Callable[..., Any]) -> list[str]:
    """The arguments of an act in which a person writes what they like."""
    known = CHOSEN | CHOSEN_IN.get(service.__name__, set()) | OWN.get(service.__name__, set())
    given = inspect.signature(service).parameters.values()
    return [one.name for one in given if one.annotation in ("str", str) and one.name not in known]


def acts() -> Iterator[tuple[Any, str, Callable[..., Any]]]:
    for module in SERVICES:
        for name, service in vars(module).items():
            if name[0] != "_" and inspect.isfunction(service) and is_act(service):
                yield module, name, service


def is_act(service: Callable[..., Any]) -> bool:
    """Acts take all by name; what a module of services merely asks does not."""
    given = inspect.signature(service).parameters
    return (
        "at" in given
        and not service.__name__.endswith("_verdict")
        and all(one.kind is inspect.Parameter.KEYWORD_ONLY for one in given.values())
    )


@pytest.fixture
def planted(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Every act gets the words of a person in front of whatever is written; which acts were done."""
    return plant(monkeypatch, (one for one in acts() if free_text(one[2])), free_text)


def test_no_number_or_name_of_a_person_stays_anywhere(planted: set[str]) -> None:
    ward = place()
    walk(ward)
    aside(ward)
    moderated(ward)
    listened(ward)
    deliberated(ward, sign_in("perencana", "Perencana"), START)
    assert planted == {name for _module, name, service in acts() if free_text(service)}, "do these too"
    held = [f"{where}: {told[:60]}" for where, told in every_text() if is_of_a_person(told)]
    assert held == []
    assert too_long() == []
    assert list(journal.verify()) == []


def place() -> Region:
    journey.import_places("34.01", Path(__file__).parent / "fixtures" / "kalurahan.csv", START)
    found = city.reference("34.01", (2024,), START, with_wards=False)
    ward = Region.objects.filter(level=Level.WARD, path__startswith=found.path).first()
    assert ward is not None
    by = hold(sign_in("perencana", "Perencana"), "planning_agency", found, START)
    planning.set_ceiling(by=by, at=START, ward=ward, year=2024, amount=400_000_000)
    planning.set_rules(
        by=by, at=START, city=found, fiscal_year=2024, valid_from=date(2024, 1, 10), legal_basis="Perwal 1/2024",
        default_ceiling=400_000_000, tranches=[[40, 0], [30, 50], [30, 100]],
    )  # fmt: skip
    return ward


WISH = Wish(
    title="Paving Gang Melati", menu="A2.01", place="Gang Melati", volume=Decimal(80), unit=Unit.METRE,
    cost=40_000_000, women=30, men=28, other_words="jalan",
)  # fmt: skip


def walk(ward: Region) -> None:
    """The road from three voices to a fault of the asset."""
    road = Road(ward, cast_of(ward, START), 2024, Clock.on(date(2024, 1, 15)))
    need = road.verify(road.voices_to_need(["Gang becek", "Gang licin"], WISH), WISH, "Becek sepanjang gang")
    draft = needs.write_proposal(
        by=road.cast.facilitator, at=road.clock.after(), need=need, photos=[picture("lane", 0)], **WISH.facts(2024)
    )
    sent = needs.submit_proposal(by=road.cast.facilitator, at=road.clock.after(), proposal=draft)
    proposal = road.check(road.complete(sent, WISH))
    meeting = road.meet([proposal], title="Musyawarah", agenda="Usulan")
    road.decide(meeting, {proposal.pk: (Outcome.FUNDED, "Perlu", WISH.cost)}, "Tertib")
    project = road.plan(proposal, WISH)
    planning.return_project(by=road.cast.head, at=road.clock.after(), project=project, reason="Jadwal rapat")
    project = planning.revise_project(
        by=road.cast.technical, at=road.clock.after(), project=project, title=project.title, budget=project.budget,
        sub_activity=project.sub_activity, funding_source="DAU", executor="Pokmas", starts_on=project.starts_on,
        ends_on=project.ends_on,
    )  # fmt: skip
    project = road.approve(project)
    report = delivery.report_progress(
        by=road.cast.facilitator, at=road.clock.after(), project=project, stage=0, spent=0,
        photos=[picture("lane", 0)],
    )  # fmt: skip
    delivery.return_progress(by=road.cast.secretary, at=road.clock.after(), report=report, reason="Foto buram")
    project = road.build(project, WISH)
    latest = project.payments.order_by("-tranche")[0]
    delivery.void_payment(by=road.cast.treasurer, at=road.clock.after(), payment=latest, reason="Salah ketik")
    road.benefit(project, WISH, [("partly", "Belum rapi")])
    asset = road.hand_over(project, WISH)
    road.inspect(asset, "lane", Condition.LIGHT_DAMAGE, "Dua paving lepas")
    road.fault(asset, "Paving lepas")
    given_up(road)


def given_up(road: Road) -> None:
    """A second project, given up before its approval."""
    need = road.verify(road.voices_to_need(["Gelap"], WISH), WISH, "Gelap")
    proposal = road.check(road.propose(need, WISH))
    meeting = road.meet([proposal], title="Musyawarah", agenda="Usulan")
    road.decide(meeting, {proposal.pk: (Outcome.FUNDED, "Perlu", WISH.cost)}, "Tertib")
    project = road.plan(proposal, WISH)
    planning.cancel_project(by=road.cast.head, at=road.clock.after(), project=project, reason="Pagu dipotong")


def aside(ward: Region) -> None:
    """What lies beside the road: answers, a proposal withdrawn, a meeting called off, people and their roles."""
    cast = cast_of(ward, START)
    facts: dict[str, Any] = {"by": cast.facilitator, "at": START}
    item = MenuItem.objects.get(code="A2.01", valid_to=None)
    given = {"by": None, "at": START, "region": ward, "menu_item": item, "text": "Gelap"}
    needs.answer_voice(voice=needs.give_voice(**given), answer="Sudah", **facts)
    need = needs.gather_voices(voices=[needs.give_voice(**given)], title="Lampu", **facts)
    needs.answer_need(need=need, answer="Sudah ada", **facts)
    listed = needs.import_proposal(
        region=ward, source="daftar", source_ref="1", fiscal_year=2024, title="Lampu", problem="", place="",
        menu_item=item, **facts,
    )  # fmt: skip
    needs.withdraw_proposal(proposal=listed, reason="Sudah dikerjakan", **facts)
    meeting = deliberation.call_meeting(
        region=ward, kind="development", title="Musyawarah", fiscal_year=2024, held_on=date(2024, 2, 1), place="Aula",
        agenda="Usulan", chair_office="Lurah", **facts,
    )  # fmt: skip
    deliberation.move_meeting(meeting=meeting, held_on=date(2024, 2, 8), reason="Aula dipakai", **facts)
    deliberation.cancel_meeting(meeting=meeting, reason="Hujan", **facts)
    people: dict[str, Any] = {"by": None, "at": START}
    person = access.add_person(username="rina", name="Rina Contoh", role="lpm", region=ward, **people)
    grant = access.grant_role(account=person, role="ward_secretary", region=ward, **people)
    access.revoke_role(grant=grant, reason="Pindah", **people)
    access.disable_person(account=person, reason="Cuti", **people)
    access.enable_person(account=person, reason="Kembali", **people)
    access.make_token(by=person, at=START, label="Sistem", expires_on=(START + timedelta(days=9)).date())


def moderated(ward: Region) -> None:
    """What is reported, edited, hidden and blocked, and a voice about a person."""
    cast = cast_of(ward, START)
    facts: dict[str, Any] = {"by": cast.facilitator, "at": START}
    item = MenuItem.objects.get(code="A2.01", valid_to=None)
    given: dict[str, Any] = {"by": None, "at": START, "region": ward, "menu_item": item, "text": "Gelap"}
    voice = needs.give_voice(**given)
    moderation.report(by=None, at=START, voice=voice, reason=HideReason.SPAM, words="Iklan")
    moderation.edit(voice=voice, text=". Sekarang lampu padam", place_words="Pos ronda", **facts)
    moderation.open_original(original=Original.objects.order_by("-id")[0], reason="Keberatan", **facts)
    moderation.hide(voice=voice, reason=HideReason.OTHER, words="Iklan", **facts)
    contact = reach(kind=ContactKind.EMAIL, address="warga@contoh.id", at=START)
    Following.objects.create(contact=contact, what=Followed.VOICE, voice=voice, is_speaker=True, created_at=START)
    blocks.block_speaker(voice=voice, reason="Iklan", days=3, **facts)
    found = Region.objects.get(path=ward.city_path)
    blocks.block_connection(city=found, address="203.0.113.7", reason="Iklan", days=3, **facts)
    case = needs.give_voice(**given, is_confidential=True)
    cases.name_member(voice=case, account=cast.head, **facts)
    cases.answer_case(by=cast.head, at=START, voice=case, answer="Ditegur")


def listened(ward: Region) -> None:
    """Threads, clocks, doors knocked at, lists of meetings, criteria and views of a need."""
    cast = cast_of(ward, START)
    facts: dict[str, Any] = {"by": cast.facilitator, "at": START}
    item = MenuItem.objects.get(code="A2.01", valid_to=None)
    voice = needs.give_voice(by=None, at=START, region=ward, menu_item=item, text="Gelap")
    needs.write_message(by=None, at=START, voice=voice, text="Masih")
    needs.pause_clock(voice=voice, reason=PauseReason.SITE, words="Jembatan putus", **facts)
    needs.answer_voice(voice=voice, answer="Sudah", **facts)
    needs.say_solved(by=None, at=START, voice=voice, answer=Solved.PARTLY, words="Sebelah")
    needs.record_visit(
        region=places.rt(places.rw(ward)), day=START.date(), result=VisitResult.NOBODY, note="Sepi", **facts
    )
    need = needs.gather_voices(
        voices=[needs.give_voice(by=None, at=START, region=ward, menu_item=item, text="Gelap")], title="L", **facts
    )
    needs.verify_need(need=need, finding="Gelap", photos=[picture("lane", 0)], **facts)
    needs.take_view(need=need, photo=picture("lane", 0), taken_on=START.date(), words="Dari pos ronda", **facts)
    found = Region.objects.get(path=ward.city_path)
    levels = [{"points": one, "text": {"id": "Ada", "en": "Some"}} for one in (1, 2)]
    needs.set_criterion(
        by=None, at=START, city=found, key="gelap", title={"id": "Gelap", "en": "Dark"}, levels=levels,
        valid_from=START.date(), legal_basis="Perwal 1/2024",
    )  # fmt: skip
    rows = f"Nama;NIK;Aspirasi;Perihal\n{NAME};{NIK};Gelap {PHONE};Lampu a.n. {NAME}\n".encode()
    listed: dict[str, Any] = {"ward": ward, "held_on": START.date(), "good_rows": True}
    trial = needs.try_list(by=cast.facilitator, at=START, file=io.BytesIO(rows), **listed)
    needs.take_list(tried=trial.sha256, file=io.BytesIO(rows), **listed, **facts)


def is_of_a_person(told: str) -> bool:
    told = re.sub(r"\b[0-9a-f]{64}\b", "", told)  # a digest holds any four digits by chance
    return bool(re.search(rf"{NIK}|{PHONE}|{NAME}|Edi\b", told)) or "3456" in told


def every_text() -> Iterator[tuple[str, str]]:
    """Every value of every character column of every table of ours, with its place.

    Digests are left out: they hold any four digits by chance.
    """
    for model, names in columns(("CharField", "TextField", "JSONField", "EmailField", "SlugField")):
        for row in model._base_manager.values_list(*names):
            told = ((f"{model.__name__}.{name}", str(value)) for name, value in zip(names, row, strict=True))
            yield from (one for one in told if not re.fullmatch(r"(\w+\$\w+\$)?[0-9a-f]{32,128}", one[1]))


def too_long() -> list[str]:
    """Columns with more than they can hold: SQLite keeps it, PostgreSQL refuses."""
    return [
        f"{model.__name__}.{name}"
        for model, names in columns(("CharField",))
        for name in names
        if isinstance(field := model._meta.get_field(name), CharField) and field.max_length
        if any(len(value or "") > field.max_length for value in model._base_manager.values_list(name, flat=True))
    ]


def columns(types: tuple[str, ...]) -> Iterator[tuple[Any, list[str]]]:
    for model in apps.get_models():
        names = [field.name for field in model._meta.concrete_fields if field.get_internal_type() in types]
        if model.__module__.startswith("pendamping") and names:
            yield model, names
