"""What happens after completion: residents say whether it helps, and the people reached are counted."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from pendamping.access.duties import office_of
from pendamping.access.models import Account
from pendamping.access.verbs import Verb
from pendamping.benefits import queries, rules
from pendamping.benefits.enums import Reason
from pendamping.benefits.models import Confirmation, Reach
from pendamping.core import counters, journal
from pendamping.core.acts import act
from pendamping.core.errors import Refused
from pendamping.core.personal import mask, mask_to
from pendamping.planning.models import Project


@act("benefits.benefit_confirmed")
def confirm_benefit(
    *, project: Project, answer: str, device: str, by: Account | None, at: datetime, words: str = ""
) -> Confirmation:
    """Say whether a finished work helps (id: konfirmasi manfaat).

    Anyone may, once per device and work; `device` is the keyed hash made by benefits.devices. Refuses before
    completion, a second answer of the device, and "partly" or "no" without words. The answer is not shown in the
    public journal: the tally is public, and only from five answers on.
    """
    project = Project.objects.select_related("region").get(pk=project.pk)
    answered = Confirmation.objects.filter(project=project, device=device).exists()
    rules.may_confirm(project_state=project.state, answer=answer, words=words, answered=answered).or_raise()
    try:
        with transaction.atomic():
            confirmation = Confirmation.add(
                at=at, region=project.region, project=project, answer=answer, words=mask(words).text, device=device
            )
    except IntegrityError as problem:  # the same device, in the same moment
        if Confirmation.objects.filter(project=project, device=device).exists():
            raise Refused(Reason.ALREADY_ANSWERED) from problem
        raise
    journal.record(
        "benefits.benefit_confirmed",
        subject=confirmation,
        region=project.region,
        by=by,
        at=at,
        office="",
        changes={"project": project.code, "answer": answer},
        public=False,
    )
    counters.moved("benefit.answer", confirmation, None, answer)
    return confirmation


@act("benefits.reach_counted")
def count_reach(
    *,
    project: Project,
    women: int,
    men: int,
    method: str,
    by: Account | None,
    at: datetime,
    children: int = 0,
    poor: int = 0,
    disabled: int = 0,
) -> Reach:
    """Count how many people a finished work really reaches (id: menghitung penerima manfaat).

    `method` says how it was counted. Refuses before completion, a second count, nobody, and a group larger than the
    women and men together. For an empowerment project this is the last step of its journey.
    """
    project = queries.projects().select_for_update(of=("self",)).get(pk=project.pk)
    counted = Reach.objects.filter(project=project).exists()
    rules.may_count(project_state=project.state, counted=counted).or_raise()
    parts = {"children": children, "poor": poor, "disabled": disabled}
    rules.is_reach(women=women, men=men, parts=parts.items(), method=method).or_raise()
    reach = Reach.add(
        at=at,
        region=project.region,
        project=project,
        women=women,
        men=men,
        method=mask_to(method, 200),
        counted_by=by,
        **parts,
    )
    proposal = project.decision.item.proposal
    journal.record(
        "benefits.reach_counted",
        subject=reach,
        region=project.region,
        by=by,
        at=at,
        office=office_of(by, Verb.BENEFIT_COUNT, project, at),
        changes={"project": project.code, "people": [proposal.women + proposal.men, women + men]},
    )
    counters.change("reach.women", region_path=reach.region_path, period=reach.period, by=women)
    counters.change("reach.men", region_path=reach.region_path, period=reach.period, by=men)
    return reach
