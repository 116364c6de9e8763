"""Confidential voices: that they are there, who reads them, and what only these read."""

from __future__ import annotations

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from pendamping.access.models import Account, Grant
from pendamping.access.scope import Scope
from pendamping.access.verbs import Verb
from pendamping.core import journal
from pendamping.core.models import JournalEntry
from pendamping.core.moments import day
from pendamping.needs.models import CaseMember, Voice

ADMINISTRATOR = "administrator"


def cases_known_to(scope: Scope) -> QuerySet[Voice]:
    """Confidential voices somebody may know of, newest first: at places of their right, or by being named."""
    found = Voice.everything.filter(is_confidential=True)
    mine = Exists(CaseMember.objects.filter(voice=OuterRef("pk"), account=scope.account, ended_at__isnull=True))
    there = scope.narrow(found, Verb.CASE_HANDLE).order_by().values("pk")
    team = Count("case_team", filter=Q(case_team__ended_at__isnull=True))
    known = found.filter(Q(mine) | Q(pk__in=there)).annotate(is_mine=mine, members=team)
    return known.select_related("category", "region__parent__parent").order_by("-id")


def cases_without_team() -> QuerySet[Voice]:
    """Confidential voices that nobody reads yet."""
    named = CaseMember.objects.filter(voice=OuterRef("pk"), ended_at__isnull=True)
    return Voice.everything.filter(~Exists(named), is_confidential=True)


def line_of(voice: Voice) -> QuerySet[JournalEntry]:
    """What the journal tells of a case, newest first: on its own page and nowhere else."""
    return journal.entries_about([voice], public_only=False).order_by("-id")


def is_on_team(voice: Voice, account: Account | None) -> bool:
    """Is this person named for the case?"""
    return CaseMember.objects.filter(voice=voice, account=account, ended_at__isnull=True).exists()


def people_to_name(voice: Voice, at: object) -> QuerySet[Account]:
    """Who may be named: whoever holds an office over or inside the city today, other than administrator."""
    on = day(at)  # type: ignore[arg-type]
    held = Grant.objects.filter(
        account=OuterRef("pk"), region__path__startswith=voice.city_path, revoked_at__isnull=True, starts_on__lte=on
    )
    current = held.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on))
    administers = current.filter(role=ADMINISTRATOR)
    return Account.objects.filter(Exists(current), ~Exists(administers), is_active=True).order_by("name", "id")
