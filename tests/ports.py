"""Ports for servers that a test starts: below those that the system hands out, so that nothing takes one in between.

A port found by binding 0 and closing again may belong to some outgoing connection a second later, when the server that
it was found for comes to listen on it.
"""

import os
import random
import socket
from itertools import count, islice

LOWEST, HIGHEST = 10_000, 32_000
"""Linux hands out 32768 to 60999 by itself (/proc/sys/net/ipv4/ip_local_port_range), others what is above 49151."""
_asked = count(random.Random(os.getpid()).randrange(HIGHEST - LOWEST))


def free_port() -> int:
    """A port of loopback that nobody listens on, and that this process has not been given before."""
    for number in islice(_asked, HIGHEST - LOWEST):
        port = LOWEST + number % (HIGHEST - LOWEST)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        return port
    raise AssertionError(f"every port from {LOWEST} to {HIGHEST} is in use")
