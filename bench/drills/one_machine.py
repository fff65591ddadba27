"""The road of one machine: the very commands of docs/operator.md, typed where /srv, /etc and the site's folders are our own.

Needs root, and a system that lets it have a mount namespace. systemd is played by bench/drills/stubs.py; nginx is taken from
Debian's package where that can be fetched.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path

from bench.drills.ground import ROOT
from bench.drills.stubs import NOTHING, SYSTEMCTL

HOST = "guides.example.org"
# As a new machine has it: a Python in somebody's home folder is nothing for another user.
SYSTEM = "/usr/sbin:/usr/bin:/sbin:/bin:/usr/local/sbin:/usr/local/bin"
OWN = ("/srv", "/var/lib/guides", "/var/backups", "/var/lib/nginx", "/var/log/nginx", "/run")


def drill(folder):
    if os.geteuid() or not shutil.which("unshare"):
        return "left out: it needs root and unshare"
    for path in OWN:
        Path(path).mkdir(parents=True, exist_ok=True)
    (folder / "etc").mkdir()
    subprocess.run(["cp", "-a", "/etc/.", folder / "etc"], check=True)
    mounts = [f"mount -t tmpfs -o mode=755 none {path}" for path in OWN] + [f"mount --bind {folder}/etc /etc"]
    inside = " && ".join([*mounts, f"exec {sys.executable} -m bench.drills.one_machine {folder}"])
    done = subprocess.run(["unshare", "--mount", "--fork", "sh", "-c", inside], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, (done.stdout + done.stderr)[-3000:]
    return done.stdout.strip().splitlines()[-1]


def blocks(section):
    """What stands in the fenced blocks of a section of the operator's guide, in order."""
    guide = (ROOT / "docs" / "operator.md").read_text()
    found = guide.partition(f"\n## {section}\n")[2].partition("\n## ")[0]
    return re.findall(r"^```\n(.*?)^```", found, re.MULTILINE | re.DOTALL)


def commands():
    return "\n".join(blocks("One machine"))


def stage(folder, etc=Path("/etc")):
    """Programs that stand in for what is not here, and a certificate of our own. Returns the environment."""
    programs = folder / "bin"
    programs.mkdir()
    has_nginx = nginx(folder, etc) or bool(shutil.which("nginx"))
    written = {"systemctl": SYSTEMCTL.replace("{python}", sys.executable), "apt-get": NOTHING}
    written |= {} if has_nginx else {"nginx": NOTHING}
    for name, text in written.items():
        (programs / name).write_text(text)
        (programs / name).chmod(0o755)
    paths = f"{programs}:{folder}/nginx/usr/sbin:{SYSTEM}"
    home = folder / "home"
    home.mkdir()
    (home / ".gitconfig").write_text(f'[url "{ROOT}"]\n insteadOf = https://example.org/guides.git\n[safe]\n directory = *\n')
    asked = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={HOST}"]
    asked += ["-keyout", etc / "ssl" / "guides.key", "-out", etc / "ssl" / "guides.pem"]
    subprocess.run(asked, check=True, capture_output=True)
    return {"PATH": paths, "REAL_PATH": SYSTEM, "HOME": str(home), "LANG": "C.UTF-8"}, has_nginx


def nginx(folder, etc):
    """Debian's nginx in a folder; whether that worked."""
    place = folder / "nginx"
    place.mkdir()
    got = subprocess.run(["apt-get", "download", "-qq", "nginx", "nginx-common"], cwd=place, capture_output=True)
    for package in place.glob("*.deb"):
        subprocess.run(["dpkg", "-x", package, place], check=True)
    if got.returncode or not (place / "usr/sbin/nginx").exists():
        return False
    shutil.copytree(place / "etc/nginx", etc / "nginx", dirs_exist_ok=True)
    shutil.rmtree(etc / "nginx/modules-enabled", ignore_errors=True)
    (etc / "nginx/sites-enabled").mkdir(exist_ok=True)
    for path in (etc / "nginx/sites-enabled").iterdir():
        path.unlink()
    return True


def walk(folder):
    environment, has_nginx = stage(folder)
    try:
        typed = subprocess.run(["bash", "-eux"], input=commands(), env=environment, capture_output=True, text=True)
        log = Path("/srv/guides.service.log")
        said = log.read_text() if log.exists() else ""
        assert typed.returncode == 0, typed.stdout[-1000:] + typed.stderr[-2000:] + said[-1000:]
        if has_nginx:
            subprocess.run(["nginx"], env=environment, check=True)
        looks(has_nginx, typed.stdout)
    finally:
        pids = Path("/srv/pids").read_text().split() if Path("/srv/pids").exists() else []
        pids += Path("/run/nginx.pid").read_text().split() if Path("/run/nginx.pid").exists() else []
        for pid in pids:
            with suppress(ProcessLookupError):
                os.kill(int(pid), signal.SIGTERM)
        time.sleep(2)
    print(f"walked, {len(commands().splitlines())} lines typed, " + ("behind nginx" if has_nginx else "nginx not fetched"))


def read(path, has_nginx, host=HOST):
    address = f"https://127.0.0.1{path}" if has_nginx else f"http://127.0.0.1:8000{path}"
    headers = {"Host": host} | ({} if has_nginx else {"X-Forwarded-Proto": "https"})
    context = ssl._create_unverified_context() if has_nginx else None
    try:
        with urllib.request.urlopen(urllib.request.Request(address, headers=headers), timeout=20, context=context) as answer:
            return answer.status, answer.read().decode(), answer.headers
    except urllib.error.HTTPError as refusal:
        return refusal.code, "", refusal.headers


def looks(has_nginx, typed):
    for _attempt in range(120):
        try:
            if read("/health/", has_nginx)[0] == 200:
                break
        except OSError:
            pass
        time.sleep(0.5)
    code, page, headers = read("/articles/car-t-cell-therapy/", has_nginx)
    assert code == 200 and "CAR T" in page and "Set-Cookie" not in headers and headers["Strict-Transport-Security"]
    assert read("/", has_nginx, host="other.example")[0] == 400
    assert read("/admin/login/", has_nginx)[2]["Set-Cookie"].count("Secure") >= 1
    assert not has_nginx or read("/metrics/", True)[0] == 404
    backups = [path for path in Path("/var/backups/guides").iterdir() if path.suffix == ".backup"]
    assert len(backups) == 1 and backups[0].owner() == "guides" and backups[0].stat().st_mode & 0o777 == 0o600
    told = json.loads(read("/health/", has_nginx)[1])
    assert told["daily"]["backup"] and told["verified"]["record"]["held"], told
    assert Path("/etc/guides.env").stat().st_mode & 0o777 == 0o640
    assert Path("/var/lib/guides").owner() == "guides" and Path("/var/lib/guides").stat().st_mode & 0o777 == 0o700
    assert "administrator" in typed
    log = Path("/srv/guides.service.log").read_text()
    assert '"from": "served"' in log and "127.0.0.1\"" not in log


if __name__ == "__main__":
    walk(Path(sys.argv[1]))
