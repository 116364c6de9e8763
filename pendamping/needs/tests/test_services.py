"""What happens to voices, needs and proposals, and what is refused."""

from __future__ import annotations

import uuid
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from pendamping.access.enums import Reason as AccessReason
from pendamping.access.models import Account
from pendamping.access.tests import personas
from pendamping.core import counters, journal
from pendamping.core.errors import OperationMismatch, Refused
from pendamping.core.models import JournalEntry, Photo
from pendamping.needs import services
from pendamping.needs.enums.needs import NeedState
from pendamping.needs.enums.proposals import ProposalState
from pendamping.needs.enums.reasons import Reason
from pendamping.needs.enums.voices import Behalf, Channel, VoiceState
from pendamping.needs.menu import seed_menu
from pendamping.needs.models import Category, CategoryQuestion, Gathering, MenuItem, Need, Proposal, Voice
from pendamping.needs.tests import factories as make
from pendamping.needs.tests.factories import NOW
from pendamping.regions.models import Region
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db


@pytest.fixture
def ward() -> Region:
    return places.ward(1)


@pytest.fixture
def sari(ward: Region) -> Account:
    return personas.sari(ward)


def refusal(service: Any, **facts: Any) -> Any:
    with pytest.raises(Refused) as caught:
        service(at=NOW, **facts)
    return caught.value.reason


def entry(verb: str) -> JournalEntry:
    return JournalEntry.objects.get(verb=verb)


def test_menu_is_seeded_once() -> None:
    assert MenuItem.objects.exists(), "a new installation has the menu from the start"
    CategoryQuestion.objects.all().delete()
    Category.objects.all().delete()
    MenuItem.objects.all().delete()
    first, second = seed_menu(NOW), seed_menu(NOW)
    assert (first, second) == (MenuItem.objects.count(), 0)
    assert MenuItem.objects.filter(is_other=True).count() == 10


def test_voice_is_kept_masked_and_counted(ward: Region) -> None:
    voice = make.voice(ward, text=f"Lampu mati, NIK {make.NIK}, telepon 0812-3456-7890")
    assert (voice.state, voice.channel, voice.recorded_by, voice.heard_at) == (VoiceState.HEARD, Channel.WEB, None, NOW)
    assert make.NIK not in voice.text
    assert "3456" not in voice.text
    assert counters.total("voice.state", under=ward.path, dimension="heard") == 1
    assert counters.total("voice.received", under=ward.path, dimension="web") == 1


def test_journal_holds_no_word_of_a_resident(ward: Region, sari: Account) -> None:
    voice = make.voice(ward, text=f"Rumah Ibu Aminah NIK {make.NIK} kebanjiran", place_words=f"dekat {make.NIK}")
    need = make.need(ward, voices=[voice], title=f"Banjir {make.NIK}")
    services.verify_need(by=sari, at=NOW, need=need, finding=f"Benar {make.NIK}", photos=[make.picture()])
    services.answer_need(by=sari, at=NOW, need=need, answer=f"Sudah dibersihkan {make.NIK}")
    told = "".join(f"{e.subject_label}{e.reason}{e.changes}{e.on_behalf_of}" for e in JournalEntry.objects.all())
    assert make.NIK not in told
    assert "Aminah" not in told
    assert list(journal.verify()) == []


def test_same_form_sent_twice_makes_one_voice(ward: Region) -> None:
    op = uuid.uuid4()
    first, second = make.voice(ward, op=op, photos=[make.picture()]), make.voice(ward, op=op, photos=[make.picture()])
    assert (first.pk, Voice.objects.count(), Photo.objects.count()) == (second.pk, 1, 1)
    with pytest.raises(OperationMismatch):
        make.voice(ward, op=op, text="Lain sama sekali")


def test_same_line_of_a_list_gives_the_same_voice(ward: Region) -> None:
    line = {"source": "sp4n", "source_ref": "77", "channel": Channel.IMPORT}
    assert make.voice(ward, **line).pk == make.voice(ward, **line, text="Diketik ulang").pk
    assert counters.total("voice.received", under=ward.path) == 1


