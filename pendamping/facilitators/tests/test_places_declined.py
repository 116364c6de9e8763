"""Who may take a place of the final ranking: whoever was selected, a reserve when they decline, nobody for them."""

from __future__ import annotations

import functools
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pendamping.access.models import Account
from pendamping.access.tests import personas
from pendamping.core.errors import Refused
from pendamping.core.models import JournalEntry
from pendamping.facilitators.enums.appointments import DecreeKind, Reason
from pendamping.facilitators.enums.rounds import PostKind, SelectionOutcome
from pendamping.facilitators.models import Application, Appointment, Decree, Post, Round, Standing
from pendamping.facilitators.queries import appointments as queries
from pendamping.facilitators.services import appointments, retention
from pendamping.facilitators.services.evidence import DELETED
from pendamping.facilitators.tests import appointment_factories as make
from pendamping.facilitators.tests.appointment_factories import NOW, TODAY
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db
FACTS: dict[str, Any] = {"at": NOW}


@pytest.fixture
def post() -> Post:
    return make.post(make.final_round(finished_at=NOW, reserve_days=90, retention_days=30), places.ward())


@pytest.fixture
def decree(post: Post) -> Decree:
    return make.decree()


def reserve(post: Post, number: int) -> Standing:
    return make.standing(post, f"Cadangan {number}", rank=number + 1, outcome=SelectionOutcome.RESERVE)


def declined(standing: Standing, reason: str = "Merawat orang tua") -> Standing:
    return appointments.decline_place(by=make.secretariat(), at=NOW, standing=standing, reason=reason)


def appointed(decree: Decree, standing: Standing) -> Appointment:
    return appointments.appoint(by=make.secretariat(), at=NOW, decree=decree, standing=standing)


def refusal(service: Callable[..., Any], **facts: Any) -> Any:
    with pytest.raises(Refused) as caught:
        service(**{"by": make.secretariat(), "at": NOW, **facts})
    assert str(caught.value)
    return caught.value.reason


def test_the_account_of_somebody_else_does_not_take_a_selected_persons_place(post: Post, decree: Decree) -> None:
    chosen = make.standing(post, email="ani@contoh.test", phone="0812 3456 7890")
    facts = {"decree": decree, "standing": chosen}
    other = personas.account("budi", "Budi Contoh")
    assert refusal(appointments.appoint, **facts, account=other) == Reason.OTHER_PERSON
    own = personas.account("ani", "Ani Contoh")
    made = appointments.appoint(by=make.secretariat(), at=NOW, **facts, account=own)
    assert (made.account, made.application) == (own, chosen.application)
    assert JournalEntry.objects.get(verb="facilitators.appointed").changes["existing_account"] is True


def test_nor_does_it_take_a_reserves_place(post: Post, decree: Decree) -> None:
    before, first = appointed(decree, make.standing(post)), reserve(post, 1)
    appointments.end_appointment(
        by=make.secretariat(), at=NOW, appointment=before, ended_on=TODAY, reason="Mengundurkan diri"
    )
    facts = {"leaving": before, "decree": make.decree("SK-2", DecreeKind.REPLACEMENT), "reason": "Mundur"}
    other = personas.account("budi", "Budi Contoh")
    assert refusal(appointments.replace, **facts, standing=first, account=other) == Reason.OTHER_PERSON


def test_while_people_selected_wait_somebody_else_is_appointed_for_a_reason_only(post: Post, decree: Decree) -> None:
    chosen = make.standing(post)
    facts = {"decree": decree, "account": personas.account("budi"), "kind": PostKind.WARD_FACILITATOR}
    assert refusal(appointments.appoint, **facts) == Reason.SELECTED_WAIT
    other_post = {**facts, "account": personas.account("uci"), "kind": PostKind.CITY_COORDINATOR}
    assert appointments.appoint(by=make.secretariat(), at=NOW, **other_post).reason == ""
    made = appointments.appoint(by=make.secretariat(), at=NOW, **facts, reason="Kelurahan lain tanpa pelamar")
    assert (made.reason, made.application) == ("Kelurahan lain tanpa pelamar", None)
    appointed(decree, chosen)
    appointments.appoint(by=make.secretariat(), at=NOW, **{**facts, "account": personas.account("tono")})


def test_when_the_chosen_declines_the_first_reserve_moves_up(post: Post, decree: Decree) -> None:
    chosen, first, second = make.standing(post), reserve(post, 1), reserve(post, 2)
    appoint = functools.partial(refusal, appointments.appoint, decree=decree)
    assert appoint(standing=first) == Reason.NOT_CHOSEN
    declined(chosen)
    assert queries.takeable(places.city().path, NOW) == [first]
    assert appoint(standing=chosen) == Reason.DECLINED
    assert appoint(standing=second) == Reason.NOT_CHOSEN
    declined(first)
    assert appointed(decree, second).account.name == "Cadangan 2"
    assert queries.takeable(places.city().path, NOW) == []
    third = reserve(post, 3)
    assert appoint(standing=third) == Reason.NOT_CHOSEN


def test_a_place_is_freed_for_its_own_post(post: Post, decree: Decree) -> None:
    elsewhere = make.post(post.round, places.ward(2))
    declined(make.standing(elsewhere))
    assert refusal(appointments.appoint, decree=decree, standing=reserve(post, 1)) == Reason.NOT_CHOSEN


