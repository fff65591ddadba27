"""The packages the site runs with, as a parts list in CycloneDX: which, in which version, under which licence."""

from __future__ import annotations

import re
from importlib import metadata
from pathlib import Path

PINNED = re.compile(r"^([a-z0-9-]+)==([^\s;\\]+)", re.MULTILINE)
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
# By what a package says of itself, in whatever way, the name that SPDX has for it.
SPDX = {
    "MIT": "MIT",
    "MIT License": "MIT",
    "BSD": "BSD-3-Clause",
    "BSD License": "BSD-3-Clause",
    "The Unlicense (Unlicense)": "Unlicense",
}
# What packages do not say in their metadata, or not in the words of SPDX; read in their sources.
TOLD = {
    "pyphen": "GPL-2.0-or-later OR LGPL-2.1-or-later OR MPL-1.1",
    "pyrage": "MIT",
    "python-dateutil": "Apache-2.0 OR BSD-3-Clause",
    "tqdm": "MPL-2.0 AND MIT",
}
# Licences that let a clinic run and change the site, and give it away, as BSD-3-Clause does.
ACCEPTED = {
    "MIT",
    "MIT-CMU",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "Apache-2.0",
    "PSF-2.0",
    "MPL-2.0",
    "Unlicense",
    "MIT-0",
    "ISC",
}
# Of a library that stands beside it, unchanged
ACCEPTED |= {"LGPL-3.0-only", "LGPL-2.1-or-later"}


def pinned(path: Path) -> dict[str, str]:
    """Version by name of what a requirements file pins."""
    return dict(PINNED.findall(path.read_text()))


def hashes(path: Path) -> dict[str, list[str]]:
    """By name the digests of the files that a lock takes."""
    found = {}
    for part in re.split(r"\n(?=[a-z])", path.read_text()):
        if name := PINNED.match(part):
            found[name[1]] = HASH.findall(part)
    return found


def licence(name: str) -> str:
    """The licence of an installed package, as SPDX calls it; “unknown” where nobody says it."""
    if name in TOLD:
        return TOLD[name]
    about = metadata.metadata(name)
    if expression := about.get("License-Expression"):
        return expression
    said = [
        line.rpartition("::")[2].strip() for line in about.get_all("Classifier") or [] if line.startswith("License")
    ]
    said += [(about.get("License") or "").strip()]
    return next((SPDX.get(one, one) for one in said if SPDX.get(one, one) in ACCEPTED), "unknown")


def is_accepted(expression: str) -> bool:
    """Whether a package under it may be used: of licences joined by OR one will do, of those by AND all must."""
    return any(all(part.strip("() ") in ACCEPTED for part in one.split(" AND ")) for one in expression.split(" OR "))


def listed(files: list[tuple[Path, Path]], *, version: str) -> dict:
    """The parts list as CycloneDX 1.6 of (requirements, lock), in an order of its own, so that two of the same are the
    same.
    """
    pins, taken, parts = {}, {}, []
    for requirements, lock in files:
        pins |= pinned(requirements)
        taken |= hashes(lock)
    for name, pin in sorted(pins.items()):
        address = f"pkg:pypi/{name}@{pin}"
        part = {"type": "library", "bom-ref": address, "name": name, "version": pin, "purl": address}
        part["licenses"] = [{"expression": licence(name)}]
        part["properties"] = [{"name": "file:sha256", "value": digest} for digest in taken.get(name, ())]
        parts.append(part)
    site = {"type": "application", "name": "patient-guides", "version": version}
    about = {"component": site | {"licenses": [{"expression": "BSD-3-Clause"}]}}
    return {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1, "metadata": about, "components": parts}
