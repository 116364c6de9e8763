"""Secrets from the environment, or from files that only their owner can read, made on first use."""

from __future__ import annotations

import os
import secrets
import tempfile
from pathlib import Path


def secret(name: str, data_dir: Path) -> str:
    """The value of an environment variable, or of <data>/secrets/<name>, created with mode 0600."""
    given = os.environ.get(name)
    if given:
        return given
    path = secret_path(name, data_dir)
    if not path.exists():
        _create(path)
    value = path.read_text("utf-8").strip()
    if not value:
        raise SystemExit(f"The secret in {path} is empty: restore it from your backup, or set {name}.")
    return value


def secret_path(name: str, data_dir: Path) -> Path:
    """Where a secret lives when the environment does not give it."""
    return data_dir / "secrets" / name.lower()


def _create(path: Path) -> None:
    """Write it whole under another name, then give it its own: two starting at once agree on the first."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, half = tempfile.mkstemp(dir=path.parent)  # 0600 from the first byte
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(secrets.token_urlsafe(48))
            file.flush()
            os.fsync(file.fileno())
        os.link(half, path)
    except FileExistsError:
        pass
    finally:
        os.unlink(half)
