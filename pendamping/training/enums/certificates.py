"""States of certificates and of issuing many at once, and why an act on one is refused."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class CertificateState(models.TextChoices):
    """What a certificate is worth (id: status sertifikat). Whether its time is over is told by its last day."""

    VALID = "valid", _("Valid")
    SUPERSEDED = "superseded", _("Replaced by another one")
    REVOKED = "revoked", _("Revoked")


class BatchState(models.TextChoices):
    """Where issuing to many stands (id: status penerbitan massal)."""

    WAITING = "waiting", _("Waits for the worker")
    RUNNING = "running", _("Under way")
    DONE = "done", _("Done")


class ReminderKind(models.TextChoices):
    """Which reminder of a refresher was sent (id: jenis pengingat)."""

    SOON = "soon", _("Ends soon")
    LAST = "last", _("Ends within days")
    OVER = "over", _("Has ended")


class Standing(models.TextChoices):
    """What anyone is told of a certificate on a day (id: keadaan sertifikat)."""

    VALID = "valid", _("Valid")
    EXPIRED = "expired", _("Its time is over")
    SUPERSEDED = "superseded", _("Replaced by another one")
    REVOKED = "revoked", _("Revoked")


class Reason(models.TextChoices):
    """Sentences shown to people when an act on a certificate is refused."""

    NOT_PASSED = (
        "certificate_not_passed",
        _("This learner has not passed the course yet. The certificate can be issued once the pass rule is met."),
    )
    HAS_ONE = (
        "certificate_has_one",
        _("There is already the valid certificate {code}. Correct the name there, or renew it when it ends soon."),
    )
    WAS_REVOKED = (
        "certificate_was_revoked",
        _("A certificate of this learner was revoked ({code}). Issue a new one by hand if that is settled."),
    )
    OWN = "certificate_own", _("This certificate is your own. Somebody else in the office decides on it.")
    NAME_MISSING = "certificate_name_missing", _("Write the name as it should stand on the certificate.")
    NAME_SIGNS = "certificate_name_signs", _("The name holds signs that nobody sees. Type it anew.")
    SAME_NAME = (
        "certificate_same_name",
        _("The name is the same as before. Change it, or leave it as it is."),
    )
    NUMBER_IN_NAME = (
        "certificate_number_in_name",
        _("A certificate carries a name only. Leave out numbers such as the NIK."),
    )
    NOT_VALID = "certificate_not_valid", _("This certificate is no longer valid: {standing}. Nothing was changed.")
    REASON_MISSING = "certificate_reason_missing", _("Write why, in a few words: the person reads it.")
    NOT_DUE = "certificate_not_due", _("This certificate is valid until {until}. Renew it in its last {days} days.")
    NEVER_ENDS = "certificate_never_ends", _("This certificate does not expire, so there is nothing to renew.")
    ACCOUNT_CLOSED = "certificate_account_closed", _("The account of this learner is closed. Open it first.")
    KEY_LOST = (
        "certificate_key_lost",
        _(
            "The secret this site signs with is another one than before. Restore it from the backup, or make a new "
            "key: pendamping training rotate-key."
        ),
    )
    NOBODY_LEFT = "batch_nobody_left", _("Nobody who passed this version waits for a certificate.")
    BATCH_UNDER_WAY = "batch_under_way", _("Certificates of this version are already being issued: {code}.")
