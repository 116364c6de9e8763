"""`pendamping run` as an operator meets it: ready, stopped, killed, refused."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest
from django.db import DatabaseError, connection
from django.test import Client

from pendamping import cli
from pendamping.core import prepare, server
from pendamping.core.children import Children

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")

PATIENCE = 90


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def processes(mark: str) -> dict[int, str]:
    """Every living process whose environment holds the mark."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if mark.encode() in (folder / "environ").read_bytes() and b") Z " not in (folder / "stat").read_bytes():
                found[int(folder.name)] = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue
    return found


class Served:
    """One `pendamping run` with a data folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.mark = f"PENDAMPING_DATA={folder}"
        self.environment = {
            **{name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "PENDAMPING_DEMO")},
            "PENDAMPING_DATA": str(folder),
        }
        self.process = self.start()

    def start(self) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "pendamping", "run", "--port", str(self.port)],
            env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip

    def until_ready(self) -> list[str]:
        assert self.process.stdout is not None
        lines = []
        for line in self.process.stdout:
            lines.append(line.rstrip())
            if line.startswith("Stop it"):
                break
        return lines

    def health(self) -> str:
        with urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=10) as answer:
            return str(answer.read().decode())

    def gone(self) -> bool:
        until = time.monotonic() + 20
        while time.monotonic() < until and processes(self.mark):
            time.sleep(0.1)
        return processes(self.mark) == {}

    def clear(self) -> None:
        for pid in processes(self.mark):
            os.kill(pid, signal.SIGKILL)
        self.process.communicate()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    running = Served(tmp_path / "data")
    yield running
    running.clear()


@pytest.mark.slow
def test_a_first_start_a_clean_stop_a_second_start_and_a_sudden_death(served: Served) -> None:
    said = served.until_ready()
    assert said == [
        "Preparing the database …",
        "Preparing styles and scripts …",
        f"Pendamping is ready: http://localhost:{served.port}",
        "Stop it with Ctrl-C.",
    ]
    assert served.health() == "ok\n"
    commands = " ".join(processes(served.mark).values())
    assert "granian" in commands
    assert "pendamping worker" in commands
    assert served.folder.stat().st_mode & 0o077 == 0

    refused = subprocess.run(
        [sys.executable, "-m", "pendamping", "run", "--port", str(served.port)],
        env=served.environment, capture_output=True, text=True, timeout=PATIENCE, check=False,
    )  # fmt: skip
    assert refused.returncode == 1
    assert f"Port {served.port} is taken" in refused.stderr

    served.process.send_signal(signal.SIGTERM)
    served.process.communicate(timeout=PATIENCE)
    assert served.process.returncode == 0
    assert served.gone()

    served.process = served.start()
    assert served.until_ready()[0].startswith("Pendamping is ready")  # nothing to prepare any more
    served.process.kill()
    assert served.gone()


def test_when_one_child_ends_the_others_do_too() -> None:
    children = Children()
    children.start("short", [sys.executable, "-c", "raise SystemExit(3)"])
    children.start("long", [sys.executable, "-c", "import time; time.sleep(60)"])
    assert children.wait_for_one() == ("short", 3)
    start = time.monotonic()
    children.stop()
    assert time.monotonic() - start < 10


def test_a_child_that_does_not_listen_is_ended_with_all_it_started() -> None:
    deaf = "import signal, subprocess, sys, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
    deaf += (
        "subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']); print(1, flush=True); time.sleep(60)"
    )
    mark = f"PENDAMPING_TEST_MARK={os.getpid()}-{time.monotonic_ns()}"
    children = Children()
    children.start("deaf", ["/usr/bin/env", mark, sys.executable, "-c", deaf])
    until = time.monotonic() + 20
    while len(processes(mark)) < 2 and time.monotonic() < until:
        time.sleep(0.05)
    children.stop(patience=0.5)
    time.sleep(0.2)
    assert processes(mark) == {}


def test_no_command_shows_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    for given, code in (([], 2), (["--help"], 0)):
        assert cli.main(given) == code
        assert "pendamping <command>" in capsys.readouterr().out


@pytest.mark.django_db
def test_healthy_without_a_cookie(client: Client) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert answer.headers["Cache-Control"] == "no-store"
    assert not answer.cookies


def test_a_silent_database_is_not_healthy(rf, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    from pendamping.core.health import healthz

    def down() -> None:
        raise DatabaseError("password of the database in the message")

    monkeypatch.setattr(connection, "cursor", down)
    answer = healthz(rf.get("/healthz"))
    assert (answer.status_code, answer.content) == (503, b"database not ready\n")


@pytest.mark.django_db
def test_static_files_are_collected_only_when_they_changed(
    tmp_path: Path, settings, monkeypatch: pytest.MonkeyPatch
) -> None:  # type: ignore[no-untyped-def]
    settings.STATIC_ROOT = tmp_path / "static"
    said: list[str] = []
    prepare.static_files(say=said.append)
    prepare.static_files(say=said.append)
    assert said == ["Preparing styles and scripts …"]
    monkeypatch.setattr(prepare, "_fingerprint", lambda: "another")
    prepare.static_files(say=said.append)
    assert len(said) == 2


def test_the_demo_is_made_only_when_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PENDAMPING_DEMO", raising=False)
    said: list[str] = []
    prepare.demo(say=said.append)
    assert said == []
    assert prepare.demo_sign_ins() == []


def test_the_demo_shows_how_to_sign_in(tmp_path: Path, settings, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    settings.DATA_DIR = tmp_path
    (tmp_path / prepare.SIGN_INS).write_text("Sari: sari / rahasia\n")
    monkeypatch.setenv("PENDAMPING_DEMO", "1")
    assert prepare.demo_sign_ins() == ["Sari: sari / rahasia"]


def test_people_of_the_demo_and_the_server_are_told_in_a_block_each(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(prepare, "demo_sign_ins", lambda: ["  sari  contoh  Pendamping"])
    server._greet(8000)
    people, english = capsys.readouterr().out.strip().split("\n\n")
    assert people.splitlines() == ["Orang contoh untuk masuk: nama, kata sandi, peran", "  sari  contoh  Pendamping"]
    assert english.startswith("Pendamping is ready: ") and english.endswith("\nStop it with Ctrl-C.")
