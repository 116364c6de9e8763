"""An exclusive lock between threads and processes that the kernel keeps in order and frees when its holder dies."""

from __future__ import annotations

import contextlib
import os
import threading

try:
    import fcntl
except ImportError:  # Windows: SQLite's own waiting has to do
    fcntl = None  # type: ignore[assignment]

_open: set[int] = set()  # every descriptor of this process, so that a forked child can let go of all


def supported() -> bool:
    """Has this system kernel file locks?"""
    return fcntl is not None


class WriteLock:
    """Each object has an open file of its own: threads exclude each other as processes do. Not for sharing."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._fd: int | None = None
        self._held = False

    def acquire(self, timeout: float) -> bool:
        """Wait in line for at most `timeout` seconds. Holding it already is fine."""
        if self._held:
            return True
        if self._fd is None:
            self._fd = os.open(self._path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
            _open.add(self._fd)
        try:
            fcntl.flock(self._fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self._held = True
        except BlockingIOError:
            self._held = timeout > 0 and self._wait(self._fd, timeout)
        return self._held

    def release(self) -> None:
        if self._held and self._fd is not None:
            self._held = False
            fcntl.flock(self._fd, fcntl.LOCK_UN)

    def close(self) -> None:
        """Let go and close; the next acquire opens anew."""
        fd, self._fd, self._held = self._fd, None, False
        if fd is not None and fd in _open:
            _close(fd)

    def __del__(self) -> None:
        with contextlib.suppress(Exception):  # the interpreter may be half gone
            self.close()

    def _wait(self, fd: int, timeout: float) -> bool:
        """Blocking flock() has no time-out, so another thread stands in the kernel's line on our behalf.

        The lock belongs to the open file, whoever called. When we give up first, the file is left to that thread,
        which closes it as soon as it gets its turn.
        """
        turn = _Turn(fd)
        try:
            if turn.come.wait(timeout) or not turn.leave():
                return True
        except BaseException:  # Ctrl-C while waiting
            if turn.leave():
                self._fd = None
            else:
                self.close()
            raise
        self._fd = None
        return False


class _Turn:
    """A place in the kernel's line, kept by a thread."""

    def __init__(self, fd: int) -> None:
        self.come = threading.Event()
        self._left = False
        self._gate = threading.Lock()
        threading.Thread(target=self._stand, args=(fd,), daemon=True, name="sqlitelock").start()

    def leave(self) -> bool:
        """Give the place up; False when the turn came just now, and the lock is ours after all."""
        with self._gate:
            self._left = not self.come.is_set()
            return self._left

    def _stand(self, fd: int) -> None:
        fcntl.flock(fd, fcntl.LOCK_EX)
        with self._gate:
            if self._left:
                _close(fd)
            else:
                self.come.set()


def _close(fd: int) -> None:
    _open.discard(fd)
    os.close(fd)


def _after_fork() -> None:
    """In the child: close the copies. That does not unlock (the parent's are still open), and without them the lock
    ends with the parent even when the child lives on."""
    for fd in list(_open):
        with contextlib.suppress(OSError):
            os.close(fd)
    _open.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
