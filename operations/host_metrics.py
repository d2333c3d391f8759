"""Metrics of this host: room on the disk that holds the data folder, and how old the last backup in it is."""

import datetime as dt
import logging
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from catalog.old_backups import made_at
from operations.host import BACKUPS, existing

logger = logging.getLogger("opportune.metrics")


class HostGauges(Collector):
    """Looked up whenever somebody asks. Backups that are kept elsewhere are not known here, and not told of."""

    def __init__(self, data_dir: Path, clock: Callable[[], dt.datetime]) -> None:
        self._data_dir = data_dir
        self._clock = clock

    def describe(self) -> list[GaugeMetricFamily]:
        """Nothing beforehand: registering need not look."""
        return []

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """The gauges now; none where the folder cannot be looked at, since an error would take all metrics away."""
        try:
            found = [*self._looked_up()]
        except OSError as error:
            logger.warning("no gauges of this host: the data folder cannot be looked at (%s)", type(error).__name__)
            found = []
        yield from found

    def _looked_up(self) -> Iterator[GaugeMetricFamily]:
        free = float(shutil.disk_usage(existing(self._data_dir)).free)
        yield GaugeMetricFamily("opportune_disk_free_bytes", "Room where the data folder lies", value=free)
        made = [at for path in (self._data_dir / BACKUPS).glob("opportune-*.db") if (at := made_at(path)) is not None]
        if made:
            age = (self._clock() - max(made)).total_seconds()
            yield GaugeMetricFamily("opportune_backup_age_seconds", "Since the last backup in DATA_DIR/backups", age)
