"""The newcomer's path in docs/api.md, run as it stands."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.api.serving import Served

GUIDE = Path(__file__).parents[2] / "docs" / "api.md"


def test_the_newcomers_path_works_as_written(recommending: Served) -> None:
    missing = [tool for tool in ("bash", "curl", "jq") if shutil.which(tool) is None]
    if missing:
        pytest.skip(f"the guide needs {', '.join(missing)}")
    blocks = re.findall(r"^```sh\n(.*?)^```", GUIDE.read_text("utf-8"), re.DOTALL | re.MULTILINE)
    script = "\n".join(f"echo '--- {number}'\n{block}" for number, block in enumerate(blocks))
    environment = {**os.environ, "URL": recommending.url, "KEY": recommending.key("mtr_ada")}
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    said = done.stdout
    assert '"name": "Ada Orchard"' in said
    assert '"why":' in said
    assert "\n3\n4\n" in said  # the ranks on the second page
    assert "Dear Amina Example," in said
    assert '"state": "copied"' in said
    assert said.count('"interested"') == 3  # offered, answered, and seen by the mentor
    assert '"NL"' in said
