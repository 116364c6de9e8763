"""Why an act about a result is refused, and what becomes of what was not funded."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ResultReason(TextChoices):
    """Sentences shown to people when an act is refused."""

    POLL_NOT_COUNTED = (
        "poll_not_counted",
        _("This ballot is not counted yet. Count it first; the result is worked out from the fixed ballots."),
    )
    RESULT_MISSING = (
        "result_missing",
        _("The ballot {numbers} is counted, but its result is not worked out yet. Do that first."),
    )
    NOT_PROVEN = (
        "result_not_proven",
        _("The result does not pass its check ({fault}). Nothing is published. Tell the operator of this system."),
    )
    IN_BACKGROUND = (
        "result_in_background",
        _("There are very many ballots: the result is being worked out. Ask for the results again in a minute."),
    )
    CONTEST_UNFIT = (
        "contest_unfit",
        _("The rule cannot be applied to these ballots ({fault}). Nothing is published."),
    )
    RECOUNT_WITHOUT_REASON = (
        "recount_without_reason",
        _("Write why it is counted again, for example which objection was upheld. Residents read it."),
    )
    OVERTAKEN = "result_overtaken", _("This result was counted again; use the newer one, number {number}.")
    MEETING_IS_OVER = (
        "result_meeting_over",
        _("The minutes of this meeting are fixed. A result is counted again once an objection opens the meeting."),
    )
    NO_WORDS_TO_DEPART = (
        "no_words_to_depart",
        _("{code}: the decision differs from the result. Write the reason in words; it is printed in the minutes."),
    )
    BALLOT_SPOKE = (
        "ballot_spoke",
        _(
            "{code} was voted on in ballot {number}. Use “Decide as the ballot says” on result {result}, or decide it "
            "otherwise there, with the reason and within the money."
        ),
    )
    AMOUNT_TO_DEPART = "amount_to_depart", _("{code}: a proposal funded outside the result needs its amount.")
    OVER_CEILING_TO_DEPART = (
        "over_ceiling_to_depart",
        _("With these changes {sum_rupiah} would be spent; there is {ceiling_rupiah}. Take {over_rupiah} out."),
    )
    DECIDED_BEFORE_BALLOT = (
        "decided_before_ballot",
        _(
            "{codes}: decided by consensus before the ballot was counted. Use “Decide as the ballot says” "
            "on its result."
        ),
    )
    DECIDED_BY_OVERTAKEN = (
        "decided_by_overtaken",
        _(
            "{codes}: decided by result {number}, which was counted again. Use “Decide as the ballot says” on result "
            "{newer}, or decide otherwise there, with the reason."
        ),
    )
    NOT_IN_RESULT = "not_in_result", _("The proposal {code} was not on this ballot.")
    NOTHING_TO_CARRY = "nothing_to_carry", _("No deferred proposal of this meeting is left to carry over.")
    NOTHING_TO_PASS = "nothing_to_pass", _("No deferred proposal of this meeting is left to pass up.")
    NO_SUCCESSOR = (
        "no_successor",
        _(
            "{code}: {ward} ended on {day}, and no ward is named that follows it. Have the city name it on the page of "
            "this place, or pass the proposal up to the district."
        ),
    )
    SUCCESSOR_OPEN = (
        "successor_open",
        _("{code}: {ward} was split, and its records do not tell where it lies now. Choose one of: {wards}."),
    )
    NOT_SUCCESSOR = "not_successor", _("Only these follow {ward}: {wards}. Choose one of them.")
    NOT_CLOSED_YET = (
        "meeting_not_closed_yet",
        _("This meeting is not closed yet. What becomes of its proposals is decided by its close."),
    )
    NOT_OF_MEETING = "not_of_meeting", _("The proposal {code} was not deferred by this meeting, or it went on already.")
    PASS_WITHOUT_REASON = "pass_without_reason", _("Write why it is passed up. The proposers and residents read it.")
