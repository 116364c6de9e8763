"""What the journal tells of certificates, batches, keys and gates."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Promise] = {
    "training.certificate_issued": _("A certificate was issued"),
    "training.certificate_corrected": _("A certificate was replaced by one with a corrected name"),
    "training.certificate_renewed": _("A certificate was renewed"),
    "training.certificate_revoked": _("A certificate was revoked"),
    "training.batch_begun": _("Issuing certificates to all who passed began"),
    "training.batch_step": _("Certificates were issued to some more who passed"),
    "training.batch_done": _("Issuing certificates to all who passed ended"),
    "training.signing_key_rotated": _("A new key signs certificates"),
    "training.gate_set": _("An act in the field asks for a certificate"),
    "training.gate_ended": _("An act in the field no longer asks for a certificate"),
}
