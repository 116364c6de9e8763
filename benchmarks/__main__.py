"""`python -m benchmarks [names]`: measure, print tables, keep them in benchmarks/results."""

from __future__ import annotations

import argparse
import importlib
import signal
import sys
import time

from benchmarks import figures, machine
from benchmarks.options import LARGEST, SIZES, Options

QUESTIONS = (
    "pages", "voices", "imports", "documents", "memory", "weight", "books", "exam", "certificates", "sheets", "quiz",
    "ballots",
    "similar",
    "listening", "allocation",
)  # fmt: skip


def main() -> int:
    """Exit code 1 when a budget is missed and --strict was given; the figures are the answer either way."""
    options = _parsed()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # told to end: stop the servers, remove the folders
    missed = 0
    for name in options.only or QUESTIONS:
        module = importlib.import_module(f"benchmarks.{name}")
        print(f"{module.QUESTION} …", flush=True)
        facts, started = machine.facts(), time.monotonic()
        tables = module.run(Options(options.sizes))
        facts["seconds"] = round(time.monotonic() - started)
        path = figures.write(name, facts, tables)
        for table in tables:
            print("\n" + table.as_text() + "\n", flush=True)
            missed += len(table.missed)
        print(f"  {path} ({facts['seconds']} s, disk {facts['fdatasync_ms']} ms a sync)\n", flush=True)
    return 1 if missed and options.strict else 0


def _parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("only", nargs="*", metavar="name", help=f"which questions: {', '.join(QUESTIONS)}")
    parser.add_argument("--sizes", help="needs in the cities built, such as 1000,20000")
    parser.add_argument("--million", action="store_true", help="also a city of a million needs (takes long)")
    parser.add_argument("--strict", action="store_true", help="exit code 1 when a budget is missed")
    found = parser.parse_args()
    unknown = set(found.only) - set(QUESTIONS)
    if unknown:
        parser.error(f"unknown: {', '.join(sorted(unknown))}; known are {', '.join(QUESTIONS)}")
    found.sizes = tuple(int(size) for size in found.sizes.split(",")) if found.sizes else SIZES
    found.sizes += (LARGEST,) if found.million else ()
    return found


if __name__ == "__main__":
    sys.exit(main())
