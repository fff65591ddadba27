"""What the site runs with: pinned, hashed, listed, under licences that let a clinic use it."""

import json

import pytest
from django.core.management import call_command

from carsite.management.commands.parts import LOCK, OF_STORE, REQUIREMENTS
from carsite.parts import hashes, is_accepted, licence, pinned


@pytest.mark.parametrize(("requirements", "lock"), [(REQUIREMENTS, LOCK), OF_STORE])
def test_the_lock_holds_what_is_pinned_with_digests(requirements, lock):
    wanted, locked = pinned(requirements), pinned(lock)
    # It may hold more: what another system than Linux, or another Python, needs besides.
    assert wanted and wanted.items() <= locked.items(), "run make lock"
    assert all(hashes(lock).get(name) for name in wanted)


def test_each_package_is_under_a_licence_we_take_and_stands_in_the_list(capsys):
    assert [name for name in pinned(REQUIREMENTS) if not is_accepted(licence(name))] == []
    call_command("parts")
    told = json.loads(capsys.readouterr().out)
    assert told["bomFormat"] == "CycloneDX" and len(told["components"]) == len(pinned(REQUIREMENTS))
    assert all(part["purl"].startswith("pkg:pypi/") and part["properties"] for part in told["components"])


def test_what_a_store_of_pictures_needs_is_listed_where_there_is_one(capsys, settings):
    pytest.importorskip("botocore", reason="the newest Django is tried without a store")
    settings.MEDIA_STORE = "https://store.example.org/guides"
    call_command("parts")
    told = {part["name"]: part for part in json.loads(capsys.readouterr().out)["components"]}
    assert set(told) == pinned(REQUIREMENTS).keys() | pinned(OF_STORE[0]).keys()
    assert all(told[name]["properties"] for name in pinned(OF_STORE[0]))


def test_of_licences_joined_one_or_all_must_do():
    assert is_accepted("Apache-2.0 OR GPL-3.0-only") and is_accepted("(MIT) AND BSD-2-Clause")
    assert not is_accepted("MIT AND GPL-3.0-only") and not is_accepted("unknown")
