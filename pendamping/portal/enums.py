"""What comes next on a journey, in words a resident reads, and the kinds of public list."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Next(TextChoices):
    """The next step of a journey (id: langkah berikutnya); the label is the sentence shown."""

    GATHER = "gather", _("This voice is read and gathered with others into a need.")
    VERIFY = "verify", _("The place is visited and the need verified.")
    WRITE = "write", _("The need becomes a proposal: what, where, how much.")
    SUBMIT = "submit", _("The proposal is completed and submitted.")
    REPAIR = "repair", _("The proposal is repaired and submitted again.")
    CHECK = "check", _("The proposal is checked for completeness.")
    PUT = "put", _("The proposal is put on the agenda of a ward meeting.")
    PUT_AGAIN = "put_again", _("The proposal can be put to a later meeting again.")
    DECIDE = "decide", _("The meeting decides on the proposal.")
    PREPARE = "prepare", _("A budget, a schedule and a working group are prepared.")
    APPROVE = "approve", _("The project is approved.")
    REPAIR_PLAN = "repair_plan", _("The plan of the project is repaired.")
    START = "start", _("The work begins; the state before it is photographed.")
    REPORT = "report", _("The progress of the work is reported with photos and money spent.")
    VERIFY_REPORT = "verify_report", _("The progress report is verified by somebody else.")
    COUNT = "count", _("Residents say whether it helps, and those reached are counted.")
    HAND_OVER = "hand_over", _("The work is handed over to the body that keeps it.")
    INSPECT = "inspect", _("The asset is inspected.")


class PublicList(TextChoices):
    """The lists anyone may read (id: daftar terbuka); the value stands in the address."""

    VOICES = "suara", _("Voices")
    NEEDS = "kebutuhan", _("Needs")
    PROPOSALS = "usulan", _("Proposals")
    MEETINGS = "musyawarah", _("Meetings")
    PROJECTS = "kegiatan", _("Projects")
    REPORTS = "kemajuan", _("Progress reports")
    PAYMENTS = "pembayaran", _("Payments")
    ASSETS = "aset", _("Assets")
