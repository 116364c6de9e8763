"""The fields of what is taught: nothing about people."""

from __future__ import annotations

from pendamping.core.personal.register import Personal

PERSONAL: dict[str, Personal] = {}

PLAIN = frozenset(
    {
        "Competency.unit", "Competency.title", "Competency.decree", "Programme.title",
        "Programme.about", "Course.title", "Course.about", "CourseVersion.pass_rule",
        "CourseVersion.what_changed", "CourseVersion.digest", "Module.title", "Module.summary",
        "Module.hours", "Module.serves", "Activity.title", "Activity.body", "Activity.url",
        "Activity.rubric", "Quiz.topics", "Material.name", "Material.title", "Material.language",
        "Material.content_type", "Material.sha256", "Material.file",
    }
)  # fmt: skip
