"""Beside a result, in the minutes and on the audit sheet: how many were on the roll, how many of them are marked."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from pendamping.access.tests import personas
from pendamping.deliberation import papers_results, result_shown, sealing, services
from pendamping.deliberation.models import Meeting, Poll, Result
from pendamping.deliberation.papers_parts import parts
from pendamping.deliberation.services.rolls import Voter
from pendamping.deliberation.tests import poll_factories as make
from pendamping.deliberation.tests.factories import AT
from pendamping.deliberation.tests.factories import counted as heads
from pendamping.regions.models import Region

pytestmark = pytest.mark.django_db
NOBODY = {"youth": 0, "disabled": 0}
BEGUN = AT + timedelta(minutes=1)
TOLD = [
    ("Di daftar pemilih saat pemungutan suara dibuka", "3"),
    ("Ditambahkan kemudian ke daftar pemilih, dengan alasan", "1"),
    ("Tautan ditutup", "1"),
    ("Dari daftar pemilih, ditandai memilih", "3"),
    ("di antaranya diberi kartu di aula", "1"),
    ("di antaranya memilih dengan tautannya", "1"),
    ("di antaranya diberi surat suara", "1"),
]


def counted(meeting: Meeting, spoiled: int = 0, blank: int = 0) -> Poll:
    """Three on the roll and one added: one by link, one with a slip, one on paper, one closed link."""
    poll = make.announced(meeting)
    voters = [Voter(f"Warga {number}", f"RT01-{number}") for number in range(3)]
    services.take_roll(by=None, at=AT, poll=poll, voters=voters)
    services.make_slips(by=None, at=AT, poll=poll, count=1)
    services.open_poll(by=None, at=BEGUN, poll=poll)
    facts = {"name": "Warga 9", "identity": "RT01-9", "reason": "Terlewat saat daftar disusun"}
    late = services.add_voter(by=None, at=make.LATER, poll=poll, **facts)
    first, second, third = poll.roll.exclude(pk=late.pk).order_by("number")
    make.cast(poll, sealing.link_code(first.uid), make.ticks(1, 2))
    services.mark_voter(by=None, at=make.LATER, entry=second, channel="hall")
    make.cast(poll, make.codes(poll)[0], make.ticks(1))
    services.mark_voter(by=None, at=make.LATER, entry=third, channel="paper")
    services.mark_voter(by=None, at=make.LATER, entry=late, channel="none", reason="Belum 17 tahun")
    make.ended(poll)
    sheet = services.add_sheet(by=None, at=make.ENDED, poll=poll)
    for person in (personas.sari(meeting.region), make.secretary(meeting.region)):
        services.enter_sheet(by=person, at=make.ENDED, sheet=sheet, lines="2", blank=blank, spoiled=spoiled)
    remark = "Dua surat suara dicetak ganda" if spoiled else ""
    return services.count_poll(by=None, at=make.COUNTED, poll=poll, remark=remark)


def rows(blocks: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(label, words) for block in blocks if block["kind"] == "facts" for label, words in block["rows"]]


def test_a_result_and_its_papers_tell_the_roll_and_how_many_are_marked(ward: Region) -> None:
    meeting = make.meeting(ward)
    poll = counted(meeting)
    services.run_result(by=None, at=make.COUNTED, poll=poll)
    page = Client().get(f"/musyawarah/{meeting.code}/hasil/1/").content.decode()
    for label, _count in TOLD:
        assert f"<dt>{label}</dt>" in page
    said = rows(papers_results.annex(Result.objects.get())["blocks"])
    assert [row for row in said if row in TOLD] == TOLD
    minutes = rows(parts(meeting))
    assert minutes[-len(TOLD) - 3 :] == [*TOLD, *minutes[-3:]]  # the roll, then how many came which way
    assert [count for _way, count in minutes[-3:]] == ["1", "1", "1"]
    assert "Warga" not in str(said) + str(minutes)


def test_the_ways_of_a_result_add_up_with_the_blank_and_spoiled_ballots(ward: Region) -> None:
    meeting = make.meeting(ward)
    services.run_result(by=None, at=make.COUNTED, poll=counted(meeting, spoiled=2, blank=1))
    shown = result_shown.shown(Result.objects.get())
    assert (
        dict(shown["channels"])["Di antaranya rusak, tidak dihitung"],
        dict(shown["channels"])["Di antaranya kosong"],
    ) == (2, 1)


def test_without_a_roll_those_present_are_told_and_how_more_ballots_came_about(ward: Region) -> None:
    meeting = make.meeting(ward)
    heads(meeting, women=1, men=0, **NOBODY)
    poll = make.opened(meeting, slips=2)
    for code in make.codes(poll):
        make.cast(poll, code, make.ticks(1, 2, 3))
    make.ended(poll)
    services.count_poll(by=None, at=make.COUNTED, poll=poll, remark="Satu warga pulang sebelum hadirin dihitung")
    blocks = str(parts(meeting))
    assert "2 suara, 1 orang" in blocks and "Satu warga pulang sebelum hadirin dihitung" in blocks
    assert "daftar pemilih" not in blocks


def test_before_the_count_nobody_is_told_how_many_took_a_slip(ward: Region) -> None:
    meeting = make.meeting(ward)
    poll = make.opened(meeting)
    services.mark_voter(by=None, at=make.LATER, entry=make.voter(poll), channel="hall")
    page = Client().get(f"/musyawarah/{meeting.code}/suara/1/").content.decode()
    assert "Ditambahkan kemudian ke daftar pemilih" in page and "ditandai memilih" not in page
