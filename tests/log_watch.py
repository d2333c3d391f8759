"""Looks at every log record as it is made, whatever becomes of it, for words that belong in no log. Standard library only.

A record is looked at where it is made and not in a handler: settings of a service replace handlers,
and loggers that do not pass on what they log would be missed.
"""

import json
import logging
import os
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Any

FOLDER, WORDS = "OPPORTUNE_TEST_LOG_WATCH", "OPPORTUNE_TEST_LOG_WORDS"
"""Environment variables: where what was found is written, and what to look for (JSON)."""


def install(folder: Path, words: Sequence[str]) -> None:
    """Watch all that this process logs from now on."""
    before = logging.getLogRecordFactory()

    def watching(*arguments: Any, **options: Any) -> logging.LogRecord:
        record = before(*arguments, **options)
        if found := [word for word in words if word in _text(record)]:
            note = {"words": found, "logger": record.name, "level": record.levelname}
            note |= {"where": f"{record.filename}:{record.lineno}", "test": os.environ.get("PYTEST_CURRENT_TEST", "")}
            with (folder / f"{os.getpid()}.jsonl").open("a", encoding="utf-8") as file:
                file.write(json.dumps(note) + "\n")
        return record

    logging.setLogRecordFactory(watching)


def install_from_environment() -> None:
    """The same as the environment says; nothing where it says nothing."""
    if FOLDER in os.environ:
        install(Path(os.environ[FOLDER]), json.loads(os.environ[WORDS]))


def _text(record: logging.LogRecord) -> str:
    """What a handler would write: the message with what was put into it, and the trace."""
    try:
        text = record.getMessage()
    except Exception:
        text = f"{record.msg} {record.args}"
    if record.exc_info and record.exc_info[1] is not None:
        text += "".join(traceback.format_exception(record.exc_info[1]))
    return text
