"""What CI runs, every step named: `python -m tools.check [step …]`. All steps run; the answer comes at the end."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time

PYTHON = sys.executable
WORKERS = os.environ.get("WORKERS", "2")
PYTEST = [PYTHON, "-m", "pytest", "-q", "-n", WORKERS, "--dist", "worksteal"]
MANAGE = [PYTHON, "-m", "pendamping"]

STEPS: dict[str, tuple[str, list[str], dict[str, str]]] = {
    "format": ("Form of the code", [PYTHON, "-m", "ruff", "format", "--check", "."], {}),
    "lint": ("Lint", [PYTHON, "-m", "ruff", "check", "."], {}),
    "types": ("Types", [PYTHON, "-m", "mypy"], {}),
    "imports": ("The journey flows one way", [os.path.join(os.path.dirname(PYTHON), "lint-imports"), "--no-logo"], {}),
    "migrations": ("Migrations are written", [*MANAGE, "makemigrations", "--check", "--dry-run"], {}),
    "translations": ("Every word is translated", [PYTHON, "-m", "tools.messages", "check"], {}),
    "deploy": (
        "Safe to put on the Internet",
        [*MANAGE, "check", "--deploy", "--fail-level", "WARNING"],
        {"PENDAMPING_URL": "https://pendamping.example", "PENDAMPING_HOSTS": "pendamping.example"},
    ),
    "postgres": ("Tests on PostgreSQL", [*PYTEST, "-m", "not browser"], {"PENDAMPING_TEST_DB": "postgres"}),
    "browser": ("Browser journeys", [*PYTEST, "-m", "browser"], {}),
    "sqlite": ("Tests on SQLite", [*PYTEST, "-m", "not browser"], {}),
}


def main(asked: list[str]) -> int:
    """Run the steps; 0 when all held."""
    unknown = set(asked) - set(STEPS)
    if unknown:
        print(f"Unknown: {', '.join(sorted(unknown))}. Steps: {', '.join(STEPS)}", file=sys.stderr)
        return 2
    results = [(name, *_run(*STEPS[name])) for name in asked or STEPS]
    print("\n== Summary")
    for name, held, seconds in results:
        print(f"  {'ok  ' if held else 'FAIL'}  {name:<13} {STEPS[name][0]} ({seconds:.0f} s)")
    return 0 if all(held for _, held, _ in results) else 1


def _run(title: str, command: list[str], extra: dict[str, str]) -> tuple[bool, float]:
    print(f"\n== {title}: {' '.join(command[1:])}", flush=True)
    start = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="pendamping-check-") as data:
        done = subprocess.run(command, env={**os.environ, "PENDAMPING_DATA": data, **extra}, check=False)
    return done.returncode == 0, time.monotonic() - start


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
