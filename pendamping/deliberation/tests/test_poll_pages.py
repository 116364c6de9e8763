"""Ballots on pages and over the API: prepared, announced, voted on a phone, counted, looked up."""

from __future__ import annotations

import io
import re
import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.html import escape

from pendamping.access.tests import personas
from pendamping.access.tokens import issue
from pendamping.core.models import JournalEntry
from pendamping.core.moments import day
from pendamping.deliberation import sealing, services, vote_flood
from pendamping.deliberation.models import CountSheet, Envelope, Meeting, Poll, VoteMark
from pendamping.deliberation.queries import polls as queries
from pendamping.deliberation.rules import polls as rules
from pendamping.deliberation.services import rolls
from pendamping.deliberation.tests import poll_factories as make
from pendamping.deliberation.tests.factories import counted as heads
from pendamping.deliberation.tests.factories import decided
from pendamping.deliberation.tests.test_api import ask
from pendamping.needs import gateways
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_second_factor(settings: Any) -> None:
    settings.MFA_REQUIRED = False


@pytest.fixture
def meeting() -> Meeting:
    return make.meeting(places.ward())


def signed_in(who: Any) -> Client:
    client = Client()
    client.force_login(who)
    return client


@pytest.fixture
def head(meeting: Meeting) -> Client:
    return signed_in(personas.lurah(meeting.region))


@pytest.fixture
def sari(meeting: Meeting) -> Client:
    return signed_in(personas.sari(meeting.region))


@pytest.fixture
def secretary(meeting: Meeting) -> Client:
    return signed_in(make.secretary(meeting.region))


def work(meeting: Meeting, rest: str = "") -> str:
    return f"/kerja/musyawarah/{meeting.code}/suara/{rest}"


def test_no_failure_is_recorded_before_the_day(meeting: Meeting, head: Client) -> None:
    make.failed(meeting)
    Meeting.objects.update(held_on=day(timezone.now()) + timedelta(days=3))
    page = head.get(work(meeting)).content.decode()
    for name in ("tidak-mufakat/", "mufakat/"):
        assert work(meeting, name) not in page
        assert "Catat ini pada hari itu" in head.get(work(meeting, name)).content.decode()
        answer = head.post(work(meeting, name), {"reason": "Belum sepakat", "words": "Semua sepakat"})
        assert "Catat ini pada hari itu" in answer.content.decode()
    assert meeting.no_consensus.filter(reached_at=None).count() == 1


def test_consensus_that_was_reached_after_all_is_recorded_on_its_page(meeting: Meeting, head: Client) -> None:
    item = meeting.items.order_by("position")[0]
    label = "Catat bahwa mufakat akhirnya tercapai"
    assert label not in head.get(work(meeting)).content.decode()
    make.failed(meeting)
    page = head.get(work(meeting))
    assert label in page.content.decode()
    decide = f"/kerja/musyawarah/{meeting.code}/putuskan/{item.proposal.code}/"
    refused = head.get(decide).content.decode()
    assert "mufakat tidak tercapai" in refused and work(meeting) in refused and "<textarea" not in refused
    words = "Usulan RW 02 didahulukan"
    answer = head.post(work(meeting, "mufakat/"), {"words": words, "op": str(uuid.uuid4())})
    assert answer.status_code == 302
    assert words in head.get(work(meeting)).content.decode()
    assert "<textarea" in head.get(decide).content.decode()


def public(meeting: Meeting, rest: str = "") -> str:
    return f"/musyawarah/{meeting.code}/suara/1/{rest}"


def prepare(sari: Client, meeting: Meeting, **changes: Any) -> Any:
    codes = [item.proposal.code for item in meeting.items.order_by("position")]
    facts = {
        "title": "Memilih usulan", "basis": "planned", "kind": "approval", "least": "3", "proposals": codes,
        "channels": ["hall", "remote", "paper"], "ceiling": "100.000.000", "method": "mes", "completion": "steps",
        "fill": "votes", **changes,
    }  # fmt: skip
    return sari.post(work(meeting, "baru/"), facts)


