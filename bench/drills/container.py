"""The image's steps as they stand in deploy/Containerfile, in a bare folder, as its user, on a root that nobody can write.

Needs root, and a system that lets it have a mount namespace. No Docker: the base image is played by this system's own Python.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from bench.drills.ground import ROOT
from bench.drills.visits import free_port

HOST = "guides.example.org"
SYSTEM = "/usr/sbin:/usr/bin:/sbin:/bin"
OWN = ("/srv", "/opt", "/var/lib/guides", "/var/lib/apt/lists")
TOLD = {"SITE_URL": f"https://{HOST}", "SECRET_KEY": "for-the-drill-only-2f9d8c7b6a5e4f3d2c1b0a99887766554433", "BEHIND_PROXY": "true"}


def drill(folder):
    if os.geteuid() or not shutil.which("unshare") or not shutil.which("setpriv"):
        return "left out: it needs root, unshare and setpriv"
    for path in OWN:
        Path(path).mkdir(parents=True, exist_ok=True)
    mounts = [f"mount -t tmpfs -o mode=755 none {path}" for path in OWN]
    inside = " && ".join([*mounts, f"exec {sys.executable} -m bench.drills.container {folder}"])
    # A folder of processes of its own: what is left of them ends with the first.
    command = ["unshare", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc", "sh", "-c", inside]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, (done.stdout + done.stderr)[-3000:]
    return done.stdout.strip().splitlines()[-1]


def steps():
    text = (ROOT / "deploy" / "Containerfile").read_text().replace("\\\n", " ")
    return [line.split(None, 1) for line in text.splitlines() if line and not line.startswith("#")]


def taken(folder):
    """What a build is given: the repository as it is committed, without what .dockerignore names."""
    packed = subprocess.run(["git", "-c", "safe.directory=*", "archive", "HEAD"], cwd=ROOT, check=True, capture_output=True)
    folder.mkdir()
    subprocess.run(["tar", "x", "-C", folder], input=packed.stdout, check=True)
    for name in (ROOT / ".dockerignore").read_text().split():
        for path in folder.glob(name):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    return folder


def walk(folder):
    given, place, who, environment, command = taken(folder / "given"), Path("/"), None, {"PATH": SYSTEM}, None
    for word, rest in steps():
        match word:
            case "FROM":  # the base image has a Python of its own on its path
                subprocess.run(["/usr/bin/python3", "-m", "venv", "/opt/python"], check=True, capture_output=True)
                environment["PATH"] = f"/opt/python/bin:{SYSTEM}"
                stub("apt-get", Path("/opt/python/bin"))
            case "WORKDIR":
                place = Path(rest)
                place.mkdir(parents=True)
            case "COPY":
                *names, target = rest.split()
                for name in names:
                    for path in given.glob(name) if name != "." else [given]:
                        copied = shutil.copytree if path.is_dir() else shutil.copy
                        copied(path, place / target, **({"dirs_exist_ok": True} if path.is_dir() else {}))
            case "ENV" | "ARG":
                environment |= dict(one.split("=", 1) for one in rest.split())
            case "RUN":
                done = subprocess.run(["sh", "-ec", rest], cwd=place, env=environment, capture_output=True, text=True)
                assert done.returncode == 0, f"{rest}: {done.stdout[-500:]}{done.stderr[-1500:]}"
            case "USER":
                who = rest.split(":")
            case "VOLUME" | "EXPOSE":
                pass
            case "CMD":
                command = json.loads(rest)
            case _:
                raise AssertionError(f"a step that this drill does not know: {word}")
    serve(place, command, who, environment)


def stub(name, folder):
    """What the image installs of the system stands here already (make pango), or its tests are left out."""
    (folder / name).write_text("#!/bin/sh\n")
    (folder / name).chmod(0o755)


def serve(place, command, who, environment):
    """Run the image as compose.yaml does: its user, no right at all, a root that is read only, its volume and /tmp.

    From here on the repository may be out of sight: it may lie in /tmp.
    """
    subprocess.run(["mount", "-t", "tmpfs", "none", "/tmp"], check=True)
    for path in ("/srv", "/opt"):
        subprocess.run(["mount", "-o", "remount,ro", path], check=True)
    port = free_port()
    rights = ["--bounding-set", "-all", "--inh-caps", "-all", "--no-new-privs", "--clear-groups"]
    run = ["setpriv", "--reuid", who[0], "--regid", who[1], *rights, *command]
    told = environment | TOLD | {"PORT": str(port), "WORKERS": "1"}
    with open("/tmp/log", "w") as log:
        server = subprocess.Popen(run, cwd=place, env=told, stdout=log, stderr=log)
        try:
            looks(port, server, place)
        finally:
            server.terminate()
            server.wait(30)
    assert server.returncode == 0, Path("/tmp/log").read_text()[-1500:]


def read(port, path, host=HOST):
    headers = {"Host": host, "X-Forwarded-Proto": "https"}
    try:
        with urllib.request.urlopen(urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=headers), timeout=20) as one:
            return one.status, one.read().decode()
    except urllib.error.HTTPError as refusal:
        return refusal.code, ""
    except OSError:
        return 0, ""


def looks(port, server, place):
    end = time.monotonic() + 300
    while read(port, "/health/")[0] != 200:
        said = Path("/tmp/log").read_text()[-1500:]
        assert server.poll() is None and time.monotonic() < end, said
        time.sleep(0.5)
    code, page = read(port, "/articles/car-t-cell-therapy/")
    assert code == 200 and "CAR T" in page and read(port, "/", "other.example")[0] == 400
    assert '"media": "writable"' in read(port, "/health/")[1]
    code, style = read(port, re.search(r'/static/[^"]+\.css', read(port, "/admin/login/")[1])[0])
    assert code == 200 and style
    status = Path(f"/proc/{server.pid}/status").read_text()
    assert re.search(r"^Uid:\t10001\t10001", status, re.M) and re.search(r"^CapBnd:\t0+$", status, re.M), status
    assert not list(place.glob("var")) and Path("/var/lib/guides/site.sqlite3").stat().st_uid == 10001
    print("steps walked; the site answers as user 10001 without a right, on a root that it cannot write")


if __name__ == "__main__":
    walk(Path(sys.argv[1]))
