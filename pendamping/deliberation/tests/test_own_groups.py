"""A city's own groups: named in its rules, counted by the capacity people come in, known at every door of a meeting."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from pendamping.access.tests import personas
from pendamping.core.errors import Refused
from pendamping.core.models import JournalEntry
from pendamping.deliberation import papers, services, sheet_paper
from pendamping.deliberation.enums.ladder import LadderReason
from pendamping.deliberation.enums.meetings import MeetingKind
from pendamping.deliberation.enums.presence import PresenceReason
from pendamping.deliberation.forms.ladder import MeetingRulesForm, as_typed
from pendamping.deliberation.models import Attendance, Meeting, MeetingRules, Presence
from pendamping.deliberation.queries.composition import composition
from pendamping.deliberation.queries.ladder import (
    Standing,
    gaps_of,
    ladder_for_minutes,
    public_standings,
    standings,
    withheld,
)
from pendamping.deliberation.queries.presence import presence_for_minutes, veil
from pendamping.deliberation.queries.screens import state_of
from pendamping.deliberation.rules.ladder import Gap
from pendamping.deliberation.rules.own_groups import OwnGroup, may_be_own
from pendamping.deliberation.rules.register import TypedRow, gives_away, reckoned
from pendamping.deliberation.tests.factories import AT, call_facts, called, decided, put, ruled
from pendamping.deliberation.tests.presence_factories import invited, present, sheet, typed
from pendamping.deliberation.tests.test_api import ask
from pendamping.regions.models import Region
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db
FKDM = OwnGroup({"id": "FKDM", "en": "Early-warning forum"}, 2)
CADRES = OwnGroup({"id": "Kader posyandu"}, 1, "posyandu")
OWN = (FKDM, CADRES)


@pytest.fixture(autouse=True)
def _no_second_factor(settings: Any) -> None:
    settings.MFA_REQUIRED = False


@pytest.fixture
def ward() -> Region:
    return places.ward()


@pytest.fixture
def meeting(ward: Region) -> Meeting:
    ruled(places.city(), notice_days=0, quorum=0, women=0, own_groups=OWN)
    return called(ward)


def refusal_of(act: Any) -> Any:
    with pytest.raises(Refused) as refusal:
        act()
    return refusal.value.reason


@pytest.mark.parametrize(
    ("groups", "reason"),
    [
        (OWN, None),
        ((OwnGroup({"id": " - "}, 2),), LadderReason.OWN_GROUP_NAMELESS),
        ((FKDM, OwnGroup({"id": "fkdm!"}, 1)), LadderReason.OWN_GROUP_TWICE),
        ((OwnGroup({"id": "Tani"}, 1, "petani"),), LadderReason.GROUP_UNKNOWN),
        (tuple(OwnGroup({"id": f"Unsur {n}"}) for n in range(13)), LadderReason.OWN_GROUPS_TOO_MANY),
        ((OwnGroup({"id": "", "en": ""}), FKDM), None),
    ],
)
def test_what_can_be_a_group_of_the_citys_own(groups: tuple[OwnGroup, ...], reason: LadderReason | None) -> None:
    verdict = may_be_own(groups)
    assert (verdict.reason if not verdict else None) == reason


def test_the_register_counts_them_live_and_the_close_asks_for_them(meeting: Meeting) -> None:
    present(meeting, capacity="own_fkdm", name="Contoh Satu")
    present(meeting, capacity="posyandu", name="Contoh Dua")
    room = composition(meeting)
    assert (room.groups["own_fkdm"], room.groups["own_kader_posyandu"], room.groups["pkk"]) == (1, 1, 0)
    (gap,) = gaps_of(meeting)
    assert (gap.requirement, gap.label, gap.needed, gap.found) == ("group_own_fkdm", "FKDM", 2, 1)
    decided(put(meeting))
    services.count_register(by=personas.sari(meeting.region), at=AT, meeting=meeting)
    assert Attendance.objects.get().own == {"own_fkdm": 1, "own_kader_posyandu": 1}
    lurah = personas.lurah(meeting.region)
    assert refusal_of(lambda: services.close_meeting(by=lurah, at=AT, meeting=meeting)) == (
        LadderReason.REQUIREMENTS_MISSING
    )
    services.waive(
        by=lurah,
        at=AT,
        meeting=meeting,
        requirement="group_own_fkdm",
        ground="other",
        reason="Hanya satu yang bertugas",
    )
    assert JournalEntry.objects.get(verb="deliberation.requirement_waived").changes["requirement"] == "FKDM"
    assert services.close_meeting(by=lurah, at=AT, meeting=meeting).state == "closed"


def test_nobody_is_present_as_what_the_rules_do_not_name(meeting: Meeting, ward: Region) -> None:
    assert refusal_of(lambda: present(meeting, capacity="own_tani")) == PresenceReason.CAPACITY_UNKNOWN
    assert refusal_of(lambda: invited(meeting, "own_tani")) == PresenceReason.CAPACITY_UNKNOWN
    count = {"by": personas.sari(ward), "at": AT, "meeting": meeting, "women": 3, "men": 2}
    assert refusal_of(lambda: services.count_attendance(**count, own={"own_tani": 1})) == LadderReason.GROUP_UNKNOWN
    assert refusal_of(lambda: services.count_attendance(**count, own={"own_fkdm": 6})) == "group_too_large"


def test_a_meeting_keeps_the_groups_it_was_called_under(meeting: Meeting, ward: Region) -> None:
    """A later version drops one and asks more of the other: the meeting called before knows neither."""
    more = (OwnGroup({"id": "FKDM"}, 9),)
    ruled(places.city(), notice_days=0, quorum=0, women=0, own_groups=more, valid_from=call_facts(ward)["held_on"])
    found = Meeting.objects.get(pk=meeting.pk)
    assert [(one.label, one.gap.needed) for one in standings(found)] == [("FKDM", 2), ("Kader posyandu", 1)]
    assert "own_kader_posyandu" in composition(found).groups
    following = services.begin_year(by=None, at=AT, city=places.city(), kind=MeetingKind.DEVELOPMENT, fiscal_year=2027)
    assert [one["name"]["id"] for one in following.own_groups] == ["FKDM"]


def test_minutes_screen_and_invitations_know_them_and_withhold_few(meeting: Meeting) -> None:
    (invitation,) = invited(meeting, "own_fkdm")
    assert invitation.title == "FKDM"
    assert sheet_paper.data(sheet(meeting, 5), named=True)["rows"][0][2] == "FKDM"
    for number in range(5):
        present(meeting, capacity="own_fkdm", name=f"Contoh {number}")
    present(meeting, capacity="posyandu", name="Contoh Kader")
    assert presence_for_minutes(meeting)["capacities"] == [("Posyandu", "kurang dari 5")]  # else six less five tell it
    for number in range(2):
        present(meeting, capacity="faith", name=f"Contoh Tokoh {number}")
    told = presence_for_minutes(meeting)
    assert ("FKDM", "5") in told["groups"] and ("Kader posyandu", "kurang dari 5") in told["groups"]
    assert ("FKDM", "5") in told["capacities"]
    with override("en"):
        assert ("Early-warning forum", "5") in presence_for_minutes(meeting)["groups"]
    services.show_on_screen(by=personas.sari(meeting.region), at=AT, meeting=meeting, view="room")
    people = state_of(Meeting.objects.get(pk=meeting.pk), at=AT, is_public=True)["people"]
    assert (people["groups"]["own_fkdm"], people["groups"]["own_kader_posyandu"]) == (5, None)
    assert people["own"]["own_fkdm"]["en"] == "Early-warning forum"


def test_residents_read_what_the_rules_ask_but_not_how_small_a_group_is(client: Client, meeting: Meeting) -> None:
    for number in range(3):
        present(meeting, name=f"Kader {number}", capacity="posyandu")
    told = {one.label: one.text for one in public_standings(Meeting.objects.get(pk=meeting.pk))}
    assert told["Kader posyandu"] == "Diminta: paling sedikit 1 orang. Yang ada: kurang dari 5."
    page = client.get(reverse("deliberation:public", args=[meeting.code])).content.decode()
    assert "Diminta: paling sedikit 1 orang. Yang ada: kurang dari 5." in page
    for number in range(3, 6):
        present(meeting, name=f"Kader {number}", capacity="posyandu")
    told = {one.label: one.text for one in public_standings(Meeting.objects.get(pk=meeting.pk))}
    assert told["Kader posyandu"] == "Diminta: paling sedikit 1 orang. Yang ada: 6 orang."


def test_counting_begins_with_the_register(client: Client, meeting: Meeting) -> None:
    client.force_login(personas.sari(meeting.region))
    address = reverse("deliberation:attendance", args=[meeting.code])
    assert client.get(address).context["form"].initial == {}
    present(meeting, capacity="own_fkdm", name="Contoh 1")
    present(meeting, capacity="posyandu", name="Contoh 2", sex="m")
    initial = client.get(address).context["form"].initial
    assert (initial["women"], initial["men"], initial["own_fkdm"], initial["youth"]) == (1, 1, 1, 0)
    services.count_attendance(by=None, at=AT, meeting=meeting, women=7, men=8, own={})
    assert client.get(address).context["form"].initial["women"] == 7


def test_minutes_tell_nowhere_how_small_a_group_is(meeting: Meeting) -> None:
    for number in range(3):
        present(meeting, name=f"Kader {number}", capacity="posyandu")
    services.count_register(by=personas.sari(meeting.region), at=AT, meeting=meeting)
    counted = Meeting.objects.get(pk=meeting.pk)
    (row,) = (row for row in papers._attendance(counted)["rows"] if "Kader posyandu" in row[0])
    assert row[1] == "kurang dari 5"
    told = {one.label: one.text for one in ladder_for_minutes(counted).standings}
    assert told["Kader posyandu"] == "Diminta: paling sedikit 1 orang. Yang ada: kurang dari 5."


@pytest.mark.parametrize("needed", range(1, 11))
def test_whatever_the_rules_ask_no_small_number_can_be_told_from_what_is_told(needed: int) -> None:
    """Of every count from one to four the same is told, in requirement and list together, as of another count."""
    said: dict[Any, list[int]] = {}
    for count in range(11):
        (one,) = withheld([Standing(Gap("group_pkk", needed, count), "")])
        listed = "" if gives_away(count, needed) else veil(count)
        said.setdefault((one.text, one.badge, listed), []).append(count)
    alone = [counts[0] for counts in said.values() if len(counts) == 1]
    assert [count for count in alone if 0 < count < 5] == []


def test_no_small_part_of_a_whole_can_be_reckoned_from_the_others() -> None:
    """Whatever three capacities came in, what is told of them and of all together leaves a small one two numbers."""
    for counts in product(range(9), repeat=3):
        parts = {place: count for place, count in enumerate(counts) if count}
        out = reckoned({str(place): count for place, count in parts.items()}, ())
        could = [_read(parts.get(place, 0), is_out=str(place) in out) for place in range(3)]
        alike = [those for those in product(*could) if sum(those) == sum(counts)]
        for place, count in parts.items():
            assert count > 4 or len({those[place] for those in alike}) > 1, (counts, out)


def _read(count: int, *, is_out: bool) -> range:
    """The numbers that somebody may think of who reads what is told of a capacity, or finds it left out."""
    if is_out or not count:
        return range(25)
    return range(1, 5) if count < 5 else range(count, count + 1)


@pytest.mark.parametrize(
    ("asked", "here", "badge"), [(4, 4, "Terpenuhi"), (4, 5, "Terpenuhi"), (2, 1, "Tidak terpenuhi")]
)
def test_page_minutes_and_screen_leave_the_number_out_where_what_is_asked_would_tell_it(
    ward: Region, asked: int, here: int, badge: str
) -> None:
    cadres = OwnGroup({"id": "Kader posyandu"}, asked, "posyandu")
    ruled(places.city(), notice_days=0, quorum=0, women=0, own_groups=(cadres,), groups={"pkk": asked})
    meeting = called(ward)
    for capacity in ("posyandu", "pkk"):
        for number in range(here):
            present(meeting, name=f"{capacity} {number}", capacity=capacity)
    services.count_register(by=personas.sari(ward), at=AT, meeting=meeting)
    services.show_on_screen(by=personas.sari(ward), at=AT, meeting=meeting, view="room")
    counted = Meeting.objects.get(pk=meeting.pk)
    for standing in (*public_standings(counted), *ladder_for_minutes(counted).standings):
        assert (standing.text, standing.badge) == ("Kelompoknya kecil: jumlahnya tidak disebut.", badge)
    told = presence_for_minutes(counted)
    names = [row[0] for row in papers._attendance(counted)["rows"]]
    for label in ("Kader posyandu", "PKK"):
        assert label not in dict(told["groups"]) and label not in dict(told["capacities"])
        assert not any(label in name for name in names)
    people = state_of(counted, at=AT, is_public=True)["people"]
    assert not {"pkk", "own_kader_posyandu"} & set(people["groups"])
    assert state_of(counted, at=AT, is_public=False)["people"]["groups"]["pkk"] == here


def test_two_requirements_of_one_group_are_both_heeded(ward: Region) -> None:
    """Also where the city's own group counts those of another, and where two capacities are counted as one group."""
    youth = OwnGroup({"id": "Karang Taruna"}, 1, "youth")
    ruled(places.city(), notice_days=0, quorum=0, women=0, own_groups=(youth,), groups={"youth": 4, "rt_rw": 4})
    meeting = called(ward)
    for number in range(4):
        present(meeting, name=f"Muda {number}", age_group="youth")
        present(meeting, name=f"Ketua {number}", capacity="rt")
    told = presence_for_minutes(Meeting.objects.get(pk=meeting.pk))
    assert not {"Pemuda", "Ketua RT dan RW"} & set(dict(told["groups"]))
    assert "Ketua RT" not in dict(told["capacities"])


