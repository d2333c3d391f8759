"""Imported by every Python that a test starts: there too the logs are looked at."""

import importlib.util
from pathlib import Path

_spec = importlib.util.spec_from_file_location("opportune_log_watch", Path(__file__).parents[1] / "log_watch.py")
assert _spec is not None
assert _spec.loader is not None
_watch = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(_watch)
_watch.install_from_environment()
