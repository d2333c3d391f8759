"""Keep of a CycloneDX list what a lock names: `sbom_of_lock.py ALL LOCK WANTED`."""

import json
import re
import sys
from pathlib import Path
from typing import Any


def kept(listed: dict[str, Any], lock: str) -> dict[str, Any]:
    """The list with the components that `lock` pins, and what is said of how they depend on each other."""
    pinned = {_plain(name) for name in re.findall(r"^([A-Za-z0-9._-]+)==", lock, re.M)}
    components = [one for one in listed["components"] if _plain(one["name"]) in pinned]
    known = {one["bom-ref"] for one in components} | {listed["metadata"]["component"]["bom-ref"]}
    dependencies = [
        {**one, "dependsOn": [ref for ref in one.get("dependsOn", []) if ref in known]}
        for one in listed.get("dependencies", [])
        if one["ref"] in known
    ]
    return {**listed, "components": components, "dependencies": dependencies}


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


if __name__ == "__main__":
    everything, lock, wanted = map(Path, sys.argv[1:])
    found = kept(json.loads(everything.read_text("utf-8")), lock.read_text("utf-8"))
    wanted.write_text(json.dumps(found, indent=2) + "\n", "utf-8")
    print(f"{wanted}: {len(found['components'])} components")  # noqa: T201
