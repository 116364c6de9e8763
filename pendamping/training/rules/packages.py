"""A course as a folder of files: what is read from it, or every fault with its file and field.

Format "pendamping-course/1" (docs/training-packages.md). manifest.json names programme, course and modules; each module
has a folder with module.json, questions.json and its texts, one file for each language.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from pendamping.core.verdicts import Verdict, refused
from pendamping.facilitators.enums.questions import Difficulty, QuestionKind
from pendamping.facilitators.rules import questions as asking
from pendamping.training.enums.curriculum import ActivityKind, QuizPurpose
from pendamping.training.enums.packages import Reason, Want
from pendamping.training.rules import curriculum, rubrics

FORMAT = "pendamping-course/1"
MANIFEST = "manifest.json"
FAULTS_MOST = 20
_UNKEPT = re.compile("[\0\ud800-\udfff]")  # NUL and half a character: no database keeps them
ACTIVITIES: list[dict[str, Any]] = [  # of a module that names none
    {"key": "baca", "kind": "page", "title": {"id": "Bacaan", "en": "Reading"}, "body": "text"},
    {"key": "kuis", "kind": "quiz", "title": {"id": "Kuis", "en": "Quiz"}, "quiz": {"number": 8}},
    {"key": "tugas", "kind": "task", "title": {"id": "Tugas lapangan", "en": "Field task"}, "body": "task"},
]


@dataclass(frozen=True)
class PackedQuestion:
    """A question as the bank takes it, with the key that stays the same when its words are mended."""

    key: str
    facts: dict[str, Any]  # kind, topic, difficulty, text, options, feedback, translations


@dataclass(frozen=True)
class PackedActivity:
    """An activity as the service takes it, and the files that belong to it."""

    facts: dict[str, Any]  # key, kind, title, body, url, rubric, is_required, quiz
    files: tuple[tuple[str, str, str], ...]  # title, language, name in the package


@dataclass(frozen=True)
class PackedModule:
    """A module with everything in it."""

    facts: dict[str, Any]  # key, title, summary, hours, serves
    units: tuple[str, ...]
    activities: tuple[PackedActivity, ...]
    questions: tuple[PackedQuestion, ...]


@dataclass(frozen=True)
class Packed:
    """A whole course out of a package."""

    programme: dict[str, Any]  # key, title, about
    course: dict[str, Any]  # key, title, about, valid_months
    pass_rule: str
    competencies: tuple[dict[str, str], ...]  # unit, title, decree
    modules: tuple[PackedModule, ...]


@dataclass
class _Reader:
    """Walks through the files; notes each fault and goes on, so that all are told at once."""

    files: Mapping[str, bytes]
    faults: list[Verdict] = field(default_factory=list)

    def fault(self, file: str, place: str, want: Want) -> None:
        self.faults.append(refused(Reason.FIELD, file=file, place=place, want=want.label))

    def text(self, file: str) -> str:
        data = self.files.get(file)
        if data is None:
            self.faults.append(refused(Reason.MISSING, file=file))
            return ""
        try:
            said = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            said = "\0"
        if "\0" in said:
            self.faults.append(refused(Reason.NOT_TEXT, file=file))
            return ""
        return said

    def json(self, file: str, kind: type) -> Any:
        known = len(self.faults)
        said = self.text(file)
        if len(self.faults) > known:
            return kind()
        try:
            found = json.loads(said)
        except json.JSONDecodeError as problem:
            self.faults.append(refused(Reason.NOT_JSON, file=file, line=problem.lineno))
            return kind()
        except (RecursionError, ValueError):  # nested without end, or a number of thousands of digits
            found = None
        if not isinstance(found, kind):
            self.fault(file, "–", Want.LIST if kind is list else Want.THING)
            return kind()
        if any(_UNKEPT.search(one) for one in _texts(found)):
            self.faults.append(refused(Reason.NOT_TEXT, file=file))
            return kind()
        return found

    def of(self, file: str, place: str, holder: Mapping[str, Any], name: str, kind: type, default: Any = None) -> Any:
        """A field of an object; `default` None: it must be there."""
        if name not in holder:
            if default is None:
                self.fault(file, f"{place}{name}", Want.THERE)
                return kind()
            return default
        value = holder[name]
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            wants = {str: Want.TEXT, list: Want.LIST, dict: Want.THING, int: Want.NUMBER, bool: Want.YES_NO}
            self.fault(file, f"{place}{name}", wants[kind])
            return kind()
        return value

    def words(self, file: str, place: str, value: Any, *, required: bool = True) -> dict[str, str]:
        fits = (
            isinstance(value, dict) and set(value) <= {"id", "en"} and all(isinstance(v, str) for v in value.values())
        )
        if not fits or (required and not value.get("id", "").strip()):
            self.fault(file, place, Want.WORDS)
            return {"id": ""}
        return dict(value)

    def key(self, file: str, place: str, value: Any) -> str:
        if not isinstance(value, str) or not curriculum.is_key(value):
            self.fault(file, place, Want.KEY)
            return ""
        return value

    def one_of(self, file: str, place: str, value: Any, known: Any) -> str:
        if value not in known.values:
            self.fault(file, place, Want.ONE_OF)
            return str(known.values[0])
        return str(value)


def _texts(value: Any) -> Iterator[str]:
    """Every text in what a JSON file said, names of fields too."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            yield one
        elif isinstance(one, dict):
            waiting += [*one, *one.values()]
        elif isinstance(one, list):
            waiting += one


