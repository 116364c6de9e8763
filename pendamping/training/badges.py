"""A certificate as an Open Badge: its facts put together, signed, and baked into a picture drawn here."""

from __future__ import annotations

import functools
import io
import secrets
import threading
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import typst
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone, translation
from PIL import Image, PngImagePlugin

from pendamping.core import formats
from pendamping.core.languages import in_language
from pendamping.training import signing
from pendamping.training.models import CourseVersion, StatusList
from pendamping.training.queries.certificates import hours_of
from pendamping.training.rules import badges

LIST_MINUTES = 60  # how long a copy of the status list may be used
LIST_DAYS = 2  # after which an old copy is no longer believed
PICTURE_PIXELS = 600
_one_at_a_time = threading.Lock()


def signed(
    *, code: str, name: str, mailbox: str, version: CourseVersion, valid_from: date, valid_until: date | None,
    status_list: StatusList, status_index: int, key: Any, learned: badges.Learned | None = None,
) -> str:  # fmt: skip
    """The credential of a certificate as VC-JWT. `learned` spares its queries to whoever issues many."""
    proof = badges.Proof(
        address=address_of(code), name=name, mailbox=mailbox.strip().lower(), salt=secrets.token_urlsafe(12),
        valid_from=_moment(valid_from), valid_until=_moment(valid_until, last=True) if valid_until else None,
        status_list=list_address(status_list.number), status_index=status_index,
    )  # fmt: skip
    return signing.sign(badges.credential(issuer(), learned or learned_of(version), proof), key)


def issuer() -> dict[str, Any]:
    """This city as issuer."""
    return badges.profile(
        address=signing.site("badge_issuer"),
        name=f"Pemerintah {settings.CITY_NAME}",
        site=settings.SITE_URL.rstrip("/"),
    )


def learned_of(version: CourseVersion) -> badges.Learned:
    """What a version teaches; in Indonesian, the language of the programme."""
    course, hours = version.course, hours_of(version)
    modules = list(version.modules.prefetch_related("competencies"))
    units = {unit.unit: unit.title for module in modules for unit in module.competencies.all()}
    taught = "; ".join(in_language(module.title, "id") for module in modules)
    about = in_language(course.about, "id") or in_language(course.title, "id")
    return badges.Learned(
        address=signing.site("badge_achievement", course.code, version.number),
        name=in_language(course.title, "id"),
        description=about,
        criteria=f"Lulus kursus versi {version.number}, {_hours(hours)}. Modul: {taught}." if taught else about,
        hours=float(hours),
        picture=signing.site("badge_picture", course.code, version.number),
        units=tuple(sorted(units.items())),
    )


def _hours(hours: Decimal) -> str:
    """Learning hours as they are written in Indonesian, whoever looks: 36,5 JP."""
    with translation.override("id"):
        return f"{formats.number(hours, 1)} JP"


def status_list(found: StatusList, ended: list[int], at: datetime) -> str:
    """The signed list of revoked places. The same within an hour unless one more was revoked."""
    hour = at.replace(minute=0, second=0, microsecond=0)
    payload = badges.status_list(
        issuer=signing.site("badge_issuer"), address=list_address(found.number), ended=ended, length=found.length,
        at=hour, until=hour + timedelta(days=LIST_DAYS), minutes=LIST_MINUTES,
    )  # fmt: skip
    return signing.sign(payload, signing.current(at))


def picture_svg(version: CourseVersion) -> str:
    """The picture of a badge: the course's name on a ring of eight marks."""
    name = in_language(version.course.title, "id")
    context = {"lines": _lines(name), "hours": _hours(hours_of(version)), "city": settings.CITY_NAME}
    return render_to_string("training/badge.svg", context).strip()


def baked_svg(version: CourseVersion, token: str) -> bytes:
    """The picture with the credential in it, as SVG."""
    return badges.baked_svg(picture_svg(version), token).encode()


def baked_png(version: CourseVersion, token: str) -> bytes:
    """The picture with the credential in it, as PNG."""
    inside = PngImagePlugin.PngInfo()
    inside.add_itxt(badges.PNG_KEYWORD, token)
    out = io.BytesIO()
    with Image.open(io.BytesIO(_drawn(picture_svg(version)))) as image:
        image.save(out, "PNG", pnginfo=inside, optimize=True)
    return out.getvalue()


@functools.lru_cache(maxsize=16)
def _drawn(svg: str) -> bytes:
    """An SVG of ours as PNG, through the compiler that prints our papers; drawn once for each version."""
    page = (
        "#set page(width: 300pt, height: 300pt, margin: 0pt, fill: none)\n"
        '#image(bytes(sys.inputs.svg), format: "svg", width: 300pt)'
    )
    with _one_at_a_time:
        made = typst.compile(
            page.encode(), format="png", ppi=72 * PICTURE_PIXELS / 300, sys_inputs={"svg": svg},
            ignore_system_fonts=True,
        )  # fmt: skip
    return bytes(made)  # type: ignore[arg-type]


def _lines(name: str) -> list[str]:
    """At most three short lines; what is longer is cut where a word ends."""
    lines = [""]
    for word in name.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > 16:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines if len(lines) <= 3 else [*lines[:2], f"{lines[2]} …"]


def address_of(code: str) -> str:
    """The public page of a certificate: also the id of its credential."""
    return signing.site("certificate", code)


def list_address(number: int) -> str:
    """Where a status list is found."""
    return signing.site("status_list", number)


def _moment(on: date, *, last: bool = False) -> datetime:
    """The first or the last second of a day in the zone of the site."""
    return timezone.make_aware(datetime.combine(on, time(23, 59, 59) if last else time()))
