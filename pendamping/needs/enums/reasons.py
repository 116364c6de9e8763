"""Why an act on a voice, need or proposal is refused."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Reason(TextChoices):
    """Sentences shown to people when an act is refused."""

    NEED_OTHER_WORDS = "need_other_words", _("Say in a few words what it is about, since you chose “other”.")
    PLACE_NOT_WARD = "place_not_ward", _("Choose a ward, RW or RT.")
    PLACE_OUTSIDE_WARD = "place_outside_ward", _("The RT or RW chosen is not in this ward. Choose again.")
    PLACE_RETIRED = "place_retired", _("This place no longer exists by this name. Choose the one it belongs to now.")
    PIN_OUTSIDE = (
        "pin_outside",
        _("The point is {km} km away from the ward. Set it again at the place itself, or send without it."),
    )
    DAY_AHEAD = "day_ahead", _("This day has not come yet.")
    WORDS_MISSING = "words_missing", _("Write something here; spaces alone say nothing.")
    VOICE_ALREADY_HANDLED = "voice_already_handled", _("This voice is already part of a need or has been answered.")
    NEED_ANSWERED = "need_answered", _("This need has already been answered.")
    NEED_PROPOSED = (
        "need_proposed",
        _("This need has become the proposal {code}, and a meeting will answer it. Or withdraw that proposal first."),
    )
    NEED_HAS_PROPOSAL = "need_has_proposal", _("This need already has the proposal {code}. Go on with that one.")
    PLACE_MISSING = "place_missing", _("Say where the work would be: street or alley, RW and RT.")
    LAND_UNKNOWN = "land_unknown", _("Find out whose land it is; the proposal cannot go on without it.")
    TOO_MANY_VOICES = (
        "too_many_voices",
        _("Too many voices from this connection just now. Try again in {minutes} minutes."),
    )
    VOICE_OTHER_WARD = "voice_other_ward", _("The voice {code} is from another ward. Gather voices of one ward only.")
    NO_VOICES = "no_voices", _("Choose at least one voice.")
    NEED_NOT_OPEN = "need_not_open", _("This need has already been verified or answered.")
    NEED_NOT_VERIFIED = "need_not_verified", _("Verify the need on site first; then it can become a proposal.")
    REASON_MISSING = "reason_missing", _("Write the reason. The residents who spoke will read it.")
    FINDING_MISSING = "finding_missing", _("Write what you found on site.")
    PHOTO_MISSING = "photo_missing", _("Add a photo of the present state.")
    NOTHING_PROPOSED = "nothing_proposed", _("Give a volume and an estimated cost above zero.")
    NO_BENEFICIARIES = "no_beneficiaries", _("Say how many people benefit; women and men together cannot be zero.")
    BENEFICIARY_PARTS = (
        "beneficiary_parts",
        _("{part} people in one group is more than the {whole} women and men together."),
    )
    LAND_CONSENT_MISSING = (
        "land_consent_missing",
        _("The land is private and the consent is missing. Attach the consent first."),
    )
    MENU_OTHER_NEEDS_WORDS = "menu_other_needs_words", _("The menu item is “other”: say what it is.")
    PROPOSAL_NOT_DRAFT = "proposal_not_draft", _("This proposal has already been submitted.")
    PROPOSAL_NOT_SUBMITTED = "proposal_not_submitted", _("This proposal is not waiting for a check.")
    PROPOSAL_NOT_CHECKED = "proposal_not_checked", _("Only a checked proposal can be put to a meeting.")
    PROPOSAL_WENT_ON = (
        "proposal_went_on",
        _("This proposal went on since the meeting decided it; its decision can no longer be opened again."),
    )
    PROPOSAL_NOT_DEFERRED = "proposal_not_deferred", _("This proposal does not wait for another meeting.")
    PROPOSAL_NOT_FUNDED = "proposal_not_funded", _("This proposal is not funded.")
    PROPOSAL_NOT_ON_AGENDA = "proposal_not_on_agenda", _("This proposal is not on the agenda of a meeting.")
    PROPOSAL_ON_AGENDA = (
        "proposal_on_agenda",
        _("This proposal is on the agenda of a meeting. Have it taken off the agenda first, then withdraw it."),
    )
    PROPOSAL_FUNDED = "proposal_funded", _("A meeting has funded this proposal; it can no longer be withdrawn.")
    PROPOSAL_ENDED = "proposal_ended", _("This proposal has already been rejected or withdrawn.")
    YEAR_EARLIER = "year_earlier", _("A proposal can only be carried over to a later budget year.")
    MENU_NOT_VALID = "menu_not_valid", _("This menu item is no longer in force. Choose another.")
