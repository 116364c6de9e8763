"""Is something already answering on a port?"""

from __future__ import annotations

import socket


def listening(host: str, port: int) -> bool:
    """Can nobody else listen there now? Asked before anything slow is done."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return True
    return False
