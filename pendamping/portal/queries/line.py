"""The line of time of a journey: journal entries as moments, newest first, with published photos and papers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet, Value
from django.urls import reverse
from django.utils.translation import gettext as _

from pendamping.access.pages import office_label
from pendamping.assets.models import Asset, FaultReport, Inspection
from pendamping.core import journal
from pendamping.core.models import JournalEntry
from pendamping.core.pieces import Entry, Photo
from pendamping.core.trace import Step, Trace
from pendamping.deliberation.models import Meeting
from pendamping.delivery.models import Payment, ProgressReport
from pendamping.needs.enums.proposals import ProposalState
from pendamping.needs.models import Need, Proposal, View, Voice
from pendamping.needs.queries.visible import public_voices, without_unseen
from pendamping.portal import rules
from pendamping.portal.queries.chain import Chain
from pendamping.telling import phrases

MOST = 300  # moments on one page; a journey rarely has fifty

# Which moment carries the photos of a record.
_SHOWN_WITH = {
    "needs.Voice": ("needs.voice_given", "needs.voice_recorded", "assets.fault_reported"),
    "needs.Need": ("needs.need_verified",),
    "needs.View": ("needs.view_taken",),
    "needs.Proposal": ("needs.proposal_submitted",),
    "delivery.ProgressReport": ("delivery.progress_reported",),
    "assets.Asset": ("assets.handed_over",),
    "assets.Inspection": ("assets.inspected",),
}

Key = tuple[str, int]


def entries(chain: Chain) -> list[JournalEntry]:
    """The public entries of every record of a chain, newest first, in one query."""
    projects = [project.pk for project in chain.projects]
    assets = [item.asset.pk for item in chain.handovers if hasattr(item, "asset")]
    found = journal.entries_about(chain.records, public_only=True)
    if projects:
        found = found | _about(Payment, Payment.objects.filter(project__in=projects))
    if assets:
        found = found | _about(Inspection, Inspection.objects.filter(asset__in=assets))
        found = found | _about(Voice, public_voices().filter(pk__in=_fault_voices(assets)))
    if chain.need:
        found = found | _about(View, View.objects.filter(viewpoint__need=chain.need))
    codes = {proposal.code for proposal in chain.proposals}
    whole = isinstance(chain.asked, Meeting)
    newest = without_unseen(found.order_by("-at", "-id")[:MOST], public_voices())
    return [entry for entry in newest if _belongs(entry, codes, whole) and phrases.told(entry.verb)]


def _about(model: Any, records: QuerySet[Any]) -> QuerySet[JournalEntry]:
    return JournalEntry.objects.filter(
        is_public=True, subject_type=model._meta.label, subject_id__in=records.values("pk")
    )


def _fault_voices(assets: list[int]) -> QuerySet[Any]:
    return FaultReport.objects.filter(asset__in=assets).values("voice")


def _belongs(entry: JournalEntry, codes: set[str], whole_meeting: bool) -> bool:
    """A meeting's entries about another proposal belong to that one's journey."""
    about = entry.changes.get("proposal")
    return whole_meeting or about is None or about in codes


def moments(chain: Chain, found: Iterable[JournalEntry]) -> list[Entry]:
    """Each entry as it is shown: what, when, which office, why, photos, a link to its record or paper."""
    pictures = published_photos(chain)
    papers = _papers(chain)
    notes = {report.pk: report.note for report in chain.reports}
    return [_moment(entry, chain, pictures, papers, notes) for entry in found]


def _moment(
    entry: JournalEntry, chain: Chain, pictures: Mapping[Key, list[Photo]], papers: Mapping[str, str],
    notes: Mapping[int, str],
) -> Entry:  # fmt: skip
    phrase = phrases.PHRASES[entry.verb]
    facts = phrases.particulars(entry.verb, entry.changes)
    key = (entry.subject_type, entry.subject_id)
    shows = entry.verb in _SHOWN_WITH.get(entry.subject_type, ())
    paper = papers.get(f"{entry.verb} {entry.subject_id}", "")
    href, link = (paper, _("The paper of this")) if paper else _record_link(entry, chain)
    return Entry(
        what=f"{phrase.sentence}: {facts}" if facts else str(phrase.sentence),
        when=entry.at,
        who=phrases.who(entry),
        why=_why(entry, notes),
        photos=tuple(pictures.get(key, ())) if shows else (),
        href=href,
        link=link,
        state=phrases.outcome_state(entry.verb, entry.changes),
    )


def _why(entry: JournalEntry, notes: Mapping[int, str]) -> str:
    """The reason given; beside a verified report also what its author wrote, which waited for the verification."""
    note = notes.get(entry.subject_id, "") if entry.verb == "delivery.progress_verified" else ""
    return "\n".join(words for words in (note, entry.reason) if words)


def _record_link(entry: JournalEntry, chain: Chain) -> tuple[str, str]:
    """A link where another road leaves this one: a meeting, a voice about the asset. The rest is all on this page."""
    code = entry.subject_code
    own = {chain.asked.code, *(voice.code for voice in chain.voices)}
    if code in own or not (code.startswith("S") or entry.verb == "deliberation.meeting_called"):
        return "", ""
    return reverse("portal:journey", args=[code]), code


def _papers(chain: Chain) -> dict[str, str]:
    meetings = {item.meeting_id: item.meeting for item in chain.items}
    found = {
        f"deliberation.meeting_closed {meeting.pk}": meeting.minutes.code
        for meeting in meetings.values()
        if meeting.minutes is not None
    }
    for item in chain.handovers:
        if item.document is not None and hasattr(item, "asset"):  # the journal tells of the asset
            found[f"assets.handed_over {item.asset.pk}"] = item.document.code
    return {key: reverse("document_check", args=[code]) for key, code in found.items()}


def published_photos(chain: Chain) -> dict[Key, list[Photo]]:
    """The published photos of the chain's records, in one query over all their link tables."""
    assets = [item.asset.pk for item in chain.handovers if hasattr(item, "asset")]
    wanted: list[tuple[Any, str, Any]] = [
        (Voice, "voice_id", [voice.pk for voice in chain.voices]),
        (Need, "need_id", [chain.need.pk] if chain.need else []),
        (Proposal, "proposal_id", [proposal.pk for proposal in chain.proposals]),
        (ProgressReport, "progressreport_id", [report.pk for report in chain.reports]),
        (Asset, "asset_id", assets),
        (Inspection, "inspection_id", Inspection.objects.filter(asset__in=assets).values("pk") if assets else []),
    ]
    parts = [_links(*each) for each in wanted if not isinstance(each[2], list) or each[2]]
    if chain.need:
        parts.append(_views(chain.need))
    if not parts:
        return {}
    rows = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    pictures: dict[Key, list[Photo]] = defaultdict(list)
    for label, pk, name, caption, _photo in sorted(rows, key=lambda row: row[4]):
        pictures[label, pk].append(_picture(name, caption))
    return pictures