def test_residents_photo_stays_private(ward: Region) -> None:
    make.voice(ward, photos=[make.picture()])
    assert Photo.objects.get().published_at is None


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"menu_item": None}, Reason.NEED_OTHER_WORDS),
        ({"latitude": Decimal("-7.5"), "longitude": Decimal("108.2")}, Reason.PIN_OUTSIDE),
    ],
)
def test_voice_refused(ward: Region, changes: dict[str, Any], reason: Reason) -> None:
    Region.objects.filter(pk=ward.pk).update(latitude=Decimal("-7.3"), longitude=Decimal("108.2"))
    ward.refresh_from_db()
    assert refusal(make_voice, region=ward, **changes) == reason
    assert Voice.objects.count() == 0


def make_voice(**facts: Any) -> Voice:
    given = {"by": None, "text": "Lampu mati", "menu_item": make.menu()}
    return services.give_voice(**{**given, **facts})


def test_pin_of_an_rt_is_measured_from_its_ward(ward: Region) -> None:
    Region.objects.filter(pk=ward.pk).update(latitude=Decimal("-7.3"), longitude=Decimal("108.2"))
    rt = places.rt(places.rw(ward))
    near = {"latitude": Decimal("-7.31"), "longitude": Decimal("108.21")}
    assert make.voice(rt, **near).latitude == Decimal("-7.31")
    with pytest.raises(Refused) as caught:
        make.voice(rt, latitude=Decimal("-7.4"), longitude=Decimal("108.2"))
    assert caught.value.params == {"km": 12}


def test_voice_for_a_district_is_refused() -> None:
    assert refusal(make_voice, region=places.district()) == Reason.PLACE_NOT_WARD


def test_recording_for_somebody_says_so_without_a_name(ward: Region, sari: Account) -> None:
    voice = services.record_voice(
        by=sari, at=NOW, text="Jembatan goyang", region=ward, behalf=Behalf.ELDERLY, menu_item=make.menu("A2.01"),
        heard_at=NOW - timedelta(days=2),
    )  # fmt: skip
    told = entry("needs.voice_recorded")
    assert (voice.on_behalf, voice.recorded_by, voice.channel) == (True, sari, Channel.FACILITATOR)
    assert (told.on_behalf_of, told.office, told.actor_uid) == ("elderly", "ward_facilitator", sari.uid)


def test_gathered_voices_leave_the_waiting_list(ward: Region, sari: Account) -> None:
    voices = [make.voice(ward), make.voice(places.rw(ward))]
    need = make.need(ward, voices=voices)
    assert (need.state, need.region, need.recorded_by) == (NeedState.OPEN, ward, sari)
    assert set(Voice.objects.values_list("state", flat=True)) == {VoiceState.GATHERED}
    assert entry("needs.voices_gathered").changes == {"voices": [voice.code for voice in voices]}


def test_need_stands_where_all_its_voices_do(ward: Region) -> None:
    rw = places.rw(ward)
    assert make.need(ward, voices=[make.voice(rw), make.voice(rw)]).region == rw


def test_voice_of_the_ward_next_door_is_refused(ward: Region, sari: Account) -> None:
    own, other = make.voice(ward), make.voice(places.ward(2))
    assert refusal(services.gather_voices, by=sari, voices=[own, other], title="x") == Reason.VOICE_OTHER_WARD
    need = make.need(ward)
    assert refusal(services.add_voices, by=sari, need=need, voices=[other]) == Reason.VOICE_OTHER_WARD


def test_voice_gathered_by_a_colleague_meanwhile_is_refused(ward: Region, sari: Account) -> None:
    seen_earlier = make.voice(ward)
    make.need(ward, voices=[Voice.objects.get(pk=seen_earlier.pk)])
    facts = {"by": sari, "voices": [seen_earlier], "title": "Dua kali"}
    assert seen_earlier.state == VoiceState.HEARD
    assert refusal(services.gather_voices, **facts) == Reason.VOICE_ALREADY_HANDLED
    assert (Need.objects.count(), Gathering.objects.count()) == (1, 1)


def test_no_voices_no_need(sari: Account) -> None:
    assert refusal(services.gather_voices, by=sari, voices=[], title="x") == Reason.NO_VOICES


