"""Run inside the installation: leaves records of the demo city standing at every step where a person acts next."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from datetime import timedelta

import django

from tests.browser.halfway_ladder import leave_ladder
from tests.browser.halfway_learning import leave_learning
from tests.browser.halfway_listened import leave_listened
from tests.browser.halfway_met import leave_met
from tests.browser.halfway_prepared import leave_prepared
from tests.browser.halfway_results import leave_results
from tests.browser.halfway_selected import leave_selected
from tests.browser.halfway_served import leave_served
from tests.browser.halfway_voted import leave_voted

FIRST_WARD = "3278101005"  # Sukajaya, whose people are sari, sekretaris, lurah, pptk, bendahara
SMALL = 1_000_000  # little enough to fit under every ceiling


def leave() -> None:
    """A verified need, a draft, a returned proposal, two decided ones, a report that waits, people in every state."""
    from django.utils import timezone

    from pendamping.access import services
    from pendamping.access.models import Account
    from pendamping.core.moments import day
    from pendamping.deliberation import services as deliberation
    from pendamping.deliberation.enums.meetings import Outcome
    from pendamping.deliberation.models import AgendaItem, Meeting
    from pendamping.delivery import services as delivery
    from pendamping.demo.people import cast_of
    from pendamping.demo.pictures import picture
    from pendamping.demo.road import Clock, Road
    from pendamping.demo.stories import ALLEY
    from pendamping.needs import services as needs
    from pendamping.planning.models import Project
    from pendamping.regions.models import Region

    ward, now = Region.objects.get(path=FIRST_WARD), timezone.now()
    cast, start = cast_of(ward, now), now - timedelta(days=80)
    wish = replace(ALLEY, cost=SMALL)

    def road(days: int = 0) -> Road:
        return Road(ward, cast, now.year, Clock(start + timedelta(days=days)))

    def verified(title: str, at: Road) -> object:
        return at.verify(
            at.voices_to_need(["Jalan setapak becek.", "Anak sekolah jatuh."], replace(wish, title=title)),
            wish,
            "Becek.",
        )

    verified("Jalan setapak RT 001 RW 001", road())
    needs.write_proposal(
        by=cast.facilitator, at=now, need=verified("Jalan setapak RT 002 RW 001", road()), photos=(),
        **replace(wish, title="Jalan setapak yang belum lengkap").facts(now.year),
    )  # fmt: skip
    back, ready = road(), road()
    returned = back.propose(verified("Jalan setapak RT 003 RW 001", back), wish)
    needs.check_proposal(by=cast.secretary, at=now, proposal=returned, ok=False, note="Ukur ulang panjangnya.")
    waits = road()
    unchecked = waits.propose(verified("Jalan setapak RT 001 RW 002", waits), wish)
    funded = [
        ready.check(ready.propose(verified(title, ready), replace(wish, title=title)))
        for title in ("Jalan setapak RT 002 RW 002", "Jalan setapak RT 003 RW 002", "Jalan setapak RT 001 RW 003")
    ]
    meeting = ready.meet(funded, title="Musyawarah kecil", agenda="1. Jalan setapak", held_on=day(ready.clock.now))
    ready.decide(meeting, {one.pk: (Outcome.FUNDED, "Perlu.", SMALL) for one in funded}, "Tertib.")
    ready.plan(funded[0], wish)
    running = ready.approve(ready.plan(funded[1], wish))
    delivery.report_progress(
        by=cast.facilitator, at=now, project=running, stage=0, spent=0, note="Bahan tiba.", photos=[picture("lane", 0)]
    )
    opened, spoken = road(), road()
    last = opened.check(opened.propose(verified("Jalan setapak RT 002 RW 003", opened), wish))
    also = opened.check(opened.propose(verified("Jalan setapak RT 003 RW 002", opened), wish))
    today = opened.meet([last, also], title="Musyawarah hari ini", agenda="1. Jalan setapak", held_on=day(now))
    pair = [
        opened.check(opened.propose(verified(title, opened), replace(wish, title=title)))
        for title in ("Jalan setapak RT 001 RW 004", "Jalan setapak RT 002 RW 004")
    ]
    later = opened.meet(pair, title="Musyawarah yang disiapkan", agenda="1. Jalan setapak", held_on=day(now))
    decided = spoken.check(spoken.propose(verified("Jalan setapak RT 003 RW 003", spoken), wish))
    closing = spoken.meet([decided], title="Musyawarah yang belum ditutup", agenda="1. Jalan setapak", held_on=day(now))
    deliberation.count_attendance(by=cast.facilitator, at=now, meeting=closing, women=5, men=5)
    deliberation.decide(
        by=cast.head,
        at=now,
        item=AgendaItem.objects.get(meeting=closing),
        outcome=Outcome.DEFERRED,
        reason="Nanti.",
        amount=None,
    )
    polled = road()
    choices = [
        polled.check(polled.propose(verified(title, polled), replace(wish, title=title)))
        for title in ("Jalan setapak RT 002 RW 001", "Jalan setapak RT 003 RW 001")
    ]
    voting = polled.meet(choices, title="Musyawarah yang memilih", agenda="1. Jalan setapak", held_on=day(now))
    voted = leave_voted(voting, cast, now)
    after = road(2)
    left = [
        after.check(after.propose(verified(title, after), replace(wish, title=title)))
        for title in ("Jalan setapak RT 001 RW 001", "Jalan setapak RT 002 RW 001")
    ]
    over = after.meet(left, title="Musyawarah yang menyisakan", agenda="1. Jalan setapak", held_on=day(after.clock.now))
    outcomes = zip(left, ((Outcome.FUNDED, "Perlu.", SMALL), (Outcome.DEFERRED, "Nanti.", None)), strict=True)
    after.decide(over, {one.pk: outcome for one, outcome in outcomes}, "Tertib.")
    _people(ward, now)
    finished = Project.objects.filter(ward_path=FIRST_WARD, state="completed").latest("id")
    key = services.invite(by=None, at=now, account=Account.objects.get(username="baru")).key
    city = Region.objects.get(path=ward.city_path)
    beside = leave_selected(city)
    parts = (
        leave_served(city), leave_learning(city), leave_listened(ward), leave_met(today),
        leave_prepared(ward, unchecked, today, later), leave_ladder(meeting, closing), voted,
        leave_results(voting, Meeting.objects.get(pk=over.pk), cast, now),
    )  # fmt: skip
    for who, addresses in (one for part in parts for one in part.items()):
        beside[who] = [*beside.get(who, []), *addresses]
    for who, addresses in (
        {
            "": [
                f"/suara/{decided.need.gatherings.first().voice.code}/",
                f"/manfaat/{finished.code}/terima-kasih/",
                f"/undangan/{key}/",
            ],
            "sekretariat": [f"/kerja/wilayah/{FIRST_WARD}/"],  # found by searching, not by following links
            "sari": [f"/kerja/kegiatan/{finished.code}/manfaat/"],
            "lurah": [f"/kerja/kegiatan/{finished.code}/serah-terima/", f"/kerja/musyawarah/{closing.code}/tutup/"],
        }
    ).items():
        beside[who] = [*beside.get(who, []), *addresses]
    json.dump(beside, sys.stdout)


def _people(ward: object, now: object) -> None:
    """Somebody who may not sign in any more, somebody invited, and a key for a program."""
    from pendamping.access import services, tokens
    from pendamping.access.models import Account
    from pendamping.core.moments import day

    by = Account.objects.get(username="sekretariat")
    for username in ("pergi", "baru"):
        added = services.add_person(
            by=by, at=now, username=username, name=f"{username.capitalize()} Contoh", role="lpm", region=ward,
            starts_on=day(now),
        )  # fmt: skip
        if username == "pergi":
            services.disable_person(by=by, at=now, account=added, reason="Pindah kota.")
    for username in ("budi", "sari"):
        tokens.issue(account=Account.objects.get(username=username), label="Papan kota", expires_on=day(now))


if __name__ == "__main__":
    django.setup()
    leave()
