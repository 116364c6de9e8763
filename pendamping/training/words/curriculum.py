"""What the journal tells of the curriculum."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Promise] = {
    "training.programme_made": _("A training programme was made"),
    "training.course_made": _("A course was made"),
    "training.course_changed": _("A course was changed"),
    "training.version_drafted": _("A new version of a course was begun"),
    "training.version_changed": _("The pass rule of a course being written was changed"),
    "training.version_dropped": _("A version being written was given up"),
    "training.version_published": _("A version of a course was put in use"),
    "training.version_withdrawn": _("A version of a course is no longer offered"),
    "training.competency_kept": _("A unit of competence was recorded"),
    "training.module_written": _("A module was written"),
    "training.module_moved": _("A module was moved"),
    "training.module_dropped": _("A module was taken out of a version being written"),
    "training.activity_written": _("An activity of a module was written"),
    "training.activity_moved": _("An activity of a module was moved"),
    "training.activity_dropped": _("An activity was taken out of a version being written"),
    "training.material_kept": _("A file was kept with an activity"),
    "training.material_dropped": _("A file was taken out of an activity"),
    "training.package_taken_in": _("A course package was taken in"),
}
