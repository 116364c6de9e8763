"""The demo's training: three learners at different points, and certificates that follow from what they did."""

from __future__ import annotations

from datetime import date

import pytest

from pendamping.access.tests import personas
from pendamping.core import journal
from pendamping.demo.facilitators import training as demo
from pendamping.regions.tests import factories as places
from pendamping.training.models import Certificate, Enrolment, PracticeCard, Session, Submission

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)


def test_the_demo_teaches_three_facilitators() -> None:
    city = places.city()
    office = personas.secretariat(city)
    personas.budi(city)
    for number, name in enumerate(("sari", "sari-dua", "sari-tiga"), start=1):
        personas.person("ward_facilitator", places.ward(number), name)
    said: list[str] = []
    demo.build(city, office, TODAY, said.append)
    assert said == ["2 kursus, 3 peserta, 2 sertifikat"]
    first = Enrolment.objects.filter(version__course__key="pembekalan").order_by("pk")
    assert [one.state for one in first] == ["completed", "completed", "active"]  # the last handed in no field task
    assert sorted(Certificate.objects.values_list("state", flat=True)) == ["superseded", "valid", "valid"]
    assert sorted(Session.objects.values_list("state", flat=True)) == ["held", "planned"]
    assert Submission.objects.filter(state="submitted").count() == 1
    assert PracticeCard.objects.filter(account__username="sari").exists()
    assert list(journal.verify()) == []
