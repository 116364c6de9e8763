"""The code in force, who has signed it, and cases as far as each may see them."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from pendamping.access.models import Account, Grant
from pendamping.access.queries import in_force
from pendamping.access.roles import ROLES
from pendamping.access.verbs import Verb
from pendamping.core.counters import after
from pendamping.facilitators.enums.ethics import CaseState
from pendamping.facilitators.models import Appointment, EthicsCase, EthicsCode, EthicsSignature, PanelSeat
from pendamping.facilitators.queries.appointments import appointments, of_person
from pendamping.facilitators.queries.appointments import in_force as appointments_in_force
from pendamping.facilitators.rules.ethics import OPEN, UNDECIDED


def versions(city_path: str) -> QuerySet[EthicsCode]:
    """The versions of a city and the proposal they grew from, newest first."""
    found = EthicsCode.objects.filter(Q(region__path=city_path) | Q(region__isnull=True)).select_related("region")
    return found.annotate(signed=Count("signatures")).order_by("-version", "-id")


def code_in_force(city_path: str) -> EthicsCode | None:
    """The newest version of a city, else the proposal; None before the installation was seeded."""
    return versions(city_path).first()


def unsigned(account: Account, on: date) -> list[tuple[Appointment, EthicsCode]]:
    """Somebody's own appointments whose code in force they have not signed yet."""
    waiting = []
    for appointment in appointments_in_force(of_person(account), on):
        code = code_in_force(appointment.region_path)
        if code and not EthicsSignature.objects.filter(ethics_code=code, appointment=appointment).exists():
            waiting.append((appointment, code))
    return waiting


def waiting_for_signature(city_path: str, on: date) -> QuerySet[Appointment]:
    """Those of a city who have not signed the code in force."""
    code = code_in_force(city_path)
    signed = EthicsSignature.objects.filter(ethics_code=code, appointment=OuterRef("pk"))
    found = appointments_in_force(appointments().filter(city_path=city_path), on)
    return found.filter(~Exists(signed)) if code else found.none()


def cases() -> QuerySet[EthicsCase]:
    """Every case with how many sit on its panel now: codes, states and days only are for those outside the panel."""
    seated = Count("seats", filter=Q(seats__left_at__isnull=True))
    return EthicsCase.objects.select_related("region").annotate(seated=seated).order_by("-id")


def cases_of_member(account: Account) -> QuerySet[EthicsCase]:
    """The cases on whose panel somebody sits now."""
    mine = PanelSeat.objects.filter(case=OuterRef("pk"), account=account, left_at__isnull=True)
    return cases().filter(Exists(mine)).select_related("about__account", "ward")


def cases_of_accused(account: Account) -> QuerySet[EthicsCase]:
    """The cases about somebody as they may see them: from the moment they are asked to answer."""
    told = {*UNDECIDED, CaseState.DECIDED}
    return EthicsCase.objects.filter(about__account=account, state__in=told).select_related("region").order_by("-id")


def waiting_for_panel() -> QuerySet[EthicsCase]:
    """Cases whose panel is not complete: for the secretariat, which sees their codes alone."""
    now = Count("seats", filter=Q(seats__left_at__isnull=True))
    return cases().annotate(now=now).filter(state__in=OPEN, now__lt=F("panel_least")).order_by("id")


def waiting_for_member(account: Account) -> QuerySet[EthicsCase]:
    """Cases a member still has to bring to a decision, but for those that wait for another member's word."""
    mine_proposed = Q(state=CaseState.PROPOSED, decided_by=account)
    return cases_of_member(account).filter(~mine_proposed, state__in=OPEN).order_by("id")


def waiting_for_answer(account: Account) -> QuerySet[EthicsCase]:
    """Cases somebody may still answer to."""
    return cases_of_accused(account).filter(state__in=UNDECIDED, answered_at__isnull=True)


def seated(case: EthicsCase) -> list[int]:
    """The accounts that sit on the panel now."""
    return list(case.seats.filter(left_at__isnull=True).order_by("id").values_list("account_id", flat=True))


def panelists(city_path: str, on: date) -> QuerySet[Account]:
    """Who may be named for a panel: active accounts with the office of the ethics panel in a city."""
    roles = [role.key for role in ROLES.values() if Verb.ETHICS_REVIEW in role.verbs]
    held = Grant.objects.filter(in_force(on), account=OuterRef("pk"), role__in=roles)
    held = held.filter(region__path__gte=city_path, region__path__lt=after(city_path))
    return Account.objects.filter(Exists(held), is_active=True).order_by("name", "id")


def earlier_sanctions(case: EthicsCase) -> list[str]:
    """What earlier cases about the same person ended with."""
    if case.about is None:
        return []
    decided = EthicsCase.objects.filter(about__account=case.about.account_id, state=CaseState.DECIDED)
    return list(decided.exclude(pk=case.pk).order_by("id").values_list("sanction", flat=True))
