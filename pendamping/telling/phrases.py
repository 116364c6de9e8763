"""Journal verbs as sentences people read: what happened, in the active language, with its amounts and outcomes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from pendamping.access.pages import office_label
from pendamping.access.roles import ROLES
from pendamping.access.words import ACTS
from pendamping.assets.enums import Condition
from pendamping.core import formats
from pendamping.core.models import JournalEntry
from pendamping.core.money import rupiah
from pendamping.core.trace import Step
from pendamping.deliberation.enums.checks import CheckResult, Finding
from pendamping.deliberation.enums.ladder import MeetingObjectionState, Phase, Requirement
from pendamping.deliberation.enums.meetings import MeetingKind, Outcome
from pendamping.deliberation.models import Attendance
from pendamping.facilitators.enums.appointments import DecreeKind
from pendamping.facilitators.enums.interviews import ConflictKind
from pendamping.facilitators.enums.questions import QuestionKind
from pendamping.facilitators.enums.rounds import PostKind
from pendamping.facilitators.words import SENTENCES
from pendamping.needs.enums.categories import Step as Deadlined
from pendamping.needs.enums.conversations import PauseReason, Solved, Turn
from pendamping.needs.enums.menu import Stream
from pendamping.needs.enums.moderation import BlockKind, HideReason, Part
from pendamping.needs.enums.voices import Behalf, Channel
from pendamping.needs.words import CASES, MODERATION, VOICES
from pendamping.training.words import SENTENCES as TRAINING


@dataclass(frozen=True)
class Phrase:
    """How one verb is told (id: kalimat kejadian): the sentence, the facts it shows, its sign, its step."""

    sentence: Promise
    facts: tuple[str, ...] = ()
    state: str = "neutral"
    step: Step | None = None


def _label(choices: Any) -> Callable[[Any], str]:
    return lambda value: str(choices(value).label) if value in choices.values else str(value)


def _count(value: Any) -> str:
    return formats.number(len(value) if isinstance(value, list | dict) else int(value))


def _day(value: Any) -> str:
    return formats.day(date.fromisoformat(str(value)[:10]))


def _moment(value: Any) -> str:
    return formats.day(datetime.fromisoformat(str(value)), "jam")


FEWEST = 5  # smaller groups could be recognised; design: suppressed in public


def _role(value: Any) -> str:
    return str(ROLES[value].office) if value in ROLES else str(value)


def _is_small(value: Any) -> bool:
    """Could the people counted here be recognised? In a group of nobody there is nobody to recognise."""
    return isinstance(value, int) and 0 < value < FEWEST


def _people(value: Any) -> str:
    """A count of people; a group so small that its members could be recognised is told as such."""
    return str(_("fewer than 5")) if _is_small(int(value)) else formats.number(int(value))


def _groups(value: Any) -> str:
    """Counts of people by the key of their group, as they are kept but for small ones."""
    return "; ".join(f"{key} {_people(count)}" for key, count in value.items()) or "-"


# What the papers are called that offices issue (id: jenis dokumen).
PAPERS: dict[str, Promise] = {
    "appointment": _("Excerpt of an appointment decree"),
    "assets.handover": _("Minutes of a handover"),
    "decree_annex": _("Annex of an appointment decree"),
    "invitation": _("Invitation to a meeting"),
    "minutes": _("Minutes of a meeting"),
    "month_report": _("Month report of a facilitator"),
    "priority_list": _("Priority list of a meeting"),
    "result_annex": _("Audit sheet of a ballot"),
    "training_report": _("Report on a training course"),
}
_KINDS: dict[str, Promise | str] = {  # no two of these share a value but "appointment"
    **PAPERS,
    **{
        one.value: one.label
        for kinds in (MeetingKind, DecreeKind, PostKind, ConflictKind, QuestionKind, BlockKind)
        for one in kinds
    },
}


# What a fact of an entry is called and how its value is written; "{}" is the value.
FACTS: dict[str, tuple[Promise | str, Callable[[Any], str]]] = {
    "amount": ("{}", rupiah),
    "budget": (_("budget {}"), rupiah),
    "carried_over": (_("carried over from {}"), str),
    "ballots": (_("{} ballots"), _count),
    "basis": (_("by {}"), str),
    "ceiling": (_("ceiling {}"), rupiah),
    "channel": (_("by way of: {}"), _label(Channel)),
    "condition": (_("condition: {}"), _label(Condition)),
    "custodian": (_("kept by {}"), str),
    "day": ("{}", _day),
    "days": (_("{} working days"), _count),
    "decisions": (_("{} decisions"), _count),
    "default_ceiling": (_("ceiling of a ward {}"), rupiah),
    "deferred": (_("{} deferred"), _count),
    "digest": (_("digest {}"), str),
    "departures": (_("{} departures from the result"), _count),
    "ended_at": ("{}", _moment),
    "ends_on": (_("ends on {}"), _day),
    "estimated_rupiah": (_("estimated cost {}"), rupiah),
    "excess_hall": (_("in the hall {} (ballots : people marked)"), str),
    "excess_paper": (_("on paper {} (ballots : people marked)"), str),
    "excess_present": (_("{} (ballots : people present)"), str),
    "executor": (_("carried out by {}"), str),
    "fiscal_year": (_("budget year {}"), str),
    "funded": (_("{} funded"), _count),
    "alias": ("{}", str),
    "check_cost": (_("cost: {}"), _label(Finding)),
    "check_duplicate": (_("done already or twice: {}"), _label(Finding)),
    "check_land": (_("land: {}"), _label(Finding)),
    "check_menu": (_("menu: {}"), _label(Finding)),
    "check_result": ("{}", _label(CheckResult)),
    "code": (_("code {}"), str),
    "roll": (_("{} people on the roll"), _count),
    "rows": (_("{} rows"), _count),
    "successors": (_("followed by {}"), str),
    "goes_to": (_("goes to {}"), str),
    "valid_to": (_("last day {}"), _day),
    "held_on": (_("to be held on {}"), _day),
    "invited": (_("{} invited"), _count),
    "kind": ("{}", lambda value: str(_KINDS.get(value, value))),
    "legal_basis": (_("by {}"), str),
    "meeting": (_("meeting {}"), str),
    "men": (_("{} men"), _people),
    "next_inspection_on": (_("next inspection by {}"), _day),
    "number": (_("number {}"), str),
    "opened_at": ("{}", _moment),
    "outcome": ("{}", _label(Outcome)),
    "objection": ("{}", _label(MeetingObjectionState)),
    "phase": ("{}", _label(Phase)),
    "requirement": ("{}", _label(Requirement)),
    "revision": (_("revision {}"), str),
    "recommended": (_("{} recommended"), _count),
    "to_city": (_("{} passed to the city"), _count),
    "chair": ("{}", str),
    "paid_on": (_("paid on {}"), _day),
    "passed_on": (_("{} passed on"), _count),
    "pause": ("{}", _label(PauseReason)),
    "people": (_("{} people reached"), _people),
    "people_affected": (_("about {} people affected"), _people),
    "places": (_("{} places"), _count),
    "points": (_("{} points"), _count),
    "poll": (_("ballot {}"), str),
    "choice": (_("number {}"), str),
    "position": (_("item {} on the agenda"), str),
    "project": (_("project {}"), str),
    "projects": (_("{} projects"), _count),
    "proposals": (_("{} proposals"), _count),
    "rejected": (_("{} rejected"), _count),
    "result": (_("result number {}"), str),
    "role": ("{}", _role),
    "scores": (_("{} criteria"), _count),
    "seats": (_("{} seats"), _count),
    "part": ("{}", _label(Part)),
    "cause": ("{}", _label(HideReason)),
    "solved": ("{}", _label(Solved)),
    "spent": (_("{} spent to date"), rupiah),
    "stage": (_("{} % of the work"), str),
    "starts_on": (_("begins on {}"), _day),
    "step": ("{}", _label(Deadlined)),
    "stream": ("{}", _label(Stream)),
    "taken_on": (_("taken on {}"), _day),
    "tranche": (_("tranche {}"), str),
    "turn": (_("turn: {}"), _label(Turn)),
    "valid_from": (_("in force from {}"), _day),
    "value": (_("value {}"), rupiah),
    "version": (_("version {}"), str),
    "voice": (_("voice {}"), str),
    "voices": (_("{} voices"), _count),
    "women": (_("{} women"), _people),
    "year": (_("budget year {}"), str),
}

# Facts without words that count people: as they are kept, but no small group.
_COUNTED: dict[str, Callable[[Any], str]] = {
    **dict.fromkeys((*Attendance.GROUPS, "children"), _people),
    "own_groups": _groups,
}
_OF_PEOPLE = (_people, _groups)

_MET = ("funded", "recommended", "deferred", "passed_on", "to_city", "rejected", "amount")

PHRASES: dict[str, Phrase] = {
    **{verb: Phrase(sentence) for verb, sentence in SENTENCES.items()},
    **{verb: Phrase(sentence) for verb, sentence in CASES.items()},
    **{verb: Phrase(sentence, ("part", "cause")) for verb, sentence in MODERATION.items()},
    "regions.city_added": Phrase(_("A city was added"), ("places",)),
    "regions.place_added": Phrase(_("A place was added")),
    "regions.unit_added": Phrase(_("An RW or RT was added")),
    "regions.place_corrected": Phrase(_("A place's facts were corrected")),
    "regions.alias_added": Phrase(_("Another name of a place was kept"), ("alias",)),
    "regions.place_recoded": Phrase(_("A place has a new official code"), ("code",)),
    "regions.place_closed": Phrase(_("A place was closed"), ("valid_to", "successors"), "stopped"),
    "regions.successors_named": Phrase(_("The places that follow a closed one were named"), ("successors",)),
    "regions.outline_drawn": Phrase(_("A place's outline was drawn")),
    "registry.file_taken": Phrase(_("A file was taken in"), ("rows",)),
    "needs.voice_given": Phrase(VOICES["needs.voice_given"], step=Step.VOICE),
    "needs.voice_recorded": Phrase(VOICES["needs.voice_recorded"], step=Step.VOICE),
    "needs.voice_answered": Phrase(VOICES["needs.voice_answered"], state="stopped", step=Step.VOICE),
    "needs.voice_merged": Phrase(VOICES["needs.voice_merged"], ("voice",)),
    "needs.voice_parted": Phrase(VOICES["needs.voice_parted"], ("voice",)),
    "needs.list_taken": Phrase(_("The list of a meeting was taken in"), ("rows",)),
    "needs.message_received": Phrase(_("A message of the phone came in")),
    "needs.message_placed": Phrase(VOICES["needs.message_placed"], step=Step.VOICE),
    "needs.export_asked": Phrase(_("A list of voices was asked for as a file")),
    "needs.visit_recorded": Phrase(_("The doors of an RT were knocked at"), ("voices",)),
    "needs.message_written": Phrase(VOICES["needs.message_written"]),
    "needs.turn_passed": Phrase(VOICES["needs.turn_passed"], ("turn",)),
    "needs.clock_paused": Phrase(VOICES["needs.clock_paused"], ("pause",), "waiting"),
    "needs.clock_resumed": Phrase(VOICES["needs.clock_resumed"]),
    "needs.voice_escalated": Phrase(VOICES["needs.voice_escalated"], ("step", "turn"), "waiting"),
    "needs.solved_asked": Phrase(_("Those who spoke were asked whether it is solved"), ("voices",)),
    "needs.solved_said": Phrase(VOICES["needs.solved_said"], ("solved",)),
    "needs.voice_reopened": Phrase(VOICES["needs.voice_reopened"], state="waiting", step=Step.VOICE),
    "needs.days_set": Phrase(_("Working days of a step were set"), ("step", "days", "valid_from", "legal_basis")),
    "needs.holiday_added": Phrase(_("A day off was added"), ("day", "legal_basis")),
    "needs.holiday_removed": Phrase(_("A day off was taken off the list"), ("day",)),
    "needs.ready_answer_written": Phrase(_("A ready answer was written")),
    "needs.ready_answer_retired": Phrase(_("A ready answer was taken out of use")),
    "needs.voices_gathered": Phrase(_("Voices were gathered into a need"), ("voices",), step=Step.NEED),
    "needs.voices_added": Phrase(_("More voices joined the need"), ("voices",), step=Step.NEED),
    "needs.need_verified": Phrase(_("The need was verified on site"), ("people_affected",), "done", Step.NEED),
    "needs.need_answered": Phrase(_("The need was answered and goes no further"), state="stopped", step=Step.NEED),
    "needs.need_scored": Phrase(_("The need was weighed"), ("scores",), step=Step.NEED),
    "needs.view_taken": Phrase(_("The place was photographed from a fixed point"), ("taken_on",), step=Step.NEED),
    "needs.category_set": Phrase(_("A category of voices was set"), ("valid_from",)),
    "needs.category_withdrawn": Phrase(_("A category of voices is no longer offered")),
    "needs.criterion_set": Phrase(_("A criterion for needs was set"), ("valid_from",)),
    "needs.proposal_written": Phrase(_("A proposal was begun")),
    "needs.proposal_revised": Phrase(_("The proposal was repaired")),
    "needs.proposal_submitted": Phrase(_("The proposal was submitted"), ("estimated_rupiah",), step=Step.PROPOSAL),
    "needs.proposal_checked": Phrase(_("The proposal was checked and is ready for the meeting"), state="done"),
    "needs.proposal_returned": Phrase(_("The proposal was returned for repair"), state="waiting"),
    "needs.proposal_withdrawn": Phrase(_("The proposal was withdrawn"), state="stopped"),
    "needs.proposal_imported": Phrase(_("The proposal was taken over from an earlier list"), step=Step.PROPOSAL),
    "needs.proposal_put_on_agenda": Phrase(_("The proposal was put on the agenda of a meeting")),
    "needs.proposal_taken_off_agenda": Phrase(_("The proposal was taken off the agenda")),
    "needs.proposal_deferred": Phrase(_("The proposal waits for a later meeting")),
    "needs.proposal_settled": Phrase(_("The outcome of the meeting was kept with the proposal")),
    "deliberation.meeting_called": Phrase(_("A meeting was called"), ("held_on",)),
    "deliberation.meeting_moved": Phrase(_("The meeting was moved"), ("held_on",), "waiting"),
    "deliberation.meeting_cancelled": Phrase(_("The meeting was cancelled"), ("held_on",), "stopped"),
    "deliberation.invited": Phrase(_("Offices and groups were put on the list of invited"), ("invited",)),
    "deliberation.guest_invited": Phrase(_("A guest was put on the list of invited")),
    "deliberation.invitation_withdrawn": Phrase(_("An invitation was withdrawn"), state="waiting"),
    "deliberation.invitations_sent": Phrase(_("The invitations to the meeting were sent"), ("invited",)),
    "deliberation.invitation_told": Phrase(_("Somebody invited was told by hand or by telephone")),
    "deliberation.invitation_answered": Phrase(_("An invitation was answered")),
    "deliberation.points_set": Phrase(_("The agenda got its points and minutes"), ("points",)),
    "deliberation.point_begun": Phrase(_("A point of the agenda began"), ("position",)),
    "deliberation.point_ended": Phrase(_("A point of the agenda ended"), ("position",)),
    "deliberation.presence_added": Phrase(_("Somebody was put on the attendance register")),
    "deliberation.presence_shown": Phrase(_("Somebody put themselves on the attendance register")),
    "deliberation.presence_struck": Phrase(_("A row of the attendance register was struck out")),
    "deliberation.register_counted": Phrase(_("The count was taken from the attendance register")),
    "deliberation.sheet_printed": Phrase(_("A paper sheet for the attendance was made"), ("rows",)),
    "deliberation.sheet_photographed": Phrase(_("The photo of a signed sheet was kept, locked")),
    "deliberation.sheet_typed": Phrase(_("The rows of a signed sheet were typed in"), ("rows",)),
    "deliberation.sheet_confirmed": Phrase(_("A signed sheet was confirmed by its count"), ("rows",)),
    "deliberation.names_dropped": Phrase(_("The names of a meeting were deleted when their time was over")),
    "deliberation.proposal_put": Phrase(
        _("The proposal was put on the agenda of a meeting"), ("position", "carried_over")
    ),
    "deliberation.proposals_put": Phrase(_("Several proposals were put on the agenda of a meeting")),
    "deliberation.proposal_taken_off": Phrase(_("The proposal was taken off the agenda"), state="waiting"),
    "deliberation.attendance_counted": Phrase(_("Those present were counted"), ("women", "men")),
    "deliberation.proposal_decided": Phrase(
        _("The meeting decided on the proposal"), ("outcome", "amount"), "done", Step.DELIBERATION
    ),
    "deliberation.meeting_closed": Phrase(_("The meeting was closed and its minutes fixed"), _MET, "done"),
    "deliberation.point_led": Phrase(_("A point of the agenda was begun or ended while there was no signal")),
    "deliberation.screen_chosen": Phrase(_("The screen of the meeting was switched")),
    "deliberation.price_list_begun": Phrase(_("A version of the unit prices was begun"), ("fiscal_year", "version")),
    "deliberation.unit_price_kept": Phrase(_("A unit price was written down")),
    "deliberation.price_list_fixed": Phrase(
        _("Unit prices were put in force"), ("fiscal_year", "version", "legal_basis", "rows"), "done"
    ),
    "deliberation.check_begun": Phrase(_("A technical check of the proposal was begun")),
    "deliberation.check_line_kept": Phrase(_("A line was added to the calculation of a technical check")),
    "deliberation.check_line_dropped": Phrase(_("A line was taken out of the calculation of a technical check")),
    "deliberation.check_aspect_judged": Phrase(_("An aspect of the proposal was looked at")),
    "deliberation.check_published": Phrase(
        _("The proposal was checked technically"),
        ("check_result", "check_menu", "check_cost", "check_land", "check_duplicate"),
        "done",
    ),
    "deliberation.check_discarded": Phrase(_("A technical check was discarded")),
    "deliberation.check_rules_set": Phrase(_("The bounds of technical checks were set"), ("valid_from",)),
    "deliberation.matrix_begun": Phrase(_("A priority matrix was begun")),
    "deliberation.matrix_weighed": Phrase(_("The criteria of the priority matrix were weighed")),
    "deliberation.matrix_criterion_added": Phrase(_("A criterion was added to the priority matrix")),
    "deliberation.matrix_frozen": Phrase(
        _("The criteria of the priority matrix were fixed before scoring"), ("scores", "proposals", "digest")
    ),
    "deliberation.matrix_seat_given": Phrase(_("A seat was given in the priority matrix")),
    "deliberation.matrix_seat_taken_back": Phrase(_("A seat in the priority matrix was taken back")),
    "deliberation.matrix_scored": Phrase(_("A seat of the priority matrix has scored")),
    "deliberation.matrix_closed": Phrase(
        _("The scoring of the priority matrix was closed"), ("seats", "digest"), "done"
    ),
    "deliberation.rules_set": Phrase(_("The rules of a kind of meeting were set"), ("valid_from",)),
    "deliberation.rules_begun": Phrase(
        _("A budget year began with rules for a kind of meeting"), ("kind", "fiscal_year")
    ),
    "deliberation.requirement_waived": Phrase(
        _("The chair gave the reason for a requirement that is not fulfilled"), ("requirement",), "waiting"
    ),
    "deliberation.chair_changed": Phrase(_("Another office took the chair"), ("chair",)),
    "deliberation.phase_set": Phrase(_("The hours of a phase of the meeting were set"), ("phase",)),
    "deliberation.objection_made": Phrase(_("Somebody objected to the meeting"), state="waiting"),
    "deliberation.objection_answered": Phrase(_("An objection was answered"), ("objection",), "done"),
    "deliberation.meeting_reopened": Phrase(_("The meeting was opened again"), ("revision",), "waiting"),
    "needs.proposal_reopened": Phrase(_("The proposal is on the agenda of its meeting again"), state="waiting"),
    "deliberation.consensus_failed": Phrase(_("No consensus was reached"), state="waiting"),
    "deliberation.consensus_reached": Phrase(_("Consensus was reached after all"), state="done"),
    "deliberation.poll_prepared": Phrase(_("A ballot was prepared"), ("poll",)),
    "deliberation.poll_announced": Phrase(_("A ballot was announced, its rules fixed"), ("poll",)),
    "deliberation.poll_opened": Phrase(_("Voting was opened"), ("poll", "roll"), "active"),
    "deliberation.poll_opened_by_clock": Phrase(
        _("Voting opened at its hour"), ("poll", "opened_at", "roll"), "active"
    ),
    "deliberation.poll_ended": Phrase(_("Voting was ended"), ("poll",)),
    "deliberation.poll_ended_by_clock": Phrase(_("Voting ended at its hour"), ("poll", "ended_at")),
    "deliberation.poll_counted": Phrase(
        _("The ballots were counted and fixed"),
        ("poll", "ballots", "excess_hall", "excess_paper", "excess_present"),
        "done",
    ),
    "deliberation.poll_voided": Phrase(_("A ballot was called off"), ("poll",), "stopped"),
    "deliberation.choice_struck": Phrase(_("A withdrawn proposal was struck from a ballot"), ("poll", "choice")),
    "deliberation.slips_made": Phrase(_("Slips for a ballot were made"), ("poll",)),
    "deliberation.slips_printed": Phrase(_("Slips for a ballot were printed"), ("poll",)),
    "deliberation.links_printed": Phrase(_("Links for a ballot were printed"), ("poll",)),
    "deliberation.voter_added": Phrase(_("A voter was put on the roll"), ("poll", "roll")),
    "deliberation.roll_taken": Phrase(_("A list of voters was put on the roll"), ("poll",)),
    "deliberation.voter_marked": Phrase(_("A voter was marked as voting another way"), ("poll",)),
    "deliberation.slip_withdrawn": Phrase(_("A slip was withdrawn"), ("poll",)),
    "deliberation.mark_taken_back": Phrase(_("A mark on the roll was taken back"), ("poll",)),
    "deliberation.sheet_set_aside": Phrase(_("A count sheet was set aside"), ("poll",), "stopped"),
    "deliberation.links_sent": Phrase(_("Personal links for a ballot were sent"), ("poll",)),
    "deliberation.sheet_added": Phrase(_("A count sheet was added"), ("poll",)),
    "deliberation.sheet_entered": Phrase(_("A count sheet was entered"), ("poll",)),
    "deliberation.sheet_settled": Phrase(_("A count sheet was settled"), ("poll",)),
    "deliberation.result_published": Phrase(
        _("The result of the ballot was worked out and proven by a second calculation"),
        ("result", "funded", "amount"),
        "done",
    ),
    "deliberation.result_recounted": Phrase(
        _("The ballot was counted again"), ("result", "funded", "amount"), "waiting"
    ),
    "deliberation.result_decided": Phrase(
        _("Decisions were recorded from the result of the ballot"), ("result", "decisions", "departures")
    ),
    "deliberation.result_departed": Phrase(_("A decision departs from the result of the ballot"), state="waiting"),
    "deliberation.proposal_carried_over": Phrase(
        _("The deferred proposal was carried over to the next budget year"), ("fiscal_year", "goes_to"), "waiting"
    ),
    "deliberation.proposals_carried_over": Phrase(
        _("Deferred proposals were carried over to the next budget year"), ("proposals",)
    ),
    "deliberation.proposal_passed_up": Phrase(
        _("The deferred proposal was passed up to the district"), state="waiting"
    ),
    "deliberation.proposals_passed_up": Phrase(_("Deferred proposals were passed up to the district"), ("proposals",)),
    "needs.proposal_carried_over": Phrase(_("The proposal waits for the next budget year")),
    "needs.proposal_passed_up": Phrase(_("The proposal went up to the district")),
    "planning.rules_set": Phrase(_("The rules of the fiscal year were set")),
    "planning.ceiling_set": Phrase(_("The ceiling of the ward was set"), ("ceiling", "amount")),
    "planning.project_prepared": Phrase(
        _("A project was prepared: budget, schedule, working group"), ("budget", "executor")
    ),
    "planning.meeting_taken_over": Phrase(_("What the meeting funded became projects"), ("projects", "amount"), "done"),
    "planning.project_revised": Phrase(_("The plan of the project was repaired"), ("budget",)),
    "planning.project_returned": Phrase(_("The project was returned for repair"), state="waiting"),
    "planning.project_cancelled": Phrase(
        _("The project was given up before its approval; the proposal waits for a later meeting"), state="stopped"
    ),
    "planning.project_approved": Phrase(_("The project was approved"), ("budget",), "done", Step.PROJECT),
    "planning.project_started": Phrase(_("The work began"), state="active"),
    "planning.project_completed": Phrase(_("The work was completed"), state="done"),
    "planning.project_handed_over": Phrase(_("The project was closed with its handover"), state="done"),
    "delivery.progress_reported": Phrase(_("Progress was reported"), ("stage", "spent")),
    "delivery.progress_verified": Phrase(_("The progress was verified"), ("stage", "spent"), "done", Step.PROGRESS),
    "delivery.progress_returned": Phrase(_("The progress report was returned for repair"), ("stage",), "waiting"),
    "delivery.tranche_paid": Phrase(_("Money was paid out"), ("tranche", "amount", "paid_on")),
    "delivery.payment_voided": Phrase(_("A payment recorded by mistake was struck"), ("tranche",), "waiting"),
    "benefits.benefit_confirmed": Phrase(_("A resident said whether it helps")),
    "benefits.reach_counted": Phrase(_("Those reached were counted"), ("people",), "done", Step.BENEFIT),
    "assets.handed_over": Phrase(_("The work was handed over"), ("custodian", "value"), "done", Step.ASSET),
    "assets.inspected": Phrase(_("The asset was inspected"), ("condition", "next_inspection_on")),
    "assets.fault_reported": Phrase(_("A resident reported a fault"), state="waiting"),
}

# Acts on accounts, papers and courses, which are no part of a journey and told only where the whole journal is read.
OFFICE_ACTS: dict[str, Promise] = {
    **ACTS,
    **TRAINING,
    "core.document_issued": _("A paper was issued"),
    "core.document_revoked": _("A paper was declared no longer valid"),
}

# What nobody does, and what does it: the hourly rounds find it due.
BY_ITSELF = {
    "needs.voice_escalated": _("The deadline itself"),
    "deliberation.poll_opened_by_clock": _("The hour that was announced"),
    "deliberation.poll_ended_by_clock": _("The hour that was announced"),
}

# What a resident does without an account. Any other act without an office was done by a command of the operator.
OF_RESIDENTS = frozenset(
    {
        "needs.voice_given",
        "needs.content_reported",
        "needs.case_given",
        "needs.message_written",
        "needs.solved_said",
        "needs.voice_reopened",
        "deliberation.invitation_answered",
        "deliberation.presence_shown",
        "benefits.benefit_confirmed",
        "assets.fault_reported",
    }
)


def told(verb: str) -> Phrase | None:
    """The phrase of a verb, or None for one that is no part of a journey."""
    return PHRASES.get(verb)


def value_of(changes: Mapping[str, Any], key: str) -> Any:
    """A fact as it stands after the act: the plain value, or the second of [old, new]."""
    value = changes.get(key)
    if isinstance(value, list) and key != "voices":
        return value[-1] if value else None
    return value


def particulars(verb: str, changes: Mapping[str, Any]) -> str:
    """ "Funded, Rp 12.500.000": the facts of an entry in one line; only a stage is told when it is 0."""
    phrase = told(verb)
    words = []
    for key in phrase.facts if phrase else ():
        value = value_of(changes, key)
        if value or (key == "stage" and value == 0):
            template, write = FACTS[key]
            words.append(str(template).format(write(value)))
    return ", ".join(words)


def sentence(verb: str) -> str:
    """What happened, for any verb of the journal; the verb itself for one nobody has put into words."""
    phrase = told(verb)
    return str(phrase.sentence if phrase else OFFICE_ACTS.get(verb, verb))


def sentence_kept(entry: JournalEntry) -> str:
    """What happened, where the whole journal is read: there a decision that may still change and the one that stands
    since the close are two entries, and not the same."""
    if entry.verb != "deliberation.proposal_decided":
        return sentence(entry.verb)
    if entry.is_public:
        return str(_("The decision on the proposal stands, the meeting is closed"))
    return str(_("A decision on the proposal was recorded; it may change until the meeting is closed"))


def who(entry: JournalEntry) -> str:
    """The office that acted, and for whom it spoke."""
    if entry.verb in BY_ITSELF:
        return str(BY_ITSELF[entry.verb])
    by_command = entry.office == "operator" or not (entry.office or entry.verb in OF_RESIDENTS)
    office = str(_("Operator")) if by_command else str(office_label(entry.office))
    spoke = dict(Behalf.choices).get(entry.on_behalf_of, entry.on_behalf_of)
    return f"{office} · {spoke}" if spoke else office


def all_facts(changes: Mapping[str, Any]) -> tuple[str, str]:
    """Every fact of an entry with what it was before: in words, and as it is kept where there are no words for it.

    In both no small group of people is told, and of people counted for the first time only how many they are.
    """
    words: list[str] = []
    kept: list[str] = []
    for key, value in changes.items():
        pair = value if isinstance(value, list) and key not in ("voices", "fields") else [value]
        template, write = FACTS.get(key, (f"{key}={{}}", _COUNTED.get(key, str)))
        if write in _OF_PEOPLE and len(pair) > 1 and not pair[0]:
            pair = pair[1:]  # kept as 0 although nobody had counted yet
        shown = [write(one) for one in pair if one is not None]
        if shown:
            (words if key in FACTS else kept).append(str(template).format(" → ".join(shown)))
    return ", ".join(words), ", ".join(kept)


def public_changes(verb: str, changes: Mapping[str, Any]) -> dict[str, Any]:
    """The facts of an entry that its phrase tells, as they stand after the act; a small group of people is None."""
    phrase = told(verb)
    found = {key: value_of(changes, key) for key in (phrase.facts if phrase else ()) if key in changes}
    return {key: None if FACTS[key][1] is _people and _is_small(value) else value for key, value in found.items()}


def outcome_state(verb: str, changes: Mapping[str, Any]) -> str:
    """The sign of an entry; a decision that neither funds nor recommends is a stop."""
    phrase = told(verb)
    if verb == "deliberation.proposal_decided" and value_of(changes, "outcome") not in (
        Outcome.FUNDED,
        Outcome.RECOMMENDED,
    ):
        return "stopped"
    if verb == "deliberation.check_published":
        result = value_of(changes, "check_result")
        return {CheckResult.FIT: "done", CheckResult.CONDITION: "active"}.get(result, "stopped")
    return phrase.state if phrase else "neutral"


def answers(yes: int, partly: int, no: int) -> str:
    """ "12 residents answered: 9 yes, 2 partly, 1 no"."""
    total = yes + partly + no
    return ngettext(
        "%(total)s resident answered: %(yes)s yes, %(partly)s partly, %(no)s no",
        "%(total)s residents answered: %(yes)s yes, %(partly)s partly, %(no)s no",
        total,
    ) % {
        name: formats.number(value) for name, value in (("total", total), ("yes", yes), ("partly", partly), ("no", no))
    }
