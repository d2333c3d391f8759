"""Which sources there are, and their facts: found in `crawlers.sources`, never registered by hand."""

from collections.abc import Sequence
from typing import Any

from scrapy.settings import Settings
from scrapy.spiderloader import SpiderLoader

from crawlers.bases.source import Source


def sources(modules: Sequence[str] = ("crawlers.sources",)) -> dict[str, type[Source]]:
    """Every source in these packages by its name, in alphabetical order."""
    loader = SpiderLoader.from_settings(Settings({"SPIDER_MODULES": list(modules)}))
    found = {name: loader.load(name) for name in sorted(loader.list())}
    return {name: spider for name, spider in found.items() if issubclass(spider, Source)}


def facts(source: type[Source]) -> dict[str, Any]:
    """What `opportune sources` keeps in the catalogue of a source, by the names of its row.

    Whether it is enabled depends on the settings: ask `Source.disabled_because`.
    """
    return {
        "name": source.name,
        "title": source.title,
        "organisation": source.organisation,
        "kinds": list(source.kinds),
        "way": source.way,
        "homepage": source.homepage,
        "hosts": list(source.hosts),
        "terms": source.terms,
        "robots_exemption": source.robots_exemption,
        "min_items": source.min_items,
        "gaps": source.gaps,
    }
