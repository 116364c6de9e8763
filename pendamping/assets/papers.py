"""The papers of an asset: the minutes of its handover (id: BAST), and the plate with the code to scan."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import override

from pendamping.access.duties import office_of
from pendamping.access.pages import office_label
from pendamping.access.verbs import Verb
from pendamping.assets.models import Asset, Handover
from pendamping.core import formats
from pendamping.core.documents.document import issue
from pendamping.core.documents.printing import picture, qr, render
from pendamping.core.models import Document, Photo
from pendamping.core.money import rupiah
from pendamping.core.trace import Step, Trace
from pendamping.delivery import queries as delivery
from pendamping.planning.models import Project
from pendamping.regions.models import WIDTHS, Region

LANGUAGE = "id"  # official papers are in the language of the state


def issue_minutes(handover: Handover, *, at: datetime) -> Document:
    """Print and keep the minutes of a handover: parties, contract, volume, value, condition, photos, signatures."""
    project = delivery.projects().get(pk=handover.project_id)
    with override(LANGUAGE):
        office = office_label(office_of(handover.by, Verb.ASSET_HAND_OVER, handover, at))
        return issue(
            kind="assets.handover",
            template="blocks",
            data={
                "language": LANGUAGE,
                "letterhead": letterhead(project.region_path),
                "number": handover.number,
                "trace": {"steps": 8, "at": 8, "text": Trace(Step.ASSET).text},
                "blocks": _blocks(handover, project, office),
            },
            subject=handover,
            region=handover.region_path,
            at=at,
            office=office,
            title=_("Minutes of handover"),
        )


def letterhead(path: str) -> dict[str, Any]:
    """City, district and ward above a paper of a place: the place's own city, whatever this installation is called."""
    cuts = [path[: WIDTHS[level]] for level in ("city", "district", "ward") if len(path) >= WIDTHS[level]]
    city, *places = Region.objects.filter(path__in=cuts).order_by("path")
    return {"lines": [_("Government of %(city)s") % {"city": city.label}, *(place.label for place in places)]}


def _blocks(handover: Handover, project: Project, office: str) -> list[dict[str, Any]]:
    asset = handover.asset
    photos = _photos(project)
    pair: list[dict[str, Any]] = [
        {"kind": "heading", "text": _("Before and after")},
        {"kind": "photos", "items": photos},
    ]
    return [
        {
            "kind": "paragraph",
            "text": _(
                "On %(day)s the work named below was handed over by %(giver)s to %(office)s, and given into the care "
                "of %(custodian)s, who will look after it from this day on."
            )
            % {
                "day": _weekday(handover.handed_over_on),
                "giver": handover.giver,
                "office": office,
                "custodian": handover.custodian,
            },
        },
        {"kind": "heading", "text": _("The work")},
        {"kind": "facts", "rows": _facts(handover, project)},
        {"kind": "heading", "text": _("Volume and money")},
        _figures(handover, project),
        {"kind": "heading", "text": _("Condition at the handover")},
        {"kind": "paragraph", "text": handover.condition_note or _("No defects were noted.")},
        {
            "kind": "paragraph",
            "text": _("Asset code %(code)s. Next inspection on %(day)s.")
            % {"code": asset.code, "day": formats.day(asset.next_inspection_on)},
        },
        {
            "kind": "signatures",
            "items": [
                {"role": _("Handed over by"), "name": handover.giver},
                {"role": _("Received by"), "name": office},
                {"role": _("Kept by"), "name": handover.custodian},
            ],
        },
        *(pair if photos else []),
    ]


def _weekday(on: date) -> str:
    return f"{WEEKDAYS[on.weekday()]}, {formats.day(on)}"


def _facts(handover: Handover, project: Project) -> list[list[str]]:
    meeting = project.decision.item.meeting
    return [
        [_("Work"), project.title],
        [_("Asset"), handover.asset.name],
        [_("Location"), f"{handover.asset.place}, {project.region.label}"],
        [_("Project code"), project.code],
        [_("Decided by"), f"{meeting.title}, {formats.day(meeting.held_on)}"],
        [_("Executor"), project.executor],
        [_("Fiscal year and source"), f"{project.fiscal_year}, {project.funding_source}"],
        [_("Time of work"), f"{formats.day(project.starts_on)} – {formats.day(project.ends_on)}"],
        [_("Completed on"), formats.day(project.completed_at)],
    ]


def _figures(handover: Handover, project: Project) -> dict[str, Any]:
    money, proposal = delivery.money_of(project), project.decision.item.proposal
    volume = formats.volume(proposal.volume, str(proposal.get_unit_display()))
    built = proposal.volume if handover.volume is None else handover.volume
    return {
        "kind": "table",
        "columns": [
            {"title": _("Item"), "wide": True},
            {"title": _("Planned"), "align": "right"},
            {"title": _("Real"), "align": "right"},
        ],
        "rows": [
            [_("Volume"), volume, formats.volume(built, str(proposal.get_unit_display()))],
            [_("Budget and money spent"), rupiah(project.budget), rupiah(money.spent)],
            [_("Paid out to the executor"), rupiah(project.budget), rupiah(money.paid)],
            [_("Value handed over"), "–", rupiah(handover.value)],
        ],
    }


def _photos(project: Project) -> list[dict[str, Any]]:
    pairs = zip((_("Before"), _("After")), delivery.pair_of(project), strict=True)
    return [_photo(photo, label, project) for label, photo in pairs if photo is not None]


def _photo(photo: Photo, label: str, project: Project) -> dict[str, Any]:
    return {"bytes": picture(photo), "alt": f"{label}: {project.title}", "caption": label}


def public_url(asset: Asset) -> str:
    """The address behind the code on the plate."""
    with override(LANGUAGE):
        return f"{settings.SITE_URL.rstrip('/')}{reverse('assets:public', args=[asset.code])}"


def plate(asset: Asset, *, at: datetime) -> bytes:
    """The plate to fix on an asset (id: pelat aset): A6, with the code that leads to its page."""
    project = asset.handover.project
    url = public_url(asset)
    with override(LANGUAGE):
        data = {
            "language": LANGUAGE,
            "title": asset.name,
            "place": asset.place,
            "city": Region.objects.get(path=asset.region_path[: WIDTHS["city"]]).label,
            "code": asset.code,
            "url": url,
            "qr": qr(url),
            "lines": [
                _("Built %(year)s with %(amount)s from %(source)s")
                % {"year": asset.built_on.year, "amount": rupiah(asset.value), "source": project.funding_source},
                _("Kept by %(custodian)s") % {"custodian": asset.custodian},
            ],
            "invitation": _("Broken? Scan and say so."),
        }
        return render("assets/plate", data, at=at)