def test_a_paper_sheet_is_typed_with_them(meeting: Meeting) -> None:
    paper = typed(sheet(meeting), TypedRow(row=1, sex="f", name="Contoh", capacity="own_fkdm"))
    assert Presence.objects.get(sheet=paper).capacity == "own_fkdm"


def test_every_page_of_a_meeting_offers_them(client: Client, meeting: Meeting) -> None:
    client.force_login(personas.sari(meeting.region))
    one = sheet(meeting)
    for door, args in (
        ("register", [meeting.code]), ("attendance", [meeting.code]), ("sheet", [meeting.code, one.uid]),
        ("invite", [meeting.code]), ("invite_guest", [meeting.code]), ("room", [meeting.code]),
    ):  # fmt: skip
        if door == "room":
            present(meeting, capacity="own_fkdm", name="Contoh")
        assert "FKDM" in client.get(reverse(f"deliberation:{door}", args=args)).content.decode(), door
    assert 'value="own_fkdm"' in client.get(reverse("deliberation:show_up", args=[meeting.code])).content.decode()
    facts = {"women": 3, "men": 2, "own_fkdm": 2}
    assert client.post(reverse("deliberation:attendance", args=[meeting.code]), facts).status_code == 302
    assert Attendance.objects.get().own == {"own_fkdm": 2}
    assert "FKDM" in client.get(reverse("deliberation:meeting", args=[meeting.code])).content.decode()
    assert any("FKDM" in row[0] for row in papers._attendance(Meeting.objects.get(pk=meeting.pk))["rows"])


