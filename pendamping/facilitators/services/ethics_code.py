"""The code of ethics: a new version published, signed by each person."""

from __future__ import annotations

from datetime import datetime

from pendamping.access.models import Account
from pendamping.access.verbs import Verb
from pendamping.core.acts import act
from pendamping.core.moments import day
from pendamping.core.personal import mask, mask_to
from pendamping.facilitators.models import Appointment, EthicsCode, EthicsSignature
from pendamping.facilitators.queries.ethics import code_in_force
from pendamping.facilitators.rules import ethics as rules
from pendamping.facilitators.services.telling import tell
from pendamping.regions.models import Region


@act("facilitators.ethics_code_published")
def publish_code(
    *, by: Account | None, at: datetime, region: Region, text_id: str, reason: str, text_en: str = "",
    legal_basis: str = "", is_proposal: bool = False, panel_least: int = 3, answer_days: int = 7,
) -> EthicsCode:  # fmt: skip
    """Publish a new version for a city (id: menetapkan kode etik); everybody in office is asked to sign it anew."""
    rules.may_publish(text=text_id, reason=reason).or_raise()
    region = Region.objects.select_for_update().get(pk=region.pk)
    before = code_in_force(region.path)
    made = EthicsCode.objects.create(
        created_at=at, region=region, version=before.version + 1 if before else 1, text_id=mask(text_id).text,
        text_en=mask(text_en).text, is_proposal=is_proposal, legal_basis=mask_to(legal_basis, 200),
        reason=mask_to(reason, 300), panel_least=panel_least, answer_days=answer_days, published_by=by,
    )  # fmt: skip
    facts = {"version": made.version, "is_proposal": is_proposal}
    tell("facilitators.ethics_code_published", made, by=by, at=at, reason=made.reason, changes=facts, public=True)
    return made


@act("facilitators.ethics_signed")
def sign_code(*, by: Account, at: datetime, appointment: Appointment, ethics_code: EthicsCode) -> EthicsSignature:
    """Bind oneself to the version in force (id: menandatangani kode etik). Refused: for somebody else, an older
    version, twice, after the end of the term."""
    appointment = Appointment.objects.select_for_update().get(pk=appointment.pk)
    current = code_in_force(appointment.region_path)
    rules.may_sign(
        is_own=by.pk == appointment.account_id, is_over=appointment.last_day < day(at),
        is_signed=EthicsSignature.objects.filter(ethics_code=ethics_code, appointment=appointment).exists(),
        is_in_force=current is not None and current.pk == ethics_code.pk,
    ).or_raise()  # fmt: skip
    made = EthicsSignature.objects.create(created_at=at, ethics_code=ethics_code, appointment=appointment)
    facts = {"appointment": appointment.code, "version": ethics_code.version}
    tell("facilitators.ethics_signed", made, by=by, at=at, right=Verb.WORK_SEE, changes=facts)
    return made