def test_why_somebody_declines_stays_out_of_the_journal(post: Post) -> None:
    done = declined(make.standing(post), "Sakit, telp 0812-3456-7890")
    entry = JournalEntry.objects.get(verb="facilitators.place_declined")
    assert (entry.reason, entry.is_public, entry.changes) == ("", False, {"outcome": "chosen", "rank": 1})
    assert "0812" not in done.application.declined_reason


def test_declining_is_refused(post: Post, decree: Decree) -> None:
    decline = appointments.decline_place
    chosen = make.standing(post)
    assert refusal(decline, standing=chosen, reason=" ") == Reason.REASON_MISSING
    failed = make.standing(post, outcome=SelectionOutcome.FAILED)
    assert refusal(decline, standing=failed, reason="x") == Reason.NOT_CHOSEN
    declined(chosen)
    assert refusal(decline, standing=chosen, reason="x") == Reason.DECLINED
    serves = make.standing(make.post(post.round, places.ward(2)), "Tono Contoh")
    appointed(decree, serves)
    assert refusal(decline, standing=serves, reason="x") == Reason.ALREADY_APPOINTED


def test_the_files_of_whoever_declined_are_deleted_on_schedule(post: Post) -> None:
    waits, gone = make.standing(post, "Tono Contoh"), declined(make.standing(post)).application
    retention.forget_due(at=NOW + timedelta(days=30))
    assert Application.objects.get(pk=gone.pk).forgotten_at is None
    retention.forget_due(at=NOW + timedelta(days=31))
    gone.refresh_from_db()
    assert (gone.subject_key, gone.declined_reason) == (None, DELETED)
    assert Application.objects.get(pk=waits.application_id).forgotten_at is None


def test_the_reserve_list_is_valid_as_long_as_was_told(post: Post, decree: Decree) -> None:
    before, first = appointed(decree, make.standing(post)), reserve(post, 1)
    last = NOW + timedelta(days=90)
    end = {"appointment": before, "ended_on": last.date(), "reason": "Mundur"}
    appointments.end_appointment(by=make.secretariat(), at=last, **end)
    facts = {"leaving": before, "decree": make.decree("SK-2", DecreeKind.REPLACEMENT), "reason": "Mundur"}
    assert queries.reserves_for(before, last) == [first]
    late = last + timedelta(days=1)
    assert queries.reserves_for(before, late) == []
    assert refusal(appointments.replace, **facts, at=late, standing=first) == Reason.LIST_OVER
    declined_place = make.post(post.round, places.ward(2))
    declined(make.standing(declined_place))
    reserve(declined_place, 1)
    assert len(queries.moved_up(places.city().path, last)) == 1
    assert queries.moved_up(places.city().path, late) == []
    made = appointments.replace(by=make.secretariat(), at=late, **facts, account=personas.account("tono"))
    assert made.replaces == before


def test_a_reserve_whose_files_were_deleted_blocks_nobody(post: Post, decree: Decree) -> None:
    before, gone, next_one = appointed(decree, make.standing(post)), reserve(post, 1), reserve(post, 2)
    Application.objects.filter(pk=gone.application_id).update(forgotten_at=NOW, subject_key=None)
    end = {"appointment": before, "ended_on": TODAY, "reason": "Mundur"}
    appointments.end_appointment(by=make.secretariat(), at=NOW, **end)
    facts = {"leaving": before, "decree": make.decree("SK-2", DecreeKind.REPLACEMENT), "reason": "Mundur"}
    account = personas.account("budi", "Cadangan 1")
    assert refusal(appointments.replace, **facts, standing=gone, account=account) == Reason.NOT_RESERVE
    assert appointments.replace(by=make.secretariat(), at=NOW, **facts, standing=next_one).account.name == "Cadangan 2"


# Page


@pytest.fixture
def boss(settings: Any, client: Client, post: Post) -> Account:
    settings.MFA_REQUIRED = False
    made = make.secretariat()
    client.force_login(made)
    return made


def test_declining_by_the_page(client: Client, boss: Account, post: Post, decree: Decree) -> None:
    chosen = make.standing(post)
    reserve(post, 1)
    Round.objects.update(finished_at=None)
    page = reverse("facilitators:decree_decline", args=[decree.code])
    assert page in client.get(reverse("facilitators:decree", args=[decree.code])).content.decode()
    assert chosen.application.code in client.get(page).content.decode()
    assert client.post(page, {"standing": "", "reason": "x"}).status_code == 422
    answer = client.post(page, {"standing": chosen.application.code, "reason": "Diterima di tempat lain"})
    assert answer.headers["Location"] == reverse("facilitators:decree", args=[decree.code])
    offered = client.get(reverse("facilitators:decree_appoint", args=[decree.code])).content.decode()
    assert ("Cadangan 1" in offered, "Ani Contoh" in offered) == (True, False)


def test_passing_over_by_the_page_needs_the_reason(client: Client, boss: Account, post: Post, decree: Decree) -> None:
    make.standing(post)
    personas.account("budi", "Budi Contoh")
    page, facts = reverse("facilitators:decree_appoint", args=[decree.code]), {"account": "budi"}
    facts |= {"kind": PostKind.WARD_FACILITATOR}
    assert client.post(page, facts).status_code == 422
    assert client.post(page, {**facts, "reason": "Kelurahan tanpa pelamar"}).status_code == 302
    made = Appointment.objects.get()
    shown = client.get(reverse("facilitators:appointment", args=[made.code])).content.decode()
    assert "Kelurahan tanpa pelamar" in shown
