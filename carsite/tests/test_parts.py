"""What the site runs with: pinned, hashed, listed, under licences that let a clinic use it."""

import json

from django.core.management import call_command

from carsite.management.commands.parts import LOCK, REQUIREMENTS
from carsite.parts import hashes, is_accepted, licence, pinned


def test_the_lock_holds_what_is_pinned_with_digests():
    wanted, locked = pinned(REQUIREMENTS), pinned(LOCK)
    # It may hold more: what another system than Linux, or another Python, needs besides.
    assert wanted.items() <= locked.items(), "run make lock"
    assert all(hashes(LOCK).get(name) for name in wanted)


def test_each_package_is_under_a_licence_we_take_and_stands_in_the_list(capsys):
    assert [name for name in pinned(REQUIREMENTS) if not is_accepted(licence(name))] == []
    call_command("parts")
    told = json.loads(capsys.readouterr().out)
    assert told["bomFormat"] == "CycloneDX" and len(told["components"]) == len(pinned(REQUIREMENTS))
    assert all(part["purl"].startswith("pkg:pypi/") and part["properties"] for part in told["components"])


def test_of_licences_joined_one_or_all_must_do():
    assert is_accepted("Apache-2.0 OR GPL-3.0-only") and is_accepted("(MIT) AND BSD-2-Clause")
    assert not is_accepted("MIT AND GPL-3.0-only") and not is_accepted("unknown")
