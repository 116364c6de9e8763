"""The files of a certificate: the paper, the badge as JWT and JSON, baked into PNG and SVG. Made when asked for."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from pendamping.core import formats
from pendamping.core.documents import printing
from pendamping.core.languages import in_language
from pendamping.training import badges
from pendamping.training.certificate_shown import course_as_issued
from pendamping.training.enums.certificates import CertificateState
from pendamping.training.models import Certificate
from pendamping.training.queries.certificates import hours_of
from pendamping.training.rules.badges import payload_of

KINDS = {
    "pdf": "application/pdf", "jwt": "application/vc+jwt", "json": "application/json", "png": "image/png",
    "svg": "image/svg+xml",
}  # fmt: skip


def file_of(found: Certificate, kind: str) -> HttpResponse:
    """One file as a download. 404 for an unknown kind, and for a certificate that was revoked or replaced."""
    if kind not in KINDS or found.state != CertificateState.VALID:
        raise Http404
    answer = HttpResponse(_bytes(found, kind), content_type=KINDS[kind])
    answer.headers["Content-Disposition"] = f'attachment; filename="sertifikat-{found.code}.{kind}"'
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def _bytes(found: Certificate, kind: str) -> bytes:
    token = found.credential
    if kind == "pdf":
        return printing.render("training/certificate", paper(found), at=found.created_at)
    if kind == "png":
        return badges.baked_png(found.version, token)
    if kind == "svg":
        return badges.baked_svg(found.version, token)
    if kind == "json":  # the same credential opened for reading; what proves it is the JWT in it
        return json.dumps({"credential": payload_of(token), "jwt": token}, ensure_ascii=False, indent=2).encode()
    return token.encode()


def paper(found: Certificate) -> dict[str, Any]:
    """What the paper says: Indonesian, with an English line under what matters."""
    hours = hours_of(found.version)
    address = badges.address_of(found.code)
    modules = list(found.version.modules.all())
    with override("en"):
        english_days = _days(found)
    with override("id"):
        return {
            "language": "id",
            "title": f"{_('Certificate')} {found.code}",
            "letterhead": _("Government of %(city)s") % {"city": settings.CITY_NAME},
            "heading": _("Certificate"),
            "name": found.name,
            "passed": _("has passed the course"),
            "course": course_as_issued(found, "id"),
            "course_en": course_as_issued(found, "en"),
            "facts": [
                [_("Learning hours"), f"{formats.number(hours, 1)} JP"],
                [_("Course version"), formats.number(found.version.number)],
                [_("Valid"), _days(found)],
            ],
            "english": _english(found, english_days, str(formats.number(hours, 1))),
            "modules": [in_language(one.title, get_language() or "id") for one in modules],
            "modules_title": _("Learned in this course"),
            "code": found.code,
            "url": address,
            "check": _("Check that it is genuine and still valid:"),
            "qr": printing.qr(address),
        }  # fmt: skip


def _english(found: Certificate, days: str, hours: str) -> str:
    name = course_as_issued(found, "en")
    return f"This is to certify that the person named passed “{name}” ({hours} learning hours). {days}."


def _days(found: Certificate) -> str:
    first = formats.day(found.valid_from)
    if found.valid_until is None:
        return _("since %(day)s") % {"day": first}
    return _("%(first)s to %(last)s") % {"first": first, "last": formats.day(found.valid_until)}
