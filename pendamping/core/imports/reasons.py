"""Why a whole spreadsheet was not read, each with its cure."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Reason(TextChoices):
    """A refusal of the spreadsheet door (id: alasan lembar kerja ditolak)."""

    EMPTY = "sheet_empty", _("The file holds no rows. Fill in at least one row below the header.")
    TOO_LARGE = "sheet_too_large", _("The file is too large (at most {limit} MB). Split it into several files.")
    TOO_MANY_ROWS = "sheet_too_many_rows", _("The file has more than {limit} rows. Split it into several files.")
    TOO_MANY_COLUMNS = (
        "sheet_too_many_columns",
        _("The file has more than {limit} columns. Delete the columns that are not needed."),
    )
    OLD_EXCEL = "sheet_old_excel", _("This is an old Excel file (.xls). Open it and save it as .xlsx or CSV.")
    MACROS = "sheet_macros", _("The file holds macros, which we do not open. Save it as .xlsx without macros.")
    PROTECTED = "sheet_protected", _("The file is locked with a password. Save it without a password.")
    BOMB = "sheet_bomb", _("The file unpacks to far more than it should. Copy the table to a new file and save that.")
    NOT_A_SHEET = "sheet_not_a_sheet", _("This file is not a spreadsheet we can read. Send .xlsx or CSV.")
    DAMAGED = "sheet_damaged", _("The file is incomplete or damaged. Open it, save it again, and send it again.")
    NUL_BYTES = "sheet_nul_bytes", _("The file holds characters that do not belong in a table. Save it as CSV UTF-8.")
    NO_HEADER = (
        "sheet_no_header",
        _("The columns {missing} were not found. Name the columns in the first row as in the example file."),
    )
    BAD_DELIMITER = "sheet_bad_delimiter", _("“{sign}” cannot stand between columns. Name one sign, such as ; or |.")
    UNKNOWN_KIND = "sheet_unknown_kind", _("Files of this kind are not taken in here. Known are: {known}.")
    DOUBLE_HEADER = "sheet_double_header", _("The column {column} is there twice. Keep one of them.")
