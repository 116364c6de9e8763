"""Everything that can happen to voices, needs and proposals."""

from pendamping.needs.services.assessments import score_need, set_criterion, take_view
from pendamping.needs.services.clock import pass_turn, pause_clock, resume_clock
from pendamping.needs.services.conversations import write_message
from pendamping.needs.services.going_on import carry_deferred, pass_on_deferred
from pendamping.needs.services.meeting_lists import Trial, take_list, try_list
from pendamping.needs.services.merging import merge_voice, part_voice
from pendamping.needs.services.needs import add_voices, answer_need, gather_voices, verify_need
from pendamping.needs.services.outcomes import (
    defer_funded,
    import_proposal,
    put_on_agenda,
    reopen_proposal,
    settle_proposal,
    take_off_agenda,
)
from pendamping.needs.services.proposals import (
    check_proposal,
    revise_proposal,
    submit_proposal,
    withdraw_proposal,
    write_proposal,
)
from pendamping.needs.services.solving import ask_whether_solved, say_solved
from pendamping.needs.services.visits import record_visit
from pendamping.needs.services.voices import answer_voice, give_voice, record_voice

__all__ = [
    "Trial",
    "add_voices",
    "answer_need",
    "answer_voice",
    "ask_whether_solved",
    "carry_deferred",
    "check_proposal",
    "defer_funded",
    "gather_voices",
    "give_voice",
    "import_proposal",
    "merge_voice",
    "part_voice",
    "pass_on_deferred",
    "pass_turn",
    "pause_clock",
    "put_on_agenda",
    "record_visit",
    "record_voice",
    "reopen_proposal",
    "resume_clock",
    "revise_proposal",
    "say_solved",
    "score_need",
    "set_criterion",
    "settle_proposal",
    "submit_proposal",
    "take_list",
    "take_off_agenda",
    "take_view",
    "try_list",
    "verify_need",
    "withdraw_proposal",
    "write_message",
    "write_proposal",
]
