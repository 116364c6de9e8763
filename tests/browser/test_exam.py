"""A typed answer of the computer test leaves while it is being typed, and once more before the time is up."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from pendamping.facilitators.models import Answer, Seat
from pendamping.facilitators.services import exam_papers
from pendamping.facilitators.tests import exam_factories as make

if TYPE_CHECKING:
    from playwright.sync_api import Dialog, Page


@pytest.mark.django_db(transaction=True)
def test_what_is_typed_is_kept_without_leaving_the_field(
    page: Page, live: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    seat = _seat(monkeypatch)
    _come_in(page, live, seat)
    field = page.locator("input[name=answer]")
    field.press_sequentially("camat", delay=50)
    assert _kept(seat, "camat")
    minutes = timedelta(minutes=seat.sitting.minutes)
    Seat.objects.filter(pk=seat.pk).update(started_at=timezone.now() - minutes + timedelta(seconds=12))
    asked: list[str] = []

    def accept(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", accept)
    page.reload()
    field.fill("")
    field.press_sequentially("lurah " * 10, delay=250)  # longer than the time that is left, without a pause
    page.locator(".exam-question").wait_for(state="detached")
    assert Answer.objects.get(seat=seat).choice.startswith("lurah lurah")
    assert asked == []  # nobody is asked whether to leave when the time is up


def _seat(monkeypatch: pytest.MonkeyPatch) -> Seat:
    """Somebody who may come in now, to a test of one question that is answered in words."""
    now = timezone.now()
    monkeypatch.setattr(make, "NOW", now)
    monkeypatch.setattr(make, "STARTS", now)
    make.question(kind="short_text", options=[{"text": "camat", "weight": "100"}])
    of = make.round()
    make.blueprint(of, questions=1, held=1)
    return Seat.objects.get(sitting=make.opened(of))


def _come_in(page: Page, live: str, seat: Seat) -> None:
    page.set_default_timeout(60_000)
    page.goto(f"{live}/seleksi/ujian/")
    page.locator("input[name=code]").fill(seat.application.code)
    page.locator("input[name=pin]").fill(exam_papers.pin_of(seat))
    page.locator("main form button[type=submit]").click()
    page.locator("main form button[type=submit]").click()
    page.locator(".exam-clock").wait_for()


def _kept(seat: Seat, words: str) -> Any:
    for _try in range(50):
        if Answer.objects.get(seat=seat).choice == words:
            return True
        time.sleep(0.1)
    return False
