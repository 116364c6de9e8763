"""How long residents wait, whose place was never heard, and which proposals were right at first: for evaluations."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from pendamping.core.models import JournalEntry
from pendamping.facilitators.enums.evaluations import IndicatorGroup, IndicatorUnit
from pendamping.facilitators.indicators import Reading, Service, indicator, of_share, of_waits
from pendamping.needs.enums.voices import Channel
from pendamping.needs.models import Need, Proposal, Voice
from pendamping.regions.models import Level, Region


@indicator(
    "needs.first_answer", group=IndicatorGroup.RESPONSIVE, unit=IndicatorUnit.DAYS,
    label=_("Days until a voice is first answered"),
    formula=_(
        "The middle of all waits, from the day a voice is heard until it becomes part of a need or is "
        "answered, in days on duty. A voice still waiting counts with its age so far. Voices you recorded "
        "yourself and imported ones are left out."
    ),
)  # fmt: skip
def first_answer(service: Service) -> Reading:
    """One query. Own recordings are left out: gathering them at once would shorten every median."""
    waiting = Q(answered_at__isnull=True, gathering__isnull=True)
    touched = Q(answered_at__gte=service.start) | Q(gathering__at__gte=service.start)
    found = Voice.objects.filter(service.here(), waiting | touched, service.before_end("heard_at"))
    found = found.exclude(recorded_by=service.account).exclude(channel=Channel.IMPORT).order_by("id")
    rows = found.values_list("code", "region_path", "heard_at", "answered_at", "gathering__at")
    return of_waits(
        service,
        (
            (code, path, heard, min((one for one in (answered, gathered) if one is not None), default=None))
            for code, path, heard, answered, gathered in rows
        ),
    )


@indicator(
    "needs.verification", group=IndicatorGroup.RESPONSIVE, unit=IndicatorUnit.DAYS,
    label=_("Days until a need is checked on site"),
    formula=_(
        "The middle of all waits, from the day a need is gathered until it is verified on site or answered, "
        "in days on duty. A need still open counts with its age so far."
    ),
)  # fmt: skip
def verification(service: Service) -> Reading:
    """One query."""
    waiting = Q(verified_at__isnull=True, answered_at__isnull=True)
    touched = Q(verified_at__gte=service.start) | Q(answered_at__gte=service.start)
    found = Need.objects.filter(service.here(), waiting | touched, service.before_end("created_at")).order_by("id")
    rows = found.values_list("code", "region_path", "created_at", "verified_at", "answered_at")
    return of_waits(
        service,
        (
            (code, path, made, min((one for one in (checked, answered) if one is not None), default=None))
            for code, path, made, checked, answered in rows
        ),
    )


@indicator(
    "needs.proposals_first_pass", group=IndicatorGroup.PROFESSIONAL, unit=IndicatorUnit.SHARE,
    label=_("Proposals accepted at the first check"),
    formula=_("Your proposals of the half-year that the check never returned, of all that were checked."),
)  # fmt: skip
def proposals_first_pass(service: Service) -> Reading:
    """One query; the journal remembers a return also after the repair."""
    about = JournalEntry.objects.filter(
        subject_type=Proposal._meta.label, subject_id=OuterRef("pk"), at__lt=service.end
    )
    returned = Exists(about.filter(verb="needs.proposal_returned"))
    mine = Q(submitted_by=service.account) | Q(proposed_by=service.account)
    found = Proposal.objects.filter(service.at("submitted_at"), mine).annotate(returned=returned)
    rows = found.order_by("id").values_list("code", "returned", "checked_at")
    return of_share((code, not back) for code, back, checked in rows if back or checked is not None)


@indicator(
    "needs.rts_unheard", group=IndicatorGroup.PARTICIPATORY, unit=IndicatorUnit.SHARE,
    label=_("RTs from which nothing was ever heard"),
    formula=_(
        "RTs of your wards without a single voice until the end of the half-year, of all RTs. The fewer, the "
        "better."
    ),
)  # fmt: skip
def rts_unheard(service: Service) -> Reading:
    """One query."""
    heard = Voice.objects.filter(service.before_end("heard_at"), region=OuterRef("pk"))
    inside = Q(pk__in=[])
    for path in service.paths:
        inside |= Q(path__startswith=path)
    rts = Region.objects.filter(inside, level=Level.RT, valid_to__isnull=True).annotate(heard=Exists(heard))
    rows = rts.order_by("path").values_list("path", "heard")
    return of_share((path, not heard) for path, heard in rows)
