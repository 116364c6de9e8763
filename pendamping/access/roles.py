"""Roles as code: each a frozen set of verbs with the words people know it by (domain: actors, rights and needs)."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pendamping.access.verbs import Verb

V = Verb  # the table below stays readable

SEE = frozenset({V.WORK_SEE, V.RECORD_SEE, V.FIGURES_SEE})


@dataclass(frozen=True)
class Role:
    """What a person is in a place (id: peran)."""

    key: str
    office: str | Promise  # shown in public beside an act; never a person's name
    verbs: frozenset[V]
    levels: tuple[str, ...]  # where it can be granted
    official: bool = True  # officials must use a second factor
    is_facilitator: bool = False  # never approves, never pays
    delegates: frozenset[str] = frozenset()  # roles it holds the power to hand on, inside its own place and term
    own_level: frozenset[V] = frozenset()  # verbs for records of its own place itself, not of the places below it

    def carries(self, verb: V, *, held_at: str, path: str) -> bool:
        """Does this role, held at a place, carry `verb` at a path?"""
        return (verb in self.verbs and path.startswith(held_at)) or (verb in self.own_level and path == held_at)


def _role(
    key: str,
    office: str | Promise,
    levels: str,
    *verbs: V,
    sees: frozenset[V] = SEE,
    official: bool = True,
    is_facilitator: bool = False,
    delegates: str = "",
    own_level: tuple[V, ...] = (),
) -> Role:
    held = sees | frozenset(verbs)
    return Role(
        key, office, held, tuple(levels.split()), official, is_facilitator, frozenset(delegates.split()),
        frozenset(own_level),
    )  # fmt: skip


_FACILITATING = (
    V.VOICE_RECORD, V.VOICE_GATHER, V.VOICE_ANSWER, V.VOICE_MODERATE, V.NEED_VERIFY, V.NEED_ANSWER,
    V.PROPOSAL_WRITE, V.MEETING_CALL, V.MEETING_ATTENDANCE, V.PROGRESS_REPORT, V.BENEFIT_COUNT, V.ASSET_INSPECT,
    V.LOG_WRITE,
)  # fmt: skip

ROLES: dict[str, Role] = {
    role.key: role
    for role in (
        _role("rt_rw", _("RT/RW chair"), "rw rt ward", V.VOICE_RECORD, V.PROPOSAL_WRITE, official=False),
        _role("lpm", _("Ward empowerment council (LPM)"), "ward", V.VOICE_RECORD, V.PROPOSAL_WRITE, official=False),
        _role("resident_group", _("Residents' group"), "ward", V.VOICE_RECORD, V.PROPOSAL_WRITE, official=False),
        _role("community_group", _("Community group (pokmas)"), "ward", V.PROGRESS_REPORT, official=False),
        _role("ward_facilitator", _("Ward facilitator"), "ward", *_FACILITATING, is_facilitator=True),
        _role(
            "area_coordinator", _("Area coordinator"), "district city", V.PROPOSAL_CHECK, V.PROGRESS_VERIFY,
            V.PEOPLE_SEE, V.FACILITATOR_SEE, V.LOG_WRITE, V.LOG_VERIFY, V.MONTH_RECOMMEND, V.EVALUATION_COACH,
            V.TRAINING_SEE, V.TASK_ASSESS, V.SESSION_HOLD,
            is_facilitator=True,
        ),
        _role(
            "city_coordinator", _("City coordinator"), "city", V.PROPOSAL_CHECK, V.PROGRESS_VERIFY, V.PEOPLE_SEE,
            V.JOURNAL_SEE, V.FACILITATOR_SEE, V.LOG_WRITE, V.LOG_VERIFY, V.MONTH_RECOMMEND, V.EVALUATION_COACH,
            V.TRAINING_SEE, V.TASK_ASSESS, V.SESSION_HOLD,
            is_facilitator=True,
        ),
        _role(
            "ward_head", _("Ward head (lurah)"), "ward", V.MEETING_CALL, V.MEETING_DECIDE, V.PROJECT_APPROVE,
            V.ASSET_HAND_OVER, V.NEED_ANSWER, V.VOICE_ANSWER, V.VOICE_MODERATE, V.PEOPLE_SEE, V.PEOPLE_MANAGE,
            V.JOURNAL_SEE, V.FACILITATOR_SEE,
            delegates="rt_rw lpm resident_group community_group",
        ),
        _role(
            "ward_secretary", _("Ward secretary"), "ward", V.PROPOSAL_CHECK, V.PROGRESS_VERIFY, V.MEETING_ATTENDANCE,
            V.VOICE_RECORD,
        ),
        _role("technical_officer", _("Technical officer (PPTK)"), "ward district", V.PROJECT_PREPARE, V.ASSET_INSPECT),
        _role(
            "assistant_treasurer", _("Assistant treasurer"), "ward district city", V.PAYMENT_RECORD, V.HONORARIUM_PAY,
        ),
        _role(
            "district_head", _("District head (camat)"), "district", V.PEOPLE_SEE, V.JOURNAL_SEE, V.PROPOSAL_CHECK,
            V.PROGRESS_VERIFY, V.FACILITATOR_SEE, V.VOICE_ANSWER, V.VOICE_MODERATE, V.CASE_HANDLE, V.OBJECTION_ANSWER,
            own_level=(V.MEETING_CALL, V.MEETING_ATTENDANCE, V.MEETING_DECIDE),
        ),
        _role(
            "secretariat", _("Programme secretariat"), "city", V.PEOPLE_SEE, V.PEOPLE_MANAGE, V.REGION_MANAGE,
            V.IMPORT_RUN, V.JOURNAL_SEE, V.RULES_MANAGE, V.VIEW_AS, V.SELECTION_SEE, V.SELECTION_MANAGE,
            V.APPLICATION_RECEIVE, V.EXAM_RUN, V.FACILITATOR_SEE, V.APPOINTMENT_MANAGE, V.LOG_VERIFY, V.MONTH_APPROVE,
            V.EVALUATION_COACH, V.EVALUATION_DECIDE, V.TRAINING_SEE, V.TRAINING_MANAGE, V.SESSION_HOLD, V.TASK_ASSESS,
            V.VOICE_ANSWER, V.VOICE_MODERATE, V.CASE_HANDLE, V.LISTENING_MANAGE, V.OBJECTION_ANSWER,
            delegates="rt_rw lpm resident_group community_group ward_facilitator area_coordinator city_coordinator "
            "ward_head ward_secretary technical_officer assistant_treasurer district_head planning_agency "
            "finance_agency city_leader council selection_panel selection_checker ethics_panel trainer",
        ),
        _role("planning_agency", _("Planning agency"), "city", V.RULES_MANAGE, V.IMPORT_RUN),
        _role("finance_agency", _("Finance and asset agency"), "city", V.ASSET_INSPECT),
        _role(
            "inspectorate", _("Inspectorate"), "city", V.JOURNAL_SEE, V.PEOPLE_SEE, V.SELECTION_SEE, V.FACILITATOR_SEE,
            V.TRAINING_SEE, V.CASE_HANDLE,
        ),
        _role("city_leader", _("City leadership"), "city", V.JOURNAL_SEE, V.FACILITATOR_SEE, V.TRAINING_SEE),
        _role("council", _("City council (DPRD)"), "city", V.SELECTION_SEE),
        _role(
            "selection_panel", _("Selection panel"), "city", V.SELECTION_SEE, V.INTERVIEW_SCORE,
            sees=frozenset({V.WORK_SEE}),
        ),
        _role(
            "selection_checker", _("Selection file checker"), "city", V.SELECTION_SEE, V.APPLICATION_RECEIVE,
            V.APPLICATION_CHECK, V.EXAM_RUN, sees=frozenset({V.WORK_SEE}),
        ),
        _role(
            "trainer", _("Trainer"), "city", V.SESSION_HOLD, V.TASK_ASSESS, V.TRAINING_SEE,
            sees=frozenset({V.WORK_SEE}),
        ),
        _role("ethics_panel", _("Ethics panel"), "city", V.ETHICS_REVIEW, sees=frozenset({V.WORK_SEE})),
        _role(
            "administrator", _("System administrator"), "city", V.PEOPLE_SEE, V.VIEW_AS, V.REGION_MANAGE,
            sees=frozenset({V.WORK_SEE}),
        ),
    )
}  # fmt: skip
