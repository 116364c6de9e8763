"""Everything a person may be allowed to do, named once."""

from __future__ import annotations

from enum import StrEnum


class Verb(StrEnum):
    """A thing one may do in a place (id: kewenangan). Those in READS change nothing."""

    WORK_SEE = "work.see"  # the first page after sign-in
    RECORD_SEE = "record.see"  # the working view of records of a place
    FIGURES_SEE = "figures.see"
    JOURNAL_SEE = "journal.see"
    PEOPLE_SEE = "people.see"
    PEOPLE_MANAGE = "people.manage"
    VIEW_AS = "people.view_as"
    REGION_MANAGE = "region.manage"
    IMPORT_RUN = "import.run"
    VOICE_RECORD = "voice.record"
    VOICE_GATHER = "voice.gather"
    VOICE_ANSWER = "voice.answer"
    VOICE_MODERATE = "voice.moderate"  # hide, edit, cover, settle what was reported, block
    CASE_HANDLE = "case.handle"  # know that a confidential voice is there, and name who reads it
    LISTENING_MANAGE = "listening.manage"  # categories, deadlines, days off, ready answers, criteria
    NEED_VERIFY = "need.verify"
    NEED_ANSWER = "need.answer"
    PROPOSAL_WRITE = "proposal.write"
    PROPOSAL_CHECK = "proposal.check"
    MEETING_CALL = "meeting.call"
    MEETING_ATTENDANCE = "meeting.attendance"
    MEETING_DECIDE = "meeting.decide"
    OBJECTION_ANSWER = "objection.answer"  # against a closed meeting; never by who closed it
    RULES_MANAGE = "rules.manage"
    PROJECT_PREPARE = "project.prepare"
    PROJECT_APPROVE = "project.approve"
    PROGRESS_REPORT = "progress.report"
    PROGRESS_VERIFY = "progress.verify"
    PAYMENT_RECORD = "payment.record"
    BENEFIT_COUNT = "benefit.count"
    ASSET_HAND_OVER = "asset.hand_over"
    ASSET_INSPECT = "asset.inspect"
    SELECTION_SEE = "selection.see"  # a round from inside: numbers, codes and reasons, no identities
    SELECTION_MANAGE = "selection.manage"
    APPLICATION_RECEIVE = "application.receive"  # the counter
    APPLICATION_CHECK = "application.check"
    EXAM_RUN = "exam.run"
    INTERVIEW_SCORE = "interview.score"
    FACILITATOR_SEE = "facilitator.see"  # who serves where, since when, how it goes
    APPOINTMENT_MANAGE = "appointment.manage"
    LOG_WRITE = "log.write"
    LOG_VERIFY = "log.verify"
    MONTH_RECOMMEND = "month.recommend"
    MONTH_APPROVE = "month.approve"
    HONORARIUM_PAY = "honorarium.pay"
    EVALUATION_COACH = "evaluation.coach"
    EVALUATION_DECIDE = "evaluation.decide"
    ETHICS_REVIEW = "ethics.review"
    TRAINING_SEE = "training.see"  # who learns what, how far, with which result
    TRAINING_MANAGE = "training.manage"  # curriculum, enrolling, certificates, gates
    SESSION_HOLD = "session.hold"
    TASK_ASSESS = "task.assess"


READS = frozenset(
    {
        Verb.WORK_SEE, Verb.RECORD_SEE, Verb.FIGURES_SEE, Verb.JOURNAL_SEE, Verb.PEOPLE_SEE, Verb.SELECTION_SEE,
        Verb.FACILITATOR_SEE, Verb.TRAINING_SEE,
    }
)  # fmt: skip

# Whoever holds one of these works on the selection or the service of facilitators, and has an entrance to it.
ABOUT_FACILITATORS = (
    Verb.SELECTION_SEE, Verb.SELECTION_MANAGE, Verb.APPLICATION_RECEIVE, Verb.APPLICATION_CHECK, Verb.FACILITATOR_SEE,
    Verb.APPOINTMENT_MANAGE, Verb.ETHICS_REVIEW, Verb.HONORARIUM_PAY,
)  # fmt: skip

# … and on the training of facilitators.
ABOUT_TRAINING = (Verb.TRAINING_SEE, Verb.TRAINING_MANAGE, Verb.SESSION_HOLD, Verb.TASK_ASSESS)
