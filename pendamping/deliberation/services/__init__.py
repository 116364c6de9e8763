"""What can happen to a meeting: called, moved, given its agenda, attended, deciding, closed, cancelled."""

from pendamping.deliberation.services.agenda import put_proposal, put_proposals, take_off_agenda
from pendamping.deliberation.services.applying import decide_from_result, decide_verdict, depart_from_result
from pendamping.deliberation.services.calling import call_meeting, cancel_meeting, cancel_verdict, is_held, move_meeting
from pendamping.deliberation.services.casting import cast_ballot
from pendamping.deliberation.services.chairs import change_chair
from pendamping.deliberation.services.checks import (
    add_line,
    begin_check,
    begin_verdict,
    discard_check,
    drop_line,
    judge_aspect,
    publish_check,
    publish_verdict,
    put_verdict,
    set_check_rules,
)
from pendamping.deliberation.services.closing import close_meeting, closer_verdict, issue_minutes, obstacles
from pendamping.deliberation.services.count_sheets import add_sheet, enter_sheet, set_aside_sheet, settle_sheet
from pendamping.deliberation.services.counting import count_poll, may_count
from pendamping.deliberation.services.deciding import by_hand_verdict, count_attendance, decide, decider_verdict
from pendamping.deliberation.services.forgetting import drop_names
from pendamping.deliberation.services.invitation_news import note_told, send_invitations
from pendamping.deliberation.services.inviting import answer_invitation, invite, invite_guest, withdraw_invitation
from pendamping.deliberation.services.leading import lead_point
from pendamping.deliberation.services.links import may_send, send_links
from pendamping.deliberation.services.matrices import (
    add_criterion,
    begin_matrix,
    close_matrix,
    close_verdict,
    freeze_matrix,
    give_seat,
    matrix_open,
    send_scores,
    take_seat_back,
    weigh_criteria,
)
from pendamping.deliberation.services.objections import (
    answer_objection,
    answerer_verdict,
    make_objection,
    objection_verdict,
)
from pendamping.deliberation.services.phases import agenda_verdict, count_verdict, set_phase
from pendamping.deliberation.services.points import begin_point, end_point, set_points
from pendamping.deliberation.services.polls import (
    announce_poll,
    apart_verdict,
    end_poll,
    open_poll,
    polls_open,
    prepare_poll,
    record_consensus,
    record_no_consensus,
    strike_choice,
    void_poll,
)
from pendamping.deliberation.services.register import add_presence, count_register, show_up, strike_presence
from pendamping.deliberation.services.results import may_recount, recount, results_verdicts, run_result
from pendamping.deliberation.services.rolls import (
    add_voter,
    make_slips,
    mark_voter,
    print_links,
    print_slips,
    take_back_mark,
    take_roll,
    withdraw_slip,
)
from pendamping.deliberation.services.rules_of_year import begin_year, rules_for, set_meeting_rules
from pendamping.deliberation.services.screens import show_on_screen
from pendamping.deliberation.services.sheets import confirm_sheet, keep_photo, print_sheet, type_sheet
from pendamping.deliberation.services.unfunded import carry_over, pass_up
from pendamping.deliberation.services.unit_prices import begin_price_list, fix_price_list, keep_unit_price
from pendamping.deliberation.services.waivers import waive

__all__ = [
    "add_criterion",
    "add_line",
    "add_presence",
    "add_sheet",
    "add_voter",
    "agenda_verdict",
    "announce_poll",
    "answer_invitation",
    "answer_objection",
    "answerer_verdict",
    "apart_verdict",
    "begin_check",
    "begin_matrix",
    "begin_point",
    "begin_price_list",
    "begin_verdict",
    "begin_year",
    "by_hand_verdict",
    "call_meeting",
    "cancel_meeting",
    "cancel_verdict",
    "carry_over",
    "cast_ballot",
    "change_chair",
    "close_matrix",
    "close_meeting",
    "close_verdict",
    "closer_verdict",
    "confirm_sheet",
    "count_attendance",
    "count_poll",
    "count_register",
    "count_verdict",
    "decide",
    "decide_from_result",
    "decide_verdict",
    "decider_verdict",
    "depart_from_result",
    "discard_check",
    "drop_line",
    "drop_names",
    "end_point",
    "end_poll",
    "enter_sheet",
    "fix_price_list",
    "freeze_matrix",
    "give_seat",
    "invite",
    "invite_guest",
    "is_held",
    "issue_minutes",
    "judge_aspect",
    "keep_photo",
    "keep_unit_price",
    "lead_point",
    "make_objection",
    "make_slips",
    "mark_voter",
    "matrix_open",
    "may_count",
    "may_recount",
    "may_send",
    "move_meeting",
    "note_told",
    "objection_verdict",
    "obstacles",
    "open_poll",
    "pass_up",
    "polls_open",
    "prepare_poll",
    "print_links",
    "print_sheet",
    "print_slips",
    "publish_check",
    "publish_verdict",
    "put_proposal",
    "put_proposals",
    "put_verdict",
    "record_consensus",
    "record_no_consensus",
    "recount",
    "results_verdicts",
    "rules_for",
    "run_result",
    "send_invitations",
    "send_links",
    "send_scores",
    "set_aside_sheet",
    "set_check_rules",
    "set_meeting_rules",
    "set_phase",
    "set_points",
    "settle_sheet",
    "show_on_screen",
    "show_up",
    "strike_choice",
    "strike_presence",
    "take_back_mark",
    "take_off_agenda",
    "take_roll",
    "take_seat_back",
    "type_sheet",
    "void_poll",
    "waive",
    "weigh_criteria",
    "withdraw_invitation",
    "withdraw_slip",
]
