"""Answers and counts about a finished work."""

from __future__ import annotations

from pendamping.access.tests import personas
from pendamping.benefits import services
from pendamping.benefits.models import Confirmation, Reach
from pendamping.delivery.tests.factories import AT
from pendamping.planning.models import Project


def answered(of: Project, answer: str = "yes", device: str = "a", words: str = "Selokan kurang dalam") -> Confirmation:
    return services.confirm_benefit(
        project=of, answer=answer, device=device, words="" if answer == "yes" else words, by=None, at=AT
    )


def counted(of: Project, women: int = 58, men: int = 50, poor: int = 3) -> Reach:
    return services.count_reach(
        project=of, women=women, men=men, children=25, poor=poor, disabled=0, method="Didatangi satu per satu",
        by=personas.person("ward_facilitator", of.region), at=AT,
    )  # fmt: skip