def test_later_voice_joins_until_the_need_is_answered(ward: Region, sari: Account) -> None:
    need = make.verified_need(ward)
    services.add_voices(by=sari, at=NOW, need=need, voices=[make.voice(ward)])
    assert need.gatherings.count() == 2
    services.answer_need(by=sari, at=NOW, need=need, answer="Sudah beres")
    assert refusal(services.add_voices, by=sari, need=need, voices=[make.voice(ward)]) == Reason.NEED_ANSWERED


def test_answered_voice_cannot_be_answered_again(ward: Region, sari: Account) -> None:
    voice = make.voice(ward)
    assert refusal(services.answer_voice, by=sari, voice=voice, answer="  ") == Reason.REASON_MISSING
    services.answer_voice(by=sari, at=NOW, voice=voice, answer="Urusan PDAM, sudah diteruskan")
    assert refusal(services.answer_voice, by=sari, voice=voice, answer="Lagi") == Reason.VOICE_ALREADY_HANDLED
    assert entry("needs.voice_answered").reason == "Urusan PDAM, sudah diteruskan"


def test_verification_publishes_its_photo(ward: Region) -> None:
    need = make.verified_need(ward)
    assert (need.state, need.people_affected) == (NeedState.VERIFIED, 40)
    assert need.photos.get().is_public


def test_verification_without_photo_is_refused(ward: Region, sari: Account) -> None:
    assert refusal(services.verify_need, by=sari, need=make.need(ward), finding="Benar") == Reason.PHOTO_MISSING


def test_answering_a_need_answers_its_voices_in_the_same_words(ward: Region, sari: Account) -> None:
    need = make.need(ward, voices=[make.voice(ward), make.voice(ward)])
    services.answer_need(by=sari, at=NOW, need=need, answer="Dibersihkan dinas 5 Maret")
    assert set(Voice.objects.values_list("state", "answer")) == {("answered", "Dibersihkan dinas 5 Maret")}
    assert (
        refusal(services.verify_need, by=sari, need=need, finding="x", photos=[make.picture()]) == Reason.NEED_NOT_OPEN
    )


def test_proposal_needs_a_verified_need(ward: Region, sari: Account) -> None:
    assert refusal(services.write_proposal, by=sari, need=make.need(ward), **make.whole()) == Reason.NEED_NOT_VERIFIED


def test_second_live_proposal_is_refused_until_the_first_is_rejected(ward: Region, sari: Account) -> None:
    first = make.checked(ward)
    need = first.need
    assert refusal(services.write_proposal, by=sari, need=need, **make.whole()) == Reason.NEED_HAS_PROPOSAL
    services.put_on_agenda(by=sari, at=NOW, proposal=first)
    services.settle_proposal(by=sari, at=NOW, proposal=first, state=ProposalState.REJECTED)
    second = services.write_proposal(by=sari, at=NOW, need=need, **make.whole())
    assert second.state == ProposalState.DRAFT


def test_submission_makes_the_need_proposed_and_photos_public(ward: Region) -> None:
    proposal = make.submitted(ward)
    assert (proposal.state, proposal.need.state) == (ProposalState.SUBMITTED, NeedState.PROPOSED)
    assert proposal.photos.get().is_public


def test_incomplete_draft_is_kept_but_not_submitted(ward: Region, sari: Account) -> None:
    proposal = services.write_proposal(
        by=sari, at=NOW, need=make.verified_need(ward), fiscal_year=2027, title="Belum lengkap", menu_item=make.menu()
    )
    assert refusal(services.submit_proposal, by=sari, proposal=proposal) == Reason.PLACE_MISSING
    assert counters.total("proposal.state", under=ward.path, dimension="draft") == 1


