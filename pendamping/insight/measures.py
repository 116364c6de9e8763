"""The figures people work with: which cells each one adds up, and which list holds exactly its records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pendamping.assets.enums import Condition
from pendamping.deliberation.enums.meetings import MeetingState
from pendamping.delivery.enums import ReportState
from pendamping.needs.enums.needs import NeedState
from pendamping.needs.enums.proposals import ProposalState
from pendamping.needs.enums.voices import VoiceState
from pendamping.planning.enums import UNAPPROVED, ProjectState


@dataclass(frozen=True)
class Figure:
    """A named sum of cells (id: angka); `kind` and `states` say which public list shows its records.

    `own_month` is false where a sum counts in another month than that of its record: its list is not cut by time.
    """

    label: Promise
    measure: str
    dimensions: tuple[str, ...] = ()
    kind: str = ""
    is_money: bool = False
    listed: tuple[str, ...] = ()
    own_month: bool = True

    @property
    def states(self) -> tuple[str, ...]:
        return self.listed or self.dimensions


STAGES: tuple[Figure, ...] = (
    Figure(_("Voices"), "voice.state", kind="suara"),
    Figure(_("Needs"), "need.state", kind="kebutuhan"),
    Figure(_("Needs verified"), "need.state", (NeedState.VERIFIED, NeedState.PROPOSED), "kebutuhan"),
    Figure(_("Proposals"), "proposal.state", kind="usulan"),
    Figure(_("Proposals funded"), "proposal.state", (ProposalState.FUNDED,), "usulan"),
    Figure(_("Projects"), "project.state", kind="kegiatan"),
    Figure(_("Works finished"), "project.state", (ProjectState.COMPLETED, ProjectState.HANDED_OVER), "kegiatan"),
    Figure(_("Assets"), "asset.condition", kind="aset"),
)

_APPROVED = tuple(s.value for s in ProjectState if s not in (*UNAPPROVED, ProjectState.CANCELLED))

MONEY: tuple[Figure, ...] = (
    Figure(
        _("Decided"), "decided.rupiah", kind="usulan", is_money=True, listed=(ProposalState.FUNDED,), own_month=False
    ),
    Figure(_("Planned"), "planned.rupiah", kind="kegiatan", is_money=True),
    Figure(_("Approved"), "approved.rupiah", kind="kegiatan", is_money=True, listed=_APPROVED, own_month=False),
    Figure(_("Paid"), "paid.rupiah", kind="pembayaran", is_money=True),
    Figure(_("Spent"), "spent.rupiah", kind="kemajuan", is_money=True, listed=(ReportState.VERIFIED,)),
    Figure(_("Assets, value"), "asset.rupiah", kind="aset", is_money=True),
)

MEASURES: tuple[str, ...] = tuple(
    sorted({figure.measure for figure in (*STAGES, *MONEY)} | {"report.state", "meeting.state"})
)


@dataclass(frozen=True)
class Record:
    """A working list with the states its records can be in."""

    label: Promise
    address: str
    measure: str
    states: Any
    kind: str


RECORDS: tuple[Record, ...] = (
    Record(_("Voices"), "needs:voices", "voice.state", VoiceState, "suara"),
    Record(_("Needs"), "needs:needs", "need.state", NeedState, "kebutuhan"),
    Record(_("Proposals"), "needs:proposals", "proposal.state", ProposalState, "usulan"),
    Record(_("Meetings"), "deliberation:meetings", "meeting.state", MeetingState, "musyawarah"),
    Record(_("Projects"), "planning:projects", "project.state", ProjectState, "kegiatan"),
    Record(_("Progress reports"), "delivery:reports", "report.state", ReportState, "kemajuan"),
    Record(_("Assets"), "assets:assets", "asset.condition", Condition, "aset"),
)
