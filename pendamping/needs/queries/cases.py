"""Confidential voices: that they are there, who reads them, and what only these read."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from pendamping.access.models import Account, Grant
from pendamping.access.scope import Scope
from pendamping.access.verbs import Verb
from pendamping.core import journal
from pendamping.core.models import JournalEntry
from pendamping.needs.models import CaseMember, Voice

ADMINISTRATOR = "administrator"


def readers(on: date) -> QuerySet[CaseMember]:
    """Who reads confidential voices: the named, while they could be named today. Somebody who left their office, or
    became administrator, reads no more, and again when they come back."""
    current = _grants(on).filter(account=OuterRef("account"), region__path__startswith=OuterRef("voice__city_path"))
    administers = _grants(on).filter(account=OuterRef("account"), role=ADMINISTRATOR)
    named = CaseMember.objects.filter(ended_at__isnull=True, account__is_active=True)
    return named.filter(Exists(current), ~Exists(administers))


def cases_known_to(scope: Scope, on: date) -> QuerySet[Voice]:
    """Confidential voices somebody may know of, newest first: at places of their right, or by being named."""
    found = Voice.everything.filter(is_confidential=True)
    team = readers(on).filter(voice=OuterRef("pk")).order_by()
    mine = Exists(team.filter(account=scope.account))
    there = scope.narrow(found, Verb.CASE_HANDLE).order_by().values("pk")
    members = Coalesce(Subquery(team.values("voice").annotate(count=Count("pk")).values("count")), 0)
    known = found.filter(Q(mine) | Q(pk__in=there)).annotate(is_mine=mine, members=members)
    return known.select_related("category", "region__parent__parent").order_by("-id")


def cases_without_team(on: date) -> QuerySet[Voice]:
    """Confidential voices that nobody reads, not yet or no more."""
    return Voice.everything.filter(~Exists(readers(on).filter(voice=OuterRef("pk"))), is_confidential=True)


def line_of(voice: Voice) -> QuerySet[JournalEntry]:
    """What the journal tells of a case, newest first: on its own page and nowhere else."""
    return journal.entries_about([voice], public_only=False).order_by("-id")


def is_on_team(voice: Voice, account: Account | None, on: date) -> bool:
    """Does this person read the case?"""
    return readers(on).filter(voice=voice, account=account).exists()


def people_to_name(voice: Voice, on: date) -> QuerySet[Account]:
    """Who may be named: whoever holds an office over or inside the city today, and is administrator nowhere."""
    current = _grants(on).filter(account=OuterRef("pk"), region__path__startswith=voice.city_path)
    administers = _grants(on).filter(account=OuterRef("pk"), role=ADMINISTRATOR)
    return Account.objects.filter(Exists(current), ~Exists(administers), is_active=True).order_by("name", "id")


def _grants(on: date) -> QuerySet[Grant]:
    begun = Grant.objects.filter(revoked_at__isnull=True, starts_on__lte=on)
    return begun.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on))
