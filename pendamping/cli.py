"""`pendamping <command>`: our own commands first, everything else is a Django management command."""

from __future__ import annotations

import os
import sys

USAGE = """pendamping <command>

  run       prepare what is missing, then serve pages and do background work (PORT, default 8000)
  worker    background work only, for a second machine
  doctor    what is set up wrongly, and how to mend it
  allocate  share the money of a Pabulib file by the rule of the ward (--help tells the options)
  recompute is a published result the one the rule gives? (--help tells the options)
  demo      fill an empty database with a believable city
  help      every command there is; help <command> explains one
"""


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit code of the process."""
    given = sys.argv[1:] if arguments is None else arguments
    os.umask(0o077)  # what is in the data folder concerns nobody else on this machine
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pendamping.config.settings")
    if not given or given[0] in ("--help", "-h"):
        sys.stdout.write(USAGE)
        return 0 if given else 2
    command, rest = given[0], given[1:]
    if command in ("run", "worker"):
        from pendamping.core import server

        return server.run(rest) if command == "run" else server.work(rest)
    if command == "allocate":
        from pendamping.deliberation.allocation.command import allocate

        return allocate(rest)
    if command == "recompute":
        from pendamping.deliberation.allocation.recompute import recompute

        return recompute(rest)
    return _manage(given)


def _manage(given: list[str]) -> int:
    from pendamping.core.messages import ensure_compiled

    ensure_compiled()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["pendamping", *given])
    return 0