def test_repair_keeps_how_it_read_before(ward: Region, sari: Account) -> None:
    proposal = make.submitted(ward)
    services.check_proposal(
        by=personas.sekretaris(ward), at=NOW, proposal=proposal, ok=False, note="Biaya terlalu tinggi"
    )
    repaired = services.revise_proposal(
        by=sari, at=NOW, proposal=proposal, **make.whole(estimated_cost=40_000_000, photos=[])
    )
    assert (repaired.state, repaired.estimated_cost) == (ProposalState.RETURNED, 40_000_000)
    assert repaired.revisions.get().facts["estimated_cost"] == 45_000_000
    told = entry("needs.proposal_revised").changes
    assert told == {"estimated_cost": [45_000_000, 40_000_000], "reworded": [], "photos_added": 0}
    again = services.submit_proposal(by=sari, at=NOW + timedelta(days=1), proposal=repaired)
    assert refusal(services.revise_proposal, by=sari, proposal=again, **make.whole()) == Reason.PROPOSAL_NOT_DRAFT


def test_a_return_says_what_was_missing(ward: Region) -> None:
    facts = {"by": personas.sekretaris(ward), "at": NOW, "ok": False, "note": "Surat hibah belum ada"}
    back = services.check_proposal(proposal=make.submitted(ward), lack="land_consent", **facts)
    assert (back.check_lack, entry("needs.proposal_returned").changes["lack"]) == ("land_consent", "land_consent")
    other = services.check_proposal(proposal=make.submitted(places.ward(2)), **facts)
    assert other.check_lack == "other"
    again = services.submit_proposal(by=personas.sari(ward), at=NOW, proposal=back)
    passed = services.check_proposal(by=personas.sekretaris(ward), at=NOW, proposal=again, ok=True, lack="cost")
    assert (passed.check_lack, "lack" in entry("needs.proposal_checked").changes) == ("", False)


def test_return_needs_words(ward: Region) -> None:
    facts = {"by": personas.sekretaris(ward), "proposal": make.submitted(ward), "ok": False}
    assert refusal(services.check_proposal, **facts) == Reason.REASON_MISSING


def test_nobody_checks_what_they_had_a_hand_in(ward: Region) -> None:
    secretary = personas.sekretaris(ward)
    proposal = services.submit_proposal(by=secretary, at=NOW, proposal=make.draft(ward))
    assert refusal(services.check_proposal, by=secretary, proposal=proposal, ok=True) == AccessReason.SAME_PERSON
    assert (
        refusal(services.check_proposal, by=personas.sari(ward), proposal=proposal, ok=True) == AccessReason.SAME_PERSON
    )
    revised = make.draft(places.ward(2))
    services.revise_proposal(by=secretary, at=NOW, proposal=revised, **make.whole())
    services.submit_proposal(by=personas.sari(ward), at=NOW, proposal=revised)
    assert refusal(services.check_proposal, by=secretary, proposal=revised, ok=True) == AccessReason.SAME_PERSON


def test_database_itself_keeps_proposer_and_checker_apart(ward: Region, sari: Account) -> None:
    proposal = make.submitted(ward)
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.filter(pk=proposal.pk).update(checked_by=sari, checked_at=NOW)


def test_checked_proposal_goes_to_a_meeting_and_back(ward: Region, sari: Account) -> None:
    proposal = make.checked(ward)
    before = JournalEntry.objects.count()
    assert services.put_on_agenda(by=sari, at=NOW, proposal=proposal).state == ProposalState.ON_AGENDA
    back = services.take_off_agenda(by=sari, at=NOW, proposal=proposal, state=ProposalState.CHECKED)
    assert back.state == ProposalState.CHECKED
    assert (
        refusal(services.settle_proposal, by=sari, proposal=back, state=ProposalState.FUNDED)
        == Reason.PROPOSAL_NOT_ON_AGENDA
    )
    services.put_on_agenda(by=sari, at=NOW, proposal=proposal)
    with pytest.raises(ValueError, match="no outcome"):
        services.settle_proposal(by=sari, at=NOW, proposal=proposal, state=ProposalState.DRAFT)
    services.settle_proposal(by=sari, at=NOW, proposal=proposal, state=ProposalState.DEFERRED)
    assert services.put_on_agenda(by=sari, at=NOW, proposal=proposal).state == ProposalState.ON_AGENDA
    assert JournalEntry.objects.count() == before


