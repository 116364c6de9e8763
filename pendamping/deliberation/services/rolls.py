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
from pendamping.core.personal import crypt, mask
from pendamping.core.verdicts import ALLOWED, Verdict, first_refusal, refused
from pendamping.deliberation import sealing
from pendamping.deliberation.enums.polls import WITHDRAWN, BallotChannel, PollPhase, PollReason
from pendamping.deliberation.models import Poll, RollEntry, Slip, VoteMark
from pendamping.deliberation.queries import polls as queries
from pendamping.deliberation.rules import polls as rules
from pendamping.deliberation.rules import rolls as roll_rules
from pendamping.deliberation.services.poll_clock import tell_clock
from pendamping.deliberation.services.shared import held, tell

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


@act("deliberation.slips_printed")
def print_slips(*, by: Account | None, at: datetime, poll: Poll, first: int, most: int) -> Poll:
    """Slips from number `first` on, at most `most` of them, are printed (id: mencetak kartu suara).

    Whoever holds a printed slip can vote with it, so each printing is kept with who, when and which numbers; no code
    is. Refuses when there is no such slip, and once voting is over.
    """
    poll = held(poll)
    rules.takes_voters(queries.phase_of(poll, at)).or_raise()
    slips = queries.slips_from(poll, first, most)
    if not slips:
        raise Refused(PollReason.SLIP_UNKNOWN, number=first)
    tell(
        "deliberation.slips_printed", poll.meeting, Verb.MEETING_CALL, by=by, at=at, public=False,
        changes={"poll": poll.number, "slips": len(slips), "first": slips[0].number, "last": slips[-1].number},
    )  # fmt: skip
    return poll


@act("deliberation.links_printed")
def print_links(*, by: Account | None, at: datetime, poll: Poll, most: int) -> Poll:
    """Links of people without a telephone who have not voted, at most `most`, are printed (id: mencetak tautan).

    Kept with who, when and which voters by number, as printing slips is. Refuses when nobody waits for one.
    """
    poll = held(poll)
    rules.takes_voters(queries.phase_of(poll, at)).or_raise()
    entries = list(queries.without_phone(poll)[:most]) if poll.has_remote else []
    if not entries:
        raise Refused(PollReason.NO_PHONE)
    tell(
        "deliberation.links_printed", poll.meeting, Verb.MEETING_CALL, by=by, at=at, public=False,
        changes={"poll": poll.number, "links": len(entries), "voters": ", ".join(str(one.number) for one in entries)},
    )  # fmt: skip
    return poll


@act("deliberation.slip_withdrawn")
def withdraw_slip(*, by: Account | None, at: datetime, poll: Poll, number: int, reason: str) -> Slip:
    """Make a slip unusable (id: menarik kartu suara): lost, torn, or handed to somebody who may not vote.

    Refuses one that was used, since its ballot can no longer be found, empty words, and once voting is over.
    """
    poll = held(poll)
    reason = mask(reason).text
    first_refusal(rules.takes_voters(queries.phase_of(poll, at)), rules.has_words(reason)).or_raise()
    slip = Slip.objects.filter(poll=poll, number=number).first()
    if slip is None:
        raise Refused(PollReason.SLIP_UNKNOWN, field="number", number=number)
    try:
        with transaction.atomic():
            VoteMark.objects.create(poll=poll, channel=WITHDRAWN, slip=slip)
    except IntegrityError:
        is_used = VoteMark.objects.get(slip=slip).channel != WITHDRAWN
        why = PollReason.SLIP_USED if is_used else PollReason.SLIP_WITHDRAWN
        raise Refused(why, field="number", number=number) from None
    tell(
        "deliberation.slip_withdrawn", poll.meeting, Verb.MEETING_CALL, by=by, at=at, reason=reason, public=False,
        changes={"poll": poll.number, "slip": number},
    )  # fmt: skip
    return slip


