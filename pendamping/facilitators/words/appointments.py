"""What the journal tells of decrees, appointments, assignments, inaugurations."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Promise] = {
    "facilitators.decree_recorded": _("A decree was recorded"),
    "facilitators.decree_revoked": _("A decree was revoked"),
    "facilitators.appointed": _("A facilitator was appointed"),
    "facilitators.place_declined": _("Somebody selected declined the place"),
    "facilitators.appointment_ended": _("An appointment ended"),
    "facilitators.replaced": _("A successor was appointed"),
    "facilitators.assigned": _("A facilitator was placed"),
    "facilitators.assigned_all": _("A facilitator was placed"),
    "facilitators.assignment_ended": _("An assignment ended"),
    "facilitators.contract_signed": _("A contract was recorded"),
    "facilitators.contract_renewed": _("A contract was renewed"),
    "facilitators.duties_taken_over": _("Open work was taken over"),
    "facilitators.ceremony_called": _("An inauguration was called"),
    "facilitators.ceremony_invited": _("People were invited to an inauguration"),
    "facilitators.attended": _("Somebody was present at an inauguration"),
    "facilitators.oath_taken": _("Facilitators took the oath"),
    "facilitators.ceremony_photographed": _("Photos of an inauguration were kept"),
}
