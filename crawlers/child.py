"""The process of a crawl (`python -m crawlers.child`): loads what it needs at once, and ends without waiting."""

import gc
import importlib
import logging
import os
import sys

from catalog.importing import load

if __name__ == "__main__":
    gc.disable()  # until all is loaded
    # these two look through the whole stack and every module there is (inspect.stack): little, as yet
    importlib.import_module("scrapy.core.downloader.tls")
    importlib.import_module("scrapy.core.downloader.contextfactory")
    code = load("crawlers.ordered").main()
    logging.shutdown()
    sys.stdout.flush()
    os._exit(code)  # threads of a download that was cut off must not hold up the end
