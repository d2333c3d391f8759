"""Somebody who never saw the product reads the description: nothing in it needs asking about."""

import json
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from api.problems import Kind
from api.telling_headers import operations
from api.telling_words import SPEAK_FOR_THEMSELVES, summaries, words

DESCRIPTION: dict[str, Any] = json.loads((Path(__file__).parents[2] / "openapi.json").read_text("utf-8"))
SCHEMAS: dict[str, Any] = DESCRIPTION["components"]["schemas"]


def test_every_parameter_says_what_it_is() -> None:
    silent = {
        f"{method} {path} {one['name']}"
        for path, method, operation in operations(DESCRIPTION)
        for one in operation.get("parameters", [])
        if not one.get("description") and not one["schema"].get("description")
    }
    assert silent == set()


def test_every_operation_is_listed_by_what_it_does_in_a_few_words() -> None:
    listed = {one["operationId"]: one["summary"] for _, _, one in operations(DESCRIPTION)}
    assert listed == summaries()
    assert len(set(listed.values())) == len(listed)
    for said in listed.values():
        assert said[0].isupper(), said
        assert " " in said, said
        assert len(said) <= 60, said
        assert not said.endswith("."), said


def test_every_heading_under_which_operations_stand_is_explained() -> None:
    explained = {one["name"] for one in DESCRIPTION["tags"] if one["description"]}
    assert {heading for _, _, one in operations(DESCRIPTION) for heading in one["tags"]} == explained


def test_every_value_of_a_vocabulary_says_what_it_means() -> None:
    vocabularies = {name: set(one["enum"]) for name, one in SCHEMAS.items() if "enum" in one}
    told = {name: set(meanings) for name, meanings in words()["values"].items()}
    assert {name: values for name, values in vocabularies.items() if name not in SPEAK_FOR_THEMSELVES} == told


def test_every_error_and_every_answer_has_an_example() -> None:
    without = []
    for path, method, operation in operations(DESCRIPTION):
        for status, answer in operation["responses"].items():
            for media, content in answer.get("content", {}).items():
                if "example" not in content and not content.get("examples"):
                    without.append(f"{method} {path} {status} {media}")
                assert set(content.get("examples", {})) <= {kind.code for kind in Kind}
    assert without == []


def test_every_example_of_a_problem_is_a_problem() -> None:
    examples = DESCRIPTION["components"]["examples"]
    assert set(examples) == {kind.code for kind in Kind}
    checked = Draft202012Validator({"$ref": "#/components/schemas/Problem", "components": DESCRIPTION["components"]})
    for one in examples.values():
        checked.validate(one["value"])


def test_what_an_answer_always_has_is_not_optional() -> None:
    answers = {name for name in SCHEMAS if name.endswith(("View", "Page"))}
    optional = {name: set(SCHEMAS[name]["properties"]) - set(SCHEMAS[name].get("required", [])) for name in answers}
    assert {name: fields for name, fields in optional.items() if fields} == {}


def test_no_word_is_told_that_stands_nowhere() -> None:
    fields = {
        told
        for name, one in SCHEMAS.items()
        for field in one.get("properties", {})
        for told in (field, f"{name}.{field}")
    }
    parameters = {one["name"] for _, _, each in operations(DESCRIPTION) for one in each.get("parameters", [])}
    assert set(words()["fields"]) <= fields
    assert set(words()["parameters"]) <= parameters
