"""The shape of every error: a problem document (RFC 9457)."""

from pydantic import Field

from api.schemas.shapes import Answer


class FieldProblem(Answer):
    """One thing wrong with a request. The value that was sent is never repeated."""

    pointer: str = Field(description="JSON pointer into the body, or `query/name`", examples=["/goals/0/text"])
    code: str = Field(examples=["string_too_long"])
    detail: str = Field(examples=["String should have at most 2000 characters"])


class Problem(Answer):
    """What went wrong, where, and what to do. `type` is the address of a page that explains it."""

    type: str = Field(examples=["https://opportune.example.org/problems/not-found"])
    title: str = Field(examples=["Not found"])
    status: int = Field(examples=[404])
    detail: str = Field(examples=["There is no such mentee, or it is not yours."])
    code: str = Field(description="Stable; the last part of `type`", examples=["not-found"])
    request_id: str = Field(description="Also in the X-Request-ID header", examples=["req-4f1d2c"])
    errors: list[FieldProblem] = Field(default_factory=list)
