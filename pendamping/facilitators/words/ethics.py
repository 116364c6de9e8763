"""What the journal tells of the code of ethics; of cases it tells that a step was taken, never which outcome."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Promise] = {
    "facilitators.ethics_code_published": _("A code of ethics was published"),
    "facilitators.ethics_signed": _("A code of ethics was signed"),
    "facilitators.breach_reported": _("A report of breach came in"),
    "facilitators.panel_named": _("A panel was named"),
    "facilitators.panel_left": _("A member left a panel"),
    "facilitators.case_person_named": _("A step was taken in a case of ethics"),
    "facilitators.case_called": _("Somebody was asked to answer in a case of ethics"),
    "facilitators.case_answered": _("Somebody answered in a case of ethics"),
    "facilitators.case_heard": _("Somebody was heard in a case of ethics"),
    "facilitators.case_silent": _("The time to answer in a case of ethics passed"),
    "facilitators.case_proposed": _("A step was taken in a case of ethics"),
    "facilitators.case_sent_back": _("A step was taken in a case of ethics"),
    "facilitators.case_decided": _("A case of ethics was decided"),
    "facilitators.case_confirmed": _("A case of ethics was decided"),
    "facilitators.case_closed": _("A report of breach was closed"),
}
