"""python -m bench.drills [NAME...]: each drill in a process of its own, one line of result each; exits with 1 where one fails.

ROUNDS=3 makes those that kill shorter.
"""

from __future__ import annotations

import importlib
import os
import pkgutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

NO_DRILLS = {"__main__", "ground", "proxies", "stored", "stubs", "visits"}
LONGEST = 3600  # seconds; on two cores that nineteen programs wanted the longest took 1,723


def names():
    return sorted(one.name for one in pkgutil.iter_modules([str(Path(__file__).parent)]) if one.name not in NO_DRILLS)


def one(name):
    """Run one drill here; its result is what it says."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "carsite.settings")
    with tempfile.TemporaryDirectory(prefix=f"drill-{name}-") as folder:
        print(importlib.import_module(f"bench.drills.{name}").drill(Path(folder)))


def main(asked):
    unknown = set(asked) - set(names())
    if unknown:
        sys.exit(f"There is no drill {', '.join(sorted(unknown))}. There are: {', '.join(names())}")
    failed = 0
    for name in asked or names():
        began = time.monotonic()
        command = [sys.executable, "-m", "bench.drills", "--here", name]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=LONGEST)
            said, is_right = (done.stdout + done.stderr).strip().splitlines(), done.returncode == 0
        except subprocess.TimeoutExpired:
            said, is_right = [f"took longer than {LONGEST} seconds"], False
        failed += not is_right
        print(f"{'holds' if is_right else 'FAILS'}  {name}: {said[-1] if said else ''} ({time.monotonic() - began:.0f} s)")
        if not is_right:
            print("\n".join(f"       {line}" for line in said[-15:]), flush=True)
    sys.exit(bool(failed))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--here"]:
        one(sys.argv[2])
    else:
        main(sys.argv[1:])
