"""A final round with applicants, decrees, people appointed and placed, for tests of what comes after the selection."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from pendamping.access.models import Account
from pendamping.access.tests import personas
from pendamping.core.personal import crypt
from pendamping.facilitators import identity
from pendamping.facilitators.enums.appointments import DecreeKind
from pendamping.facilitators.enums.rounds import ApplicationState, PostKind, RoundStage, SelectionOutcome
from pendamping.facilitators.ethics_text import seed_code
from pendamping.facilitators.models import (
    Application,
    Appointment,
    Assignment,
    Ceremony,
    Contract,
    Decree,
    EthicsCase,
    Post,
    RequirementSet,
    Round,
    Standing,
)
from pendamping.facilitators.services import (
    appointments,
    assignments,
    ceremonies,
    contracts,
    decrees,
    ethics_cases,
)
from pendamping.regions.models import Region
from pendamping.regions.tests import factories as places

NOW = datetime(2026, 2, 2, 3, 0, tzinfo=UTC)
TODAY = date(2026, 2, 2)
START, END = date(2026, 1, 1), date(2026, 12, 31)


def secretariat() -> Account:
    return personas.secretariat(places.city())


def final_round(city: Region | None = None, **changes: Any) -> Round:
    """A round whose result stands."""
    facts: dict[str, Any] = {
        "title": "Seleksi 2026", "legal_basis": "Perwal 1/2022", "fiscal_year": 2026, "stage": RoundStage.FINAL,
        "opens_on": date(2025, 10, 1), "closes_on": date(2025, 10, 31), "ranking_version": 1, **changes,
    }  # fmt: skip
    return Round.add(at=NOW, region=city or places.city(), **facts)


def post(of: Round, region: Region, kind: str = PostKind.WARD_FACILITATOR, **changes: Any) -> Post:
    return Post.objects.get_or_create(
        round=of, kind=kind, region=region, defaults={"created_at": NOW, **changes}
    )[0]  # fmt: skip


def standing(
    of: Post, name: str = "Ani Contoh", *, rank: int = 1, outcome: str = SelectionOutcome.CHOSEN, email: str = "",
    phone: str = "", version: int = 1,
) -> Standing:  # fmt: skip
    """An applicant with a place in the ranking; identity encrypted as at registration."""
    key = crypt.new_subject_key()
    requirements = RequirementSet.objects.get_or_create(round=of.round, version=1, defaults={"created_at": NOW})[0]
    sealed = {
        f"{field}_cipher": crypt.encrypt(value, subject_key=key, field=field)
        for field, value in ((identity.NAME, name), (identity.EMAIL, email), (identity.PHONE, phone))
        if value
    }
    application = Application.add(
        at=NOW, region=of.round.region, round=of.round, post=of, requirement_set=requirements,
        state=ApplicationState.SUBMITTED, submitted_at=NOW, subject_key=key, secret_hash="x" * 64, **sealed,
    )  # fmt: skip
    return Standing.objects.create(
        created_at=NOW, round=of.round, version=version, application=application, rank=rank, total=80, outcome=outcome,
        reason="Nilai tertinggi",
    )  # fmt: skip


def decree(number: str = "SK-1/2026", kind: str = DecreeKind.APPOINTMENT, **changes: Any) -> Decree:
    term = {} if kind == DecreeKind.DISMISSAL else {"starts_on": START, "ends_on": END}
    facts: dict[str, Any] = {
        "region": places.city(), "kind": kind, "number": number, "dated_on": date(2025, 12, 20),
        "signatory": "Wali Kota", "about": "Pengangkatan tenaga pendamping kelurahan", **term, **changes,
    }  # fmt: skip
    return decrees.record_decree(by=secretariat(), at=NOW, **facts)


def appointed(
    name: str = "Ani Contoh", *, of: Decree | None = None, account: Account | None = None, **changes: Any
) -> Appointment:
    """Somebody appointed as ward facilitator without a round, not placed yet."""
    account = account or personas.account(name.lower().replace(" ", "."), name)
    facts: dict[str, Any] = {"kind": PostKind.WARD_FACILITATOR, **changes}
    of = of or Decree.objects.filter(number="SK-1/2026").first() or decree()
    return appointments.appoint(by=secretariat(), at=NOW, decree=of, account=account, **facts)


def placed(ward: Region, name: str = "Ani Contoh", **changes: Any) -> Assignment:
    """Somebody appointed and placed for the whole term."""
    known = Appointment.objects.filter(account__name=name).first()
    facts: dict[str, Any] = {"starts_on": START, "ends_on": END, **changes}
    made = known or appointed(name)
    return assignments.assign(by=secretariat(), at=NOW, appointment=made, region=ward, **facts)


def left(ward: Region, name: str = "Ani Contoh", *, on: date = TODAY) -> Appointment:
    """Somebody who served here and left mid-term."""
    appointment = placed(ward, name).appointment
    return appointments.end_appointment(
        by=secretariat(), at=NOW, appointment=appointment, ended_on=on, reason="Mengundurkan diri"
    )


def ceremony(of: Decree | None = None, **changes: Any) -> Ceremony:
    of = of or Decree.objects.get(number="SK-1/2026")
    facts: dict[str, Any] = {"title": "Pelantikan", "place": "Aula Balai Kota", "held_on": TODAY, **changes}
    return ceremonies.call_ceremony(by=secretariat(), at=NOW, decree=of, **facts)


def contract(of: Appointment, **changes: Any) -> Contract:
    facts: dict[str, Any] = {
        "fiscal_year": 2026, "number": "K-1", "signed_on": START, "starts_on": START, "ends_on": END,
        "monthly": 2_500_000, **changes,
    }  # fmt: skip
    return contracts.sign_contract(by=secretariat(), at=NOW, appointment=of, **facts)


def panelist(n: int = 1) -> Account:
    return personas.person("ethics_panel", places.city(), f"majelis-{n}")


def case(about: Appointment | None = None, **changes: Any) -> EthicsCase:
    seed_code(NOW)
    facts: dict[str, Any] = {"city": places.city(), "text": "Meminta imbalan dari pokmas", "about": about, **changes}
    return ethics_cases.report_breach(by=None, at=NOW, **facts)


def panelled(about: Appointment | None = None, **changes: Any) -> EthicsCase:
    """A case with its panel of three."""
    made = case(about, **changes)
    members = [panelist(n) for n in (1, 2, 3)]
    return ethics_cases.name_panel(by=secretariat(), at=NOW, case=made, members=members)


def heard(about: Appointment, **changes: Any) -> EthicsCase:
    """A case whose person has answered."""
    made = panelled(about, **changes)
    ethics_cases.call_person(
        by=panelist(), at=NOW, case=made, allegation="Menerima imbalan", answer_by=date(2026, 2, 10)
    )
    return ethics_cases.answer_case(by=about.account, at=NOW, case=made, statement="Tidak benar")