def read(files: Mapping[str, bytes]) -> tuple[Packed | None, list[Verdict]]:
    """The course of a package, or what is wrong with it."""
    reader = _Reader(files)
    found = _course(reader)
    return (None, reader.faults) if reader.faults else (found, [])


def verdict(faults: Sequence[Verdict]) -> Verdict:
    """All faults in one refusal, the first twenty in words."""
    told = " ".join(one.message for one in faults[:FAULTS_MOST])
    return refused(Reason.WRONG, count=len(faults), faults=told)


def _course(reader: _Reader) -> Packed:
    manifest = reader.json(MANIFEST, dict)
    if not reader.faults and manifest.get("format") != FORMAT:
        reader.fault(MANIFEST, "format", Want.FORMAT)
    course = reader.of(MANIFEST, "", manifest, "course", dict)
    units = [_unit(reader, f"competencies[{n}].", one) for n, one in
             enumerate(reader.of(MANIFEST, "", manifest, "competencies", list, []))]  # fmt: skip
    listed = reader.of(MANIFEST, "", manifest, "modules", list)
    modules = [_module(reader, f"modules[{n}].", one, {unit["unit"] for unit in units}) for n, one in enumerate(listed)]
    keys = [one.facts["key"] for one in modules]
    if len(set(keys)) != len(keys):
        reader.fault(MANIFEST, "modules", Want.ONCE)
    _asked_once(reader, modules)
    months = course.get("valid_months")
    if months is not None and (isinstance(months, bool) or not isinstance(months, int) or not 0 < months < 1200):
        reader.fault(MANIFEST, "course.valid_months", Want.NUMBER)
    return Packed(
        _named(reader, "programme.", reader.of(MANIFEST, "", manifest, "programme", dict)),
        {**_named(reader, "course.", course), "valid_months": months},
        reader.of(MANIFEST, "course.", course, "pass_rule", str), tuple(units), tuple(modules),
    )  # fmt: skip


def _asked_once(reader: _Reader, modules: Sequence[PackedModule]) -> None:
    """The bank of a course holds each question once, whatever its module."""
    seen: set[str] = set()
    for module in modules:
        for one in module.questions:
            sign = asking.digest(kind=one.facts["kind"], text=one.facts["text"], options=one.facts["options"])
            if sign in seen:
                reader.fault(f"{module.facts['key']}/questions.json", one.key, Want.ONCE)
            seen.add(sign)


def _named(reader: _Reader, place: str, holder: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "key": reader.key(MANIFEST, f"{place}key", holder.get("key")),
        "title": reader.words(MANIFEST, f"{place}title", holder.get("title")),
        "about": reader.words(MANIFEST, f"{place}about", holder.get("about", {}), required=False),
    }


def _unit(reader: _Reader, place: str, holder: Any) -> dict[str, str]:
    if not isinstance(holder, dict):
        reader.fault(MANIFEST, place, Want.THING)
        holder = {}
    return {name: reader.of(MANIFEST, place, holder, name, str) for name in ("unit", "title", "decree")}


