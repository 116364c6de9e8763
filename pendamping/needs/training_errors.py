"""Field errors of voices, needs and proposals, for the suggestions of training."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from pendamping.core.models import JournalEntry
from pendamping.core.moments import day
from pendamping.needs.enums.proposals import Lack
from pendamping.needs.enums.voices import Channel
from pendamping.needs.models import Need, Proposal, Voice
from pendamping.training.errors import Seen, Window, field_error

VOICE_DAYS, NEED_DAYS = 14, 30  # our proposal: after so many days without an answer or a site check it is late


@field_error("proposal.returned.land_consent", label=_("Proposals returned: consent of the land owner missing"))
@field_error("proposal.returned.volume", label=_("Proposals returned: volume"))
@field_error("proposal.returned.cost", label=_("Proposals returned: cost"))
@field_error("proposal.returned.menu", label=_("Proposals returned: not an activity of the menu"))
@field_error("proposal.returned.duplicate", label=_("Proposals returned: there twice"))
@field_error("proposal.returned.beneficiaries", label=_("Proposals returned: who benefits"))
@field_error("proposal.returned.other", label=_("Proposals returned: something else"))
def proposals_returned(window: Window) -> Iterator[Seen]:
    """Two queries: the journal remembers a return also after the repair. It counts for whoever handed it in."""
    back = JournalEntry.objects.filter(
        window.at("at"), verb="needs.proposal_returned", subject_type=Proposal._meta.label
    )
    if window.accounts is None:
        back = back.filter(window.here())
    else:
        back = back.filter(subject_id__in=Proposal.objects.filter(submitted_by__in=window.accounts).values("pk"))
    rows = list(back.order_by("id").values_list("subject_id", "subject_code", "region_path", "at", "changes"))
    owners = Proposal.objects.filter(pk__in={row[0] for row in rows}).values_list("pk", "submitted_by")
    owner = dict(owners)
    for subject, code, path, at, changes in rows:
        lack = changes.get("lack") or Lack.OTHER
        yield Seen(f"proposal.returned.{lack}", owner.get(subject), path, day(at), code)


@field_error("voice.late_answer", label=_("Voices not answered in time"))
def voices_late(window: Window) -> Iterator[Seen]:
    """Voices that were neither gathered nor answered within the days, on the day these were over. One query."""
    wait = timedelta(days=VOICE_DAYS)
    heard = Window(window.since - wait, window.until - wait, window.paths)
    rows = Voice.objects.filter(heard.here(), heard.at("heard_at")).exclude(channel=Channel.IMPORT).order_by("id")
    for code, path, since, answered, gathered in rows.values_list(
        "code", "region_path", "heard_at", "answered_at", "gathering__at"
    ):
        if all(one is None or one > since + wait for one in (answered, gathered)):
            yield Seen("voice.late_answer", None, path, day(since + wait), code)


@field_error("need.unverified", label=_("Needs not checked on site in time"))
def needs_unverified(window: Window) -> Iterator[Seen]:
    """Needs neither verified nor answered within the days, on the day these were over. One query."""
    wait = timedelta(days=NEED_DAYS)
    made = Window(window.since - wait, window.until - wait, window.paths)
    rows = Need.objects.filter(made.here(), made.at("created_at")).order_by("id")
    for code, path, since, verified, answered in rows.values_list(
        "code", "region_path", "created_at", "verified_at", "answered_at"
    ):
        if all(one is None or one > since + wait for one in (verified, answered)):
            yield Seen("need.unverified", None, path, day(since + wait), code)
