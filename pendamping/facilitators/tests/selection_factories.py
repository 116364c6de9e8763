"""Rounds, applications and checks for tests, made through the acts people use."""

from __future__ import annotations

import hashlib
import io
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

from django.utils import timezone
from pypdf import PdfWriter

from pendamping.access.models import Account
from pendamping.access.tests import personas
from pendamping.core.documents.pdf_door import CleanPdf
from pendamping.core.moments import day
from pendamping.facilitators import keys
from pendamping.facilitators.models import Application, Post, Requirement, Round, Seat, Sitting
from pendamping.facilitators.people import Person
from pendamping.facilitators.queries.applications import lines_of
from pendamping.facilitators.queries.rounds import set_being_written
from pendamping.facilitators.services import applications, checks, evidence, requirements, rounds, verification
from pendamping.regions.models import Region
from pendamping.regions.tests import factories as places

KEY = "7K3Q-XM2P-0A9V-CD4T"
NIK = "3278014506950001"


def now() -> datetime:
    return timezone.now()


def secretariat(city: Region | None = None) -> Account:
    return personas.secretariat(city or places.city())


def checker(name: str = "pemeriksa", city: Region | None = None) -> Account:
    return personas.person("selection_checker", city or places.city(), name)


def round_facts(**changes: Any) -> dict[str, Any]:
    today = day(now())
    facts = {
        "title": "Seleksi pendamping", "legal_basis": "Perwal 12/2022", "legal_article": "pasal 5",
        "fiscal_year": today.year, "opens_on": today - timedelta(days=3), "closes_on": today + timedelta(days=3),
        "exam_weight": 60, "interview_weight": 40, "exam_pass": 60, "interview_pass": 60,
        "tie_rule": ["interview", "exam", "older"], "reserves": 2, "objection_days": 3, "retention_days": 180,
    }  # fmt: skip
    return {**facts, **changes}


def drafted(city: Region | None = None, **changes: Any) -> Round:
    city = city or places.city()
    return rounds.make_round(by=secretariat(city), at=now(), region=city, **round_facts(**changes))


def post(round_: Round, **changes: Any) -> Post:
    facts = {"kind": "ward_facilitator", "region": round_.region, "number": 3, **changes}
    return rounds.add_post(by=secretariat(round_.region), at=now(), round=round_, **facts)


def requirement_facts(**changes: Any) -> dict[str, Any]:
    facts = {
        "text": "Memiliki KTP", "regulation": "Perwal 12/2022", "article": "pasal 5 huruf a", "kind": "document",
        "evidence": "Foto KTP", "checked_by": "Panitia seleksi", "checked_against": "KTP", "is_disqualifying": True,
        "needs_second_check": False, "register_name": "",
    }  # fmt: skip
    return {**facts, **changes}


def requirement(round_: Round, **changes: Any) -> Requirement:
    written = set_being_written(round_)
    assert written is not None
    return requirements.add_requirement(
        by=secretariat(round_.region), at=now(), requirement_set=written, **requirement_facts(**changes)
    )


def prepared(city: Region | None = None, **changes: Any) -> Round:
    """With a post, a document, and a declaration that needs a second check."""
    made = drafted(city, **changes)
    post(made)
    requirement(made)
    requirement(
        made, text="Bukan anggota partai politik", kind="declaration", evidence="Surat pernyataan",
        needs_second_check=True, register_name="Sipol KPU",
    )  # fmt: skip
    return made


def opened(city: Region | None = None, **changes: Any) -> Round:
    made = prepared(city, **changes)
    return rounds.advance_round(by=secretariat(made.region), at=now(), round=made, to="open")


def begun(round_: Round, by: Account | None = None, **changes: Any) -> Application:
    facts = {"post": round_.posts.first(), "secret_hash": keys.hash_key(KEY), **changes}
    return applications.begin_application(by=by, at=now(), round=round_, **facts)


def person(nik: str = NIK, **changes: Any) -> Person:
    facts = {
        "name": "Ani Contoh", "nik": nik, "born_on": date(1995, 6, 5), "sex": "f", "address": "Jalan Contoh 1 RT 001",
        "phone": "081200000001", "email": "ani@contoh.invalid", **changes,
    }  # fmt: skip
    return Person(**facts)


@cache
def pdf_bytes(pages: int = 1) -> bytes:
    out, writer = io.BytesIO(), PdfWriter()
    for _page in range(pages):
        writer.add_blank_page(200, 200)
    writer.write(out)
    return out.getvalue()


def clean_pdf(data: bytes = b"%PDF-uji") -> CleanPdf:
    """As the door lets it through, without the price of the door."""
    return CleanPdf(data=data, pages=1, sha256=hashlib.sha256(data).hexdigest())


def filled(round_: Round, nik: str = NIK, by: Account | None = None) -> Application:
    """Everything there, not verified, not handed in."""
    found = applications.save_application(by=by, at=now(), application=begun(round_, by), person=person(nik))
    for line in lines_of(found):
        facts = {"by": by, "at": now(), "application": found, "requirement": line.requirement}
        if line.requirement.kind == "declaration":
            evidence.declare(**facts, is_declared=True)
        elif line.requirement.takes_file:
            evidence.keep_file(**facts, file=clean_pdf())
    return fresh(found)


def verified(round_: Round, nik: str = NIK, by: Account | None = None) -> Application:
    found = filled(round_, nik, by)
    return verification.verify_by_mail(
        by=None, at=now(), application=found, said=keys.mail_code(found, "ani@contoh.invalid")
    )


def submitted(round_: Round, nik: str = NIK, by: Account | None = None) -> Application:
    return applications.submit_application(by=by, at=now(), application=verified(round_, nik, by))


def closed(round_: Round) -> Round:
    """Registration is over and the file check has begun, today."""
    Round.objects.filter(pk=round_.pk).update(closes_on=day(now()) - timedelta(days=1))
    return rounds.advance_round(by=secretariat(round_.region), at=now(), round=round_, to="checking")


def checked(application: Application, by: Account | None = None, **changes: Any) -> Application:
    """Every requirement said to be there and right by the first checker; the second check is left open."""
    facts = {"is_there": True, "right": "yes", **changes}
    for line in lines_of(application):
        checks.check_requirement(
            by=by or checker(), at=now(), application=application, requirement=line.requirement, **facts
        )
    return fresh(application)


def second(application: Application, result: str = "clear", by: Account | None = None, **changes: Any) -> Application:
    found = next(line.requirement for line in lines_of(application) if line.requirement.needs_second_check)
    facts = {"result": result, "done_on": day(now()), "reference": "SIPOL-1", "reason": "", **changes}
    return checks.record_second_check(
        by=by or checker("pemeriksa2"), at=now(), application=application, requirement=found, **facts
    )


def seated(application: Application, number: int = 7) -> Seat:
    """With a seat in a sitting of the computer test."""
    sitting = Sitting.add(
        at=now(), region=application.region, round=application.round, place="Lab SMK Contoh", minutes=90, seats=20,
        starts_at=datetime(2026, 3, 3, 1, 0, tzinfo=UTC), seed="0" * 64,
    )  # fmt: skip
    return Seat.objects.create(created_at=now(), sitting=sitting, application=application, number=number)


def fresh(application: Application) -> Application:
    return Application.objects.select_related("round__region", "requirement_set").get(pk=application.pk)