def _module(reader: _Reader, place: str, listed: Any, units: set[str]) -> PackedModule:
    listed = listed if isinstance(listed, dict) else {"key": listed}
    key = reader.key(MANIFEST, f"{place}key", listed.get("key"))
    file = f"{key}/module.json"
    about = reader.json(file, dict) if key else {}
    hours = _hours(reader, file, about.get("hours"))
    serves = reader.of(file, "", about, "serves", list, [])
    if not all(isinstance(one, str) and len(one) <= 80 for one in serves):
        reader.fault(file, "serves", Want.TEXT)
    named = reader.of(file, "", about, "competencies", list, [])
    if not all(isinstance(one, str) and one in units for one in named):
        reader.fault(file, "competencies", Want.KNOWN)
    facts = {
        "key": key, "title": reader.words(file, "title", about.get("title")),
        "summary": reader.words(file, "summary", about.get("summary", {}), required=False),
        "hours": hours, "serves": serves,
    }  # fmt: skip
    rubric = _rubric(reader, file, "rubric", about.get("rubric", []))
    steps = reader.of(MANIFEST, place, listed, "activities", list, ACTIVITIES)
    activities = [_activity(reader, f"{place}activities[{n}].", one, key, rubric) for n, one in enumerate(steps)]
    names = [one.facts["key"] for one in activities]
    if len(set(names)) != len(names):
        reader.fault(MANIFEST, f"{place}activities", Want.ONCE)
    return PackedModule(facts, tuple(map(str, named)), tuple(activities), tuple(_questions(reader, key)))


def _hours(reader: _Reader, file: str, value: Any) -> Decimal:
    hours = Decimal(str(value)) if isinstance(value, int | float) and not isinstance(value, bool) else Decimal(0)
    if not curriculum.hours_fit(hours):
        reader.fault(file, "hours", Want.NUMBER)
    return hours


def _rubric(reader: _Reader, file: str, place: str, value: Any) -> list[dict[str, Any]]:
    if not isinstance(value, list):
        reader.fault(file, place, Want.LIST)
        return []
    criteria = []
    for n, given in enumerate(value):
        here = f"{place}[{n}]."
        one = given if isinstance(given, dict) else {}
        levels = []
        for m, told in enumerate(reader.of(file, here, one, "levels", list)):
            level = told if isinstance(told, dict) else {}
            points = reader.of(file, f"{here}levels[{m}].", level, "points", int)
            levels.append({"points": points, "text": reader.words(file, f"{here}levels[{m}].text", level.get("text"))})
        criteria.append(
            {"key": reader.key(file, f"{here}key", one.get("key")),
             "title": reader.words(file, f"{here}title", one.get("title")), "levels": levels}
        )  # fmt: skip
    if not rubrics.is_whole(criteria):
        reader.fault(file, place, Want.NUMBER)
    return criteria


def _activity(
    reader: _Reader, place: str, one: Any, module: str, rubric: list[dict[str, Any]]
) -> PackedActivity:  # fmt: skip
    one = one if isinstance(one, dict) else {}
    kind = reader.one_of(MANIFEST, f"{place}kind", one.get("kind"), ActivityKind)
    facts: dict[str, Any] = {
        "key": reader.key(MANIFEST, f"{place}key", one.get("key")), "kind": kind,
        "title": reader.words(MANIFEST, f"{place}title", one.get("title")),
        "url": reader.of(MANIFEST, place, one, "url", str, ""),
        "is_required": reader.of(MANIFEST, place, one, "is_required", bool, True),
    }  # fmt: skip
    body = reader.of(MANIFEST, place, one, "body", str, "")
    if body and not curriculum.is_key(body):
        reader.fault(MANIFEST, f"{place}body", Want.KEY)
    elif body:
        known = [language for language in ("id", "en") if f"{module}/{body}.{language}.md" in reader.files]
        facts["body"] = {language: reader.text(f"{module}/{body}.{language}.md") for language in known or ["id"]}
    if kind == ActivityKind.TASK:
        facts["rubric"] = _rubric(reader, MANIFEST, f"{place}rubric", one["rubric"]) if "rubric" in one else rubric
    if kind == ActivityKind.QUIZ:
        facts["quiz"] = _quiz(reader, f"{place}quiz.", reader.of(MANIFEST, place, one, "quiz", dict, {}), module)
    files = [_file(reader, f"{place}materials[{n}].", file) for n, file in
             enumerate(reader.of(MANIFEST, place, one, "materials", list, []))]  # fmt: skip
    return PackedActivity(facts, tuple(files))


