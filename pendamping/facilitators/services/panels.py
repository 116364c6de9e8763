"""The rules of the interview and who sits on its panel."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from django.db import IntegrityError, transaction

from pendamping.access.models import Account
from pendamping.access.scope import scope_of
from pendamping.access.verbs import Verb
from pendamping.core.acts import act
from pendamping.core.errors import Refused
from pendamping.core.moments import day
from pendamping.core.personal import mask_to
from pendamping.facilitators.enums.interviews import Reason
from pendamping.facilitators.models import Criterion, PanelMember, Round, ScoreSheet
from pendamping.facilitators.queries import interviews as found
from pendamping.facilitators.rules import interviews as rules
from pendamping.facilitators.services.interviews import reveal_complete
from pendamping.facilitators.services.rounds import locked as locked_round
from pendamping.facilitators.services.telling import tell


@act("facilitators.interview_rules_set")
def set_interview_rules(
    *, by: Account | None, at: datetime, round: Round, criteria: Sequence[tuple[str, str, int]], least: int,
    outlier_over: Decimal, reserve_days: int,
) -> Round:  # fmt: skip
    """Fix what the interview looks at (id: menetapkan kriteria wawancara); anew until interviews begin.

    `criteria` are name, what it means, weight in percent; `least` members must score an applicant; a score further
    than `outlier_over` points from the median is striking; the reserve list is valid for `reserve_days`.
    """
    round = locked_round(round)
    clean = [(mask_to(name.strip(), 120), mask_to(about.strip(), 300), weight) for name, about, weight in criteria]
    rules.may_set(
        stage=round.stage, criteria=[(name, weight) for name, _about, weight in clean], least=least
    ).or_raise()
    Criterion.objects.filter(round=round).delete()
    Criterion.objects.bulk_create(
        Criterion(round=round, position=place, name=name, about=about, weight=weight, created_at=at)
        for place, (name, about, weight) in enumerate(clean, start=1)
    )
    round.interview_least, round.outlier_over, round.reserve_days = least, outlier_over, reserve_days
    round.save(update_fields=["interview_least", "outlier_over", "reserve_days"])
    tell(
        "facilitators.interview_rules_set", round, right=Verb.SELECTION_MANAGE, by=by, at=at, public=True,
        changes={
            "criteria": [[name, weight] for name, _about, weight in clean], "least": least,
            "outlier_over": str(outlier_over), "reserve_days": reserve_days,
        },
    )  # fmt: skip
    return round


@act("facilitators.panel_member_seated")
def seat_member(
    *, by: Account | None, at: datetime, round: Round, account: Account, is_chair: bool = False
) -> PanelMember:
    """Seat somebody on the panel of a round (id: mendudukkan anggota panel), from the beginning or mid-way."""
    round = locked_round(round)
    now = found.seated(round)
    rules.may_seat(
        stage=round.stage, stage_label=str(round.get_stage_display()), is_chair=is_chair,
        holds_right=scope_of(account, day(at)).can(Verb.INTERVIEW_SCORE, round),
        is_seated=now.filter(account=account).exists(), has_chair=now.filter(is_chair=True).exists(),
    ).or_raise()  # fmt: skip
    try:
        with transaction.atomic():
            seat = PanelMember.objects.create(
                round=round, account=account, is_chair=is_chair, seated_at=at, created_at=at
            )
    except IntegrityError:  # the same person, at the same moment, from another desk
        raise Refused(Reason.SEATED_ALREADY, field="account") from None
    changes = {"member": str(account.uid), "is_chair": is_chair}
    tell("facilitators.panel_member_seated", seat, right=Verb.SELECTION_MANAGE, by=by, at=at, changes=changes)
    return seat


@act("facilitators.panel_member_left")
def end_seat(*, by: Account | None, at: datetime, member: PanelMember, reason: str) -> PanelMember:
    """End a seat mid-way (id: mengakhiri kursi panel). Locked scores stay and count; what is not locked goes.

    Why stays with the seat until the first retention day of the round, not in the journal.
    """
    locked_round(member.round)
    seat = PanelMember.objects.select_for_update(of=("self",)).select_related("round__region", "account").get(
        pk=member.pk
    )  # fmt: skip
    reason = mask_to(reason.strip(), 200)
    rules.may_end_seat(
        stage=seat.round.stage, stage_label=str(seat.round.get_stage_display()), is_ended=seat.ended_at is not None,
        reason=reason,
    ).or_raise()  # fmt: skip
    seat.ended_at, seat.ended_reason = at, reason
    seat.save(update_fields=["ended_at", "ended_reason"])
    kept = ScoreSheet.objects.filter(member=seat, locked_at__isnull=False).count()
    dropped, _rows = ScoreSheet.objects.filter(member=seat, locked_at__isnull=True).delete()
    tell(
        "facilitators.panel_member_left", seat, right=Verb.SELECTION_MANAGE, by=by, at=at,
        changes={"member": str(seat.account.uid), "locked_kept": kept, "unlocked_dropped": dropped},
    )  # fmt: skip
    for application in found.invited(seat.round).filter(interview__isnull=True):
        reveal_complete(application, at=at)
    return seat
