"""What the attendance register keeps of somebody, how they came on it, and why an act on it is refused."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PresentSex(TextChoices):
    """As people say it of themselves (id: jenis kelamin)."""

    WOMAN = "f", pgettext_lazy("person", "Woman")
    MAN = "m", pgettext_lazy("person", "Man")


class AgeGroup(TextChoices):
    """Groups of age (id: kelompok umur); youth as in UU 40/2009 article 1, elderly as in UU 13/1998 article 1."""

    YOUTH = "youth", _("16 to 30 years")
    ADULT = "adult", _("31 to 59 years")
    ELDERLY = "elderly", _("60 years or older")


class Source(TextChoices):
    """How somebody came on the register (id: cara mencatat kehadiran)."""

    QR = "qr", _("Own phone")
    LIST = "list", pgettext_lazy("attendance", "List of the facilitator")
    SHEET = "sheet", pgettext_lazy("attendance", "Paper sheet")


class PresenceReason(TextChoices):
    """Sentences shown to people when the register refuses."""

    SEX_MISSING = "sex_missing", _("Say whether woman or man; the law asks for this count.")
    OTHER_AREA = "presence_other_area", _("This RT is not in the area of the meeting. Choose one of the list, or none.")
    CAPACITY_UNKNOWN = (
        "capacity_unknown",
        _("Nobody can be present as “{capacity}” at this meeting. Choose one of the list."),
    )
    SAME_NAME = (
        "same_name",
        _("Number {number} of the register has this name and RT already. If it is another person, add a word that "
          "tells them apart."),
    )  # fmt: skip
    OTHER_ON_PHONE = (
        "other_on_phone",
        _("This phone has put somebody else on the register (number {number}). Ask the facilitator to add you."),
    )
    INVITED_PRESENT = "invited_present", _("This invitation is on the register already, as number {number}.")
    CODE_MISSING = "code_missing", _("Scan the square on the screen in the room, or type the six signs below it.")
    CODE_OLD = "room_code_old", _("This code has changed meanwhile. Scan the square on the screen again.")
    CODE_WRONG = "room_code_wrong", _("This is not the code on the screen. Compare the six signs.")
    TOO_MANY_CODES = (
        "too_many_codes",
        _("Too many wrong codes from this connection. Wait {minutes} minutes, or ask the facilitator to add you."),
    )
    STRUCK = "presence_struck", _("This row was struck out already.")
    SAME_AS_ITSELF = "same_as_itself", _("Choose the other row of the same person.")
    REGISTER_EMPTY = (
        "register_empty",
        _("Nobody is on the register yet. Put people on it first, or count heads without it."),
    )
    SHEET_FIXED = "sheet_fixed", _("This sheet is confirmed; its rows are on the register. Strike single rows there.")
    ROWS_LIKELY = "rows_likely", _("A sheet has 5 to {most} rows.")
    TOO_MANY_SHEETS = "too_many_sheets", _("This meeting has {most} sheets already. Use the rows that are left.")
    ROW_UNKNOWN = "sheet_row_unknown", _("Row {row} is not on this sheet.")
    ROW_WITHOUT_SEX = "row_without_sex", _("Row {row}: say whether woman or man, or empty the row.")
    ROW_TWICE = (
        "row_twice",
        _("Row {row}: this name and RT are on the register already, as number {number}. Leave the row out, and count "
          "it out of the paper too."),
    )  # fmt: skip
    ROWS_ALIKE = "rows_alike", _("Row {row} has the same name and RT as row {other} of this sheet. Leave one of them.")
    HEADS_DIFFER = (
        "heads_differ",
        _("You counted {heads} filled rows on the paper, but {typed} were typed. Compare and mend, then confirm."),
    )
    NOTHING_TYPED = "nothing_typed", _("Type the rows of this sheet first.")