def _quiz(reader: _Reader, place: str, asked: Mapping[str, Any], module: str) -> dict[str, Any]:
    topics = reader.of(MANIFEST, place, asked, "topics", list, [module])
    numbers = {"number": 8, "pass_percent": 70, "attempts_most": 0, "minutes": 0}
    quiz: dict[str, Any] = {
        name: reader.of(MANIFEST, place, asked, name, int, usual) for name, usual in numbers.items()
    }
    fits = all(isinstance(one, str) for one in topics) and all(0 <= quiz[name] < 1000 for name in numbers)
    if not fits or not curriculum.asks_fit(topics=topics, number=quiz["number"], pass_percent=quiz["pass_percent"]):
        reader.fault(MANIFEST, f"{place}number", Want.NUMBER)
    purpose = reader.one_of(MANIFEST, f"{place}purpose", asked.get("purpose", QuizPurpose.CHECK), QuizPurpose)
    return {**quiz, "topics": topics, "purpose": purpose}


def _file(reader: _Reader, place: str, one: Any) -> tuple[str, str, str]:
    one = one if isinstance(one, dict) else {}
    name = reader.of(MANIFEST, place, one, "file", str)
    if name not in reader.files:
        reader.fault(MANIFEST, f"{place}file", Want.KNOWN)
    language = reader.of(MANIFEST, place, one, "language", str, "id")
    return reader.of(MANIFEST, place, one, "title", str)[:120], language if language in ("id", "en") else "id", name


def _questions(reader: _Reader, module: str) -> list[PackedQuestion]:
    file = f"{module}/questions.json"
    if not module or file not in reader.files:
        return []
    found: list[PackedQuestion] = []
    for n, told in enumerate(reader.json(file, list)):
        place = f"[{n}]."
        one = told if isinstance(told, dict) else {}
        key = reader.of(file, place, one, "key", str)[:80]
        known = len(reader.faults)
        facts = _question(reader, file, f"{key or n}.", one, module)
        if len(reader.faults) > known:
            continue
        whole = asking.is_whole(
            kind=facts["kind"], topic=module, text=facts["text"], options=facts["options"]
        ) and asking.translations_fit(
            kind=facts["kind"], options=facts["options"], translations=facts["translations"]
        )  # fmt: skip
        if not whole:
            reader.faults.append(refused(Reason.FIELD, file=file, place=key or f"[{n}]", want=whole.message))
        if any(key == other.key for other in found):
            reader.fault(file, f"{key}", Want.ONCE)
        found.append(PackedQuestion(key, facts))
    return found


def _question(reader: _Reader, file: str, place: str, one: Mapping[str, Any], module: str) -> dict[str, Any]:
    kind = reader.one_of(file, f"{place}kind", one.get("kind"), QuestionKind)
    text = reader.words(file, f"{place}text", one.get("text"))
    feedback = reader.words(file, f"{place}feedback", one.get("feedback", {}), required=False)
    options, english = _options(reader, file, place, reader.of(file, place, one, "options", list), kind)
    translations = {}
    if text.get("en"):
        translations["en"] = {"text": text["en"], "options": english, "feedback": feedback.get("en", "")}
    return {
        "kind": kind, "topic": module, "text": text["id"], "options": options, "feedback": feedback.get("id", ""),
        "difficulty": reader.one_of(file, f"{place}difficulty", one.get("difficulty", ""), Difficulty),
        "translations": translations,
    }  # fmt: skip


def _options(
    reader: _Reader, file: str, place: str, given: list[Any], kind: str
) -> tuple[list[dict[str, Any]], list[dict[str, str]]]:
    """The options as the bank keeps them, and their words in English."""
    given = [one if isinstance(one, dict) else {} for one in given]
    rights = sum(one.get("right") is True for one in given)
    kept, english = [], []
    for n, one in enumerate(given):
        here = f"{place}options[{n}]."
        told: dict[str, Any] = {}
        other: dict[str, str] = {}
        spoken = (
            []
            if kind == QuestionKind.SHORT_NUMBER
            else ["text", "match"]
            if kind == QuestionKind.MATCHING
            else ["text"]
        )
        for name in (*spoken, *(["feedback"] if "feedback" in one else [])):
            said = reader.words(file, f"{here}{name}", one.get(name))
            told[name] = said["id"]
            other[name] = said.get("en", "")
        if kind == QuestionKind.SHORT_NUMBER:
            told |= {name: _decimal(reader, file, f"{here}{name}", one.get(name)) for name in ("low", "high")}
        if kind not in asking.ARRANGED:
            told["weight"] = _weight(reader, file, here, one, kind, rights)
        kept.append(told)
        english.append(other)
    return kept, english if kind != QuestionKind.SHORT_NUMBER else []


