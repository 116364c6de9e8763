"""What goes in and out of the API of proposals."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from pendamping.core.schemas import (
    Code,
    Pages,
    Rupiah,
    Sentences,
    SomeWords160,
    Volume,
    Words120,
    Words200,
)
from pendamping.needs.enums.menu import Unit
from pendamping.needs.enums.proposals import Lack, LandStatus
from pendamping.needs.models import Proposal


class RevisionIn(Schema):
    """All facts of a proposal anew; what is unknown may be left out until it is submitted."""

    fiscal_year: int = Field(ge=2019, le=2100)
    title: SomeWords160
    menu_item: str = Field(max_length=10)
    region: str = Field(
        "",
        pattern=r"^(\d{10}|\d{13}|\d{16})?$",
        description="Path of the ward, or of an RW or RT in it; empty: as before.",
    )
    description: Pages = ""
    place: Words200 = ""
    other_words: Words120 = ""
    volume: Volume = Decimal(0)
    unit: Unit = Unit.METRE
    estimated_cost: Rupiah = 0
    women: int = Field(0, ge=0, le=1_000_000)
    men: int = Field(0, ge=0, le=1_000_000)
    children: int = Field(0, ge=0, le=1_000_000)
    poor: int = Field(0, ge=0, le=1_000_000)
    disabled: int = Field(0, ge=0, le=1_000_000)
    land_status: LandStatus = LandStatus.UNKNOWN
    land_consent: Words200 = ""


class ProposalIn(RevisionIn):
    """A draft of a proposal for a need, for the need's own place unless another is given."""

    need: Code
    need_photos: bool = Field(False, description="Also show the photos of the site check.")


class WithdrawIn(Schema):
    """Why a proposal goes no further."""

    reason: Sentences


class CheckIn(Schema):
    """Pass a proposal on, or return it with what to repair."""

    ok: bool
    note: Sentences = ""
    lack: Lack | Literal[""] = Field("", description="What a returned one lacked above all; empty: something else.")


class ProposalOut(Schema):
    """A proposal as those see it who work with it."""

    code: str
    uid: UUID
    state: str
    need: str
    region: str
    fiscal_year: int
    title: str
    description: str
    place: str
    menu_item: str
    other_words: str
    volume: Decimal
    unit: str
    estimated_cost: int
    women: int
    men: int
    children: int
    poor: int
    disabled: int
    land_status: str
    land_consent: str
    submitted_at: datetime | None
    checked_at: datetime | None
    check_note: str
    check_lack: str
    withdrawn_at: datetime | None
    withdrawal: str

    @staticmethod
    def of(proposal: Proposal) -> ProposalOut:
        apart: dict[str, Any] = {
            "need": proposal.need.code,
            "region": proposal.region_path,
            "menu_item": proposal.menu_item.code,
        }
        names = [name for name in ProposalOut.model_fields if name not in apart]
        return ProposalOut(**{name: getattr(proposal, name) for name in names}, **apart)


class ProposalsOut(Schema):
    """A page of proposals; follow `next` until it is null."""

    next: str | None
    results: list[ProposalOut]
