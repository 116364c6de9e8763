"""`pendamping run`: prepare what is missing, then one server and one worker, started together and stopped together."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import time
from collections.abc import Sequence
from types import FrameType
from urllib.error import URLError
from urllib.request import urlopen

from pendamping.core import prepare
from pendamping.core.children import Children
from pendamping.core.ports import listening

THREADS = 4  # blocking threads a worker: more only wait for the same database
QUEUE = 64  # requests taken in at once; the rest wait in the kernel
READY_WITHIN = 60.0
WORKER_STARTS = 10  # how often background work is begun again before something must be wrong


class Stopped(Exception):
    """Somebody asked us to end."""


def run(arguments: Sequence[str]) -> int:
    """Serve pages and do the background work until told to stop; returns the exit code."""
    options = _options(arguments)
    if listening(options.host, options.port):
        return _refuse(
            f"Port {options.port} is taken: another program answers there. Stop it, or choose another port: "
            f"PORT={options.port + 1}"
        )
    _stop_on_signals()
    children = Children()
    try:
        prepare.everything(say=_say)
        children.start("server", _server(options.host, options.port))
        children.start("worker", _worker())
        if not _is_ready(children, options.host, options.port) and not children.ended():
            return _refuse(
                f"The server did not answer at /healthz within {READY_WITHIN:g} seconds; stopping everything."
            )
        if not children.ended():
            _greet(options.port)
        name, code = _watch(children)
        return _refuse(f"The {name} ended by itself (exit code {code}); stopping everything.")
    except Stopped:
        return 0
    finally:
        children.stop()


def _watch(children: Children) -> tuple[str, int]:
    """Wait until one ends for good: background work is begun again, since pages do not depend on it."""
    for _again in range(WORKER_STARTS):
        name, code = children.wait_for_one()
        if name != "worker":
            return name, code
        _say(f"The background work ended by itself (exit code {code}) and is begun again.")
        time.sleep(1)
        children.start("worker", _worker())
    return children.wait_for_one()


def work(arguments: Sequence[str]) -> int:
    """Background work only: for a second machine beside the same PostgreSQL."""
    prepare.translations()
    import django
    from django.core.management import execute_from_command_line

    django.setup()
    from pendamping.core import rounds

    rounds.start()
    execute_from_command_line(["pendamping", "db_worker", "--queue-name", "*", "--no-reload", *arguments])
    return 0


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="pendamping run", description=__doc__)
    parser.add_argument("--host", default=os.environ.get("PENDAMPING_BIND", "127.0.0.1"), help="address to listen on")
    parser.add_argument("--port", type=int, default=os.environ.get("PORT", "8000"))  # a text default is read as typed
    options = parser.parse_args(arguments)
    os.environ["PORT"] = str(options.port)  # the settings make the site's address of it
    return options


def _server(host: str, port: int) -> list[str]:
    """One process on SQLite, whose writers wait for each other anyway; one a core on PostgreSQL."""
    from django.db import connection

    workers = (os.cpu_count() or 1) if connection.vendor == "postgresql" else 1
    flags = {
        "--interface": "wsgi",
        "--host": host,
        "--port": port,
        "--workers": workers,
        "--blocking-threads": THREADS,
        "--backpressure": QUEUE,
        "--workers-kill-timeout": 10,
        "--log-level": "warning",
    }
    words = [str(word) for pair in flags.items() for word in pair]
    switches = ["--no-ws", "--respawn-failed-workers"]
    return [sys.executable, "-m", "granian", *words, *switches, "pendamping.config.wsgi:application"]


def _worker() -> list[str]:
    return [sys.executable, "-m", "pendamping", "worker", "--verbosity", "0"]


def _stop_on_signals() -> None:
    def stop(number: int, frame: FrameType | None) -> None:
        for each in (signal.SIGINT, signal.SIGTERM):
            signal.signal(each, signal.SIG_IGN)  # once is enough: the children are being told
        raise Stopped

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)


def _is_ready(children: Children, host: str, port: int) -> bool:
    until = time.monotonic() + READY_WITHIN
    reachable = "127.0.0.1" if host in ("0.0.0.0", "::", "") else host  # noqa: S104
    while time.monotonic() < until and not children.ended():
        try:
            with urlopen(f"http://{reachable}:{port}/healthz", timeout=5) as answer:
                if answer.status == 200:
                    return True
        except (URLError, OSError):
            time.sleep(0.1)
    return False


def _greet(port: int) -> None:
    from django.conf import settings

    people = prepare.demo_sign_ins()
    for line in ["\nOrang contoh untuk masuk: nama, kata sandi, peran", *people, ""] if people else []:
        _say(line)
    _say(f"Pendamping is ready: {settings.SITE_URL}")
    _say("Stop it with Ctrl-C.")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _refuse(sentence: str) -> int:
    sys.stderr.write(sentence + "\n")
    return 1
