"""Why a course package is not taken in (id: alasan paket kursus ditolak)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Reason(models.TextChoices):
    """A refusal of the door for course packages; one of a file or field names it."""

    NOT_ZIP = "package_not_zip", _("The file is not a whole ZIP. Send the package as it was downloaded.")
    TOO_LARGE = "package_too_large", _("The package is too large: at most {limit} MB unpacked. Leave files out.")
    TOO_MANY = "package_too_many", _("The package holds more than {limit} files. Leave some out.")
    SQUEEZED = "package_squeezed", _("“{file}” unpacks to far more than it is. Such a package is not opened.")
    NAME = "package_name", _("“{file}” is not a name that may stand in a package. Pack the folder anew.")
    TWICE = "package_twice", _("“{file}” stands in the package twice. Pack the folder anew.")
    SEALED = "package_sealed", _("“{file}” is locked by a password. Pack the folder without one.")
    PACKING = "package_packing", _("“{file}” is packed in a way we do not open. Pack the folder as an ordinary ZIP.")
    FOLDER = "package_folder", _("There is no folder {folder} with a manifest.json.")
    WRONG = "package_wrong", _("The package was not taken in: {count} faults. {faults}")
    MISSING = "fault_missing", _("{file}: the file is missing.")
    NOT_TEXT = "fault_not_text", _("{file}: it is not text in UTF-8.")
    NOT_JSON = "fault_not_json", _("{file}: it is not whole JSON, wrong at line {line}.")
    FIELD = "fault_field", _("{file}, {place}: {want}.")


class Want(models.TextChoices):
    """What a field of a package should be (id: isi yang diminta)."""

    FORMAT = "format", _("the format should be pendamping-course/1")
    THERE = "there", _("it is missing")
    TEXT = "text", _("it should be text")
    WORDS = "words", _("it should hold words in “id” and, where there are, “en”")
    NUMBER = "number", _("it should be a number that makes sense here")
    LIST = "list", _("it should be a list")
    THING = "thing", _("it should be an object with named fields")
    YES_NO = "yes_no", _("it should be true or false")
    ONE_OF = "one_of", _("it should be one of the known kinds")
    KEY = "key", _("it may hold small letters, digits and hyphens only")
    ONCE = "once", _("it stands there twice")
    KNOWN = "known", _("it names something that is not in the package")
