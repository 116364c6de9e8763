"""What happens to voices, also to confidential ones, and acts of moderation in sentences, as the journal tells them."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

VOICES: dict[str, Promise] = {
    "needs.voice_given": _("A resident gave a voice"),
    "needs.voice_recorded": _("A resident's voice was written down"),
    "needs.voice_answered": _("The voice was answered"),
    "needs.voice_merged": _("The voice was joined with another about the same trouble"),
    "needs.voice_parted": _("The voice stands for itself again"),
    "needs.message_placed": _("A message of the phone was given its place"),
    "needs.message_written": _("A message was written in the thread of the voice"),
    "needs.turn_passed": _("The voice was passed on to another office"),
    "needs.clock_paused": _("The clock of the voice was paused"),
    "needs.clock_resumed": _("The clock of the voice goes on"),
    "needs.voice_escalated": _("A deadline passed; an office further up has the turn"),
    "needs.solved_said": _("A resident said whether it is solved"),
    "needs.voice_reopened": _("The voice was opened again"),
}
MODERATION: dict[str, Promise] = {
    "needs.content_hidden": _("Something was hidden by a moderator"),
    "needs.content_shown": _("Something hidden was shown again"),
    "needs.content_reported": _("Somebody reported what is shown"),
    "needs.report_settled": _("A report was settled"),
    "needs.words_edited": _("Words were edited by a moderator; the original is sealed"),
    "needs.photo_covered": _("Parts of a photo were covered"),
    "needs.original_opened": _("A sealed original was read"),
    "needs.speaker_blocked": _("An address was blocked"),
    "needs.connection_blocked": _("A connection was blocked"),
    "needs.block_lifted": _("A block was ended"),
}
CASES: dict[str, Promise] = {
    "needs.case_given": _("A confidential voice was given"),
    "needs.case_kept": _("A voice was made confidential"),
    "needs.case_member_named": _("Somebody was named to read a confidential voice"),
    "needs.case_member_ended": _("Somebody reads a confidential voice no more"),
    "needs.case_answered": _("A confidential voice was answered"),
    "needs.message_written": _("A message was written in the thread of the voice"),
    "needs.turn_passed": _("The voice was passed on to another office"),
    "needs.clock_paused": _("The clock of the voice was paused"),
    "needs.clock_resumed": _("The clock of the voice goes on"),
    "needs.voice_escalated": _("A deadline passed; an office further up has the turn"),
    "needs.solved_said": _("A resident said whether it is solved"),
    "needs.voice_reopened": _("The voice was opened again"),
}
BY_ITSELF = frozenset({"needs.voice_escalated"})  # what nobody does: the hourly rounds find it due


def sentence(verb: str) -> str:
    """What happened to a confidential voice, in words; the verb itself for one nobody has put into words."""
    return str(CASES.get(verb) or VOICES.get(verb) or MODERATION.get(verb) or verb)
