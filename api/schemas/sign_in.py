"""How one can sign in here."""

from pydantic import Field

from api.schemas.shapes import Answer


class OpenIdMethod(Answer):
    """Through the organisation's own sign-in."""

    name: str = Field(description="What to write on the button", examples=["Lakeside Hospital"])
    start: str = Field(description="Where to send the browser, as a link", examples=["/v1/sign-in/oidc"])


class SignInMethods(Answer):
    """The ways in."""

    password: bool
    openid: OpenIdMethod | None
