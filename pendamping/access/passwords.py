"""Passwords that a neighbour would guess first: a local word with some digits behind it."""

from __future__ import annotations

import re
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

WORDS = frozenset(
    {
        "pendamping", "kelurahan", "kecamatan", "pemerintah", "musrenbang", "lurah", "camat", "admin", "administrator",
        "indonesia", "merdeka", "bismillah", "alhamdulillah", "assalamualaikum", "sayang", "rahasia", "password",
        "katasandi",
    }
)  # fmt: skip


class LocalWordsValidator:
    """Refuses a password that is one such word, or the name of the city, once digits and signs are taken away."""

    def validate(self, password: str, user: Any = None) -> None:
        bare = re.sub(r"[^a-z]", "", password.lower())
        city = re.sub(r"[^a-z ]", "", settings.CITY_NAME.lower()).split()
        if bare in WORDS | set(city) | {"".join(city)}:
            raise ValidationError(
                _("This word is guessed first here. Take several words that do not belong together."), code="local_word"
            )

    def get_help_text(self) -> str:
        return _("Not a single well-known word with digits behind it.")