def _views(need: Need) -> QuerySet[Any]:
    """The photos from the fixed points of a need, each on its own row."""
    views = View.objects.filter(viewpoint__need=need, photo__published_at__isnull=False)
    label = Value(View._meta.label)
    return views.order_by().values_list(label, "pk", "photo__name", "photo__caption", "photo_id")


def _links(model: Any, field: str, ids: Any) -> QuerySet[Any]:
    through = model.photos.through.objects.filter(**{f"{field}__in": ids}, photo__published_at__isnull=False)
    label = Value(model._meta.label)
    return through.order_by().values_list(label, field, "photo__name", "photo__caption", "photo_id")


def _picture(name: str, caption: str) -> Photo:
    full = reverse("access:photo", args=[name, "full"])
    return Photo(src=reverse("access:photo", args=[name, "thumb"]), alt=caption or _("Photo of the place"), href=full)


def trace(chain: Chain, found: Iterable[JournalEntry]) -> Trace:
    """The eight steps with the days they were taken and the offices that took them."""
    standing = chain.asked.trace if isinstance(chain.asked, Meeting) else rules.standing(chain.facts)
    days: dict[Step, date | datetime] = {}
    offices: dict[Step, str] = {}
    for entry in sorted(found, key=lambda entry: entry.id):
        step = phrases.PHRASES[entry.verb].step
        if step is not None and step not in days:
            days[step], offices[step] = entry.at, str(office_label(entry.office))
    reason = stop_reason(chain) if standing.stopped else ""
    return replace(standing, reason=reason, days=days, offices=offices)


def stop_reason(chain: Chain) -> str:
    """The words given where a journey stopped."""
    if isinstance(chain.asked, Meeting):
        return chain.asked.cancellation
    proposal = chain.proposal
    if proposal is not None and proposal.state == ProposalState.WITHDRAWN:
        return chain.need.answer if chain.need and chain.need.answer else proposal.withdrawal
    if chain.decision is not None:
        return f"{chain.decision.get_outcome_display()}: {chain.decision.reason}"
    if chain.need is not None:
        return chain.need.answer
    return chain.voices[0].answer if chain.voices else ""
