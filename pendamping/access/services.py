"""What can happen to accounts and roles. Nobody hands on more than they hold, and every change is in the journal."""

from __future__ import annotations

import hashlib
import secrets
from datetime import date, datetime, timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction
from django.db.models import Q

from pendamping.access import phones, queries, rules, tokens
from pendamping.access.duties import nearest_office, office_of
from pendamping.access.enums import Reason
from pendamping.access.models import Account, Grant, Invitation, Token
from pendamping.access.phones import Number
from pendamping.access.roles import ROLES
from pendamping.access.verbs import Verb
from pendamping.core import journal
from pendamping.core.acts import act
from pendamping.core.errors import Refused
from pendamping.core.moments import day
from pendamping.core.personal import mask_to
from pendamping.regions.models import Region

INVITATION_LIFE = timedelta(hours=24)
TOKEN_LIFE = timedelta(days=366)


@act("access.account_added")
def add_person(
    *,
    by: Account | None,
    at: datetime,
    username: str,
    name: str,
    role: str,
    region: Region,
    email: str = "",
    phone: Number | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
    decree: str = "",
) -> Account:
    """Make an account with its first role (id: menambah orang). Refused: a name, address or number already in use, a
    role that is not the giver's to give. They choose their password through an invitation."""
    _free(username=username, email=email, phone=phone)
    account = Account(username=username, name=name, email=email, date_joined=at)
    account.set_unusable_password()
    phones.put(account, phone)
    try:
        with transaction.atomic():
            account.save(force_insert=True)
    except IntegrityError as problem:  # somebody else took it since _free looked
        raise Refused(Reason.USERNAME_TAKEN, field="username") from problem
    _journal("access.account_added", account, region, by, at)
    _grant(account, role, region, starts_on or day(at), ends_on, decree, by, at)
    return account


@act("access.role_granted")
def grant_role(
    *,
    by: Account | None,
    at: datetime,
    account: Account,
    role: str,
    region: Region,
    starts_on: date | None = None,
    ends_on: date | None = None,
    decree: str = "",
) -> Grant:
    """Give somebody a role in a place (id: memberi peran). Refused: to oneself, outside one's own place, a role one may
    not hand on, beyond one's own term, or when they hold it already."""
    Account.objects.select_for_update().get(pk=account.pk)
    return _grant(account, role, region, starts_on or day(at), ends_on, decree, by, at)


@act("access.role_ended")
def revoke_role(*, by: Account | None, at: datetime, grant: Grant, reason: str) -> Grant:
    """End a role at once (id: mengakhiri peran). Refused: one's own, one that is not the ender's to give, twice."""
    grant = Grant.objects.select_for_update(of=("self",)).select_related("region", "account").get(pk=grant.pk)
    if by is not None:
        oneself = grant.account_id == by.pk
        held = queries.held_by(by, day(at), lock=True)
        rules.may_end(held=held, role=grant.role, path=grant.region.path, oneself=oneself).or_raise()
    if grant.revoked_at is not None:
        raise Refused(Reason.ALREADY_REVOKED)
    grant.revoked_at, grant.revoked_by, grant.revoked_reason = at, by, mask_to(reason, 200)
    grant.save(update_fields=["revoked_at", "revoked_by", "revoked_reason"])
    facts = {"account": str(grant.account.uid), "role": grant.role}
    _journal("access.role_ended", grant, grant.region, by, at, reason=grant.revoked_reason, changes=facts)
    return grant


@act("access.account_edited")
def edit_person(
    *, by: Account | None, at: datetime, account: Account, name: str, email: str, phone: Number | None
) -> Account:
    """Mend somebody's name, address or number (id: mengubah data orang). Refused: taken by another account, or theirs
    to mend by somebody else. The journal says which fields, never what they hold."""
    account = _theirs_to_keep(account, by, at)
    _free(username="", email=email, phone=phone, besides=account)
    before = (account.name, account.email, account.phone_index)
    account.name, account.email = name, email
    phones.put(account, phone)
    account.save(update_fields=["name", "email", "subject_key", "phone_cipher", "phone_index"])
    pairs = zip(("name", "email", "phone"), before, (account.name, account.email, account.phone_index), strict=True)
    changed = [field for field, old, new in pairs if old != new]
    _journal("access.account_edited", account, home_of(account, at), by, at, changes={"fields": changed})
    return account