def test_the_reason_page_knows_them(client: Client, meeting: Meeting) -> None:
    services.count_attendance(by=personas.sari(meeting.region), at=AT, meeting=meeting, women=3, men=2)
    client.force_login(personas.lurah(meeting.region))
    for requirement, status in (("group_own_fkdm", 200), ("group_own_tani", 404)):
        address = reverse("deliberation:waive", args=[meeting.code, requirement])
        assert client.get(address).status_code == status


def test_the_page_of_the_rules_keeps_them_line_by_line(client: Client, ward: Region) -> None:
    ruled(places.city(), own_groups=OWN)
    client.force_login(personas.secretariat(places.city()))
    address = reverse("deliberation:meeting_rules")
    page = client.get(address, {"tahun": "2026"}).content.decode()
    assert 'value="Early-warning forum"' in page and 'name="own_5_name"' in page and "FKDM 2" in page
    held = MeetingRules.objects.get()
    typed_in = {name: value for name, value in as_typed(held).items() if value not in (None, "")}
    facts = {**typed_in, "valid_from": "2026-01-01", "own_3_name": "Kelompok tani", "own_3_least": "1"}
    assert MeetingRulesForm(facts, own=2).is_valid()
    wrong = client.post(f"{address}?tahun=2026", {**facts, "own_4_name": "fkdm"})
    assert wrong.status_code == 200 and "tertulis dua kali" in wrong.content.decode()
    nameless = client.post(f"{address}?tahun=2026", {**facts, "own_3_name": "", "own_3_least": "", "own_5_least": "3"})
    assert "baris 5" in nameless.content.decode()  # lines left empty before it are lines, too
    assert client.post(f"{address}?tahun=2026", facts).status_code == 302
    latest = MeetingRules.objects.get(version=2)
    assert [(one["key"], one["least"], one["counts"]) for one in latest.own_groups] == [
        ("own_fkdm", 2, ""), ("own_kader_posyandu", 1, "posyandu"), ("own_kelompok_tani", 1, ""),
    ]  # fmt: skip