def _weight(reader: _Reader, file: str, place: str, one: Mapping[str, Any], kind: str, rights: int) -> str:
    """Percent as written, or by what is right: several right ones share it, each wrong one takes a share away."""
    if "weight" in one:
        return _decimal(reader, file, f"{place}weight", one["weight"])
    if kind in (QuestionKind.SHORT_NUMBER, QuestionKind.SHORT_TEXT):
        return "100"
    if not isinstance(one.get("right"), bool):
        reader.fault(file, f"{place}right", Want.YES_NO)
    if kind != QuestionKind.MULTIPLE or not rights:
        return "100" if one.get("right") else "0"
    part = (Decimal(100) / rights).quantize(Decimal("0.00001")).normalize()
    return f"{part if one.get('right') else -part:f}"


def _decimal(reader: _Reader, file: str, place: str, value: Any) -> str:
    try:
        fits = isinstance(value, str | int) and not isinstance(value, bool) and Decimal(value).is_finite()
    except InvalidOperation:
        fits = False
    if not fits or len(str(value)) > 30:
        reader.fault(file, place, Want.NUMBER)
        return "0"
    return str(value)


def written(
    document: Mapping[str, Any], *, about: Mapping[str, Any], competencies: Sequence[Mapping[str, str]],
    questions: Mapping[str, Sequence[Mapping[str, Any]]], name_of: Callable[[str], str],
) -> dict[str, bytes]:  # fmt: skip
    """The files of a package from a version's document; `questions` by topic, `name_of` a sha256 the file's own name.

    `about`: programme and course as the manifest tells them. Files of materials themselves are not in it.
    """
    files: dict[str, bytes] = {}
    modules = []
    for module in document["modules"]:
        key = module["key"]
        modules.append({"key": key, "activities": [_packed(one, key, files, name_of) for one in module["activities"]]})
        told = {name: module[name] for name in ("key", "title", "summary", "serves", "competencies")}
        files[f"{key}/module.json"] = _json({**told, "hours": float(module["hours"])})
        if questions.get(key):
            files[f"{key}/questions.json"] = _json([_asked(one) for one in questions[key]])
    course = {**about["course"], "pass_rule": document["pass_rule"]}
    manifest = {
        "format": FORMAT, "programme": about["programme"], "course": course, "competencies": list(competencies),
        "modules": modules,
    }  # fmt: skip
    return {MANIFEST: _json(manifest), **files}


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def _packed(
    one: Mapping[str, Any], module: str, files: dict[str, bytes], name_of: Callable[[str], str]
) -> dict[str, Any]:
    told = {name: one[name] for name in ("key", "kind", "title", "is_required")}
    if one["body"]:
        told["body"] = one["key"]
        files |= {f"{module}/{one['key']}.{language}.md": said.encode() for language, said in one["body"].items()}
    told |= {name: one[name] for name in ("url", "rubric", "quiz") if one.get(name)}
    if one["kind"] == ActivityKind.TASK:
        told["rubric"] = one["rubric"]
    if one["materials"]:
        told["materials"] = [
            {"file": f"{module}/files/{name_of(file['sha256'])}", "title": file["title"], "language": file["language"]}
            for file in one["materials"]
        ]
    return told


def _asked(one: Mapping[str, Any]) -> dict[str, Any]:
    english = one["translations"].get("en", {})
    others = english.get("options") or [{}] * len(one["options"])

    def both(said: str, other: str | None) -> dict[str, str]:
        return {"id": said, "en": other} if other else {"id": said}

    options = [
        {name: both(value, other.get(name)) if name in asking.WORDS else value for name, value in option.items()}
        for option, other in zip(one["options"], others, strict=False)
    ]
    told = {name: one[name] for name in ("key", "kind", "difficulty")}
    told |= {"text": both(one["text"], english.get("text")), "options": options}
    if one["feedback"]:
        told["feedback"] = both(one["feedback"], english.get("feedback"))
    return told