@act("access.account_disabled")
def disable_person(*, by: Account | None, at: datetime, account: Account, reason: str) -> Account:
    """Shut an account at once: sessions, keys and links stop counting (id: menonaktifkan akun)."""
    return _switch(account, False, "access.account_disabled", by, at, mask_to(reason, 200))


@act("access.account_enabled")
def enable_person(*, by: Account | None, at: datetime, account: Account, reason: str) -> Account:
    """Open a shut account again (id: mengaktifkan akun)."""
    return _switch(account, True, "access.account_enabled", by, at, mask_to(reason, 200))


@act("access.invited")
def invite(*, by: Account | None, at: datetime, account: Account) -> Invitation:
    """Make a link by which somebody sets a password (id: mengundang). Earlier links stop working. The key is on the
    returned record as `key`, this once; only its hash is kept."""
    account = _theirs_to_keep(account, by, at)
    Invitation.objects.filter(account=account, used_at=None, withdrawn_at=None).update(withdrawn_at=at)
    key = secrets.token_urlsafe(32)
    made = Invitation.objects.create(
        account=account, key_hash=_hash(key), expires_at=at + INVITATION_LIFE, made_by=by, created_at=at
    )
    _journal("access.invited", account, home_of(account, at), by, at)
    made.key = key  # type: ignore[attr-defined]
    return made


def open_invitation(key: str, at: datetime) -> Invitation | None:
    """The invitation a link stands for, while it still counts."""
    return (
        Invitation.objects.select_related("account")
        .filter(key_hash=_hash(key), used_at=None, withdrawn_at=None, expires_at__gt=at, account__is_active=True)
        .first()
    )


@act("access.invitation_used")
def accept_invitation(*, by: None, at: datetime, key: str, password: str) -> Account:
    """Set one's password by a link, once (id: menerima undangan). Call it without `op`: an operation keeps a digest of
    its facts, and a password must leave no trace but its hash."""
    found = open_invitation(key, at)
    if found is None or not Invitation.objects.filter(pk=found.pk, used_at=None, withdrawn_at=None).update(used_at=at):
        raise Refused(Reason.LINK_OVER)
    account = Account.objects.select_for_update().get(pk=found.account_id)
    account.set_password(password)
    account.save(update_fields=["password"])
    _journal("access.invitation_used", account, home_of(account, at), account, at)
    return account


@act("access.factor_reset")
def reset_factor(*, by: Account | None, at: datetime, account: Account) -> Account:
    """Forget somebody's second factors so that they set up new ones (id: mengatur ulang langkah kedua)."""
    Authenticator.objects.filter(user_id=account.pk).delete()
    _journal("access.factor_reset", account, home_of(account, at), by, at)
    return account


@act("access.viewed_as")
def view_as(*, by: Account, at: datetime, account: Account) -> Account:
    """Begin to see what somebody sees, without being able to act (id: melihat sebagai)."""
    if by.pk == account.pk:
        raise Refused(Reason.NOT_ONESELF)
    _journal("access.viewed_as", account, home_of(account, at), by, at)
    return account


@act("access.token_made")
def make_token(*, by: Account, at: datetime, label: str, expires_on: date, reads_only: bool = True) -> Token:
    """Make a key for a program acting for oneself (id: membuat token). The key is on the record as `key`, this once."""
    if not day(at) <= expires_on <= day(at) + TOKEN_LIFE:
        raise Refused(Reason.TOKEN_TOO_LONG, field="expires_on")
    token, key = tokens.issue(account=by, label=mask_to(label, 60), expires_on=expires_on, reads_only=reads_only)
    facts = {"expires_on": expires_on.isoformat(), "reads_only": reads_only}
    _journal("access.token_made", by, home_of(by, at), by, at, changes=facts)
    token.key = key  # type: ignore[attr-defined]
    return token


@act("access.token_revoked")
def revoke_token(*, by: Account, at: datetime, token: Token) -> Token:
    """Make a key worthless at once (id: mencabut token)."""
    if not Token.objects.filter(pk=token.pk, account=by, revoked_at=None).update(revoked_at=at):
        raise Refused(Reason.ALREADY_REVOKED)
    _journal("access.token_revoked", by, home_of(by, at), by, at)
    token.refresh_from_db()
    return token


