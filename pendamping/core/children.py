"""Child processes that begin together, end together, and never outlive us."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence

PR_SET_PDEATHSIG = 1
PATIENCE = 15.0  # seconds for a clean stop: a request or a task may be under way


class Children:
    """The processes we started, by name. Each leads a group of its own, so that a Ctrl-C reaches only us."""

    def __init__(self) -> None:
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._die_with_us = _die_with_parent(os.getpid())

    def start(self, name: str, command: Sequence[str]) -> None:
        """Start one; when we are killed without a chance to stop it, the kernel tells it to stop."""
        self._running[name] = subprocess.Popen(  # noqa: S603  the command is ours
            command,
            start_new_session=True,
            preexec_fn=self._die_with_us,  # noqa: PLW1509  no threads run here
        )

    def ended(self) -> tuple[str, int] | None:
        """The first child that is no longer running, with its exit code."""
        for name, child in self._running.items():
            code = child.poll()
            if code is not None:
                return name, code
        return None

    def wait_for_one(self) -> tuple[str, int]:
        """Sleep until one of them ends."""
        while (found := self.ended()) is None:
            time.sleep(0.2)
        return found

    def stop(self, patience: float = PATIENCE) -> None:
        """Ask all to end, wait, then end the groups of those that did not listen."""
        for child in self._running.values():
            if child.poll() is None:
                child.terminate()
        until = time.monotonic() + patience
        for child in self._running.values():
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(max(0.0, until - time.monotonic()))
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(child.pid, signal.SIGKILL)  # what it left behind, too
            child.wait()


def _die_with_parent(parent: int) -> Callable[[], None] | None:
    """What a child does before it becomes its program. Linux only; elsewhere our own stop() has to do."""
    if not sys.platform.startswith("linux"):
        return None
    libc = ctypes.CDLL(None, use_errno=True)

    def arrange() -> None:
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:  # we died in the meantime
            os._exit(1)

    return arrange
