"""A real site on this machine: its own data folder, its own port, started as anybody starts it."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit
from urllib.request import urlopen

from benchmarks import machine

ROOT = Path(__file__).resolve().parents[1]
FIRST_PORT = 8740
READY_WITHIN = 90
CHILD_WITHIN = 3600


@dataclass
class Site:
    """A data folder and, while it runs, the server on it."""

    folder: Path
    port: int = FIRST_PORT
    extra: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def environment(self) -> dict[str, str]:
        """What both the server and the children that fill it are told."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PENDAMPING_")}
        return {
            **kept,
            "PENDAMPING_DATA": str(self.folder),
            "PENDAMPING_REQUIRE_MFA": "0",  # the measuring client holds a session, not a phone
            "PENDAMPING_PROXIES": "1",  # so that clients on one machine can stand for many addresses
            "PORT": str(self.port),
            "DJANGO_SETTINGS_MODULE": "pendamping.config.settings",
            "PYTHONPATH": str(ROOT),
            **self.extra,
        }

    def child(self, module: str, **asked: Any) -> Any:
        """Run `module`.main(**asked) in a process with this site's settings; gives back what it returns."""
        code = (
            "import json, sys, importlib, django; django.setup(); "
            f"found = importlib.import_module({module!r}).main(**json.loads(sys.argv[1])); "
            "print('RESULT ' + json.dumps(found, default=str))"
        )
        done = subprocess.run(
            [sys.executable, "-c", code, json.dumps(asked)],
            env=self.environment(), cwd=ROOT, stdout=subprocess.PIPE, timeout=CHILD_WITHIN, check=False,
        )  # fmt: skip
        lines = done.stdout.decode().splitlines()
        if done.returncode or not lines or not lines[-1].startswith("RESULT "):
            raise SystemExit(f"{module} failed (exit code {done.returncode})")
        return json.loads(lines[-1].removeprefix("RESULT "))

    def prepare(self) -> None:
        """Tables and styles, as the first start makes them."""
        self.child("benchmarks.prepare")

    @contextlib.contextmanager
    def running(self) -> Iterator[Site]:
        """`pendamping run` until the block ends; a server that outlives it is killed with its group."""
        log = (self.folder / "server.log").open("ab")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "pendamping", "run"],
            env=self.environment(), cwd=ROOT, stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
        try:
            self._wait()
            yield self
        finally:
            self.process.send_signal(signal.SIGTERM)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(25)
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None
            log.close()

    def _wait(self) -> None:
        until = time.monotonic() + READY_WITHIN
        while time.monotonic() < until:
            assert self.process is not None
            if self.process.poll() is not None:
                break
            with contextlib.suppress(OSError), urlopen(f"{self.url}/healthz", timeout=5) as answer:
                if answer.status == 200:
                    return
            time.sleep(0.1)
        raise SystemExit("the server did not start:\n" + (self.folder / "server.log").read_text()[-2000:])

    def everything(self) -> list[int]:
        """All processes of the site: the one that starts and stops, the server, the worker."""
        assert self.process is not None
        return machine.tree(self.process.pid)

    def server(self) -> list[int]:
        """The processes that answer requests."""
        return machine.named(self.everything(), "granian")


@contextlib.contextmanager
def fresh(port: int = FIRST_PORT, **extra: str) -> Iterator[Site]:
    """A site in a folder, and with DATABASE_URL in a database, of its own; both are gone afterwards."""
    with contextlib.ExitStack() as stack:
        folder = Path(tempfile.mkdtemp(prefix="pendamping-bench-"))
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        given = os.environ.get("DATABASE_URL", "")
        if given:
            extra["DATABASE_URL"] = stack.enter_context(_database(given, f"pendamping_bench_{port}"))
        site = Site(folder, port, extra)
        site.prepare()
        yield site


@contextlib.contextmanager
def _database(server: str, name: str) -> Iterator[str]:
    """A database made for one measurement on the server that DATABASE_URL names; gives back its address."""
    import psycopg

    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}"')
        try:
            yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
        finally:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
