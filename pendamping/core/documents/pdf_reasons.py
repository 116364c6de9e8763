"""Why a PDF was not taken in, each with its cure."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Reason(TextChoices):
    """A refusal of the PDF door (id: alasan PDF ditolak)."""

    EMPTY = "pdf_empty", _("The file is empty. Choose it again.")
    TOO_LARGE = (
        "pdf_too_large",
        _("The file is too large ({megabytes} MB, at most {limit} MB). Scan it in grey, or send a photo of it."),
    )
    NOT_A_PDF = "pdf_not_a_pdf", _("This file is no PDF, whatever its name says. Send a PDF, or a photo of the paper.")
    TOO_MANY_PAGES = (
        "pdf_too_many_pages",
        _("The PDF has too many pages ({pages}, at most {limit}). Send only the pages that are asked for."),
    )
    LOCKED = "pdf_locked", _("The PDF is locked with a password. Save it without one, or send a photo of the paper.")
    ACTIVE = (
        "pdf_active",
        _(
            "The PDF can do things by itself (it holds scripts, attachments or links that open programs). "
            "Print it to a new PDF, or send a photo of the paper."
        ),
    )
    DAMAGED = "pdf_damaged", _("The PDF is incomplete or damaged. Send it again, or send a photo of the paper.")
    TOO_HEAVY = "pdf_too_heavy", _("The PDF takes too long to read. Print it to a new PDF, or send a photo of it.")