def test_the_api_sets_counts_and_waives_them(client: Client, ward: Region) -> None:
    desk, sari, lurah = personas.secretariat(places.city()), personas.sari(ward), personas.lurah(ward)
    rules = {
        "city": "3278", "kind": "development", "fiscal_year": 2026, "valid_from": "2025-06-01", "notice_days": 0,
        "legal_basis": "Perwal 1/2026", "quorum": 0, "women": 0, "rts": 0, "objection_days": 7,
        "own_groups": [{"name": "FKDM", "name_en": "Early-warning forum", "least": 2}],
    }  # fmt: skip
    made = ask(client, desk, "POST", "/meeting-rules", rules)
    assert (made.status_code, made.json()["own_groups"]) == (
        201, [{"key": "own_fkdm", "name": {"id": "FKDM", "en": "Early-warning forum"}, "least": 2,
               "capacity": "own_fkdm"}],
    )  # fmt: skip
    path = f"/meetings/{called(ward).code}"
    row = ask(client, sari, "POST", f"{path}/register", {"sex": "f", "capacity": "own_fkdm"})
    assert (row.status_code, row.json()["capacity"]) == (201, "own_fkdm")
    unknown = ask(client, sari, "POST", f"{path}/register", {"sex": "f", "capacity": "own_tani"})
    assert (unknown.status_code, unknown.json()["code"]) == (422, "capacity_unknown")
    count = ask(client, sari, "POST", f"{path}/attendance", {"women": 2, "men": 1, "own": {"own_fkdm": 1}})
    assert count.json()["attendance"]["own"] == {"own_fkdm": 1}
    waived = ask(
        client, lurah, "POST", f"{path}/waivers",
        {"requirement": "group_own_fkdm", "ground": "other", "reason": "Hanya satu yang bertugas"},
    )  # fmt: skip
    told = {one["requirement"]: one for one in waived.json()["requirements"]}
    assert (told["group_own_fkdm"]["label"], told["group_own_fkdm"]["ground"]) == ("FKDM", "other")
