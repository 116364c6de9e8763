"""Clients that ask over HTTP as browsers do: connections kept open, answers compressed, every time written down."""

from __future__ import annotations

import http.client
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

TIMEOUT = 60


@dataclass(frozen=True)
class Request:
    """One question to a server."""

    path: str
    method: str = "GET"
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()


@dataclass
class Answers:
    """What came back: milliseconds, states, bytes, and how long the whole took."""

    times: list[float] = field(default_factory=list)
    states: Counter[int] = field(default_factory=Counter)
    size: int = 0
    seconds: float = 0.0
    locations: list[str] = field(default_factory=list)

    @property
    def per_second(self) -> float:
        return len(self.times) / self.seconds if self.seconds else 0.0

    def only(self, *states: int) -> None:
        """Figures about errors would be figures about nothing."""
        if set(self.states) - set(states):
            raise SystemExit(f"unexpected answers: {dict(self.states)}")


def ask(port: int, requests: Sequence[Request], clients: int) -> Answers:
    """Send every request once, spread over so many clients, each with one connection."""
    found, lock = Answers(), threading.Lock()
    start = threading.Barrier(clients + 1)
    threads = [
        threading.Thread(target=_client, args=(port, requests[number::clients], found, lock, start.wait), daemon=True)
        for number in range(clients)
    ]
    for thread in threads:
        thread.start()
    start.wait()
    started = time.perf_counter()
    for thread in threads:
        thread.join()
    found.seconds = time.perf_counter() - started
    return found


def _client(
    port: int, requests: Sequence[Request], found: Answers, lock: threading.Lock, wait: Callable[[], int]
) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=TIMEOUT)
    connection.connect()
    wait()
    try:
        for request in requests:
            _one(connection, request, found, lock)
    finally:
        connection.close()


def _one(connection: http.client.HTTPConnection, request: Request, found: Answers, lock: threading.Lock) -> None:
    headers = {"Accept-Encoding": "br, gzip", "Accept": "text/html", **dict(request.headers)}
    started = time.perf_counter()
    try:
        connection.request(request.method, request.path, request.body or None, headers)
        answer = connection.getresponse()
        body, state, location = answer.read(), answer.status, answer.getheader("Location", "")
    except (OSError, http.client.HTTPException):
        connection.close()  # opened anew by the next request
        body, state, location = b"", 0, ""
    took = 1000 * (time.perf_counter() - started)
    with lock:
        found.times.append(took)
        found.states[state] += 1
        found.size += len(body)
        if location:
            found.locations.append(location)
