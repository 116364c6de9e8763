"""Password hashing within what a small server can spare."""

from __future__ import annotations

from django.contrib.auth.hashers import Argon2PasswordHasher


class PasswordHasher(Argon2PasswordHasher):
    """Argon2id at OWASP's 46 MiB setting: Django's default takes 100 MiB and eight lanes for every sign-in."""

    time_cost = 2
    memory_cost = 47104
    parallelism = 1
