"""What a gate says to whoever stands before it, and where it leads: one's own page, which no gate can shut."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pendamping.access.gates import Shut
from pendamping.access.scope import Scope
from pendamping.access.verbs import Verb
from pendamping.core.languages import in_language
from pendamping.training.enums.gates import FieldAct
from pendamping.training.models import Course, Gate
from pendamping.training.queries import gates

CODE = "certificate_missing"


def begin(scope: Scope, on: date) -> Callable[[Verb], Shut | None]:
    """Begun by `access` once per request, then asked before a verb is used."""
    before = gates.Before(scope, on)

    def ask(verb: Verb) -> Shut | None:
        gate = before.shut(verb)
        return None if gate is None else told(gate)

    return ask


def told(gate: Gate) -> Shut:
    """Which certificate is missing, why, and the page that leads to it."""
    course = in_language(gate.course.title, get_language() or "id")
    return Shut(
        code=CODE,
        message=_("“%(act)s” asks for a valid certificate of the course “%(course)s”.")
        % {"act": FieldAct(gate.verb).label, "course": course},
        basis=_("Legal basis: %(basis)s") % {"basis": gate.legal_basis},
        href=way_to(gate.course, gate.module_key),
        action=_("To the module") if gate.module_key else _("To the course"),
    )


def act_label(gate: Gate) -> str:
    """What is asked for before, in words."""
    return str(FieldAct(gate.verb).label)


def course_label(course: Course) -> str:
    """The course in the reader's language."""
    return in_language(course.title, get_language() or "id")


def way_to(course: Course, module: str = "") -> str:
    """One's own page of certificates, at the course and module that opens the gate."""
    wanted = {"kursus": course.code, **({"modul": module} if module else {})}
    return f"{reverse('training:my_certificates')}?{urlencode(wanted)}#kurang"
