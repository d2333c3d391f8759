"""Loading what a process needs with less work.

Loading makes hundreds of thousands of objects of which none goes, and looking for garbage among them took a fifth of
the time. So a process that has just begun turns that off (`gc.disable()`) and loads the module it is for by `load`.
"""

import gc
import importlib
from types import ModuleType


def load(name: str) -> ModuleType:
    """Import the module `name`; a process that had not yet looked for garbage does from now on, but not in this."""
    found = importlib.import_module(name)
    if not gc.isenabled():
        gc.freeze()
        gc.enable()
    return found
