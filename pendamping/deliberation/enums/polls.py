"""Kinds and states of a ballot, the ways a ballot comes in, and why an act of a ballot is refused."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PollKind(TextChoices):
    """What a voter writes (id: cara memilih)."""

    APPROVAL = "approval", _("Approve: tick every proposal you want")
    K_APPROVAL = "k_approval", _("Approve at most so many proposals")
    POINTS = "points", _("Share out points")
    RANKING = "ranking", _("Rank: first choice, second choice, …")
    KNAPSACK = "knapsack", _("Fill the budget: tick proposals until the money is used")


class PollState(TextChoices):
    """Where a ballot stands (id: keadaan pemungutan suara). Whether votes come in now, the clock says: rules.phase."""

    DRAFT = "draft", pgettext_lazy("ballot", "In preparation")
    ANNOUNCED = "announced", pgettext_lazy("ballot", "Announced, rules fixed")
    CLOSED = "closed", pgettext_lazy("ballot", "Counted, ballots fixed")
    VOID = "void", pgettext_lazy("ballot", "Called off")


class PollPhase(TextChoices):
    """What can be done with a ballot at a moment (id: tahap pemungutan suara)."""

    DRAFT = "draft", pgettext_lazy("ballot", "In preparation")
    WAITING = "waiting", pgettext_lazy("ballot", "Announced, not open yet")
    OPEN = "open", pgettext_lazy("ballot", "Open: votes come in")
    ENDED = "ended", pgettext_lazy("ballot", "Voting is over, counting")
    CLOSED = "closed", pgettext_lazy("ballot", "Counted, ballots fixed")
    VOID = "void", pgettext_lazy("ballot", "Called off")
    LAPSED = "lapsed", pgettext_lazy("ballot", "Lapsed: never announced")


class PollBasis(TextChoices):
    """Why there is a ballot (id: dasar pemungutan suara)."""

    FALLBACK = "fallback", _("Consensus was sought and not reached")
    PLANNED = "planned", _("The meeting agreed beforehand to vote")


class BallotChannel(TextChoices):
    """How a ballot comes in (id: saluran suara)."""

    HALL = "hall", _("In the hall, with a slip")
    REMOTE = "remote", _("From home, with a link")
    PAPER = "paper", _("On paper")


WITHDRAWN = "none"  # a mark, not a channel: nobody votes with this slip or link any more
MARKS = [*BallotChannel.choices, (WITHDRAWN, pgettext_lazy("slip or link", "Withdrawn"))]


class PollReason(TextChoices):
    """Sentences shown to people when an act of a ballot is refused."""

    NO_CONSENSUS_REASON = (
        "no_consensus_reason",
        _("Write why no consensus was reached. Residents read it in the minutes."),
    )
    NO_CONSENSUS_MISSING = (
        "no_consensus_missing",
        _(
            "The head of the meeting first records that no consensus was reached, and why; or say that the vote was "
            "agreed beforehand."
        ),
    )
    NO_CONSENSUS_STANDS = (
        "no_consensus_stands",
        _(
            "It is recorded that no consensus was reached. Vote on {code}, or record first that consensus was reached "
            "after all, and on what."
        ),
    )
    NOTHING_FAILED = (
        "no_failure_stands",
        _("Nothing says that consensus failed in this meeting; decide on the proposals."),
    )
    CONSENSUS_WORDS = (
        "consensus_words",
        _("Write what was agreed, and how it came about. Residents read it in the minutes."),
    )
    MEETING_OVER = (
        "poll_meeting_over",
        _("This meeting is closed or cancelled; there is nothing to vote on in it any more."),
    )
    TOO_FEW_CHOICES = "too_few_choices", _("Choose at least two proposals of the agenda to vote on.")
    NOT_ON_THIS_AGENDA = "not_on_this_agenda", _("The proposal {code} is not on the agenda of this meeting.")
    NO_CHANNEL = "no_channel", _("Choose at least one way to vote: slip, link or paper.")
    CHANNEL_OFF = "channel_off", _("This ballot does not take votes that way.")
    MOST_NEEDED = "most_needed", _("Say how many proposals a voter may approve at most.")
    MOST_BELOW_LEAST = "most_below_least", _("“At most” ({most}) is less than “at least” ({least}).")
    POINTS_NEEDED = "points_needed", _("Say how many points a voter shares out, from 1 to 1,000.")
    CEILING_NEEDED = "ceiling_needed", _("Say how much money there is: the ceiling.")
    RULE_BROKEN = "rule_broken", _("The rule cannot be used: {what}.")
    POTS_OVER = (
        "pots_over",
        _(
            "The pots add up to {sum_rupiah}: {difference_rupiah} more than the money there is ({ceiling_rupiah}). "
            "Lower a pot, or raise the money."
        ),
    )
    POTS_UNDER = (
        "pots_under",
        _(
            "The pots add up to {sum_rupiah}: {difference_rupiah} less than the money there is ({ceiling_rupiah}). "
            "Raise a pot, or lower the money."
        ),
    )
    FLOOR_OVER_CAP = (
        "floor_over_cap",
        _("{what}: at least {least_rupiah} is more than at most {most_rupiah}. Lower “at least”, or raise “at most”."),
    )
    FLOOR_OVER_MONEY = (
        "floor_over_money",
        _(
            "{what}: at least {least_rupiah} is asked for, but there is only {ceiling_rupiah}. Lower “at least”, or "
            "raise the money."
        ),
    )
    FLOORS_OVER_MONEY = (
        "floors_over_money",
        _(
            "{what}: together at least {sum_rupiah} is asked for, but there is only {ceiling_rupiah}. Lower “at least” "
            "by {difference_rupiah} in all, or raise the money."
        ),
    )
    FLOOR_OVER_CHOICES = (
        "floor_over_choices",
        _(
            "{what}: at least {least_rupiah} is asked for, but those on this ballot cost {sum_rupiah} together. "
            "Lower “at least”, or put more of them on the ballot."
        ),
    )
    LINK_UNKNOWN = "link_unknown", _("{code} is no choice of this ballot. Name only proposals that are voted on.")
    LINK_ITSELF = "link_itself", _("{code} cannot hang on itself. Name another proposal.")
    LINK_NO_PAIR = "link_no_pair", _("“Either or” takes pairs: name two proposals each time.")
    LINK_CIRCLE = (
        "link_circle",
        _("{code} would be chosen only if it is chosen itself: the requirements go in a circle. Take one out."),
    )
    LINK_BOTH = (
        "link_both",
        _("{code} could never be chosen: it needs {one} and {other} together, of which only one may be. Take one out."),
    )
    POT_OF_AREA = (
        "pot_of_area",
        _(
            "A pot cannot be kept for an area: secret ballots do not say where a voter lives, so all would spend in "
            "every pot. Leave “areas” of the pots empty, and set a floor or cap for the area instead."
        ),
    )
    CLOSES_BEFORE_OPENS = "closes_before_opens", _("Voting would end before it begins. Mend one of the two times.")
    TIME_PAST = "time_past", _("This time is past already. Choose a later one.")
    NOT_DRAFT = "poll_not_draft", _("The rules of this ballot are fixed and published; they cannot be changed.")
    NOT_ANNOUNCED = (
        "poll_not_announced",
        _("Announce the ballot first: its rules are fixed and published before votes."),
    )
    ALREADY_OPEN = "poll_already_open", _("Voting is open already.")
    NOT_OPEN_YET = "poll_not_open_yet", _("Voting has not begun yet.")
    VOTING_OVER = "voting_over", _("Voting is over; no more votes can be taken.")
    STILL_OPEN = "poll_still_open", _("Voting is still open. End it first, then count.")
    POLL_CLOSED = "poll_closed", _("This ballot is counted; nothing about it can be changed any more.")
    POLL_VOID = "poll_void", _("This ballot was called off.")
    POLL_LAPSED = (
        "poll_lapsed",
        _("The meeting is closed and this ballot was never announced. Nothing can be done with it any more."),
    )
    REASON_MISSING = "poll_reason_missing", _("Write the reason. Residents read it.")
    TOO_MANY_TRIES = (
        "vote_too_many_tries",
        _("Very many wrong codes came from this network. Check yours letter by letter: a right code is still taken."),
    )
    FORM_OLD = "vote_form_old", _("This form is incomplete. Open the page again and send it once more.")
    CODE_UNKNOWN = "vote_code_unknown", _("This code is not known for this ballot. Check it letter by letter.")
    VOTED_ALREADY = (
        "voted_already",
        _("With this code a ballot was cast already. Each person has one ballot; it cannot be cast again."),
    )
    VOTED_OTHERWISE = (
        "voted_otherwise",
        _("For this person it is recorded that they vote another way ({channel}). Each person has one ballot."),
    )
    CODE_WITHDRAWN = (
        "code_withdrawn",
        _("This code was withdrawn. Ask at the table for another way to vote."),
    )
    SLIP_UNKNOWN = "slip_unknown", _("There is no slip number {number}.")
    SLIP_USED = (
        "slip_used",
        _("With slip {number} a ballot was cast already. It stays: nobody can tell it from the others."),
    )
    SLIP_WITHDRAWN = "slip_withdrawn", _("Slip {number} is withdrawn already.")
    NOT_MARKED = "roll_not_marked", _("Nothing is marked here; there is nothing to take back.")
    VOTED_BY_LINK = (
        "roll_voted_by_link",
        _("This person has voted with their link. It stays: nobody can tell their ballot from the others."),
    )
    FEWER_THAN_ASKED = (
        "fewer_than_asked",
        _("You chose {count}; please choose at least {least}. If you want fewer, tick “I am sure” and send again."),
    )
    TOO_MANY = "too_many_choices", _("You chose {count}; at most {most} are possible. Take some out.")
    TOO_MANY_POINTS = "too_many_points", _("You gave {count} points; {most} are to be shared out. Take some back.")
    BAD_POINTS = "bad_points", _("Write points as whole numbers from 0 to {most}.")
    BAD_RANKS = "bad_ranks", _("Give each place once: one first choice, one second choice, and so on without gaps.")
    OVER_CEILING = (
        "over_ceiling",
        _("Your choices cost {sum_rupiah}; there is {ceiling_rupiah}. Take some out."),
    )
    UNKNOWN_CHOICE = "unknown_choice", _("There is no proposal number {number} on this ballot.")
    STRUCK_CHOICE = "struck_choice", _("The proposal number {number} was withdrawn. Take it out.")
    CHOICE_TWICE = "choice_twice", _("The proposal number {number} stands there twice.")
    ON_BALLOT = (
        "proposal_on_ballot",
        _("The proposal {code} is on an announced ballot. Strike it there, with the reason."),
    )
    ALREADY_STRUCK = "already_struck", _("This proposal is struck from the ballot already.")
    SLIPS_RANGE = "slips_range", _("Make between 1 and {most} slips.")
    ON_ROLL_ALREADY = (
        "on_roll_already",
        _("Somebody with this resident number is on the roll already (number {number})."),
    )
    IDENTITY_MISSING = "identity_missing", _("Write the number that tells this resident from all others.")
    NAME_MISSING = "roll_name_missing", _("Write the name, so that the table finds the person on the roll.")
    PHONE_UNFIT = "roll_phone_unfit", _("This is no telephone number. Write it as 0812… or leave it empty.")
    NO_PHONE = (
        "roll_no_phone",
        _("Nobody waits for a link: all have it, have voted, or have no telephone. Print theirs."),
    )
    NO_GATEWAY = "roll_no_gateway", _("No gateway for messages is set up. Print the link or hand out a slip instead.")
    ROLL_STANDS = (
        "roll_stands",
        _("Voting is open and the roll stands. Write in words why this person was missing; residents read it."),
    )
    ROLL_STANDS_LIST = (
        "roll_stands_list",
        _("Voting is open and the roll stands: no list is taken in any more. Add who was missing one by one."),
    )
    ROLL_TOO_LONG = "roll_too_long", _("The list has more than {most} rows. Split it.")
    ROLL_ROW = "roll_row", _("Row {row}: {why}")
    SHEETS_AFTER_VOTING = (
        "sheets_after_voting",
        _("Count sheets are entered once voting is over, so that nobody sees part of the result before."),
    )
    LINE_UNREADABLE = (
        "sheet_line_unreadable",
        _("Line {line} cannot be read: “{text}”. Write proposal numbers, and × with how many ballots: 1 3 7 × 4."),
    )
    LINE_BAD_BALLOT = "sheet_line_bad_ballot", _("Line {line}: {why}")
    SHEET_EMPTY = (
        "sheet_empty",
        _("Nothing is entered. Write the ballots of the sheet, or how many are blank or spoiled."),
    )
    SHEET_SAME_PERSON = (
        "sheet_same_person",
        _("You have entered this sheet already. Somebody else enters it a second time without seeing yours."),
    )
    SHEET_BOTH_IN = "sheet_both_in", _("This sheet was entered twice already.")
    SHEET_SETTLED = "sheet_settled", _("Both entries of this sheet agree; there is nothing to settle.")
    SHEET_NOT_BOTH = "sheet_not_both", _("The second entry of this sheet is missing.")
    SHEET_OWN_ENTRY = (
        "sheet_own_entry",
        _("You have entered this sheet yourself. Somebody else settles the difference."),
    )
    SHEET_ASIDE = "sheet_aside", _("This sheet is set aside already; it counts for nothing.")
    SHEETS_WAIT = (
        "sheets_wait",
        _("Count sheets are not settled yet: {numbers}. Enter them twice, settle them or set them aside first."),
    )
    MORE_BALLOTS_THAN_MARKS = (
        "more_ballots_than_marks",
        _("{channel}: {ballots} ballots, but {marks} people are marked on the roll. Write how that came about."),
    )
    MORE_BALLOTS_THAN_PRESENT = (
        "more_ballots_than_present",
        _(
            "{ballots} ballots in the hall and on paper, but {present} people present. Count those present, or write "
            "how that came about."
        ),
    )
    REMARK_TOO_SHORT = (
        "poll_remark_too_short",
        _("Write in words how there are more ballots than people. It is published."),
    )
    ENVELOPES_DIFFER = (
        "envelopes_differ",
        _("{channel}: {ballots} sealed ballots, but {marks} used codes. Count nothing; call the city secretariat."),
    )
    ENVELOPE_BROKEN = (
        "envelope_broken",
        _("A sealed ballot was changed or copied in the database. Count nothing; call the city secretariat."),
    )
    VOTED_ON = (
        "proposal_voted_on",
        _("The proposal {code} stands on ballot {number}. Count that ballot or call it off, then decide."),
    )
    POLL_OPEN_YET = "poll_open_yet", _("The ballot {numbers} is not counted yet. Count it or call it off first.")
    RESULT_NOT_YET = "result_not_yet", _("Nothing about the votes is shown before the ballot is counted.")


class RuleFault(TextChoices):
    """What is wrong with the rule of a ballot: the end of a sentence."""

    PARTS = "parts", _("a part is missing or not known")
    METHOD = "method", _("the method is not known")
    UTILITY = "utility", _("it does not say what a funded proposal is worth to its supporters")
    COMPLETION = "completion", _("“completion” must be “none” or “steps”: one rupiah a step would never end")
    FILL = "fill", _("the way of filling up what is left is not known")
    STEP = "step", _("the step must be 1 to 1,000 thousandths")
    CAP = "cap", _("the cap must be 1 to 10 times the first share")
    NEED_SHARE = "need_share", _("the share for needs must be 0 to 500 thousandths")
    TIES = "ties", _("the order for ties is not known, or does not end with the lot")
    LOT = "lot", _("the lot does not name each proposal once")
    POTS = "pots", _("a pot is not whole, or two have the same name")
    LIMITS = "limits", _("a floor or cap is not whole")
    FLOORS = (
        "floors",
        _("only Equal Shares (method “mes”) keeps floors: choose it, or leave out every floor (“least” in “limits”)"),
    )
