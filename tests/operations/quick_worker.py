"""`opportune worker` with a quicker pulse, so that a test need not wait a minute until the dead are missed."""

import asyncio

from catalog.database import connect
from catalog.settings import Settings
from operations.delivering import lots
from operations.queue import prepare_queue
from operations.worker import Pace, work

EVERY_OTHER_SECOND = "* * * * * */2"

if __name__ == "__main__":
    settings = Settings.read()
    prepare_queue(settings.url)
    pace = Pace(
        deliver=EVERY_OTHER_SECOND,
        recover=EVERY_OTHER_SECOND,
        heartbeat=0.5,
        silence=3.0,
        sources_at_once=2,
        ending=2.0,
    )
    asyncio.run(work(settings.url, lots(settings, connect(settings.url)), pace))
