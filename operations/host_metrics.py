"""Metrics of this host: room on the disk that holds the data folder."""

import logging
import shutil
from collections.abc import Iterator
from pathlib import Path

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from operations.host import existing

logger = logging.getLogger("opportune.metrics")


class HostGauges(Collector):
    """Looked up whenever somebody asks."""

    def __init__(self, data_dir: Path) -> None:
        self._data_dir = data_dir

    def describe(self) -> list[GaugeMetricFamily]:
        """Nothing beforehand: registering need not look."""
        return []

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """The gauge now; none where the folder cannot be looked at, since an error would take all metrics away."""
        try:
            free = float(shutil.disk_usage(existing(self._data_dir)).free)
        except OSError as error:
            logger.warning("no gauges of this host: the data folder cannot be looked at (%s)", type(error).__name__)
            return
        yield GaugeMetricFamily("opportune_disk_free_bytes", "Room where the data folder lies", value=free)
