"""Files as a browser sends them, made into files that wait."""

import itertools

from articles import sources
from articles.models import Brought
from publishing.refusals import Refused

AT_ONCE = 200


def receive(person, files, paths, *, at):
    """Keep uploaded files, packed ones one by one; how many there were. Raises Refused, and keeps nothing then."""
    if len(files) > AT_ONCE:
        raise Refused(f"Not kept: at most {AT_ONCE} files at once. Pack them as one .zip, or add them in parts.")
    found = []
    for file, path in itertools.zip_longest(files, paths[: len(files)], fillvalue=""):
        name = clean(path) or clean(file.name) or "file"
        if file.size > sources.MOST_GIVEN:
            most = sources.MOST_GIVEN // 1_000_000
            found.append(sources.Given(name, sources.PASSED, reason=f"it is larger than {most} MB; bring it in parts"))
            continue
        found += sources.given(name, file.read())
    return Brought.keep(person, found, at)


def clean(path):
    """The path that a browser tells of a file, without what leads out of its folder or cannot be shown."""
    parts = [part for part in path.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    return "/".join("".join(sign for sign in part if sign.isprintable()).strip() for part in parts)[-300:]
