"""What goes wrong in the demo, and asking its API so that it is said."""

from typing import Any

import httpx


class DemoFailed(RuntimeError):
    """A step of the demo did not work; the message says which, and its output is above."""


def client(address: str, api_key: str) -> httpx.Client:
    """A client of the demo's API, signed in as whose key it is."""
    headers = {"Authorization": f"Bearer {api_key}"}
    return httpx.Client(base_url=f"{address}/v1", headers=headers, timeout=60)


def answered(answer: httpx.Response) -> Any:
    """What was answered. Raises DemoFailed for a refusal."""
    if answer.is_error:
        asked = f"{answer.request.method} {answer.request.url.path}"
        raise DemoFailed(f"{asked} was answered {answer.status_code}: {answer.text[:500]}")
    return answer.json()
