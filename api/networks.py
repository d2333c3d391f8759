"""Whom a client's address belongs to, for counting what comes from one place."""

import ipaddress
from functools import lru_cache


@lru_cache(maxsize=4096)
def network_of(host: str) -> str:
    """The address itself, of IPv6 the /64 that one subscriber has; what is no address as it is."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    if address.ipv4_mapped is not None:  # an IPv4 client of a socket that takes both: else all of them are one /64
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((address, 64), strict=False))
