"""Who may vote: slips are made, the roll is filled, its people are marked, links go out, names are let go of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max, Q

from pendamping.access.models import Account
from pendamping.access.verbs import Verb
from pendamping.core.acts import act
from pendamping.core.errors import Refused
from pendamping.core.models import new_uid
from pendamping.core.personal import crypt
from pendamping.core.verdicts import ALLOWED, Verdict, first_refusal, refused
from pendamping.deliberation import sealing
from pendamping.deliberation.enums.polls import Channel, PollReason
from pendamping.deliberation.models import Poll, RollEntry, Slip, VoteMark
from pendamping.deliberation.queries import polls as queries
from pendamping.deliberation.rules import polls as rules
from pendamping.deliberation.rules import rolls as roll_rules
from pendamping.deliberation.services.polls import held
from pendamping.deliberation.services.shared import tell

KEPT = timedelta(days=90)  # names and telephones of a roll after its ballot is over: objections are heard by then


@dataclass(frozen=True)
class Voter:
    """Somebody to be put on the roll (id: calon pemilih). `identity` is any number that tells residents apart."""

    name: str
    identity: str
    phone: str = ""
    rt: str = ""


@act("deliberation.slips_made")
def make_slips(*, by: Account | None, at: datetime, poll: Poll, count: int) -> Poll:
    """Make slips for the hall (id: membuat kartu suara), each with a code for one ballot; printed afterwards."""
    poll = held(poll)
    known = poll.slips.aggregate(last=Max("number"))["last"] or 0
    rules.may_make_slips(
        now=queries.phase_of(poll, at), has_hall=poll.has_hall, count=count, known=known
    ).or_raise()  # fmt: skip
    slips = [Slip(uid=new_uid(), created_at=at, poll=poll, number=known + one) for one in range(1, count + 1)]
    for slip in slips:
        slip.digest = sealing.digest_of(sealing.slip_code(slip.uid))
    Slip.objects.bulk_create(slips)
    tell(
        "deliberation.slips_made", poll.meeting, Verb.MEETING_CALL, by=by, at=at, public=False,
        changes={"poll": poll.number, "slips": count},
    )  # fmt: skip
    return poll


@act("deliberation.voter_added")
def add_voter(
    *, by: Account | None, at: datetime, poll: Poll, name: str, identity: str, phone: str = "", rt: str = ""
) -> RollEntry:
    """Put somebody on the roll (id: mendaftarkan pemilih). Refuses somebody who is there already, and no name."""
    poll = _held_for_roll(poll, at)
    entry = _added(poll, at, Voter(name, identity, phone, rt))
    _tell("deliberation.voter_added", poll, Verb.MEETING_CALL, by=by, at=at, voters=1)
    return entry


@act("deliberation.roll_taken")
def take_roll(*, by: Account | None, at: datetime, poll: Poll, voters: Sequence[Voter]) -> Poll:
    """Put a whole list on the roll (id: memasukkan daftar pemilih), all or nobody. Refuses who is there already."""
    poll = _held_for_roll(poll, at)
    for voter in voters:
        _added(poll, at, voter)
    _tell("deliberation.roll_taken", poll, Verb.MEETING_CALL, by=by, at=at, voters=len(voters))
    return poll


def _added(poll: Poll, at: datetime, voter: Voter) -> RollEntry:
    name, identity, phone = voter.name.strip(), roll_rules.tidy_identity(voter.identity), voter.phone.strip()
    roll_rules.may_be_on_roll(name=name, identity=identity, phone=phone).or_raise()
    key, uid = crypt.new_subject_key(), new_uid()
    digest = crypt.blind_index(f"{poll.uid.hex}:{identity}", purpose="deliberation.roll")
    last = poll.roll.aggregate(last=Max("number"))["last"] or 0
    try:
        with transaction.atomic():
            return RollEntry.objects.create(
                uid=uid, created_at=at, poll=poll, number=last + 1, identity=digest, rt=voter.rt.strip()[:40],
                digest=sealing.digest_of(sealing.link_code(uid)), subject_key=key,
                name_cipher=crypt.encrypt(name, subject_key=key, field="roll.name"),
                phone_cipher=crypt.encrypt(roll_rules.tidy_phone(phone), subject_key=key, field="roll.phone")
                if phone else None,
            )  # fmt: skip
    except IntegrityError:
        known = RollEntry.objects.filter(poll=poll, identity=digest).first()
        if known is None:
            raise
        raise Refused(PollReason.ON_ROLL_ALREADY, field="identity", number=known.number) from None


def name_of(entry: RollEntry) -> str:
    """The name of somebody on the roll, for the people at the table; empty once it was let go of."""
    return _opened(entry, entry.name_cipher, "roll.name")


def phone_of(entry: RollEntry) -> str:
    """Where a link is sent; empty when there is no number, or once it was let go of."""
    return _opened(entry, entry.phone_cipher, "roll.phone")


def _opened(entry: RollEntry, cipher: Any, field: str) -> str:
    if entry.subject_key is None or cipher is None:
        return ""
    return crypt.decrypt(bytes(cipher), subject_key=bytes(entry.subject_key), field=field)


@act("deliberation.voter_marked")
def mark_voter(*, by: Account | None, at: datetime, entry: RollEntry, channel: str) -> RollEntry:
    """Mark that somebody takes their ballot on paper or as a slip (id: menandai pemilih): their link is closed.

    Refuses somebody who has voted, or was marked, already: the database takes one mark for each person.
    """
    poll = held(entry.poll)
    may_mark(poll, at=at, channel=channel).or_raise()
    try:
        with transaction.atomic():
            VoteMark.objects.create(poll=poll, channel=channel, entry=entry)
    except IntegrityError:
        mark = VoteMark.objects.get(entry=entry)
        raise Refused(PollReason.VOTED_OTHERWISE, channel=mark.get_channel_display()) from None
    tell(
        "deliberation.voter_marked", poll.meeting, Verb.MEETING_ATTENDANCE, by=by, at=at, public=False,
        changes={"poll": poll.number, "voter": entry.number, "way": channel},
    )  # fmt: skip
    return entry


def may_mark(poll: Poll, *, at: datetime, channel: str) -> Verdict:
    """Can people be marked as voting this way now?"""
    is_on = channel in queries.channels_of(poll) and channel != Channel.REMOTE
    return first_refusal(
        rules.is_voting(queries.phase_of(poll, at)), ALLOWED if is_on else refused(PollReason.CHANNEL_OFF)
    )


def forget_names(at: datetime) -> int:
    """Let go of names, telephones and identities of rolls whose ballots are long over; returns of how many people."""
    over = Q(poll__closed_at__lt=at - KEPT) | Q(poll__voided_at__lt=at - KEPT)
    gone = 0
    with transaction.atomic():
        for entry in RollEntry.objects.select_for_update(of=("self",)).filter(over, subject_key__isnull=False):
            entry.subject_key = entry.name_cipher = entry.phone_cipher = None
            entry.identity, entry.rt = entry.uid.hex, ""
            entry.save(update_fields=["subject_key", "name_cipher", "phone_cipher", "identity", "rt"])
            gone += 1
    return gone


def _held_for_roll(poll: Poll, at: datetime) -> Poll:
    poll = held(poll)
    now = queries.phase_of(poll, at)
    rules.takes_voters(now).or_raise()
    return poll


def _tell(verb: str, poll: Poll, right: Verb, *, by: Account | None, at: datetime, voters: int) -> None:
    tell(verb, poll.meeting, right, by=by, at=at, public=False, changes={"poll": poll.number, "voters": voters})
