"""States of a sitting and of a seat, and why an act of the computer test is refused."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class SittingState(TextChoices):
    """Where a sitting stands (id: keadaan sesi ujian)."""

    PLANNED = "planned", _("Not open yet")
    OPEN = "open", _("Running")
    CLOSED = "closed", _("Closed, result sealed")
    CALLED_OFF = "called_off", _("Called off")


class Finish(TextChoices):
    """How somebody's test ended (id: cara ujian selesai)."""

    HANDED_IN = "handed_in", _("Handed in")
    TIME = "time", _("Time was up")
    ABSENT = "absent", _("Did not begin")


class ItemFlag(TextChoices):
    """What the analysis finds striking in a question (id: tanda butir soal)."""

    TOO_HARD = "too_hard", _("Hardly anybody knew it")
    TOO_EASY = "too_easy", _("Nearly everybody knew it")
    WEAK = "weak", _("Hardly tells strong from weak candidates")
    REVERSED = "reversed", _("Weak candidates did better: check the key")
    IDLE_OPTION = "idle_option", _("An option that hardly anybody chose")


class Reason(TextChoices):
    """Sentences shown to people when an act of the computer test is refused."""

    BLUEPRINT_FIXED = "blueprint_fixed", _("A sitting has begun, so what is asked can no longer change.")
    ROUND_STAGE = "exam_round_stage", _("The selection is at “{stage}”, where this is not done.")
    BANK_ELSEWHERE = "bank_elsewhere", _("The bank belongs to another city. Choose one of this city.")
    BLUEPRINT_EMPTY = "blueprint_empty", _("Ask for at least one question.")
    LINE_TWICE = "blueprint_line_twice", _("{topic} with this difficulty is asked for twice. Put the numbers together.")
    TOO_FEW_QUESTIONS = (
        "too_few_questions",
        _("{topic}: {asked} questions are asked for, the bank holds {held}. Ask for fewer or add questions."),
    )
    BLUEPRINT_MISSING = "blueprint_missing", _("The round has no blueprint yet. Say first what is asked.")
    SITTING_PAST = "sitting_past", _("The sitting would begin in the past. Mend the day or the time.")
    SITTING_BEGUN = "sitting_begun", _("This sitting has begun already.")
    SITTING_CLOSED = "sitting_closed", _("This sitting is closed.")
    SITTING_CALLED_OFF = "sitting_called_off", _("This sitting was called off.")
    SITTING_SAME = "sitting_same", _("Hour and place are as before. Change one of them.")
    SITTING_REASON = "sitting_reason", _("Write the reason; those who have a seat read it.")
    SITTING_NOT_OPEN = (
        "sitting_not_open",
        _("The sitting is not open yet. Wait until the invigilator opens it, then try again."),
    )
    SITTING_EARLY = "sitting_early", _("The sitting begins at {time}. It can be opened from {minutes} minutes before.")
    NO_SEATS_TAKEN = "no_seats_taken", _("Nobody has a seat in this sitting. Give out the seats first.")
    NOT_ENOUGH_SEATS = (
        "not_enough_seats",
        _("{missing} applicants would be left without a seat. Plan another sitting or more seats."),
    )
    NOBODY_TO_SEAT = "nobody_to_seat", _("Nobody waits for a seat: all who passed the file check have one.")
    STILL_RUNNING = (
        "still_running",
        _("{count} candidates still have time or answers on their way. Close the sitting from {until} on."),
    )
    STILL_EXPECTED = (
        "still_expected",
        _("{count} candidates have not begun and still may. Close the sitting from {until} on."),
    )
    WRONG_PIN = "wrong_pin", _("Code and PIN do not fit together. Check both on your seat card and type them again.")
    NO_PASS = "exam_no_pass", _("Enter first with the code and the PIN of your seat card.")
    TOO_MANY_TRIES = "too_many_tries", _("Too many tries. Wait {minutes} minutes, or ask the invigilator.")
    WITHDRAWN = "exam_withdrawn", _("This application was withdrawn, so there is no test to take.")
    TOO_LATE = "exam_too_late", _("The test began more than {minutes} minutes ago. Talk to the invigilator.")
    NOT_STARTED = "exam_not_started", _("You have not begun yet. Press the button to begin.")
    FINISHED = "exam_finished", _("Your test has ended; answers can no longer change.")
    TIME_UP = "exam_time_up", _("Your time was up when this answer arrived. What was saved before counts.")
    SUPERSEDED = (
        "exam_superseded",
        _("Somebody entered with your PIN on another device, which counts from then on. Go on there."),
    )
    NO_SUCH_QUESTION = "no_such_question", _("Your test has no question with this number.")
    CHOICE_UNKNOWN = "choice_unknown", _("This is not one of the options. Choose again.")
    NOT_A_NUMBER = "not_a_number", _("This is not a number. Write it with digits, such as 12,5.")
    ANSWER_LONG = "answer_long", _("The answer is longer than {most} characters. Shorten it.")
    EXTRA_MUCH = "extra_much", _("Together that would be {minutes} extra minutes; at most {most} can be granted.")
    EXTRA_REASON = "extra_reason", _("Write why the candidate gets more time.")
    PIN_REASON = "pin_reason", _("Write why the seat gets another PIN.")
    NOT_RUNNING = "seat_not_running", _("This candidate is not taking the test at the moment.")
    UNSEATED = "exam_unseated", _("{count} applicants who passed the file check have had no sitting yet.")
    SITTINGS_OPEN = "sittings_open", _("{count} sittings are not closed yet. The result is released for all together.")
    RELEASED = "exam_released", _("The result is released; it can no longer change here.")
    NOTHING_TO_RELEASE = "nothing_to_release", _("There is no result to release yet.")
    VOID_REASON = "void_reason", _("Write why the question does not count. Candidates may read it.")
    VOID_LATER = (
        "void_later",
        _("Candidates still to be tested would get fewer questions. Take it out when every sitting is closed."),
    )
    VOIDED_ALREADY = "voided_already", _("This question does not count already.")
    NOT_ASKED = "question_not_asked", _("This question was not asked in this round.")
    NOTHING_LEFT = "nothing_left", _("Then a candidate would have no question left that counts.")
