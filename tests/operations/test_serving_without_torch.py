"""Serving with the default model starts without torch, which takes seconds and hundreds of megabytes."""

import json
import subprocess
import sys
from pathlib import Path

from tests.operations.test_serve import environment
from tests.ports import free_port

SERVE_UNTIL_LOADED = """
import json, os, signal, sys, threading, time, urllib.request
from operations.command_line import main

def look() -> None:
    try:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            time.sleep(0.05)
            try:
                answer = urllib.request.urlopen(f"http://127.0.0.1:{sys.argv[-1]}/readyz", timeout=5).read()
            except OSError:
                continue
            if b"still being loaded" not in answer:
                break
        heavy = [name for name in ("torch", "sentence_transformers", "transformers") if name in sys.modules]
        print(json.dumps({"heavy": heavy, "runs": "onnxruntime" in sys.modules, "ready": json.loads(answer)}))
    finally:
        os.kill(os.getpid(), signal.SIGINT)

threading.Thread(target=look, daemon=True).start()
main()
"""


def test_serving_with_the_default_model_imports_no_torch(database_url: str, tmp_path: Path) -> None:
    served = subprocess.run(
        [sys.executable, "-c", SERVE_UNTIL_LOADED, "serve", "--port", str(free_port())],
        env=environment(database_url, tmp_path, MODEL=""),
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    assert served.stdout, served.stderr
    found = json.loads(served.stdout)
    assert found["runs"], found["ready"]
    assert found["heavy"] == []
