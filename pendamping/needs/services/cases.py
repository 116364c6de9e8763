"""Voices about persons: who reads them is named, one by one; what was said and done stays with these."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pendamping.access.duties import nearest_office, office_of
from pendamping.access.models import Account
from pendamping.access.verbs import Verb
from pendamping.core import journal
from pendamping.core.acts import act
from pendamping.core.images import store
from pendamping.core.moments import day
from pendamping.core.personal import mask
from pendamping.needs.models import CaseMember, Voice
from pendamping.needs.queries.cases import is_on_team, people_to_name, readers
from pendamping.needs.queries.visible import hidden_among
from pendamping.needs.rules import moderation as rules
from pendamping.needs.services import counting, exports
from pendamping.needs.services.clock import locked_together
from pendamping.needs.services.solving import done_with
from pendamping.needs.services.voices import close


@act("needs.case_kept")
def keep_confidential(*, by: Account, at: datetime, voice: Voice) -> Voice:
    """Take a voice about a person out of everybody's sight (id: merahasiakan suara), also that of whoever does it.

    From then on its case team alone reads it, and files that may hold it are deleted; voices joined with it stand for
    themselves again. Refuses a voice that is part of a need: that one is hidden.
    """
    voice = locked_together(voice, among=Voice.everything)[voice.pk]
    rules.may_keep_confidential(is_confidential=voice.is_confidential, state=voice.state).or_raise()
    if not hidden_among([voice]):
        counting.vanished(voice)
    Voice.objects.filter(duplicate_of=voice).update(duplicate_of=None)
    voice.is_confidential, voice.duplicate_of = True, None
    voice.save(update_fields=["is_confidential", "duplicate_of"])
    _shut_photos(voice)
    exports.recall(voice)
    _tell("needs.case_kept", voice, by=by, at=at, verb_held=Verb.VOICE_MODERATE)
    return voice


@act("needs.case_member_named")
def name_member(*, by: Account, at: datetime, voice: Voice, account: Account) -> CaseMember:
    """Let somebody read a confidential voice (id: menunjuk tim kasus). Needs case.handle at the place (asked before).

    Refuses oneself, people without an office in the city today, administrators, and somebody named already.
    """
    voice = _locked(voice)
    rules.may_name(
        is_self=account == by,
        is_named=CaseMember.objects.filter(voice=voice, account=account, ended_at__isnull=True).exists(),
        holds_office=people_to_name(voice, day(at)).filter(pk=account.pk).exists(),
    ).or_raise()
    made = CaseMember.objects.create(voice=voice, account=account, named_by=by, created_at=at)
    _tell("needs.case_member_named", voice, by=by, at=at, verb_held=Verb.CASE_HANDLE, account=account.uid)
    return made


@act("needs.case_member_ended")
def end_member(*, by: Account, at: datetime, voice: Voice, account: Account) -> CaseMember:
    """Let somebody read a confidential voice no more (id: mengakhiri penunjukan); others must still read it."""
    voice = _locked(voice)
    team = CaseMember.objects.filter(voice=voice, ended_at__isnull=True)
    member = team.filter(account=account).first()
    others = readers(day(at)).filter(voice=voice).exclude(account=account)
    rules.may_end_naming(is_named=member is not None, has_others=others.exists()).or_raise()
    CaseMember.objects.filter(pk=member.pk).update(ended_at=at)  # type: ignore[union-attr]
    _tell("needs.case_member_ended", voice, by=by, at=at, verb_held=Verb.CASE_HANDLE, account=account.uid)
    return CaseMember.objects.get(pk=member.pk)  # type: ignore[union-attr]


@act("needs.case_answered")
def answer_case(*, by: Account, at: datetime, voice: Voice, answer: str) -> Voice:
    """Answer a confidential voice (id: menjawab suara rahasia): read by whoever holds its key. Counted nowhere.

    Refuses whoever is not on its team, a voice answered already and not opened again, and empty words.
    """
    voice = _locked(voice)
    answer = mask(answer).text
    rules.may_answer_case(is_on_team=is_on_team(voice, by, day(at)), state=voice.state, answer=answer).or_raise()
    _tell("needs.case_answered", voice, by=by, at=at, verb_held=Verb.CASE_HANDLE)
    close(voice, answer=answer, by=by, at=at)
    done_with([voice], at)
    return voice


def _shut_photos(voice: Voice) -> None:
    """The photos of a confidential voice and its thread are shown on the page of the case alone."""
    store.close(voice.photos.all())
    for message in voice.messages.all():
        store.close(message.photos.all())


def _tell(verb: str, voice: Voice, *, by: Account, at: datetime, verb_held: Verb, **changes: Any) -> None:
    """Told in the chain of the city, to nobody but readers of the case: not which ward, not a word."""
    office = office_of(by, verb_held, voice, at) or nearest_office(by, voice, at)  # the named act by no right of theirs
    journal.record(
        verb, subject=voice, region=voice.city_path, by=by, at=at, office=office,
        changes=changes, public=False,
    )  # fmt: skip


def _locked(voice: Voice) -> Voice:
    return Voice.everything.select_for_update(of=("self",)).get(pk=voice.pk)
