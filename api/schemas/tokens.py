"""Tokens for a front end elsewhere, in the words of OAuth 2 (RFC 6749 §5.1)."""

import datetime as dt
from typing import Literal

from pydantic import Field, SecretStr

from api.schemas.shapes import Answer, Body


class RefreshBody(Body):
    """The newest refresh token."""

    refresh_token: SecretStr = Field(min_length=10, max_length=200, examples=["opp_refresh_…"])


class RevokeBody(Body):
    """Any of the session's tokens."""

    token: SecretStr = Field(min_length=10, max_length=200, examples=["opp_refresh_…"])


class TokensView(Answer):
    """New tokens, shown once: only their hashes are kept."""

    access_token: str = Field(examples=["opp_access_…"], description="Send it as `Authorization: Bearer …`")
    token_type: Literal["Bearer"] = "Bearer"
    expires_in: int = Field(examples=[900], description="Seconds for which the access token works")
    refresh_token: str = Field(examples=["opp_refresh_…"], description="Works once, at POST /v1/tokens/refresh")
    refresh_expires_at: dt.datetime = Field(description="Refresh before this, or sign in again")
    session_id: str = Field(description="As in GET /v1/sessions")
    session_expires_at: dt.datetime = Field(description="The absolute end, which no refresh moves")
    scope: str = Field(examples=["read write"], description="What may be done, separated by spaces")
