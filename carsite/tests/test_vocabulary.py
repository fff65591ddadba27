"""The block of data of a guide, judged by a package that others made from the vocabulary of schema.org."""

import datetime
import json
import re

import pytest

from conftest import judge

pytestmark = [pytest.mark.night, pytest.mark.slow]


def made(node, registry):
    """The node as an object of its kind. Raises ValueError for a kind or property that is none, or a value it never takes."""
    model = registry.get_model(node["@type"])
    takes = {one.schema_name: one.ranges for one in model.SCHEMA_PROPERTIES}
    return model(**{name: value_of(value, takes.get(name, ()), registry) for name, value in node.items()})


def value_of(value, takes, registry):
    if isinstance(value, list):
        return [value_of(one, takes, registry) for one in value]
    if isinstance(value, dict):
        # What is named by its address alone is taken for a thing of the kind that is asked for.
        return made({"@type": takes[0]} | value, registry)
    is_day = isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value)
    if is_day and {"Date", "DateTime"} & set(takes):
        return datetime.date.fromisoformat(value)
    if isinstance(value, str) and takes and not {"Text", "URL", "Date", "DateTime"} & set(takes):
        return made({"@type": takes[0], "@id": value}, registry)
    return value


def test_others_find_nothing_wrong_in_the_data_of_a_guide(guide, ravi, client):
    from schema_org import registry

    for work in (guide, *guide.entry_set.all()):
        judge(work, ravi, reviewer_name="Dr Ravi Rao")
    page = client.get(guide.get_absolute_url()).text
    (told,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    graph = json.loads(told)["@graph"]
    assert [type(made(node, registry)).__name__ for node in graph] == ["MedicalWebPage", "BreadcrumbList", "FAQPage"]
    for wrong in ({"reviewer": "Ravi"}, {"lastReviewed": "lately"}, {"audience": {"@type": "Person", "name": "x"}}):
        with pytest.raises(ValueError, match="validation error"):
            made(graph[0] | wrong, registry)
