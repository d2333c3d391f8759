"""The peer of the API: a FastAPI endpoint that returns bytes that lie ready, in the same server with the same settings.

    python -m bench.bare_api PORT FILE

The route has the same address with its parameter. It looks at nobody's key and at no database: what is left is the
server, FastAPI, and the answer's way out.
"""

import sys
from pathlib import Path

import uvicorn
from fastapi import FastAPI
from starlette.responses import Response

from operations.commands.serve import server_config


def bare(body: bytes) -> FastAPI:
    """The least service that has the address."""
    app = FastAPI()

    @app.get("/v1/mentees/{mentee_id}/recommendations")
    async def ready(mentee_id: str) -> Response:  # noqa: ARG001
        return Response(body, media_type="application/json")

    return app


def main() -> None:
    """Serve until stopped."""
    body = Path(sys.argv[2]).read_bytes()
    uvicorn.Server(server_config(bare(body), host="127.0.0.1", port=int(sys.argv[1]))).run()


if __name__ == "__main__":
    main()
