"""The receipt of an application (id: tanda terima lamaran) as data for the printed paper."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from pendamping.core.formats import day
from pendamping.facilitators.models import Application


def receipt(application: Application, *, key: str) -> dict[str, Any]:
    """Code, key and the way back. Printed at once and kept nowhere: the key is on it."""
    with override("id"):
        door = settings.SITE_URL.rstrip("/") + reverse("facilitators:applicant_sign_in")
        handed_in = day(application.submitted_at, "jam") if application.submitted_at else _("not handed in yet")
        return {
            "language": "id",
            "title": _("Receipt of an application"),
            "office": _("Selection committee"),
            "number": application.code,
            "letterhead": {"lines": [_("Government of %(city)s") % {"city": application.round.region.label}]},
            "blocks": [
                {"kind": "facts", "rows": [
                    [_("Selection"), application.round.title],
                    [_("Post"), str(application.post)],
                    [_("Handed in"), handed_in],
                    [_("Requirements"), _("version %(version)d") % {"version": application.requirement_set.version}],
                    [_("Code"), application.code],
                    [_("Key"), key],
                ]},
                {"kind": "heading", "text": _("How you see what becomes of it")},
                {"kind": "steps", "items": [
                    _("Open %(door)s on a phone or computer.") % {"door": door},
                    _("Type the code and the key above."),
                    _("Every decision stands there with its reason; you can answer questions and withdraw."),
                ]},
                {"kind": "paragraph", "text": _(
                    "Keep the key to yourself: who has code and key sees your application. If you lose it, come to the "
                    "counter with your identity card; the key on this paper then opens nothing any more."
                )},
            ],
        }  # fmt: skip
