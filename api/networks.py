"""Whom a client's address belongs to, for counting what comes from one place."""

import ipaddress


def network_of(host: str) -> str:
    """The address itself, of IPv6 the /64 that one subscriber has; what is no address as it is."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    return str(address) if address.version == 4 else str(ipaddress.ip_network((address, 64), strict=False))
