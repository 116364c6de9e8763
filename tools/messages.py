"""Words to translate: `python -m tools.messages update|check|compile [app …]`, without system gettext.

Each app owns its catalogue. References name files without line numbers and the header carries no dates: a catalogue
changes only when its words do.
"""

from __future__ import annotations

import re
import string
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

import polib
from babel.messages.extract import extract
from django.utils.translation.template import templatize

from pendamping.core.messages import compile_one

PACKAGE = Path(__file__).resolve().parents[1] / "pendamping"
LANGUAGE = "id"
HEADER = {
    "Project-Id-Version": "pendamping",
    "Language": LANGUAGE,
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=1; plural=0;",
}
KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
TEMPLATES = (".html", ".txt", ".typ", ".svg")
SKIPPED = {"tests", "migrations", "locale", "static"}
PERCENT = re.compile(r"%(?:\((\w+)\))?[#0\- +]*\d*(?:\.\d+)?([sdfrixXc])")

Key = tuple[str, str, str]  # context, singular, plural


@dataclass
class Found:
    """One message and where it is said."""

    files: set[str] = field(default_factory=set)
    flags: set[str] = field(default_factory=set)


def main(arguments: list[str]) -> int:
    commands = {"update": update, "check": check, "compile": compile_all}
    if not arguments or arguments[0] not in commands:
        sys.stderr.write(__doc__ or "")
        return 2
    apps = arguments[1:] or sorted(path.parent.name for path in PACKAGE.glob("*/__init__.py"))
    unknown = [app for app in apps if not (PACKAGE / app / "__init__.py").exists()]
    if unknown:
        sys.stderr.write(f"No such app: {', '.join(unknown)}\n")
        return 2
    return commands[arguments[0]](apps)


def update(apps: Iterable[str]) -> int:
    """Bring the catalogues in line with the code: new words come untranslated, vanished ones become obsolete."""
    for app in apps:
        found = messages(app)
        path = catalogue_path(app)
        if not found and not path.exists():
            continue
        old = polib.pofile(str(path)) if path.exists() else polib.POFile()
        path.parent.mkdir(parents=True, exist_ok=True)
        new = merged(old, found)
        _save(new, path)
        missing = len(new.untranslated_entries()) + len(new.fuzzy_entries())
        print(f"{app}: {len(found)} messages, {missing} to translate")
    return 0


def check(apps: Iterable[str]) -> int:
    """List messages without a translation, translations whose placeholders differ, and messages translated in two ways.

    All apps share one catalogue while the site runs: of two translations one is shown everywhere.
    """
    known: dict[Key, dict[str, set[str]]] = {}
    for path in sorted(PACKAGE.glob(f"*/locale/{LANGUAGE}/LC_MESSAGES/django.po")):
        for entry in polib.pofile(str(path)):
            if not entry.obsolete and entry.translated():
                words = entry.msgstr_plural[0] if entry.msgid_plural else entry.msgstr
                known.setdefault(_key(entry), {}).setdefault(words, set()).add(path.parents[2].parent.name)
    faults = [fault for app in apps for fault in _faults(app, known)] + list(_at_odds(known))
    for fault in faults:
        print(fault)
    print(f"{len(faults)} faults" if faults else "Every message is translated.")
    return 1 if faults else 0


def _at_odds(known: dict[Key, dict[str, set[str]]]) -> Iterator[str]:
    for key, translations in sorted(known.items()):
        if len(translations) > 1:
            said = "; ".join(f"{words!r} ({', '.join(sorted(apps))})" for words, apps in sorted(translations.items()))
            yield f"translated in two ways: {key[1]!r}: {said}; use the same words, or a context (pgettext)"


def _faults(app: str, known: dict[Key, dict[str, set[str]]]) -> Iterator[str]:
    said = messages(app)
    for key, found in sorted(said.items()):
        if key not in known:
            yield f"{app}: not translated: {key[1]!r} ({', '.join(sorted(found.files))})"
    path = catalogue_path(app)
    if path.exists():
        for entry in polib.pofile(str(path)):
            if not entry.obsolete and entry.translated() and (wrong := misplaced(entry)):
                yield f"{app}: placeholders differ in {entry.msgid!r}: {wrong}"


