"""A site of each release that was tagged is migrated by this code: the record holds, and its pages answer as they did."""

import pytest

from bench.drills.stored import RELEASES
from bench.drills.upgraded import upgraded
from carsite import VERSION

STORED = sorted(RELEASES.glob("*.tar.xz"))


@pytest.mark.slow
@pytest.mark.parametrize("file", STORED, ids=lambda file: file.name.removesuffix(".tar.xz"))
def test_what_a_release_stored_is_brought_up(file, tmp_path):
    assert upgraded(tmp_path / "site", file).startswith(file.name.removesuffix(".tar.xz"))


def test_this_release_is_stored():
    assert f"{VERSION}.tar.xz" in [file.name for file in STORED]
