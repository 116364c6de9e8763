"""The tool that gathers words: finds them all, keeps what was translated, notices a lost placeholder."""

from __future__ import annotations

from pathlib import Path

import polib
import pytest

from pendamping.core import messages as compiled
from tools import messages

PYTHON = """
_ = str
plain = _("Give a "
          "voice")
one = ngettext("%(count)s voice", "%(count)s voices", 2)
may = pgettext("month", "May")
filled = _("Missing {name}")
"""
TEMPLATE = """{% load i18n %}
    {% translate "It's here" %}
  {% blocktranslate count n=things|length with who=person.name trimmed %}
     One voice of {{ who }}
  {% plural %}
     {{ n }} voices of {{ who }}
  {% endblocktranslate %}
<p title="{% translate "Save" context "verb" %}">{{ _("Inside")|upper }} {% ui_button label=_("Send") %}</p>
"""


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    folder = tmp_path / "little"
    (folder / "templates" / "little").mkdir(parents=True)
    (folder / "__init__.py").write_text("")
    (folder / "words.py").write_text(PYTHON)
    (folder / "templates" / "little" / "page.html").write_text(TEMPLATE)
    monkeypatch.setattr(messages, "PACKAGE", tmp_path)
    return "little"


def catalogue(app: str) -> polib.POFile:
    return polib.pofile(str(messages.catalogue_path(app)))


def translate_all(app: str) -> None:
    found = catalogue(app)
    for entry in found:
        if entry.msgid_plural:
            entry.msgstr_plural = {0: entry.msgid_plural}
        else:
            entry.msgstr = entry.msgid
    found.save()


def test_every_word_of_code_and_templates_is_found(app: str) -> None:
    assert set(messages.messages(app)) == {
        ("", "Give a voice", ""),
        ("", "%(count)s voice", "%(count)s voices"),
        ("month", "May", ""),
        ("", "Missing {name}", ""),
        ("", "It's here", ""),
        ("", "One voice of %(who)s", "%(n)s voices of %(who)s"),
        ("verb", "Save", ""),
        ("", "Inside", ""),
        ("", "Send", ""),
    }


def test_the_check_names_what_is_missing_and_then_is_content(app: str, capsys: pytest.CaptureFixture[str]) -> None:
    messages.update([app])
    assert messages.check([app]) == 1
    assert "not translated: 'Give a voice' (little/words.py)" in capsys.readouterr().out
    translate_all(app)
    assert messages.check([app]) == 0


def test_a_fuzzy_translation_does_not_count(app: str) -> None:
    messages.update([app])
    translate_all(app)
    found = catalogue(app)
    found[0].flags.append("fuzzy")
    found.save()
    assert messages.check([app]) == 1


def test_an_update_keeps_translations_and_marks_what_vanished(app: str) -> None:
    messages.update([app])
    translate_all(app)
    (messages.PACKAGE / app / "words.py").write_text('a = _("Give a voice")\nb = _("New")\n')
    messages.update([app])
    found = catalogue(app)
    assert found.find("Give a voice").msgstr == "Give a voice"
    assert found.find("New").msgstr == ""
    assert {entry.msgid for entry in found.obsolete_entries()} == {"%(count)s voice", "May", "Missing {name}"}


def test_a_second_update_changes_nothing(app: str) -> None:
    messages.update([app])
    translate_all(app)
    messages.update([app])
    before = messages.catalogue_path(app).read_bytes()
    messages.update([app])
    assert messages.catalogue_path(app).read_bytes() == before
    assert b"POT-Creation-Date" not in before
    assert b"words.py:" not in before


@pytest.mark.parametrize(
    ("said", "translated", "fault"),
    [
        ("Missing {name}", "Kurang {name}", False),
        ("Missing {name}", "Kurang {nama}", True),
        ("Missing {name}", "Kurang", True),
        ("%(n)s days", "%(n)s hari", False),
        ("%(n)s days", "%(m)s hari", True),
        ("100%% sure", "100%% yakin", False),
    ],
)
def test_a_lost_placeholder_is_noticed(said: str, translated: str, fault: bool) -> None:
    assert bool(messages.misplaced(polib.POEntry(msgid=said, msgstr=translated))) is fault


def test_a_stale_catalogue_is_compiled_at_start(app: str, monkeypatch: pytest.MonkeyPatch) -> None:
    messages.update([app])
    translate_all(app)
    monkeypatch.setattr(compiled, "PACKAGE", messages.PACKAGE)
    assert compiled.ensure_compiled() == 1
    assert compiled.ensure_compiled() == 0
    made = polib.mofile(str(messages.catalogue_path(app).with_suffix(".mo")))
    assert made.find("Give a voice").msgstr == "Give a voice"


def test_one_message_has_the_same_words_in_every_app(
    app: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "__init__.py").write_text("")
    (tmp_path / "other" / "words.py").write_text('_ = str\nagain = _("Give a voice")\n')
    messages.update([app, "other"])
    translate_all(app)
    translate_all("other")
    assert messages.check([app, "other"]) == 0
    found = catalogue("other")
    found.find("Give a voice").msgstr = "Bersuara"
    found.save()
    assert messages.check([app]) == 1
    assert "translated in two ways: 'Give a voice'" in capsys.readouterr().out
