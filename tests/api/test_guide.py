"""The newcomer's path in docs/api.md, run as it stands: every block of shell, in order, under its heading."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from sqlmodel import select

from catalog.database import reading
from catalog.drafts import Requirement
from catalog.tables import AuditEntry
from catalog.words import RequirementType
from tests.api.serving import Served
from tests.api.test_recommendations import publish

GUIDE = Path(__file__).parents[2] / "docs" / "api.md"
_BLOCK = re.compile(r"^#{2,3} (?P<heading>[^\n]+)$|^```sh\n(?P<code>.*?)^```", re.DOTALL | re.MULTILINE)


def script(guide: str) -> str:
    """The guide's blocks as one script that says under which heading each stands before it runs it."""
    lines, heading = [], "Start"
    for found in _BLOCK.finditer(guide):
        heading = found["heading"] or heading
        if found["code"]:
            lines.append(f"echo '--- '\"{heading}\"\n{found['code']}")
    return "\n".join(lines)


def said_under(output: str) -> dict[str, str]:
    """What was printed, by heading."""
    said: dict[str, str] = {}
    for part in re.split(r"^--- ", output, flags=re.MULTILINE)[1:]:
        heading, _, text = part.partition("\n")
        said[heading] = said.get(heading, "") + text
    return said


def test_the_newcomers_path_works_as_written(recommending: Served, tmp_path: Path) -> None:
    missing = [tool for tool in ("bash", "curl", "jq") if shutil.which(tool) is None]
    if missing:
        pytest.skip(f"the guide needs {', '.join(missing)}")
    asked = (Requirement(type=RequirementType.OTHER, quote="Applicants must be members of the Lakeside Society."),)
    publish(recommending, "opp_society", title="Surgery for members", requirements=asked)
    environment = {**os.environ, "URL": recommending.url, "KEY": recommending.key("mtr_ada")}
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script(GUIDE.read_text("utf-8"))],
        env=environment,
        cwd=tmp_path,  # it makes files
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    said = said_under(done.stdout)
    assert '"name": "Ada Orchard"' in said["1. Who am I"]
    assert '"why":' in said["3. What can she go for, and why"]
    assert said["4. The next page"].split() == ["3", "4"]
    assert "Dear Amina Example," in said["7. Read the message before it goes"]
    assert '"state": "copied"' in said["8. Forward it"]
    assert said["9. She answers"].count('"interested"') == 3  # offered, answered, and seen by the mentor
    with reading(recommending.engine) as session:
        actions = session.exec(select(AuditEntry.action)).all()
    assert actions.count("confirmation.create") == actions.count("confirmation.undo") == 1
    assert '"NL"' in said["10. Change her, and nobody's change is lost"]
