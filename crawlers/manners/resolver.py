"""Where a name may lead: the address that is judged is the very one that is connected to.

Judging a name beforehand and connecting later would let the name change its mind in between (DNS
rebinding). Number addresses come through here too: Twisted resolves whatever stands in a URL.
"""

from collections.abc import Sequence
from typing import Any, Self

from scrapy.crawler import Crawler
from scrapy.resolver import CachingHostnameResolver
from twisted.internet.base import ReactorBase
from twisted.internet.interfaces import IAddress, IHostResolution, IResolutionReceiver
from zope.interface import implementer  # type: ignore[import-untyped]

from catalog.addresses import is_public_ip
from crawlers.settings import SAMPLE_WEB_PORT

LOOPBACK = "127.0.0.1"
_refused: set[str] = set()


def refused_names() -> frozenset[str]:
    """The names that led nowhere we may go, in this process: the reactor has one resolver for all sources."""
    return frozenset(_refused)


class GuardedResolver(CachingHostnameResolver):
    """Gives public addresses only; in sample mode, the sample web's loopback port only."""

    def __init__(self, reactor: ReactorBase, cache_size: int, sample_web_port: int | None = None) -> None:
        super().__init__(reactor, cache_size)
        self.sample_web_port = sample_web_port

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> Self:
        """Read the settings of the crawl."""
        port = crawler.settings.get(SAMPLE_WEB_PORT)
        return cls(reactor, crawler.settings.getint("DNSCACHE_SIZE"), None if port is None else int(port))

    def resolveHostName(
        self,
        resolutionReceiver: Any,
        hostName: str,
        portNumber: int = 0,
        addressTypes: Sequence[type[IAddress]] | None = None,
        transportSemantics: str = "TCP",
    ) -> IHostResolution:
        """Resolve, and hand on only the addresses that may be connected to."""
        guarded: Any = _OnlyAllowed(resolutionReceiver, hostName, portNumber, self.sample_web_port)
        return super().resolveHostName(guarded, hostName, portNumber, addressTypes, transportSemantics)


@implementer(IResolutionReceiver)
class _OnlyAllowed:
    """Passes on what `may_connect` allows; a name without any such address looks unknown."""

    def __init__(self, receiver: Any, name: str, port: int, sample_web_port: int | None) -> None:
        self.receiver = receiver
        self.name = name
        self.port = port
        self.sample_web_port = sample_web_port

    def resolutionBegan(self, resolution: IHostResolution) -> None:
        self.receiver.resolutionBegan(resolution)

    def addressResolved(self, address: Any) -> None:
        if may_connect(address.host, self.port, self.sample_web_port):
            self.receiver.addressResolved(address)
        else:
            _refused.add(self.name)

    def resolutionComplete(self) -> None:
        self.receiver.resolutionComplete()


def may_connect(host: str, port: int, sample_web_port: int | None) -> bool:
    """Whether a connection to this IP address may be made."""
    if sample_web_port is not None:
        return host == LOOPBACK and port == sample_web_port
    return is_public_ip(host)
