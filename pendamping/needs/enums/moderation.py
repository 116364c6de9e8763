"""Why something is hidden or reported, from whom nothing more is taken, and why an act of moderation is refused."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class HideReason(TextChoices):
    """Why something is not shown (id: alasan disembunyikan)."""

    PERSON = "person", _("It tells who somebody is")
    INSULT = "insult", _("It insults or threatens")
    SPAM = "spam", _("It is advertising or noise")
    ELSEWHERE = "elsewhere", _("It is not about this place")
    OTHER = "other", _("Something else")


class BlockKind(TextChoices):
    """What is blocked (id: jenis blokir)."""

    CONTACT = "contact", _("An address")
    CONNECTION = "connection", _("A connection")


class Part(TextChoices):
    """What of a voice is moderated (id: bagian suara): told in the journal instead of its words."""

    VOICE = "voice", _("the voice")
    MESSAGE = "message", _("a message")
    PHOTO = "photo", _("a photo")


class ModerationReason(TextChoices):
    """Sentences shown to people when an act of moderation is refused."""

    ALREADY_HIDDEN = "already_hidden", _("This is hidden already. Reload the page to see by whom and why.")
    NOT_HIDDEN = "not_hidden", _("This is shown already. Reload the page.")
    OTHER_WITHOUT_WORDS = "other_without_words", _("You chose “something else”: say in a few words what it is.")
    ALREADY_SETTLED = "already_settled", _("Somebody has settled this report already. Reload the page.")
    UNCHANGED = "unchanged", _("These are the same words as before. Change them, or leave the page.")
    NOT_OF_VOICE = "not_of_voice", _("This does not belong to the voice. Open the page again from the voice.")
    NO_BOXES = "no_boxes", _("Nothing is covered yet. Draw or type at least one box.")
    TOO_MANY_BOXES = "too_many_boxes", _("At most {most} boxes at once. Cover these first, then the rest.")
    BOX_OUTSIDE = "box_outside", _("A box lies outside the photo. Write numbers from 0 to 1000.")
    PHOTO_GONE = "photo_gone", _("This photo was covered already; the new one stands in its place. Reload the page.")
    NO_SPEAKER = "no_speaker", _("No address was given with this voice, so there is nobody to block. Hide the voice.")
    ALREADY_BLOCKED = "already_blocked", _("This is blocked already.")
    BLOCK_DAYS = "block_days", _("Block for 1 to {most} days.")
    NO_ADDRESS = "no_address", _("This is no address of a connection. Write it as in 203.0.113.7 or 2001:db8::1.")
    BLOCK_OVER = "block_over", _("This block has ended already.")
    ORIGINAL_GONE = "original_gone", _("The original was deleted when its time was over.")
    BLOCKED = "blocked", _("Nothing more is taken from here until {day}. Go to your ward office, or call it.")
    TOO_MANY_REPORTS = (
        "too_many_reports",
        _("Too many reports from this connection just now. Try again in {minutes} minutes."),
    )


class CaseReason(TextChoices):
    """Sentences shown to people when an act on a confidential voice is refused."""

    ALREADY_CONFIDENTIAL = "already_confidential", _("This voice is confidential already.")
    GATHERED = "case_gathered", _("This voice is part of a need, which everyone sees. Hide the voice instead.")
    ALREADY_NAMED = "already_named", _("This person is on the case team already.")
    SELF_NAMED = (
        "self_named",
        _("Nobody names themselves. Somebody else who may name people does it, or you name another person."),
    )
    NOT_NAMED = "not_named", _("This person is not on the case team.")
    NO_OFFICE = "case_no_office", _("Name somebody who holds an office here today; administrators read no cases.")
    LAST_MEMBER = "last_member", _("Somebody must be able to read it. Name the next person first.")
    ANSWERED = "case_answered", _("This voice has been answered already.")
    NOT_ON_TEAM = "not_on_team", _("Only the case team answers this voice.")
