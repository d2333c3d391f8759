"""The reference of the API as a page, made from openapi.json: no script, nothing from elsewhere."""

from collections.abc import Iterator, Mapping
from typing import Any

from operations.handbook.cells import cell

_METHODS = ("get", "post", "put", "patch", "delete")
_ANY = "any"


def api_reference(described: Mapping[str, Any]) -> str:
    """Every operation by tag, then every schema, each with its fields."""
    by_tag: dict[str, list[str]] = {}
    for path, item in described["paths"].items():
        for method in _METHODS:
            if method in item:
                tag = item[method].get("tags", ["other"])[0]
                by_tag.setdefault(tag, []).append("\n".join(_operation(method, path, item[method])))
    schemas = described["components"]["schemas"]
    return "\n".join(
        [
            "# Reference of the API",
            "",
            f"Version {described['info']['version']}, made from [openapi.json](../openapi.json); [the guide](api.md) "
            "walks through it with curl, and the service shows it at `/docs`.",
            "",
            *(f"## {tag}\n\n" + "\n".join(operations) for tag, operations in by_tag.items()),
            "## Schemas",
            "",
            *(line for name in sorted(schemas) for line in _schema(name, schemas[name])),
        ]
    )


def _operation(method: str, path: str, said: Mapping[str, Any]) -> Iterator[str]:
    yield f"### `{method.upper()} {path}`\n"
    yield f"{said.get('description') or said.get('summary', '')}\n"
    if parameters := said.get("parameters"):
        yield "| parameter | in | type | |\n|---|---|---|---|"
        for one in parameters:
            name = f"`{one['name']}`" + (" (needed)" if one.get("required") else "")
            yield f"| {name} | {one['in']} | {_type(one['schema'])} | {cell(one.get('description', ''))} |"
        yield ""
    if body := said.get("requestBody"):
        yield f"Body: {', '.join(_type(one['schema']) for one in body['content'].values())}\n"
    yield "| answer | |\n|---|---|"
    for code, answer in said["responses"].items():
        shapes = [_type(one["schema"]) for one in answer.get("content", {}).values() if "schema" in one]
        yield f"| {code} | {cell(answer.get('description', ''))} {' or '.join(dict.fromkeys(shapes))} |"
    yield ""


def _schema(name: str, said: Mapping[str, Any]) -> Iterator[str]:
    yield f"### {name}\n"
    yield f"{said.get('description', '')}\n"
    if "enum" in said:
        yield ", ".join(f"`{one}`" for one in said["enum"]) + "\n"
    if fields := said.get("properties"):
        needed = said.get("required", ())
        yield "| field | type | |\n|---|---|---|"
        for field, one in fields.items():
            mark = " (needed)" if field in needed else ""
            yield f"| `{field}`{mark} | {_type(one)} | {cell(one.get('description', ''))} |"
        yield ""


def _type(schema: Mapping[str, Any]) -> str:
    """What a value is, with a link to its schema where it has a name."""
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[-1]
        return f"[{name}](#{name.lower()})"
    for several in ("anyOf", "oneOf", "allOf"):
        if several in schema:
            return " or ".join(dict.fromkeys(_type(one) for one in schema[several]))
    if schema.get("type") == "array":
        return f"list of {_type(schema.get('items', {}))}"
    if "enum" in schema:
        return ", ".join(f"`{one}`" for one in schema["enum"])
    return str(schema.get("format") or schema.get("type") or schema.get("const") or _ANY)
