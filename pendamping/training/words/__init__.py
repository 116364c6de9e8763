"""What the journal tells of this app's acts: verb → sentence, one file per noun."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from django.utils.functional import Promise

SENTENCES: dict[str, Promise] = {
    verb: sentence
    for found in iter_modules(__path__)
    for verb, sentence in import_module(f"{__name__}.{found.name}").SENTENCES.items()
}
