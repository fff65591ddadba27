"""Files as a browser sends them, made into files that wait."""

import itertools

from articles import sources
from articles.models import MOST_BYTES, MOST_FILES, Brought
from publishing.refusals import Refused

AT_ONCE = 200
TOO_MUCH = (
    f"Not kept: unpacked these are more than {MOST_FILES:,} files or {MOST_BYTES // 1_000_000} MB. Bring them in parts."
)


def receive(person, files, paths, *, at):
    """Keep uploaded files, packed ones one by one; how many there were. Raises Refused, and keeps nothing then."""
    if len(files) > AT_ONCE:
        raise Refused(f"Not kept: at most {AT_ONCE} files at once. Pack them as one .zip, or add them in parts.")
    found, size = [], 0
    for file, path in itertools.zip_longest(files, paths[: len(files)], fillvalue=""):
        name = clean(path) or clean(file.name) or "file"
        if file.size > sources.MOST_GIVEN:
            most = sources.MOST_GIVEN // 1_000_000
            found.append(sources.Given(name, sources.PASSED, reason=f"it is larger than {most} MB; bring it in parts"))
            continue
        for one in sources.given(name, file.read()):  # a small zip may hold what fills the memory
            size += len(one.content)
            if size > MOST_BYTES or len(found) >= MOST_FILES:
                raise Refused(TOO_MUCH)
            found.append(one)
    return Brought.keep(person, found, at)


def clean(path):
    """The path that a browser tells of a file, without what leads out of its folder or cannot be shown."""
    parts = [part for part in path.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    return "/".join("".join(sign for sign in part if sign.isprintable()).strip() for part in parts)[-300:]
