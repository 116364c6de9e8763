"""Paper ballots: a count sheet is entered by two people, neither seeing the other; a third settles what differs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Max

from pendamping.access.models import Account
from pendamping.access.verbs import Verb
from pendamping.core.acts import act
from pendamping.core.errors import Refused
from pendamping.core.images import store
from pendamping.core.images.door import CleanImage
from pendamping.core.personal import mask
from pendamping.core.verdicts import Verdict, first_refusal
from pendamping.deliberation.enums.polls import BallotChannel, PollReason
from pendamping.deliberation.models import CountSheet, Poll, SheetEntry
from pendamping.deliberation.queries import polls as queries
from pendamping.deliberation.rules import count_sheets as rules
from pendamping.deliberation.rules import polls as poll_rules
from pendamping.deliberation.services.polls import apart_verdict
from pendamping.deliberation.services.shared import held, tell


@act("deliberation.sheet_added")
def add_sheet(*, by: Account | None, at: datetime, poll: Poll, photos: Sequence[CleanImage] = ()) -> CountSheet:
    """Add a count sheet of paper ballots with its photo (id: menambah lembar hitung); the photo stays private."""
    poll = held(poll)
    may_add(poll, at=at).or_raise()
    last = poll.sheets.aggregate(last=Max("number"))["last"] or 0
    sheet = CountSheet.objects.create(created_at=at, poll=poll, number=last + 1)
    sheet.photos.set([store.keep(photo, region_path=poll.region_path, at=at) for photo in photos])
    _tell("deliberation.sheet_added", sheet, by=by, at=at)
    return sheet


def may_add(poll: Poll, *, at: datetime) -> Verdict:
    """Can count sheets be entered now?"""
    verdict = poll_rules.may_enter_sheets(queries.phase_of(poll, at))
    if verdict and BallotChannel.PAPER not in queries.channels_of(poll):
        return Verdict(PollReason.CHANNEL_OFF)
    return verdict


@act("deliberation.sheet_entered")
def enter_sheet(
    *, by: Account, at: datetime, sheet: CountSheet, lines: str, blank: int = 0, spoiled: int = 0
) -> CountSheet:
    """Enter what stands on a count sheet (id: mengisi lembar hitung), as one of two people.

    When the second entry says the same, the sheet is settled. Refuses a line that is no ballot (naming it), a third
    entry, and the same person twice.
    """
    sheet = _held(sheet, at)
    form = queries.form_of(sheet.poll)
    found, verdict = rules.read_lines(form, lines)
    entries = list(sheet.entries.order_by("turn"))
    first_refusal(
        rules.may_enter(
            is_settled=sheet.settled_at is not None, entered_by=[one.by_id for one in entries], by=by.pk
        ),
        verdict,
        rules.has_something(lines=found, blank=blank, spoiled=spoiled),
    ).or_raise()  # fmt: skip
    SheetEntry.objects.create(
        created_at=at, sheet=sheet, turn=len(entries) + 1, by=by, lines=found, blank=blank, spoiled=spoiled
    )
    if entries and _says(entries[0]) == (found, blank, spoiled):
        _settle(sheet, by, at, (found, blank, spoiled), "")
    _tell("deliberation.sheet_entered", sheet, by=by, at=at)
    return sheet


@act("deliberation.sheet_settled")
def settle_sheet(
    *, by: Account, at: datetime, sheet: CountSheet, lines: str, reason: str, blank: int = 0, spoiled: int = 0
) -> CountSheet:
    """Say what counts where two entries of a sheet differ, and why (id: menyelesaikan selisih lembar hitung).

    By somebody who entered neither, and had no hand in a proposal of the ballot. Refuses empty words and what cannot be
    read.
    """
    sheet = _held(sheet, at)
    reason = mask(reason).text
    found, verdict = rules.read_lines(queries.form_of(sheet.poll), lines)
    entered_by = list(sheet.entries.values_list("by", flat=True))
    first_refusal(
        rules.may_settle(is_settled=sheet.settled_at is not None, entered_by=entered_by, by=by.pk, reason=reason),
        apart_verdict(by=by, poll=sheet.poll, at=at),
        verdict,
        rules.has_something(lines=found, blank=blank, spoiled=spoiled),
    ).or_raise()
    _settle(sheet, by, at, (found, blank, spoiled), reason)
    _tell("deliberation.sheet_settled", sheet, by=by, at=at, reason=reason, right=Verb.MEETING_DECIDE)
    return sheet


@act("deliberation.sheet_set_aside")
def set_aside_sheet(*, by: Account, at: datetime, sheet: CountSheet, reason: str) -> CountSheet:
    """Let a count sheet count for nothing (id: mengesampingkan lembar hitung): added by mistake, or counted twice.

    What two people entered stays to be read after the count, and the reason is public. Refuses empty words, somebody
    who entered it or had a hand in a proposal of the ballot, and one set aside already.
    """
    sheet = _held(sheet, at)
    reason = mask(reason).text
    entered_by = list(sheet.entries.values_list("by", flat=True))
    rules.may_set_aside(is_aside=sheet.is_aside, entered_by=entered_by, by=by.pk, reason=reason).or_raise()
    apart_verdict(by=by, poll=sheet.poll, at=at).or_raise()
    _settle(sheet, by, at, ({}, 0, 0), reason)
    _tell(
        "deliberation.sheet_set_aside", sheet, by=by, at=at, reason=reason, right=Verb.MEETING_DECIDE, public=True
    )  # fmt: skip
    return sheet


Said = tuple[rules.Lines, int, int]


def _says(entry: SheetEntry) -> Said:
    return entry.lines, entry.blank, entry.spoiled


def _settle(sheet: CountSheet, by: Account, at: datetime, said: Said, reason: str) -> None:
    sheet.lines, sheet.blank, sheet.spoiled = said
    sheet.settled_at, sheet.settled_by, sheet.reason = at, by, reason
    sheet.save()


def _held(sheet: CountSheet, at: datetime) -> CountSheet:
    poll = held(sheet.poll)
    may_add(poll, at=at).or_raise()
    found = CountSheet.objects.select_for_update(of=("self",)).filter(pk=sheet.pk, poll=poll).first()
    if found is None:
        raise Refused(PollReason.SHEET_NOT_BOTH)
    found.poll = poll
    return found


def _tell(
    verb: str, sheet: CountSheet, *, by: Account | None, at: datetime, reason: str = "",
    right: Verb = Verb.MEETING_ATTENDANCE, public: bool = False,
) -> None:  # fmt: skip
    tell(
        verb, sheet.poll.meeting, right, by=by, at=at, reason=reason, public=public,
        changes={"poll": sheet.poll.number, "sheet": sheet.number},
    )  # fmt: skip