def _grant(
    account: Account,
    role: str,
    region: Region,
    starts_on: date,
    ends_on: date | None,
    decree: str,
    by: Any,
    at: datetime,
) -> Grant:
    if ends_on is not None and ends_on < starts_on:
        raise Refused(Reason.DATES_REVERSED, field="ends_on")
    if by is not None:
        rules.may_grant(
            held=queries.held_by(by, day(at), lock=True),
            role=role,
            levels=ROLES[role].levels,
            level=region.level,
            path=region.path,
            starts_on=starts_on,
            ends_on=ends_on,
            today=day(at),
            oneself=account.pk == by.pk,
        ).or_raise()
    elif region.level not in ROLES[role].levels:
        raise Refused(Reason.ROLE_NOT_FOR_LEVEL, field="region")
    known = Grant.objects.filter(account=account, role=role, region=region, revoked_at=None)
    until = Q(starts_on__lte=ends_on) if ends_on else Q()
    if known.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=starts_on)).filter(until).exists():
        raise Refused(Reason.ALREADY_GRANTED, field="role")
    grant = Grant.objects.create(
        account=account,
        role=role,
        region=region,
        starts_on=starts_on,
        ends_on=ends_on,
        decree=mask_to(decree, 120),
        granted_by=by,
        created_at=at,
    )
    facts = {
        "account": str(account.uid),
        "role": role,
        "starts_on": starts_on,
        "ends_on": ends_on,
        "decree": grant.decree,
    }
    _journal("access.role_granted", grant, region, by, at, changes=facts)
    return grant


def _switch(account: Account, active: bool, verb: str, by: Any, at: datetime, reason: str) -> Account:
    account = _theirs_to_keep(account, by, at)
    if account.is_active == active:
        raise Refused(Reason.ALREADY_SO)
    account.is_active = active
    account.save(update_fields=["is_active"])
    if not active:
        _shut_out(account, at)
    _journal(verb, account, home_of(account, at), by, at, reason=reason)
    return account


@act("access.signed_out_everywhere")
def sign_out_everywhere(*, by: Account, at: datetime) -> Account:
    """End all one's own sessions and keys, for a lost phone (id: keluar dari semua perangkat)."""
    account = Account.objects.select_for_update().get(pk=by.pk)
    _shut_out(account, at)
    _journal("access.signed_out_everywhere", account, home_of(account, at), by, at)
    return account


def _shut_out(account: Account, at: datetime) -> None:
    """Sessions, keys and links that were given out count no longer, also when the account is opened again."""
    account.session_epoch += 1
    account.save(update_fields=["session_epoch"])
    Token.objects.filter(account=account, revoked_at=None).update(revoked_at=at)
    Invitation.objects.filter(account=account, used_at=None, withdrawn_at=None).update(withdrawn_at=at)


def _theirs_to_keep(account: Account, by: Account | None, at: datetime) -> Account:
    """The account, locked, if `by` may change it (the command line may)."""
    account = Account.objects.select_for_update().get(pk=account.pk)
    if by is not None:
        held = queries.held_by(by, day(at), lock=True)
        rules.may_keep(held=held, theirs=queries.theirs(account, day(at)), oneself=account.pk == by.pk).or_raise()
    return account


def _free(*, username: str, email: str, phone: Number | None, besides: Account | None = None) -> None:
    """Refuse what another account has; the table's constraints stay the last word."""
    others = Account.objects.exclude(pk=besides.pk) if besides else Account.objects.all()
    if username and others.filter(username=username).exists():
        raise Refused(Reason.USERNAME_TAKEN, field="username")
    if email and others.filter(email=email).exists():
        raise Refused(Reason.EMAIL_TAKEN, field="email")
    if phone and others.filter(phone_index=str(phone)).exists():
        raise Refused(Reason.PHONE_TAKEN, field="phone")


def home_of(account: Account, at: datetime) -> str:
    """The place whose journal tells of an account: that of its first role."""
    return next((path for _role, path in queries.theirs(account, day(at))), "")


def _journal(verb: str, subject: Any, region: Any, by: Any, at: datetime, **facts: Any) -> None:
    journal.record(
        verb, subject=subject, region=region, by=by, at=at, office=acting_office(by, region, at), public=False, **facts
    )


def acting_office(by: Any, region: Any, at: datetime) -> str:
    """Under which role somebody acts: the one that manages people here, else the nearest, else any they hold."""
    return office_of(by, Verb.PEOPLE_MANAGE, region, at) or nearest_office(by, region, at)


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
