"""Plain voices, needs and proposals for tests, made by the acts themselves."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from pendamping.access.models import Account
from pendamping.access.tests import personas
from pendamping.core.images.door import CleanImage
from pendamping.needs import services
from pendamping.needs.enums.menu import Unit
from pendamping.needs.enums.proposals import LandStatus
from pendamping.needs.menu import seed_menu
from pendamping.needs.models import MenuItem, Need, Proposal, Voice
from pendamping.regions.models import Region

NOW = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
NIK = "3278014101900001"


def menu(code: str = "A1.02") -> MenuItem:
    """An activity of the seeded menu; by default drains and ditches."""
    seed_menu(NOW)
    return MenuItem.objects.get(code=code)


def picture(tint: int = 90) -> CleanImage:
    """A photo that passed the door, without the time that decoding takes."""
    data = _webp(tint)
    return CleanImage(
        data=data, thumb=data, kind="image/webp", width=8, height=6, sha256=f"{tint:064x}", dhash=f"{tint:016x}",
        taken_claim=None,
    )  # fmt: skip


def upload(tint: int = 90) -> SimpleUploadedFile:
    """A photo as a browser sends it."""
    return SimpleUploadedFile("foto.webp", _webp(tint), "image/webp")


def _webp(tint: int) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (8, 6), (tint % 256, 120, 90)).save(out, "WEBP")
    return out.getvalue()


def voice(ward: Region, **facts: Any) -> Voice:
    given = {"by": None, "at": NOW, "text": "Selokan depan sekolah mampet", "region": ward, "menu_item": menu()}
    return services.give_voice(**{**given, **facts})


def need(ward: Region, *, voices: list[Voice] | None = None, by: Account | None = None, **facts: Any) -> Need:
    """A need of one fresh voice, waiting for its site check."""
    given = {"title": "Selokan depan sekolah", "menu_item": menu()}
    return services.gather_voices(
        by=by or personas.sari(ward), at=NOW, voices=voices or [voice(ward)], **{**given, **facts}
    )


def verified_need(ward: Region, *, by: Account | None = None, **facts: Any) -> Need:
    by = by or personas.sari(ward)
    return services.verify_need(
        by=by, at=NOW, need=need(ward, by=by, **facts), finding="Air meluap setiap hujan", people_affected=40,
        photos=[picture()],
    )  # fmt: skip


def whole(**changes: Any) -> dict[str, Any]:
    """All facts of a proposal that passes the gate."""
    facts = {
        "fiscal_year": 2027, "title": "Perbaikan selokan", "description": "Selokan beton tertutup",
        "place": "Gang Melati, RW 001", "menu_item": menu(), "volume": Decimal("120.50"), "unit": Unit.METRE,
        "estimated_cost": 45_000_000, "women": 30, "men": 25, "children": 20, "poor": 10, "disabled": 1,
        "land_status": LandStatus.PUBLIC, "photos": [picture(91)],
    }  # fmt: skip
    return {**facts, **changes}


def draft(ward: Region, *, by: Account | None = None, **changes: Any) -> Proposal:
    by = by or personas.sari(ward)
    return services.write_proposal(by=by, at=NOW, need=verified_need(ward), **whole(**changes))


def submitted(ward: Region, **changes: Any) -> Proposal:
    return services.submit_proposal(by=personas.sari(ward), at=NOW, proposal=draft(ward, **changes))


def checked(ward: Region, **changes: Any) -> Proposal:
    """A proposal ready for a meeting, checked by the ward's secretary."""
    return services.check_proposal(by=personas.sekretaris(ward), at=NOW, proposal=submitted(ward, **changes), ok=True)
