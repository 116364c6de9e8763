"""What goes in and out of the API of certificates and gates."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field

from pendamping.training.enums.certificates import BatchState, Standing
from pendamping.training.enums.gates import FieldAct

Code = Annotated[str, Field(max_length=16)]
Words = Annotated[str, Field(max_length=200)]


class CertificateIssueIn(Schema):
    """Whose enrolment, and the name as printed; empty: that of the account."""

    enrolment: Code
    name: str = Field("", max_length=120)
    over_revoked: bool = False


class CertificateCorrectionIn(Schema):
    """The right name, and why."""

    name: str = Field(max_length=120)
    reason: Words


class CertificateReasonIn(Schema):
    """Why."""

    reason: Words


class CertificateOut(Schema):
    """A certificate."""

    code: str
    name: str
    course: str
    version: int
    hours: float
    valid_from: date
    valid_until: date | None
    standing: Standing
    successor: str | None
    address: str


class OwnCertificateOut(CertificateOut):
    """A certificate of one's own, with the signed credential while it counts."""

    credential: str


class CertificateBatchIn(Schema):
    """A version of a course."""

    course: Code
    version: int = Field(ge=1, le=10_000)


class CertificateBatchOut(Schema):
    """How far a batch is."""

    code: str
    state: BatchState
    total: int
    done: int
    refused: list[dict[str, Any]]
    finished_at: datetime | None


class GateIn(Schema):
    """Which act asks for which certificate, of whom, from when, on which basis."""

    course: Code
    verb: FieldAct
    role: str = Field("", max_length=40)
    module_key: str = Field("", max_length=40)
    starts_on: date
    ends_on: date | None = None
    grace_days: int = Field(0, ge=0, le=365)
    legal_basis: Words


class GateEndIn(Schema):
    """The last day it asks."""

    on: date


class GateOut(Schema):
    """A gate."""

    uid: uuid.UUID
    course: str
    verb: str
    role: str
    module_key: str
    starts_on: date
    ends_on: date | None
    grace_days: int
    legal_basis: str


class GateShutOutOut(Schema):
    """How many such a gate would shut out today."""

    count: int
