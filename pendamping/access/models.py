"""Accounts and grants: person × role × region × dates × decree."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils import timezone

from pendamping.access.roles import ROLES
from pendamping.core.models import Record, new_uid
from pendamping.regions.models import Region


class Accounts(BaseUserManager["Account"]):
    """Finds and makes accounts."""

    def create_user(self, username: str, password: str | None = None, **values: object) -> Account:
        account = self.model(username=username, **values)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """Somebody who signs in (id: akun). What they may do is in their grants, never here."""

    id = models.BigAutoField(primary_key=True)
    uid = models.UUIDField(unique=True, default=new_uid, editable=False)
    username = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)
    subject_key = models.BinaryField(null=True, blank=True)  # wrapped; destroyed, it makes the phone number unreadable
    phone_cipher = models.BinaryField(null=True, blank=True)
    phone_index = models.CharField(max_length=64, null=True, blank=True, unique=True)
    session_epoch = models.PositiveIntegerField(default=0)  # raised, it ends every session there is
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(default=timezone.now)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["name"]
    is_staff = False
    is_superuser = False

    objects = Accounts()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["email"], condition=~Q(email=""), name="account_email_once"),
            models.CheckConstraint(
                condition=Q(phone_cipher__isnull=True, phone_index__isnull=True)
                | Q(phone_cipher__isnull=False, phone_index__isnull=False),
                name="account_phone_kept_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def journal_label(self) -> str:
        """What the journal may say of a person: never the name."""
        return str(self.uid)

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What every session is compared with (Django's own, from the password), and the epoch."""
        return f"{super()._get_session_auth_hash(secret=secret)}.{self.session_epoch}"  # type: ignore[misc]

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """Django's own permissions are not used; grants are (access/scope.py)."""
        return False

    def has_module_perms(self, app_label: str) -> bool:
        return False


class Grant(Record):
    """A role somebody holds in a place for a time (id: penugasan peran). It covers everything below the place."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="grants")
    role = models.CharField(max_length=30, choices=[(role.key, role.office) for role in ROLES.values()])
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    decree = models.CharField(max_length=120, blank=True)
    granted_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    revoked_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=[
                    "account",
                    "role",
                    "region",
                    "starts_on",
                ],  # a new term may follow; overlaps: services.grant_role
                condition=Q(revoked_at__isnull=True),
                name="grant_held_once",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")), name="grant_dates_in_order"
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_reason="")
                | (Q(revoked_at__isnull=False) & ~Q(revoked_reason="")),
                name="grant_revoked_with_reason",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["account", "revoked_at"], name="grant_account_idx")]

    def __str__(self) -> str:
        return f"{ROLES[self.role].office} · {self.region}"


class Invitation(Record):
    """A link by which somebody sets their password once (id: undangan): single use, one day, bound to one account."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="invitations")
    key_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    made_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    used_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(used_at__isnull=True) | Q(withdrawn_at__isnull=True), name="invitation_used_or_withdrawn"
            ),
        ]

    def __str__(self) -> str:
        return str(self.uid)


class Token(Record):
    """A key for a program acting for a person (id: token API), kept only as a hash."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="tokens")
    label = models.CharField(max_length=60)
    key_hash = models.CharField(max_length=64, unique=True)
    expires_on = models.DateField()
    reads_only = models.BooleanField(default=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(label=""), name="token_has_label")]

    def __str__(self) -> str:
        return self.label


class Attempt(models.Model):
    """How often something was tried in a window (id: percobaan): one atomic row per key and window."""

    id = models.BigAutoField(primary_key=True)
    key = models.CharField(max_length=64)  # keyed hash: no address and no name is kept
    ends = models.BigIntegerField(db_index=True)  # the second at which the window is over
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["key", "ends"], name="attempt_one_row_per_window")]
