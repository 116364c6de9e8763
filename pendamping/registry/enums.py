"""Why a file is not written."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Reason(TextChoices):
    """Sentences shown to people."""

    TRY_FIRST = "try_first", _("This file was not tried yet, or it was changed since. Try it first, then write it.")
    ROWS_REFUSED = "rows_refused", _("{refused} rows are refused. Mend them, or choose to write the right rows only.")
    TOO_LONG = "file_too_long", _("The page takes up to {limit} rows. Split the file, or use the command line.")
