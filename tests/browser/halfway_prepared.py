"""Leaves unit prices, technical checks and matrices standing where a person acts next, and says what to look at."""

from __future__ import annotations

from decimal import Decimal
from typing import Any


def leave_prepared(ward: Any, waiting: Any, meeting: Any, later: Any) -> dict[str, list[str]]:
    """Prices in force and being prepared, a check under way and a published one, a matrix at each of its steps.

    `waiting` is a proposal not decided yet; `meeting` and `later` hold two proposals each and are not closed.
    """
    from django.utils import timezone

    from pendamping.access.models import Account
    from pendamping.deliberation import services
    from pendamping.deliberation.tests import before as make
    from pendamping.needs.models import Proposal

    now = timezone.now()
    office, clerk, head, sari = (
        Account.objects.get(username=name) for name in ("sekretariat", "sekretaris", "lurah", "sari")
    )
    city = make.city_of(ward)
    facts = {"city": city, "title": "Standar harga satuan", "legal_basis": "Kepwal 12 (contoh)"}
    fixed = services.begin_price_list(by=office, at=now, fiscal_year=now.year, **facts)
    item = make.price(fixed, amount=900_000)
    make.price(fixed, "9", 150_000, name="Upah tukang", unit="Orang/Hari")
    services.fix_price_list(by=office, at=now, prices=fixed)
    services.begin_price_list(by=office, at=now, fiscal_year=now.year + 1, copy=True, **facts)
    checked = Proposal.objects.filter(pk=meeting.items.values("proposal")[:1]).get()
    for proposal in (checked, waiting):
        services.begin_check(by=clerk, at=now, proposal=proposal)
        services.add_line(by=clerk, at=now, proposal=proposal, item=item, code="5", quantity=Decimal(1))
    for aspect, finding in (("menu", "fit"), ("cost", "condition"), ("land", "fit"), ("duplicate", "fit")):
        services.judge_aspect(
            by=clerk, at=now, proposal=checked, aspect=aspect, finding=finding, reason="Diperiksa di lapangan"
        )
    services.publish_check(by=clerk, at=now, proposal=checked, reason="Layak bila harga semen ditawar")
    services.begin_matrix(by=sari, at=now, meeting=later)
    services.begin_matrix(by=sari, at=now, meeting=meeting)
    services.freeze_matrix(by=head, at=now, meeting=meeting)
    services.give_seat(by=head, at=now, meeting=meeting, label="Pendamping", account=sari)
    services.give_seat(by=head, at=now, meeting=meeting, label="RW 03")
    base, draft = (f"/kerja/musyawarah/{one.code}/matriks/" for one in (meeting, later))
    return {
        "": ["/musyawarah/nilai/"],
        "sari": [base, draft, f"{draft}bobot/", f"{draft}kriteria/", f"{base}nilai/"],
        "lurah": [base, f"{base}kursi/", f"{base}?layar=1"],
        "sekretaris": [
            f"/kerja/verifikasi/{waiting.code}/{page}"
            for page in ("", "biaya/", "biaya/?q=upah", "aspek/cost/", "aspek/duplicate/", "terbitkan/")
        ] + [f"/kerja/verifikasi/{checked.code}/", f"/kerja/verifikasi/{checked.code}/mulai/"],
        "sekretariat": ["/kerja/harga-satuan/", "/kerja/verifikasi/batas/"],
    }  # fmt: skip
