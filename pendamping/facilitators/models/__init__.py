"""Everything this app keeps; one file per noun."""

from pendamping.facilitators.models.absences import Absence
from pendamping.facilitators.models.applications import Application, StageResult
from pendamping.facilitators.models.appointments import Appointment, Decree
from pendamping.facilitators.models.assignments import Assignment
from pendamping.facilitators.models.ceremonies import Attendee, Ceremony
from pendamping.facilitators.models.checks import Check, SecondCheck
from pendamping.facilitators.models.contracts import Contract
from pendamping.facilitators.models.duty_handovers import DutyHandover
from pendamping.facilitators.models.ethics import EthicsCase, EthicsCode, EthicsSignature, PanelSeat
from pendamping.facilitators.models.evaluation_rules import EvaluationRules, IndicatorRule
from pendamping.facilitators.models.evaluations import CoachingTask, Evaluation, EvaluationValue, Renewal
from pendamping.facilitators.models.evidence import Evidence
from pendamping.facilitators.models.exams import Answer, Blueprint, BlueprintLine, Seat, Sitting, VoidedQuestion
from pendamping.facilitators.models.interviews import (
    ConflictDeclaration,
    Criterion,
    Interview,
    PanelMember,
    ScoreSheet,
)
from pendamping.facilitators.models.logbook import LogEntry, LogFlag, LogRules, LogVersion
from pendamping.facilitators.models.month_rules import Deduction, MonthRules
from pendamping.facilitators.models.months import MonthDecision, MonthPlan, MonthReport, PlanLine
from pendamping.facilitators.models.objections import Objection
from pendamping.facilitators.models.pay import PayAccount, PayLine, PayRun
from pendamping.facilitators.models.questions import Question, QuestionBank
from pendamping.facilitators.models.rankings import Ranking
from pendamping.facilitators.models.requirements import Requirement
from pendamping.facilitators.models.rounds import Post, RequirementSet, Round
from pendamping.facilitators.models.standings import Standing

__all__ = [
    "Absence",
    "Answer",
    "Application",
    "Appointment",
    "Assignment",
    "Attendee",
    "Blueprint",
    "BlueprintLine",
    "Ceremony",
    "Check",
    "CoachingTask",
    "ConflictDeclaration",
    "Contract",
    "Criterion",
    "Decree",
    "Deduction",
    "DutyHandover",
    "EthicsCase",
    "EthicsCode",
    "EthicsSignature",
    "Evaluation",
    "EvaluationRules",
    "EvaluationValue",
    "Evidence",
    "IndicatorRule",
    "Interview",
    "LogEntry",
    "LogFlag",
    "LogRules",
    "LogVersion",
    "MonthDecision",
    "MonthPlan",
    "MonthReport",
    "MonthRules",
    "Objection",
    "PanelMember",
    "PanelSeat",
    "PayAccount",
    "PayLine",
    "PayRun",
    "PlanLine",
    "Post",
    "Question",
    "QuestionBank",
    "Ranking",
    "Renewal",
    "Requirement",
    "RequirementSet",
    "Round",
    "ScoreSheet",
    "Seat",
    "SecondCheck",
    "Sitting",
    "StageResult",
    "Standing",
    "VoidedQuestion",
]