def compile_all(apps: Iterable[str]) -> int:
    for app in apps:
        if (path := catalogue_path(app)).exists():
            compile_one(path)
    return 0


def messages(app: str) -> dict[Key, Found]:
    """Every message the code and the templates of an app say."""
    all_found: dict[Key, Found] = {}
    for path in sorted((PACKAGE / app).rglob("*")):
        inside = path.relative_to(PACKAGE / app)
        if not path.is_file() or SKIPPED & set(inside.parts):
            continue
        if path.suffix == ".py":
            source = path.read_text("utf-8")
        elif path.suffix in TEMPLATES and "{%" in (text := path.read_text("utf-8")):
            source = "\n".join(line.lstrip() for line in templatize(text, origin=str(inside)).splitlines())
        else:
            continue
        for key in _extracted(source):
            found = all_found.setdefault(key, Found())
            found.files.add(f"{app}/{inside.as_posix()}")
            found.flags |= _flags(key)
    return all_found


def _extracted(source: str) -> Iterator[Key]:
    options = {"encoding": "utf-8"}
    for _, said, _, context in extract("python", BytesIO(source.encode()), KEYWORDS, options=options):
        singular, plural = said[-2:] if isinstance(said, tuple) and len(said) > 1 else (said, "")
        if isinstance(singular, tuple):
            singular = singular[0]
        if singular:
            yield context or "", singular, plural or ""


def _flags(key: Key) -> set[str]:
    text = key[1] + key[2]
    flags = {"python-format"} if PERCENT.search(text) else set()
    return flags | ({"python-brace-format"} if _braces(text) else set())


def merged(old: polib.POFile, found: dict[Key, Found]) -> polib.POFile:
    """The old catalogue's translations on the messages found now."""
    new = polib.POFile(wrapwidth=110)
    new.metadata = dict(HEADER)
    before = {_key(entry): entry for entry in old}
    for key in sorted(found, key=lambda each: (min(found[each].files), each)):
        new.append(_entry(key, found[key], before.pop(key, None)))
    for entry in sorted(before.values(), key=lambda each: each.msgid):
        if entry.translated() or entry.obsolete:
            entry.obsolete, entry.occurrences = True, []
            new.append(entry)
    return new


def _entry(key: Key, found: Found, before: polib.POEntry | None) -> polib.POEntry:
    context, singular, plural = key
    entry = polib.POEntry(
        msgid=singular,
        msgctxt=context or None,
        occurrences=[(file, "") for file in sorted(found.files)],
        flags=sorted(found.flags | ({"fuzzy"} if before is not None and before.fuzzy else set())),
        tcomment=before.tcomment if before is not None else "",
    )
    if plural:
        entry.msgid_plural = plural
        entry.msgstr_plural = dict(before.msgstr_plural) if before is not None and before.msgstr_plural else {0: ""}
    elif before is not None:
        entry.msgstr = before.msgstr
    return entry


def _save(catalogue: polib.POFile, path: Path) -> None:
    text = str(catalogue)
    if not path.exists() or path.read_text("utf-8") != text + "\n":
        path.write_text(text + "\n", "utf-8")


def misplaced(entry: polib.POEntry) -> str:
    """How the placeholders of a translation differ from those of its message; "" when they agree."""
    wanted = placeholders(entry.msgid)
    allowed = wanted | placeholders(entry.msgid_plural or "")
    for text in entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]:
        given = placeholders(text)
        lacking = set() if entry.msgid_plural else wanted - given
        if given - allowed or lacking:
            return f"missing {sorted(lacking)}, unknown {sorted(given - allowed)}"
    return ""


def placeholders(text: str) -> set[str]:
    """`%(name)s`, `%s` and `{name}` in a message."""
    percent = {f"%({name}){kind}" if name else f"%{kind}" for name, kind in PERCENT.findall(text.replace("%%", ""))}
    return percent | _braces(text)


def _braces(text: str) -> set[str]:
    try:
        return {"{" + name + "}" for _, name, _, _ in string.Formatter().parse(text) if name}
    except ValueError:  # a lone brace is only a brace
        return set()


def _key(entry: polib.POEntry) -> Key:
    return entry.msgctxt or "", entry.msgid, entry.msgid_plural or ""


def catalogue_path(app: str) -> Path:
    return PACKAGE / app / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