def test_the_whole_way_on_pages(meeting: Meeting, head: Client, sari: Client, secretary: Client) -> None:
    assert head.post(work(meeting, "tidak-mufakat/"), {"reason": "Dua RW berbeda"}).status_code == 302
    assert prepare(sari, meeting, basis="fallback", pot_infrastructure="100000000").status_code == 302
    poll = Poll.objects.get()
    assert poll.rule["pots"][0]["headings"] == ["infrastructure"]
    assert Client().get(public(meeting)).status_code == 404  # nothing is public yet
    heads(meeting)
    for address in ("", "1/"):
        assert head.get(work(meeting, address)).status_code == 200
    assert head.post(work(meeting, "1/umumkan/")).status_code == 302
    assert sari.post(work(meeting, "1/kartu/"), {"count": 3}).status_code == 302
    assert head.post(work(meeting, "1/buka/")).status_code == 302
    page = Client().get(public(meeting, "pilih/"))
    assert page["Cache-Control"] == "no-store"
    op = re.search(r'name="op" value="([^"]+)"', page.content.decode())
    code = make.codes(poll)[0]
    given = {"code": sealing.shown(code), "op": op.group(1) if op else "", "choices": ["1", "2"]}
    fewer = Client().post(public(meeting, "pilih/"), given)
    assert fewer.status_code == 422
    assert 'value="1"' in fewer.content.decode()
    done = Client().post(public(meeting, "pilih/"), {**given, "is_sure": "on"})
    again = Client().post(public(meeting, "pilih/"), {**given, "is_sure": "on"})
    receipts = [re.findall(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\b", one.content.decode()) for one in (done, again)]
    assert receipts[0] == receipts[1] != []
    assert Envelope.objects.count() == 1
    assert head.post(work(meeting, "1/akhiri/")).status_code == 302
    assert secretary.post(work(meeting, "1/lembar/tambah/")).status_code == 302
    for who in (secretary, sari):
        assert who.post(work(meeting, "1/lembar/1/"), {"lines": "1 4 × 2", "blank": 0, "spoiled": 1}).status_code == 302
    assert CountSheet.objects.get().settled_at
    assert head.post(work(meeting, "1/hitung/")).status_code == 302
    said = Client().get(public(meeting)).content.decode()
    assert 'id="hasil"' in said
    listed = Client().get(public(meeting, f"tanda-terima/?tanda={receipts[0][0]}"))
    assert receipts[0][0] in listed.content.decode()
    assert "dengan kode kartu suara atau tautan pribadi" in listed.content.decode()
    assert "Suara di kertas tidak punya tanda terima" in listed.content.decode()
    assert public(meeting) in Client().get(f"/jejak/{meeting.code}/").content.decode()


@pytest.mark.parametrize("kind", ["points", "ranking", "knapsack", "k_approval"])
def test_every_kind_is_voted_on_a_phone(meeting: Meeting, kind: str) -> None:
    poll = make.opened(meeting, kind=kind, points=10, most=4)
    fields: dict[str, Any] = {
        "points": {"points_1": "6", "points_3": "4"}, "ranking": {"place_3": "1", "place_1": "2"},
    }.get(kind, {"choices": ["1", "3"]})  # fmt: skip
    address = public(meeting, "pilih/")
    assert Client().get(address).status_code == 200
    given = {"code": make.codes(poll)[0], "op": str(uuid.uuid4()), "is_sure": "on", **fields}
    assert Client().post(address, given).status_code == 200
    poll = services.end_poll(by=None, at=timezone.now(), poll=poll)
    poll = services.count_poll(by=None, at=timezone.now(), poll=poll)
    wanted = {"points": "1=6 3=4", "ranking": "3>1"}.get(kind, "1 3")
    assert [one.pattern for one in poll.ballots.all()] == [wanted]
    assert Client().get(public(meeting)).status_code == 200


def test_a_wrong_ballot_keeps_what_was_typed_and_says_the_cure(meeting: Meeting) -> None:
    poll = make.opened(meeting, kind="points", points=10)
    given = {"code": make.codes(poll)[0], "op": str(uuid.uuid4()), "points_1": "9", "points_2": "9"}
    answer = Client().post(public(meeting, "pilih/"), given)
    assert answer.status_code == 422
    assert 'value="9"' in answer.content.decode()
    strange = Client().post(public(meeting, "pilih/"), {**given, "points_2": "1", "code": "TIDAKADA99"})
    assert strange.status_code == 422
    assert not Envelope.objects.exists()


def test_the_page_of_a_ballot_is_light(meeting: Meeting) -> None:
    make.opened(meeting)
    assert len(Client().get(public(meeting, "pilih/")).content) < 60_000


@pytest.mark.parametrize(("proposals", "asked"), [(2, "2"), (4, "3")])
def test_a_ballot_asks_for_no_more_than_stands_on_it(proposals: int, asked: str) -> None:
    meeting = make.meeting(places.ward(2), proposals=proposals)
    make.opened(meeting)
    said = Client().get(f"/en{public(meeting, 'pilih/')}").content.decode()
    assert f"Tick at least {asked} proposals" in said


def test_what_is_decided_is_not_put_to_the_vote_unasked(meeting: Meeting, sari: Client) -> None:
    first, *others = meeting.items.order_by("position")
    decided(first)
    form = sari.get(work(meeting, "baru/")).context["form"]
    assert form["proposals"].initial == [item.proposal.code for item in others]
    assert "Didanai" in dict(form.fields["proposals"].choices)[first.proposal.code]


def test_a_vote_reads_little_however_many_proposals(django_assert_num_queries: Any) -> None:
    """2,000 phones in a minute: the ballot, its choices, the slip, its mark, the lock; two rows are written."""
    for ward, proposals in ((2, 2), (3, 9)):
        meeting = make.meeting(places.ward(ward), proposals=proposals)
        poll = make.opened(meeting)
        given = {"code": make.codes(poll)[0], "op": str(uuid.uuid4()), "choices": ["1", "2"], "is_sure": "on"}
        with django_assert_num_queries(11):  # six are savepoints and the rows written
            assert Client().post(public(meeting, "pilih/"), given).status_code == 200


def test_a_ballot_that_comes_back_names_its_places_again(django_assert_max_num_queries: Any) -> None:
    for ward, proposals in ((2, 2), (3, 9)):
        meeting = make.meeting(places.ward(ward), proposals=proposals)
        choices = list(make.opened(meeting).choices.select_related("proposal__region__parent"))
        given = {"code": "SALAHSALAH", "op": str(uuid.uuid4()), "choices": ["1"], "is_sure": "on"}
        with django_assert_max_num_queries(12):
            html = Client().post(public(meeting, "pilih/"), given).content.decode()
        assert [one.number for one in choices if escape(one.proposal.region.place_label) not in html] == []


def test_a_ballot_from_another_site_is_refused(meeting: Meeting) -> None:
    make.opened(meeting)
    assert Client().post(public(meeting, "pilih/"), headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403


def test_the_roll_is_filled_marked_printed_and_sent(
    meeting: Meeting,
    head: Client,
    sari: Client,
    secretary: Client,
    settings: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:
    poll = make.announced(meeting)
    file = io.BytesIO(
        b"Nama,Nomor warga,HP,RT\nSiti,A-1,081234567890,RT 01\nJoko,A-2,,RT 02\nTini,A-3,0812-3456-7891,\n"
    )
    file.name = "pemilih.csv"
    assert sari.post(work(meeting, "1/pemilih/daftar/"), {"file": file}).status_code == 302
    assert [rolls.name_of(one) for one in poll.roll.all()] == ["Siti", "Joko", "Tini"]
    bad = io.BytesIO(b"Nama,Nomor warga\nAni,\n")
    bad.name = "pemilih.csv"
    refused = sari.post(work(meeting, "1/pemilih/daftar/"), {"file": bad})
    assert refused.status_code == 200
    assert poll.roll.count() == 3
    services.open_poll(by=None, at=timezone.now(), poll=poll)
    file.seek(0)
    late = sari.post(work(meeting, "1/pemilih/daftar/"), {"file": file}).content.decode()
    assert "daftar baru tidak diterima lagi" in late
    late = sari.post(work(meeting, "1/pemilih/tambah/"), {"name": "Edi", "identity": "A-4", "reason": "-"})
    assert "mengapa orang ini terlewat" in late.content.decode()
    assert poll.roll.count() == 3
    assert secretary.post(work(meeting, "1/pemilih/1/tandai/"), {"channel": "paper"}).status_code == 302
    found = secretary.post(work(meeting, "1/pemilih/"), {"wanted": "joko"}).content.decode()
    assert "Joko" in found
    assert "Tini" not in found
    links = sari.get(work(meeting, "1/pemilih/tautan/cetak/"))
    assert links.content.startswith(b"%PDF")
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    sent: list[tuple[str, str]] = []

    class Fake:
        name = "relay"

        def send(self, to: str, text: str) -> None:
            sent.append((to, text))

    gateways.replace(Fake())  # type: ignore[arg-type]
    try:
        with django_capture_on_commit_callbacks(execute=True):
            sari.post(work(meeting, "1/pemilih/tautan/"))
    finally:
        gateways.replace(None)
    assert [to for to, _text in sent] == ["6281234567891"]
    code = sealing.link_code(poll.roll.get(number=3).uid)
    assert sent[0][1].endswith(f"{public(meeting, 'pilih/')}#{code}")


def test_slips_are_printed_in_hundreds(meeting: Meeting, sari: Client, head: Client) -> None:
    make.opened(meeting)
    assert sari.get(work(meeting, "1/kartu/cetak/")).content.startswith(b"%PDF")
    assert sari.get(work(meeting, "1/kartu/cetak/?dari=6")).status_code == 302
    assert sari.get(work(meeting, "1/kartu/")).status_code == 200


def test_the_second_person_does_not_see_the_first_entry(
    meeting: Meeting, secretary: Client, sari: Client, head: Client
) -> None:
    poll = make.ended(make.opened(meeting, channels=["paper"]))
    services.add_sheet(by=make.secretary(meeting.region), at=make.COUNTED, poll=poll)
    secretary.post(work(meeting, "1/lembar/1/"), {"lines": "1 4 × 77", "blank": 0, "spoiled": 0})
    assert "77" in secretary.get(work(meeting, "1/lembar/1/")).content.decode()
    assert "× 77" not in sari.get(work(meeting, "1/lembar/1/")).content.decode()
    assert "× 77" not in head.get(work(meeting, "1/lembar/1/")).content.decode()
    sari.post(work(meeting, "1/lembar/1/"), {"lines": "1 4 × 77", "blank": 0, "spoiled": 0})
    assert CountSheet.objects.get().settled_at
    assert "× 77" not in head.get(work(meeting, "1/lembar/1/")).content.decode()  # settled is not yet told
    services.count_poll(by=None, at=make.COUNTED, poll=poll)
    assert "× 77" in head.get(work(meeting, "1/lembar/1/")).content.decode()


def test_over_the_api_a_ballot_sent_again_is_one(meeting: Meeting) -> None:
    poll = make.opened(meeting)
    address, code = f"/api/v1/polls/{meeting.code}/1", make.codes(poll)[0]
    body = {"code": code, "op": str(uuid.uuid4()), "choices": [{"number": 1}, {"number": 2}, {"number": 3}]}
    first, again = (Client().post(f"{address}/ballots", body, content_type="application/json") for _ in range(2))
    assert (first.status_code, again.json()["is_again"]) == (201, True)
    assert first.json()["receipt"] == again.json()["receipt"]
    assert Client().get(address).json()["turnout"][0] == {"channel": "hall", "ballots": 1}
    assert Client().get(f"{address}/ballots").json()["code"] == "result_not_yet"


def test_a_right_code_is_taken_however_many_wrong_ones_a_hall_typed(
    meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three hundred telephones behind one address: nobody is kept out because of a neighbour."""
    monkeypatch.setattr(vote_flood, "WRONG_CODES", 3)
    poll = make.opened(meeting, slips=8)
    address, api = public(meeting, "pilih/"), f"/api/v1/polls/{meeting.code}/1/ballots"
    given = {"op": str(uuid.uuid4()), "choices": ["1", "2", "3"]}
    wrong = [Client().post(address, {**given, "code": f"SALAH{n}"}).content.decode() for n in range(5)]
    assert ["kode yang benar tetap diterima" in one for one in wrong] == [False, False, False, True, True]
    body = {"op": str(uuid.uuid4()), "choices": [{"number": one} for one in (1, 2, 3)], "code": "SALAH9"}
    assert Client().post(api, body, content_type="application/json").status_code == 429
    *codes, last = make.codes(poll)
    for code in codes:
        assert Client().post(address, {**given, "op": str(uuid.uuid4()), "code": code}).status_code == 200
    assert Client().post(api, {**body, "code": last}, content_type="application/json").status_code == 201
    assert Envelope.objects.count() == 8


def test_guessing_a_code_is_hopeless_without_any_throttle() -> None:
    """A million guesses while voting is open, against as many slips as there can be."""
    for signs in (sealing.SLIP_SIGNS, sealing.LINK_SIGNS):
        assert 1_000_000 * rules.MOST_SLIPS / 32**signs < 1e-5
    assert len(sealing.slip_code(uuid.uuid4())) == sealing.SLIP_SIGNS


def test_wrong_marks_slips_and_sheets_are_mended_on_pages(
    meeting: Meeting, head: Client, sari: Client, secretary: Client
) -> None:
    poll = make.opened(meeting)
    make.voter(poll)
    mark = work(meeting, "1/pemilih/1/tandai/")
    secretary.post(mark, {"channel": "paper"})
    assert "Batalkan tanda" in secretary.get(work(meeting, "1/pemilih/")).content.decode()
    secretary.post(mark, {"channel": "", "reason": ""})
    assert VoteMark.objects.count() == 1  # not without words
    secretary.post(mark, {"channel": "", "reason": "Salah baris"})
    assert VoteMark.objects.count() == 0
    api = f"/api/v1/meetings/{meeting.code}/polls/1/roll/1/mark"
    person = make.secretary(meeting.region)
    _token, key = issue(account=person, label="uji", expires_on=date(2099, 1, 1), reads_only=False)
    for body in ({"channel": "paper"}, {"channel": "", "reason": "Keliru"}):
        said = secretary.post(
            api,
            body,
            content_type="application/json",
            headers={"Authorization": f"Bearer {key}", "Idempotency-Key": str(uuid.uuid4())},
        )
        assert said.status_code == 201, said.content
    slips = work(meeting, "1/kartu/")
    missing = sari.post(slips, {"tarik-number": "99", "tarik-reason": "Hilang"})
    assert "99" in missing.content.decode()
    assert sari.post(slips, {"tarik-number": "2", "tarik-reason": "Hilang"}).status_code == 302
    assert "Ditarik: 2" in sari.get(slips).content.decode()
    make.ended(poll)
    secretary.post(work(meeting, "1/lembar/tambah/"))
    sheet = work(meeting, "1/lembar/1/")
    assert secretary.post(sheet, {"samping-reason": "Keliru"}).status_code == 403
    assert head.post(sheet, {"samping-reason": ""}).status_code == 302
    assert not CountSheet.objects.get().is_aside
    assert head.get(sheet).status_code == 200
    head.post(sheet, {"samping-reason": "Ditambah dua kali"})
    assert CountSheet.objects.get().is_aside
    assert head.post(work(meeting, "1/hitung/")).status_code == 302
    poll.refresh_from_db()
    assert poll.state == "closed"


def test_the_form_gives_a_floor_for_a_group_and_a_share_for_need(meeting: Meeting, sari: Client) -> None:
    served = meeting.items.order_by("position")[0].proposal
    type(served).objects.filter(pk=served.pk).update(women=10, men=10, disabled=15)
    assert prepare(sari, meeting, floor_disabled="5.000.000", need_percent="10").status_code == 302
    poll = Poll.objects.get()
    assert poll.rule["need_share_permille"] == 100
    assert [one["selector"] for one in poll.rule["limits"]] == ["disabled"]
    said = sari.get(work(meeting, "1/")).content.decode()
    assert "penyandang disabilitas" in said
    assert "10" in said


def test_each_printing_of_slips_is_kept_and_no_code_is(meeting: Meeting, sari: Client, head: Client) -> None:
    poll = make.opened(meeting)
    for _time in range(2):
        assert sari.get(work(meeting, "1/kartu/cetak/")).content.startswith(b"%PDF")
    entries = JournalEntry.objects.filter(verb="deliberation.slips_printed")
    assert [(one.changes["slips"], one.changes["first"], one.changes["last"]) for one in entries] == [(5, 1, 5)] * 2
    assert {(one.office, one.is_public) for one in entries} == {("ward_facilitator", False)}
    for code in make.codes(poll):
        assert not any(code in str(one.changes) for one in JournalEntry.objects.all())
    assert sari.get(work(meeting, "1/kartu/")).content.decode().count("Kartu 1 sampai 5 ·") == 2
    make.ended(poll)
    assert sari.get(work(meeting, "1/kartu/cetak/")).status_code == 302
    assert entries.count() == 2


def test_each_printing_of_links_is_kept(meeting: Meeting, sari: Client) -> None:
    poll = make.announced(meeting)
    make.voter(poll, phone="")
    assert sari.get(work(meeting, "1/pemilih/tautan/cetak/")).content.startswith(b"%PDF")
    [entry] = JournalEntry.objects.filter(verb="deliberation.links_printed")
    assert (entry.changes["links"], entry.changes["voters"]) == (1, "1")
    services.mark_voter(by=None, at=timezone.now(), entry=poll.roll.get(), channel="none", reason="Pindah")
    assert sari.get(work(meeting, "1/pemilih/tautan/cetak/")).status_code == 302


def test_over_the_api_a_slip_is_withdrawn_and_the_roll_is_read_without_names(client: Client, meeting: Meeting) -> None:
    poll, sari, ward = make.opened(meeting), personas.sari(meeting.region), meeting.region
    for number in ("1", "2"):
        make.voter(poll, number, name="Sumirah Rekaan")
    path = f"/meetings/{meeting.code}/polls/1"
    without = ask(client, sari, "POST", f"{path}/slips/2/withdrawal", {"reason": " "})
    assert (without.status_code, without.json()["code"]) == (422, "poll_reason_missing")
    assert ask(client, sari, "POST", f"{path}/slips/2/withdrawal", {"reason": "Robek"}).status_code == 201
    assert (
        ask(client, sari, "POST", f"{path}/slips/99/withdrawal", {"reason": "Robek"}).json()["code"] == "slip_unknown"
    )
    assert queries.withdrawn_slips(poll) == [2]
    ask(client, sari, "POST", f"{path}/roll/2/mark", {"channel": "paper"})
    roll = ask(client, sari, "GET", f"{path}/roll")
    assert [(one["number"], one["channel"]) for one in roll.json()["results"]] == [(1, ""), (2, "paper")]
    assert roll.json()["next_after"] is None
    assert "Sumirah" not in roll.content.decode()
    assert ask(client, sari, "GET", f"{path}/roll?after=1").json()["results"][0]["number"] == 2
    assert ask(client, personas.lurah(ward), "GET", f"{path}/roll").status_code == 403


def test_over_the_api_whoever_settles_sees_what_differs(client: Client, meeting: Meeting) -> None:
    poll, head = make.ended(make.opened(meeting, channels=["paper"])), personas.lurah(meeting.region)
    secretary, sari = make.secretary(meeting.region), personas.sari(meeting.region)
    sheet = services.add_sheet(by=secretary, at=make.COUNTED, poll=poll)
    services.enter_sheet(by=secretary, at=make.COUNTED, sheet=sheet, lines="1 2 ×3", blank=1)
    path = f"/meetings/{meeting.code}/polls/1/sheets"
    assert ask(client, head, "GET", f"{path}/1").json()["differences"] == []  # the first entry is nobody's to see
    services.enter_sheet(by=sari, at=make.COUNTED, sheet=sheet, lines="1 2 ×4")
    [listed] = ask(client, head, "GET", path).json()["results"]
    assert (listed["entries"], listed["differs"]) == (2, True)
    told = ask(client, head, "GET", f"{path}/1").json()
    assert told["differences"] == [{"pattern": "1 2", "first": 3, "second": 4}]
    assert [one["blank"] for one in told["counts"]] == [1, 0]
    assert ask(client, secretary, "GET", f"{path}/1").status_code == 403


def test_a_ballot_never_announced_is_told_before_the_close_and_lapses_with_it(meeting: Meeting, head: Client) -> None:
    poll, close = make.prepared(meeting), f"/kerja/musyawarah/{meeting.code}/tutup/"
    for item in meeting.items.all():
        decided(item)
    heads(meeting)
    told = head.get(close).content.decode()
    assert "Disiapkan, tetapi belum diumumkan" in told and work(meeting, "1/") in told and "<textarea" in told
    before = head.get(work(meeting, "1/")).content.decode()
    assert work(meeting, "1/umumkan/") in before and "ditutup" not in before
    assert head.post(close, {"notes": "Semua sepakat"}).status_code == 302
    assert "Disiapkan, tetapi belum diumumkan" not in head.get(close).content.decode()
    after = head.get(work(meeting, "1/")).content.decode()
    assert "Musyawarah sudah ditutup dan pemungutan suara ini tidak pernah diumumkan" in after
    assert "Gugur: tidak pernah diumumkan" in after and "Disiapkan" not in after and "Umumkan" not in after
    assert "<aside>" not in after and f"{work(meeting, '1/')}" + "umumkan/" not in after
    assert "Gugur: tidak pernah diumumkan" in head.get(work(meeting)).content.decode()
    for way in ("umumkan/", "batal/", "coret/"):
        page = head.get(work(meeting, f"1/{way}")).content.decode()
        assert "tidak pernah diumumkan" in page and "<textarea" not in page
    poll.refresh_from_db()
    assert poll.state == "draft"


def test_a_ballot_never_announced_of_a_cancelled_meeting_says_so(meeting: Meeting, head: Client, sari: Client) -> None:
    make.prepared(meeting)
    services.cancel_meeting(
        by=personas.lurah(meeting.region), at=timezone.now(), meeting=meeting, reason="Balai terendam banjir"
    )
    page = head.get(work(meeting, "1/")).content.decode()
    assert "Musyawarah dibatalkan dan pemungutan suara ini tidak pernah diumumkan" in page
    assert "<aside>" not in page and "Umumkan" not in page