def test_unchecked_proposal_is_not_put(ward: Region, sari: Account) -> None:
    assert refusal(services.put_on_agenda, by=sari, proposal=make.submitted(ward)) == Reason.PROPOSAL_NOT_CHECKED


def test_imported_proposal_brings_its_need_once(ward: Region) -> None:
    importer = personas.secretariat(places.city())
    line: dict[str, Any] = {
        "by": importer, "at": NOW, "region": ward, "source": "musrenbang-2025", "source_ref": "12", "fiscal_year": 2026,
        "title": "Jalan gang", "problem": f"Rusak, kata {make.NIK}", "place": "Gang Anggrek",
        "menu_item": make.menu("A2.01"), "estimated_cost": 20_000_000,
    }  # fmt: skip
    first, second = services.import_proposal(**line), services.import_proposal(**line)
    assert (first.pk, Proposal.objects.count(), Need.objects.count()) == (second.pk, 1, 1)
    assert (first.state, first.need.state) == (ProposalState.SUBMITTED, NeedState.PROPOSED)
    assert make.NIK not in first.need.finding
    assert set(JournalEntry.objects.values_list("verb", "reason")) == {
        ("needs.need_verified", "imported"),
        ("needs.proposal_submitted", "imported"),
    }
    assert refusal(services.check_proposal, by=importer, proposal=first, ok=True) == AccessReason.SAME_PERSON


def test_counters_agree_with_the_records_after_everything(ward: Region, sari: Account) -> None:
    make.voice(ward)
    services.answer_voice(by=sari, at=NOW, voice=make.voice(ward), answer="Sudah")
    services.answer_need(by=sari, at=NOW, need=make.need(ward), answer="Sudah")
    make.draft(ward)
    proposal = make.checked(places.ward(2))
    services.put_on_agenda(by=sari, at=NOW, proposal=proposal)
    services.settle_proposal(by=sari, at=NOW, proposal=proposal, state=ProposalState.FUNDED)
    assert list(counters.differences()) == []
    assert counters.undeclared() == []


@pytest.mark.parametrize("form", [make.draft, make.submitted, make.checked])
def test_withdrawn_proposal_frees_its_need(ward: Region, sari: Account, form: Any) -> None:
    proposal = services.withdraw_proposal(by=sari, at=NOW, proposal=form(ward), reason=f"Dikerjakan dinas {make.NIK}")
    told = entry("needs.proposal_withdrawn")
    assert (proposal.state, proposal.withdrawn_by, proposal.need.state) == (ProposalState.WITHDRAWN, sari, "verified")
    assert make.NIK not in proposal.withdrawal + told.reason
    assert (told.office, told.is_public, told.changes["state"][1]) == ("ward_facilitator", True, "withdrawn")
    assert refusal(services.submit_proposal, by=sari, proposal=proposal) == Reason.PROPOSAL_NOT_DRAFT
    assert services.write_proposal(by=sari, at=NOW, need=proposal.need, **make.whole()).state == ProposalState.DRAFT
    assert list(counters.differences()) == []


def test_withdrawing_needs_words_and_a_proposal_on_no_agenda(ward: Region, sari: Account) -> None:
    proposal = make.checked(ward)
    assert refusal(services.withdraw_proposal, by=sari, proposal=proposal, reason=" ") == Reason.REASON_MISSING
    services.put_on_agenda(by=sari, at=NOW, proposal=proposal)
    assert refusal(services.withdraw_proposal, by=sari, proposal=proposal, reason="x") == Reason.PROPOSAL_ON_AGENDA


def test_answering_a_need_ends_its_draft_with_the_same_words(ward: Region, sari: Account) -> None:
    draft = make.draft(ward)
    need = services.answer_need(by=personas.lurah(ward), at=NOW, need=draft.need, answer="Sudah dikerjakan dinas")
    draft.refresh_from_db()
    assert (need.state, draft.state, draft.withdrawal) == (NeedState.ANSWERED, "withdrawn", "Sudah dikerjakan dinas")
    assert entry("needs.proposal_withdrawn").office == "ward_head"
    assert list(counters.differences()) == []


