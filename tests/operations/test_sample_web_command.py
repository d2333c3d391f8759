"""`opportune sample-web` serves the invented web until it is interrupted."""

import re
import signal
import subprocess
import sys

import httpx

COMMAND = [sys.executable, "-c", "from operations.command_line import main; main()", "sample-web"]


def test_it_says_where_it_is_and_ends_on_ctrl_c() -> None:
    with subprocess.Popen([*COMMAND, "--day", "2026-11-22"], stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        said = child.stdout.readline()
        found = re.search(r"as of 2026-11-22 is at (http://127\.0\.0\.1:\d+/)", said)
        assert found, said
        assert "The sample web on 2026-11-22" in httpx.get(found[1]).text
        child.send_signal(signal.SIGINT)
        assert child.wait(timeout=20) == 0


def test_a_day_that_is_none_is_refused_with_the_form_to_write_it_in() -> None:
    done = subprocess.run([*COMMAND, "--day", "tomorrow"], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "YYYY-MM-DD" in done.stderr
