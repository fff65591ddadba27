"""A stored site of each former release, and one just made of this, is migrated: the same texts and pages, the record holds."""

from __future__ import annotations

import json
import tarfile

from bench.drills.ground import Site
from bench.drills.stored import RELEASES, make, told_of


def drill(folder):
    own = folder / "own.tar.xz"
    (folder / "made").mkdir()
    make(folder / "made", own)
    files = [*sorted(RELEASES.glob("*.tar.xz")), own]
    told = [upgraded(folder / str(number), file) for number, file in enumerate(files)]
    return f"{len(files)} migrated ({', '.join(told)}), the record and the pages hold"


def upgraded(folder, file):
    """Migrate what is in the file and compare; which release it was, and how much of it."""
    site = Site(folder)
    with tarfile.open(file) as packed:
        packed.extractall(folder, filter="data")
    before = json.loads((folder / "told.json").read_text())
    site.run("migrate", "--verbosity", "0")
    after = told_of(site)
    assert before["texts"].items() <= after["texts"].items(), "an edition is another than it was"
    for path, (code, words) in before["pages"].items():
        assert after["pages"][path][0] == code, f"{path} answered {code}, and now {after['pages'][path][0]}"
        if file.name == "own.tar.xz":  # around its texts another release may say something else
            assert after["pages"][path][1] == words, f"{path} says something else"
    site.run("verify_ledger", "--pages", "--anchor", before["head"])
    size = file.stat().st_size // 1024
    return f"{before['release']}: {len(before['texts'])} editions, {len(before['pages'])} pages, {size} KB"