def test_answering_a_need_with_a_proposal_under_way_names_it(ward: Region, sari: Account) -> None:
    proposal = make.submitted(ward)
    with pytest.raises(Refused) as caught:
        services.answer_need(by=sari, at=NOW, need=proposal.need, answer="Sudah")
    assert (caught.value.reason, caught.value.params) == (Reason.NEED_PROPOSED, {"code": proposal.code})


def test_need_of_a_rejected_proposal_can_be_answered(ward: Region, sari: Account) -> None:
    proposal = make.checked(ward)
    services.put_on_agenda(by=sari, at=NOW, proposal=proposal)
    services.settle_proposal(by=sari, at=NOW, proposal=proposal, state=ProposalState.REJECTED)
    assert services.answer_need(by=sari, at=NOW, need=proposal.need, answer="Ditolak").state == NeedState.ANSWERED


def test_deferred_proposal_is_carried_over_and_back(ward: Region, sari: Account) -> None:
    proposal = make.checked(ward)
    facts = {"by": sari, "proposal": proposal, "fiscal_year": 2028}
    assert refusal(services.put_on_agenda, **facts) == Reason.YEAR_EARLIER
    Proposal.objects.filter(pk=proposal.pk).update(state=ProposalState.DEFERRED)
    assert services.put_on_agenda(at=NOW, **facts).fiscal_year == 2028
    back = services.take_off_agenda(
        by=sari, at=NOW, proposal=proposal, state=ProposalState.DEFERRED, fiscal_year=proposal.fiscal_year
    )
    assert (back.fiscal_year, back.state) == (2027, ProposalState.DEFERRED)


def test_need_stands_at_the_smallest_place_of_all_its_voices(ward: Region) -> None:
    rw, other = places.rw(ward, 1), places.rw(ward, 2)
    first, second = places.rt(rw, 1), places.rt(rw, 2)
    assert make.need(ward, voices=[make.voice(first), make.voice(second)]).region == rw
    assert make.need(ward, voices=[make.voice(first), make.voice(first)]).region == first
    assert make.need(ward, voices=[make.voice(first), make.voice(rw)]).region == rw
    assert make.need(ward, voices=[make.voice(first), make.voice(other)]).region == ward


def test_proposal_can_be_for_one_rw_of_the_ward(ward: Region, sari: Account) -> None:
    rw = places.rw(ward)
    proposal = services.write_proposal(by=sari, at=NOW, need=make.verified_need(ward), region=rw, **make.whole())
    assert (proposal.region, proposal.region_path, proposal.photos.get().region_path) == (rw, rw.path, rw.path)
    kept = services.revise_proposal(by=sari, at=NOW, proposal=proposal, **make.whole(photos=[]))
    assert kept.region == rw
    later = NOW + timedelta(hours=1)
    moved = services.revise_proposal(by=sari, at=later, proposal=proposal, region=ward, **make.whole(photos=[]))
    assert (moved.region_path, moved.photos.get().region_path) == (ward.path, ward.path)
    elsewhere = {**make.whole(photos=[]), "region": places.rw(places.ward(2))}
    assert refusal(services.revise_proposal, by=sari, proposal=proposal, **elsewhere) == Reason.PLACE_OUTSIDE_WARD


@pytest.mark.parametrize("level", ["ward", "rt"])
def test_voice_for_a_place_that_is_no_more_is_refused(ward: Region, level: str) -> None:
    place = ward if level == "ward" else places.rt(places.rw(ward))
    Region.objects.filter(pk=ward.pk).update(valid_to=NOW.date() - timedelta(days=1))
    place.refresh_from_db()
    assert refusal(make_voice, region=place) == Reason.PLACE_RETIRED
    Region.objects.filter(pk=ward.pk).update(valid_to=NOW.date())
    place.refresh_from_db()
    assert make.voice(place).region == place


def test_titles_of_spaces_are_refused(ward: Region, sari: Account) -> None:
    voices = [make.voice(ward)]
    assert refusal(services.gather_voices, by=sari, voices=voices, title=" ") == Reason.WORDS_MISSING
    facts = {**make.whole(), "title": "\t"}
    assert refusal(services.write_proposal, by=sari, need=make.verified_need(ward), **facts) == Reason.WORDS_MISSING