@act("deliberation.voter_added")
def add_voter(
    *, by: Account | None, at: datetime, poll: Poll, name: str, identity: str, phone: str = "", rt: str = "",
    reason: str = "",
) -> RollEntry:  # fmt: skip
    """Put somebody on the roll (id: mendaftarkan pemilih). Refuses somebody who is there already, and no name.

    Once voting is open the roll stands: who was missing is added with the reason, which is public with the new size.
    """
    poll = held(poll)
    reason = mask(reason).text
    now = queries.phase_of(poll, at)
    rules.may_add_voter(now, reason=reason).or_raise()
    tell_clock(poll, at=at)
    entry = _added(poll, at, Voter(name, identity, phone, rt))
    _tell(
        "deliberation.voter_added", poll, Verb.MEETING_CALL, by=by, at=at, voters=1, reason=reason,
        public=now == PollPhase.OPEN,
    )  # fmt: skip
    return entry


@act("deliberation.roll_taken")
def take_roll(*, by: Account | None, at: datetime, poll: Poll, voters: Sequence[Voter]) -> Poll:
    """Put a whole list on the roll (id: memasukkan daftar pemilih), all or nobody.

    Refuses who is there already, and any list once voting is open.
    """
    poll = held(poll)
    rules.may_take_list(queries.phase_of(poll, at)).or_raise()
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
def mark_voter(*, by: Account | None, at: datetime, entry: RollEntry, channel: str, reason: str = "") -> RollEntry:
    """Mark that somebody takes their ballot on paper or as a slip (id: menandai pemilih): their link is closed.

    Marked as withdrawn ("none", with the reason) they do not vote at all: put on the roll by mistake, say. Refuses
    somebody who has voted, or was marked, already: the database takes one mark for each person.
    """
    poll = held(entry.poll)
    reason = mask(reason).text
    may_mark(poll, at=at, channel=channel).or_raise()
    if channel == WITHDRAWN:
        rules.has_words(reason).or_raise()
    try:
        with transaction.atomic():
            VoteMark.objects.create(poll=poll, channel=channel, entry=entry)
    except IntegrityError:
        known = VoteMark.objects.get(entry=entry)
        raise Refused(PollReason.VOTED_OTHERWISE, channel=known.get_channel_display()) from None
    tell(
        "deliberation.voter_marked", poll.meeting, Verb.MEETING_ATTENDANCE, by=by, at=at, reason=reason, public=False,
        changes={"poll": poll.number, "voter": entry.number, "way": channel},
    )  # fmt: skip
    return entry


@act("deliberation.mark_taken_back")
def take_back_mark(*, by: Account | None, at: datetime, entry: RollEntry, reason: str) -> RollEntry:
    """Take back a mark that was set by mistake (id: membatalkan tanda pemilih): the person may vote again.

    Whoever was given paper or a slip gives it back first; the count compares ballots with marks. Refuses somebody who
    has voted with their link, empty words, and once voting is over.
    """
    poll = held(entry.poll)
    reason = mask(reason).text
    first_refusal(rules.takes_voters(queries.phase_of(poll, at)), rules.has_words(reason)).or_raise()
    known = VoteMark.objects.select_for_update(of=("self",)).filter(entry=entry).first()
    if known is None:
        raise Refused(PollReason.NOT_MARKED)
    if known.channel == BallotChannel.REMOTE:
        raise Refused(PollReason.VOTED_BY_LINK)
    known.delete()
    tell(
        "deliberation.mark_taken_back", poll.meeting, Verb.MEETING_ATTENDANCE, by=by, at=at, reason=reason,
        public=False, changes={"poll": poll.number, "voter": entry.number, "way": known.channel},
    )  # fmt: skip
    return entry


def may_mark(poll: Poll, *, at: datetime, channel: str) -> Verdict:
    """Can people be marked as voting this way now?"""
    if channel == WITHDRAWN:
        return rules.takes_voters(queries.phase_of(poll, at))
    is_on = channel in queries.channels_of(poll) and channel != BallotChannel.REMOTE
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


def _tell(
    verb: str, poll: Poll, right: Verb, *, by: Account | None, at: datetime, voters: int, reason: str = "",
    public: bool = False,
) -> None:  # fmt: skip
    changes = {"poll": poll.number, "voters": voters, "roll": poll.roll.count()}
    tell(verb, poll.meeting, right, by=by, at=at, reason=reason, public=public, changes=changes)
