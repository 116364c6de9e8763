"""The command that carries a real list to standing assets, as a newcomer runs it."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from pendamping.access.models import Account
from pendamping.access.tests import personas
from pendamping.assets.models import Asset
from pendamping.core import counters, journal, mail

pytestmark = pytest.mark.django_db
FIXTURES = Path(__file__).resolve().parents[3] / "tests/journey/fixtures"


def run(file: Path) -> str:
    out = StringIO()
    call_command("demo", "journey", "--from", str(file), "--carry", "1", stdout=out)
    return out.getvalue()


def test_a_list_is_carried_to_a_standing_asset_and_nobody_gets_in_by_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PENDAMPING_DEMO", raising=False)
    before = personas.account("orang-lama")
    said = run(next(FIXTURES.glob("usulan*.csv")))
    asset = Asset.objects.get()
    assert asset.code in said and "Proposals:" in said
    assert Account.objects.get(pk=before.pk).has_usable_password()
    assert not any(account.has_usable_password() for account in Account.objects.exclude(pk=before.pk))
    assert list(counters.differences()) == [] and list(journal.verify()) == []


@pytest.mark.parametrize("text", ["No;Kegiatan\n", "tanpa,kepala\n1,2\n"])
def test_a_file_that_is_no_list_is_told_in_a_sentence(tmp_path: Path, text: str) -> None:
    file = tmp_path / "salah.csv"
    file.write_text(text, "utf-8")
    with pytest.raises(CommandError, match="not a list of proposals"):
        run(file)


def test_without_mail_the_city_is_refused_before_anything_is_made(settings: Any) -> None:
    settings.EMAIL_BACKEND = mail.NOWHERE
    with pytest.raises(CommandError, match="PENDAMPING_DEMO=1"):
        call_command("demo")
    assert not Account.objects.exists()
