"""Bodies that are too large, counted: Scrapy drops a decompression bomb without an error or a number."""

from scrapy import Request
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.exceptions import DownloadCancelledError, IgnoreRequest
from scrapy.http import Response

TOO_LARGE = "bounds/too_large"
TOO_LARGE_UNPACKED = "bounds/too_large_unpacked"


class BoundedCompression(HttpCompressionMiddleware):
    """Unpacks as Scrapy does, within the size limit, and counts what was dropped for its size."""

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        """Unpack a body; a bomb is counted and dropped."""
        try:
            return super().process_response(request, response)
        except IgnoreRequest:
            self._count(TOO_LARGE_UNPACKED)
            raise

    def process_exception(self, request: Request, exception: Exception) -> None:  # noqa: ARG002
        """Count a download that was cut off for its size."""
        if isinstance(exception, DownloadCancelledError):
            self._count(TOO_LARGE)

    def _count(self, name: str) -> None:
        if self.stats:
            self.stats.inc_value(name)
