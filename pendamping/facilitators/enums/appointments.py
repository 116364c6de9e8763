"""Kinds of decrees."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class DecreeKind(models.TextChoices):
    """What a decree does (id: jenis SK)."""

    APPOINTMENT = "appointment", _("Appointment")
    REPLACEMENT = "replacement", _("Replacement mid-term")
    DISMISSAL = "dismissal", _("Dismissal")


class Reason(models.TextChoices):
    """Sentences shown to people when an act on decrees, appointments and contracts is refused."""

    NUMBER_TAKEN = "number_taken", _("A decree with the number {number} is already recorded here. Mend the number.")
    TERM_MISSING = "term_missing", _("Give the first and the last day of the term, in order.")
    TERM_UNWANTED = "term_unwanted", _("A dismissal gives no term. Leave these days empty.")
    DATED_AHEAD = "dated_ahead", _("The decree is dated {day}. Record it when it is signed.")
    DECREE_REVOKED = "decree_revoked", _("Decree {number} was revoked on {day}. Choose one in force.")
    REVOKED_BEFORE_MADE = "revoked_before_made", _("The decree is dated {day}; it cannot be revoked before that.")
    WRONG_DECREE = "wrong_decree", _("This decree is of the kind “{kind}”. Choose one of the kind “{needed}”.")
    OTHER_CITY = "other_city", _("This belongs to another city.")
    NOT_FINAL = "not_final", _("The result of this round is not final yet. Appoint once objections are answered.")
    RANKED_ANEW = "ranked_anew", _("The ranking was made anew meanwhile. Open the list again.")
    NOT_CHOSEN = "not_chosen", _("{code} is not among those selected.")
    WITHDRAWN = "withdrawn", _("{code} withdrew from the selection.")
    ALREADY_APPOINTED = "already_appointed", _("{code} has already been appointed. Nothing was changed.")
    ACCOUNT_DISABLED = "account_disabled", _("The account of this person is disabled. Enable it first, under People.")
    ACCOUNT_EXISTS = (
        "account_exists",
        _("An account with this e-mail address or phone number exists already. If it is the same person, choose it."),
    )
    IDENTITY_GONE = (
        "identity_gone",
        _("Name and contact of {code} were deleted on schedule, so nobody can be appointed from this application."),
    )
    OTHER_PERSON = (
        "other_person",
        _(
            "The account {username} has another name, e-mail address and phone number than {code} applied with. "
            "Choose the person's own account, or mend the account first, under People."
        ),
    )
    SELECTED_WAIT = (
        "selected_wait",
        _("{count} people selected for this post wait to be appointed. Choose one, or write why somebody else is."),
    )
    DECLINED = "declined", _("{code} declined the place.")
    LIST_OVER = "list_over", _("The reserve list was valid until {day}. A new selection is needed.")
    WHO_MISSING = "who_missing", _("Choose somebody from the final ranking or an existing account.")
    KIND_MISSING = "kind_missing", _("Choose the post this person is appointed for.")
    UNIT_NEEDED = "unit_needed", _("Choose the first area: a new account is made together with its first assignment.")
    OUTSIDE_DECREE = "outside_decree", _("The decree gives a term from {start} to {end}. Choose days within it.")
    ALREADY_SERVES = "already_serves", _("This person already serves as {kind} from {start} to {end} ({code}).")
    NOT_ONESELF = "not_oneself", _("You cannot do this for yourself. Ask a colleague who may.")
    ENDED_ALREADY = (
        "ended_already",
        _("The last day of this appointment is {day} already. While it lies ahead, an earlier one can be chosen."),
    )
    END_OUTSIDE_TERM = "end_outside_term", _("The term runs from {start} to {end}. Choose a last day before its end.")
    REASON_MISSING = "reason_missing", _("Write the reason.")
    STILL_SERVES = "still_serves", _("{code} has not ended. End that appointment first, then name a successor.")
    REPLACED_ALREADY = "replaced_already", _("{code} already has a successor.")
    APPOINT_ANEW = (
        "appoint_anew",
        _("{code} ended because its decree was revoked. Appoint under another decree instead of naming a successor."),
    )
    NOT_RESERVE = "not_reserve", _("{code} is not on the reserve list of this post.")
    RESERVE_FIRST = "reserve_first", _("{count} people wait on the reserve list of this post. Choose one of them.")
    RESERVE_EMPTY = (
        "reserve_empty",
        _("Nobody waits on the reserve list of this post. Choose an existing account, or open a new selection."),
    )
    SERVES_BESIDE = "serves_beside", _("The one before serves until {day}. The successor begins after that day.")
    OUTLASTS = "outlasts", _("The term served out ends on {day}. Choose a last day up to then.")
    SKIP_REASON_MISSING = (
        "skip_reason_missing",
        _("{count} reserves stand before {code}. Write why they are passed over."),
    )
    YEAR_TAKEN = "year_taken", _("This appointment already has a contract for {year}.")
    CONTRACT_OUTSIDE = (
        "contract_outside",
        _("A contract for {year} lies within that year and within the term ({term})."),
    )
    PAY_MISSING = "pay_missing", _("Give the honorarium a month, above zero.")
    NOT_NEXT_YEAR = "not_next_year", _("A contract is renewed for the year after it: {year}.")
    RENEW_INSTEAD = "renew_instead", _("There is a contract for {year}. Renew that one, with what was decided on it.")
    NOT_RENEWED = (
        "not_renewed",
        _(
            "Evaluation {code} decided not to renew this contract. If a later decision says otherwise, write which in "
            "the reason, and name {code}."
        ),
    )
    RENEWED_ALREADY = "renewed_already", _("This contract is already renewed.")
    NOTHING_TO_TAKE_OVER = "nothing_to_take_over", _("This appointment replaces nobody, so there is no handover.")
    TAKEN_OVER = "taken_over", _("The handover was already acknowledged on {day}.")
    NOT_YOURS = "not_yours", _("Only the successor acknowledges the handover, on their own page.")
