"""How long do a thousand certificates take, issued in one go by the worker? How many papers and badges a second?"""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

from benchmarks.figures import Table
from benchmarks.options import Options
from benchmarks.site import fresh

QUESTION = "certificates: a thousand in one go, papers and badges a second"
PEOPLE = 1000
PAPERS = 30
BUDGET_SECONDS = 120  # of a batch of a thousand: a page that is watched must end while somebody watches
BUDGET_STEP = 1.0  # of one transaction, while which others wait


def run(options: Options) -> list[Table]:
    """A batch as the worker does it, step by step; then papers and baked pictures on demand."""
    with fresh() as site:
        found = site.child("benchmarks.certificates", people=PEOPLE)
    table = Table("Certificates", ["what", "number", "seconds", "a second", "longest step s"])
    for name, number, seconds, longest in found["rows"]:
        table.add(name, number, seconds, number / seconds, longest)
    _name, number, seconds, longest = found["rows"][0]
    table.budget(number == PEOPLE and seconds <= BUDGET_SECONDS, f"{number} issued in {seconds:.0f} s")
    table.budget(longest <= BUDGET_STEP, f"longest step {longest:.2f} s (budget {BUDGET_STEP})")
    return [table]


def main(*, people: int) -> dict[str, Any]:
    """In the site: people who passed, then the batch."""
    from django.urls import reverse
    from django.utils import timezone

    from pendamping.training import badges
    from pendamping.training.certificate_files import file_of
    from pendamping.training.models import Certificate, CertificateBatch
    from pendamping.training.queries.certificates import certificates
    from pendamping.training.services import batches

    version, now = _passed(people), timezone.now()
    batch = batches.begin_batch(by=None, at=now, version=version)
    reverse("portal:home")  # the address map is loaded when a worker starts, not within its first step
    steps, started = [], time.perf_counter()
    going = True
    while going:
        begun = time.perf_counter()
        going = batches.issue_step(batch.pk, timezone.now())
        steps.append(time.perf_counter() - begun)
    seconds = time.perf_counter() - started
    assert CertificateBatch.objects.get().done == people
    rows = [("issued, signed and journaled", Certificate.objects.count(), seconds, max(steps))]
    some = list(certificates()[:PAPERS])
    for kind in ("pdf", "png", "svg"):
        file_of(some[0], kind)  # the first one loads the compiler
        times, started = [], time.perf_counter()
        for one in some:
            begun = time.perf_counter()
            file_of(one, kind)
            times.append(time.perf_counter() - begun)
        rows.append((kind, len(some), time.perf_counter() - started, max(times)))
    started = time.perf_counter()
    for _again in range(PAPERS):
        badges.status_list(some[0].status_list, list(range(people)), timezone.now())
    rows.append(("status list signed", PAPERS, time.perf_counter() - started, 0.0))
    return {"rows": rows}


def _passed(people: int) -> Any:
    """A course with twelve modules and so many who passed it, written directly."""
    from django.utils import timezone

    from pendamping.access.models import Account
    from pendamping.demo.city import reference
    from pendamping.facilitators.services import questions
    from pendamping.regions.models import Region
    from pendamping.training.models import Course, CourseVersion, Enrolment, Module, Programme

    now = timezone.now()
    city = reference("32.78", (now.year,), now)
    bank = questions.make_bank(by=None, at=now, region=city, name="Bank uji")
    programme = Programme.objects.create(created_at=now, city=city, key="uji", title={"id": "Uji"})
    title = {"id": "Dasar pendampingan kelurahan", "en": "Basics of ward facilitation"}
    course = Course.add(at=now, region=city, programme=programme, key="uji", title=title, bank=bank, valid_months=24)
    version = CourseVersion.objects.create(
        created_at=now, course=course, number=1, pass_rule="tasks == all", state="published", published_at=now,
        digest="0" * 64,
    )  # fmt: skip
    for place in range(1, 13):
        Module.objects.create(
            created_at=now, version=version, position=place, key=f"m{place}", title={"id": f"Modul {place}"}, hours=3
        )
    wards = list(Region.objects.filter(level="ward").order_by("path"))
    for number in range(people):
        account = Account.objects.create(username=f"orang{number}", name=f"Peserta Contoh Nomor {number % 100}")
        Enrolment.add(
            at=now - timedelta(days=1), region=wards[number % len(wards)], account=account, version=version,
            state="completed", completed_at=now - timedelta(days=1),
        )  # fmt: skip
    return version
