"""What happens to a finished work afterwards: handed over, inspected, reported broken."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from pendamping.access.duties import Duty, duty_verdict, office_of
from pendamping.access.models import Account
from pendamping.access.verbs import Verb
from pendamping.assets import papers, queries, rules
from pendamping.assets.enums import Reason
from pendamping.assets.models import Asset, FaultReport, Handover, Inspection
from pendamping.core import counters, journal
from pendamping.core.acts import act
from pendamping.core.errors import Refused
from pendamping.core.images import store
from pendamping.core.images.door import CleanImage
from pendamping.core.models import Document
from pendamping.core.moments import day
from pendamping.core.personal import mask, mask_to
from pendamping.core.verdicts import Verdict
from pendamping.delivery import queries as delivery
from pendamping.needs import services as needs
from pendamping.needs.enums.voices import Channel
from pendamping.planning import services as planning
from pendamping.planning.models import Project


def hand_over(
    *,
    project: Project,
    number: str,
    handed_over_on: date,
    giver: str,
    custodian: str,
    value: int,
    name: str,
    place: str,
    next_inspection_on: date,
    by: Account | None,
    at: datetime,
    condition_note: str = "",
    volume: Decimal | None = None,
    op: uuid.UUID | None = None,
) -> Asset:
    """Give a finished work into somebody's care (id: serah terima) and print its minutes (BAST).

    `volume` is as built, where it was measured. Makes the handover and the asset in one act; the paper is printed after
    it, outside the transaction. Refuses anything but completed infrastructure, dates that cannot be, and who
    proposed, reported, verified or paid the work; a facilitator never hands over.
    """
    asset = _hand_over(
        project=project, number=number, handed_over_on=handed_over_on, giver=giver, custodian=custodian, value=value,
        name=name, place=place, next_inspection_on=next_inspection_on, condition_note=condition_note,
        volume=volume, by=by, at=at, op=op,
    )  # fmt: skip
    print_minutes(asset.handover, at=at)
    return asset


@act("assets.handed_over")
def _hand_over(
    *, project: Project, number: str, handed_over_on: date, giver: str, custodian: str, value: int, name: str,
    place: str, next_inspection_on: date, condition_note: str, volume: Decimal | None, by: Account | None,
    at: datetime,
) -> Asset:  # fmt: skip
    project = delivery.projects().select_for_update(of=("self",)).get(pk=project.pk)
    rules.may_hand_over(project_state=project.state, stream=project.stream).or_raise()
    rules.is_handover(
        words={"number": number, "giver": giver, "custodian": custodian, "name": name, "place": place},
        value=value,
        budget=project.budget,
        handed_over_on=handed_over_on,
        completed_on=day(project.completed_at) if project.completed_at else None,
        next_inspection_on=next_inspection_on,
        today=day(at),
    ).or_raise()
    giver_verdict(by=by, project=project, at=at).or_raise()
    shared: dict[str, Any] = {"region": project.region, "custodian": mask_to(custodian, 120), "value": value}
    handover = Handover.add(
        at=at, project=project, number=mask_to(number.strip(), 80), handed_over_on=handed_over_on,
        giver=mask_to(giver, 120),
        condition_note=mask(condition_note).text, volume=volume, by=by, **shared,
    )  # fmt: skip
    asset = Asset.add(
        at=at, handover=handover, name=mask_to(name, 160), place=mask_to(place, 200),
        next_inspection_on=next_inspection_on,
        built_on=day(project.completed_at or at), **shared,
    )  # fmt: skip
    after = delivery.pair_of(project)[1]
    if after is not None:
        asset.photos.add(after)
    journal.record(
        "assets.handed_over",
        subject=asset,
        region=project.region,
        by=by,
        at=at,
        office=office_of(by, Verb.ASSET_HAND_OVER, project, at),
        changes={"project": project.code, "value": value, "custodian": handover.custodian, "number": handover.number},
    )
    counters.moved("asset.condition", asset, None, asset.condition)
    counters.change("asset.rupiah", region_path=asset.region_path, period=asset.period, by=value)
    planning.mark_handed_over(project=project, by=by, at=at)
    return asset


def giver_verdict(*, by: Account | None, project: Project, at: datetime) -> Verdict:
    """May this person hand this work over? Not who proposed, reported, verified or paid it; never a facilitator."""
    return duty_verdict(by=by, place=project, at=at, takes=Duty.GIVER, earlier=delivery.duties_so_far(project))


def print_minutes(handover: Handover, *, at: datetime) -> Document:
    """The minutes of a handover (id: BAST), printed once and kept; asked again, the same paper."""
    if handover.document is not None:
        return handover.document
    paper = papers.issue_minutes(handover, at=at)
    Handover.objects.filter(pk=handover.pk, document__isnull=True).update(document=paper)
    handover.document = paper
    return paper


@act("assets.inspected")
def inspect(
    *,
    asset: Asset,
    inspected_on: date,
    condition: str,
    next_inspection_on: date,
    by: Account | None,
    at: datetime,
    finding: str = "",
    photos: Sequence[CleanImage] = (),
) -> Inspection:
    """Say in what condition an asset was found (id: memeriksa aset), with a photo that becomes public.

    Refuses a day to come, a day before the last inspection, damage without a finding, no photo, and a next
    inspection that does not lie ahead.
    """
    asset = Asset.objects.select_for_update(of=("self",)).select_related("region").get(pk=asset.pk)
    rules.is_inspection(
        inspected_on=inspected_on,
        built_on=asset.built_on,
        last_on=asset.inspected_on,
        condition=condition,
        finding=finding,
        photos=len(photos),
        next_inspection_on=next_inspection_on,
        today=day(at),
    ).or_raise()
    inspection = Inspection.add(
        at=at, region=asset.region, asset=asset, inspected_on=inspected_on, condition=condition,
        finding=mask(finding).text, next_inspection_on=next_inspection_on, by=by,
    )  # fmt: skip
    for image in photos:
        inspection.photos.add(store.publish(store.keep(image, region_path=asset.region_path, at=at), at=at))
    old, asset.condition = asset.condition, condition
    asset.inspected_on, asset.next_inspection_on = inspected_on, next_inspection_on
    asset.save(update_fields=["condition", "inspected_on", "next_inspection_on"])
    journal.record(
        "assets.inspected",
        subject=asset,
        region=asset.region,
        by=by,
        at=at,
        office=office_of(by, Verb.ASSET_INSPECT, asset, at),
        reason=inspection.finding,
        changes={
            "condition": [old, condition],
            "inspection": inspection.code,
            "next_inspection_on": next_inspection_on,
        },
    )
    counters.moved("asset.condition", asset, old, condition)
    return inspection


@act("assets.fault_reported")
def report_fault(
    *, asset: Asset, text: str, by: Account | None, at: datetime, photos: Sequence[CleanImage] = ()
) -> FaultReport:
    """Say that something standing is broken (id: melaporkan kerusakan): it becomes a voice and the journey begins.

    Anyone may; the words are kept masked, the photos stay private until an official has looked. Refuses empty words.
    """
    if not text.strip():
        raise Refused(Reason.FAULT_WORDS_NEEDED, field="text")
    asset = queries.assets().get(pk=asset.pk)
    proposal = asset.handover.project.decision.item.proposal
    voice = needs.give_voice(
        by=by, at=at, text=text, region=asset.region, menu_item=proposal.menu_item, other_words=proposal.other_words,
        place_words=asset.place, photos=photos, channel=Channel.ASSET,
    )  # fmt: skip
    fault = FaultReport.objects.create(asset=asset, voice=voice, created_at=at)
    journal.record(
        "assets.fault_reported",
        subject=asset,
        region=asset.region,
        by=by,
        at=at,
        office="",
        changes={"voice": voice.code},
    )
    return fault
