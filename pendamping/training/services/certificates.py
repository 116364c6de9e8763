"""What the office does with certificates: issued, corrected, renewed, revoked. What is issued is never rewritten."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F

from pendamping.access import duties
from pendamping.access.models import Account
from pendamping.access.verbs import Verb
from pendamping.core import journal
from pendamping.core.acts import act
from pendamping.core.codes import new_code
from pendamping.core.moments import day, period
from pendamping.core.personal import mask_to
from pendamping.training import badges, signing
from pendamping.training.enums.certificates import CertificateState
from pendamping.training.models import Certificate, CertificateBatch, CourseVersion, Enrolment, SigningKey, StatusList
from pendamping.training.queries import certificates as queries
from pendamping.training.rules import badges as rules_of_badges
from pendamping.training.rules import certificates as rules


@dataclass(frozen=True)
class Press:
    """What issuing needs beside the person (id: bahan penerbitan), fetched once for many."""

    version: CourseVersion
    learned: rules_of_badges.Learned
    key: SigningKey
    status_list: StatusList
    office: str
    by: Account | None
    at: datetime


@act("training.certificate_issued")
def issue_certificate(
    *, by: Account | None, at: datetime, enrolment: Enrolment, name: str = "", over_revoked: bool = False
) -> Certificate:
    """Issue the certificate of somebody who passed (id: menerbitkan sertifikat). Empty name: that of the account.

    Refused: not passed, has one, was revoked before (unless `over_revoked`: the office says that it is settled).
    """
    enrolment = _locked(enrolment)
    with_press = press(enrolment.version, by=by, at=at)
    return issue_one(with_press, enrolment, name=name or enrolment.account.name, over_revoked=over_revoked)


def press(version: CourseVersion, *, by: Account | None, at: datetime) -> Press:
    """Lock the place where codes of the status list are given out, and gather the rest. In a transaction."""
    office = duties.office_of(by, Verb.TRAINING_MANAGE, version.region_path, at) if by else duties.OPERATOR
    return Press(
        version, badges.learned_of(version), signing.current(at), _open_list(at), office, by, at
    )  # fmt: skip


def issue_one(
    with_press: Press, enrolment: Enrolment, *, name: str, over_revoked: bool = False,
    batch: CertificateBatch | None = None,
) -> Certificate:  # fmt: skip
    """Check and issue one; part of an act. The enrolment is locked, its account and version are loaded."""
    name = " ".join(name.split())
    has = queries.valid_of(enrolment)
    rules.may_issue(
        enrolment_state=enrolment.state, valid_code=has.code if has else "", name=name,
        account_is_open=enrolment.account.is_active,
    ).or_raise()  # fmt: skip
    is_own = _is_own(enrolment.account_id, with_press.by)
    rules.may_issue_again(
        revoked_code=queries.revoked_before(enrolment), over_revoked=over_revoked, is_own=is_own
    ).or_raise()  # fmt: skip
    first = day(with_press.at)
    until = rules.last_day(first, with_press.version.course.valid_months)
    made = _make(with_press, enrolment, name=name, valid_from=first, valid_until=until, batch=batch)
    facts = {"course": with_press.version.course.code, "version": with_press.version.number, "valid_until": until}
    _tell("training.certificate_issued", made, with_press, changes=facts)
    return made


@act("training.certificate_corrected")
def correct_certificate(
    *, by: Account | None, at: datetime, certificate: Certificate, name: str, reason: str
) -> Certificate:
    """Correct the name (id: memperbaiki nama): a new certificate takes the place of the old one, with the same days.

    Returns the new one. Whoever checks the old one is told, and led to the new.
    """
    old = _of_ended(certificate)
    name = " ".join(name.split())
    rules.may_correct(
        now=_standing(old, at), old=old.name, name=name, reason=reason, is_own=_is_own(old.account_id, by)
    ).or_raise()  # fmt: skip
    return _replace(
        old, by=by, at=at, name=name, reason=reason, verb="training.certificate_corrected", valid_from=old.valid_from,
        valid_until=old.valid_until,
    )  # fmt: skip


@act("training.certificate_renewed")
def renew_certificate(*, by: Account | None, at: datetime, certificate: Certificate, reason: str) -> Certificate:
    """Renew after a refresher (id: memperpanjang): a new certificate from today on takes the place of the old one."""
    old = _of_ended(certificate)
    rules.may_renew(
        now=_standing(old, at), valid_until=old.valid_until, today=day(at), reason=reason,
        is_own=_is_own(old.account_id, by),
    ).or_raise()  # fmt: skip
    return _replace(
        old, by=by, at=at, name=old.name, reason=reason, verb="training.certificate_renewed", valid_from=day(at),
        valid_until=rules.last_day(day(at), old.version.course.valid_months),
    )  # fmt: skip


@act("training.certificate_revoked")
def revoke_certificate(*, by: Account | None, at: datetime, certificate: Certificate, reason: str) -> Certificate:
    """Revoke a certificate (id: mencabut sertifikat). The public page and the status list say so at once."""
    found = _of_ended(certificate)
    rules.may_revoke(now=_standing(found, at), reason=reason).or_raise()
    _end(found, CertificateState.REVOKED, by=by, at=at, reason=reason)
    office = duties.office_of(by, Verb.TRAINING_MANAGE, found, at) if by else duties.OPERATOR
    journal.record(
        "training.certificate_revoked", subject=found, region=found.region_path, by=by, at=at, office=office,
        public=False, reason=found.reason,
    )  # fmt: skip
    return found


def _replace(
    old: Certificate, *, by: Account | None, at: datetime, name: str, reason: str, verb: str, valid_from: date,
    valid_until: date | None,
) -> Certificate:  # fmt: skip
    """End one and issue its successor."""
    with_press = press(old.version, by=by, at=at)
    _end(old, CertificateState.SUPERSEDED, by=by, at=at, reason=reason)
    made = _make(with_press, old.enrolment, name=name, valid_from=valid_from, valid_until=valid_until, supersedes=old)
    _tell(verb, made, with_press, reason=old.reason, changes={"supersedes": old.code, "valid_until": valid_until})
    return made


def _make(with_press: Press, enrolment: Enrolment, *, name: str, valid_from: date, valid_until: date | None,
          supersedes: Certificate | None = None, batch: CertificateBatch | None = None) -> Certificate:  # fmt: skip
    place, city = with_press.status_list.used, with_press.version.course.region
    with_press.status_list.used = place + 1
    StatusList.objects.filter(pk=with_press.status_list.pk).update(used=F("used") + 1)
    code = new_code(Certificate.code_kind, with_press.at)
    while Certificate.objects.filter(code=code).exists():  # drawn again; what is signed holds the code
        code = new_code(Certificate.code_kind, with_press.at)
    token = badges.signed(
        code=code, name=name, mailbox=enrolment.account.email, version=with_press.version, valid_from=valid_from,
        valid_until=valid_until, status_list=with_press.status_list, status_index=place, key=with_press.key,
        learned=with_press.learned,
    )  # fmt: skip
    return Certificate.objects.create(
        code=code, created_at=with_press.at, region=city, region_path=city.path, period=period(with_press.at),
        enrolment=enrolment,
        account=enrolment.account, version=with_press.version, name=name, valid_from=valid_from,
        valid_until=valid_until, issued_by=with_press.by, batch=batch, supersedes=supersedes,
        status_list=with_press.status_list, status_index=place, signing_key=with_press.key, credential=token,
    )  # fmt: skip


def _end(found: Certificate, state: str, *, by: Account | None, at: datetime, reason: str) -> None:
    found.state, found.ended_at, found.ended_by, found.reason = state, at, by, mask_to(reason.strip(), 200)
    found.save(update_fields=["state", "ended_at", "ended_by", "reason"])


def _open_list(at: datetime) -> StatusList:
    """The list with places left, locked; a new one when all are given out."""
    last = StatusList.objects.select_for_update().order_by("-number").first()
    if last is not None and last.used + ROOM < last.length:
        return last
    number = last.number + 1 if last else 1
    return StatusList.objects.create(created_at=at, number=number)


ROOM = 100  # places a transaction may need at most


def _locked(enrolment: Enrolment) -> Enrolment:
    found = Enrolment.objects.select_for_update(of=("self",)).select_related("account", "version__course__region")
    return found.get(pk=enrolment.pk)


def _of_ended(certificate: Certificate) -> Certificate:
    """The certificate, locked with its enrolment: whoever issues waits."""
    Enrolment.objects.select_for_update().get(pk=certificate.enrolment_id)
    found = Certificate.objects.select_for_update(of=("self",)).select_related(
        "enrolment__account", "version__course__region"
    )
    return found.get(pk=certificate.pk)


def _is_own(account: int, by: Account | None) -> bool:
    return by is not None and by.pk == account


def _standing(found: Certificate, at: datetime) -> Any:
    return rules.standing(state=found.state, valid_until=found.valid_until, today=day(at))


def _tell(verb: str, made: Certificate, with_press: Press, *, changes: dict[str, Any], reason: str = "") -> None:
    journal.record(
        verb, subject=made, region=made.region_path, by=with_press.by, at=with_press.at, office=with_press.office,
        public=False, changes=changes, reason=reason,
    )  # fmt: skip
