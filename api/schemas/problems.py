"""The shape of every error: a problem document (RFC 9457)."""

from pydantic import Field

from api.languages import Said
from api.problem_kinds import Kind
from api.schemas.shapes import Answer


class FieldProblem(Answer):
    """One thing wrong with a request. The value that was sent is never repeated."""

    pointer: str = Field(description="JSON pointer into the body, or `query/name`", examples=["/goals/0/text"])
    code: str = Field(description="Stable; what is wrong with it", examples=["string_too_long"])
    detail: Said = Field(
        description="For people, in the reader's language", examples=["String should have at most 2000 characters"]
    )


class Problem(Answer):
    """What went wrong, where, and what to do. `type` is the address of a page that explains it."""

    type: str = Field(examples=["https://opportune.example.org/problems/not-found"])
    title: Said = Field(description="What kind of problem, in the reader's language", examples=["Not found"])
    status: int = Field(description="The status of the answer", examples=[404])
    detail: Said = Field(
        description="What happened here and what to do, in the reader's language",
        examples=["There is no such mentee, or it is not yours."],
    )
    code: str = Field(
        description="Stable; the last part of `type`. Others may come: decide one that you do not know by its `status`",
        examples=["not-found"],
        json_schema_extra={"enum": [kind.code for kind in Kind]},
    )
    request_id: str = Field(description="Also in the X-Request-ID header", examples=["req-4f1d2c"])
    errors: list[FieldProblem] = Field(description="Which fields are wrong and how; empty where none is")
