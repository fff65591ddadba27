"""The road of many machines: the very commands of docs/operator.md, each typed on the machine that it names.

A machine is a mount namespace with folders of its own, and an address of its own on this one: one for staff, two for readers, one with
nginx, one with PostgreSQL and one with a store of pictures (moto's). The names of the guide lead there by /etc/hosts. Needs root,
and a system that lets it have mount namespaces; systemd is played by bench/drills/stubs.py.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from botocore.config import Config
from botocore.session import get_session

from bench.drills.ground import QUIET, ROOT
from bench.drills.one_machine import HOST, OWN, blocks, stage
from bench.drills.proxies import Cable, is_open
from bench.drills.stubs import PSQL
from bench.drills.visits import ask, until
from carsite.tests import postgres

STAFF, READERS, DATABASE, STORE = "127.0.0.2", ("127.0.0.3", "127.0.0.4"), "127.0.0.5", "127.0.0.6"
NAMES = {"staff.internal": STAFF, "readers-1.internal": READERS[0], "readers-2.internal": READERS[1], "db.example.org": DATABASE}
BUCKET, PATH = f"http://{STORE}:5000/guides", "/articles/car-t-cell-therapy/"
# Typed on the staff's machine as the site's user, as the guide says.
AS_SITE = "cd /srv/guides && set -a && . /etc/guides.env && VAR=/var/lib/guides\nsetpriv --reuid guides --regid guides --init-groups "
PUBLISH = """
import io
from django.utils import timezone
from PIL import Image
from articles.models import Article
from publishing.models import Hand, Picture
by, at, content = Hand.command("drill"), timezone.now(), io.BytesIO()
Image.new("RGB", (600, 400), "red").save(content, "PNG")
picture = Picture.take(content.getvalue(), by=by, file_name="arm.png", at=at)
guide, is_new = Article.objects.get_or_create(slug="arm", defaults={{"title": "About an arm", "lead": "A lead.", "body": "Rest."}})
guide.body = f"## Sling\\n\\n![Cloth under the arm](/media/{{picture.name}})\\n\\n{words}"
guide.keep(by=by, at=timezone.now())
guide.publish(by=by, note="Drill")
print("picture", picture.name)
"""


class Machine:
    """A mount namespace, held by a process that sleeps."""

    def __init__(self, folder, address):
        self.folder, self.address = folder, address
        etc = folder / "etc"
        etc.mkdir(parents=True)
        subprocess.run(["cp", "-a", "/etc/.", etc], check=True)
        with open(etc / "hosts", "a") as hosts:
            hosts.writelines(f"{address} {name}\n" for name, address in NAMES.items())
        self.environment, self.has_nginx = stage(folder, etc)
        mounts = [f"mount -t tmpfs -o mode=755 none {path}" for path in (*OWN, "/var/cache")] + [f"mount --bind {etc} /etc"]
        inside = " && ".join([*mounts, f"touch {folder}/ready", "exec sleep infinity"])
        self.holder = subprocess.Popen(["unshare", "--mount", "sh", "-c", inside], **QUIET)
        until(lambda: (folder / "ready").exists() or self.holder.poll() is not None, 20)
        assert self.holder.poll() is None, "it may have no mount namespace"

    def type(self, text):
        """Type commands; what they say. They have to end well."""
        command = ["nsenter", f"--mount=/proc/{self.holder.pid}/ns/mnt", "bash", "-eux"]
        done = subprocess.run(command, input=text, env=self.environment, capture_output=True, text=True)
        assert done.returncode == 0, f"{self.address}: {done.stdout[-1000:]}{done.stderr[-2000:]}{self.log()}"
        return done.stdout

    def log(self):
        path = Path(f"/proc/{self.holder.pid}/root/srv/guides.service.log")
        return path.read_text()[-1500:] if path.exists() else ""

    def write(self, lines):
        """Lines more in the settings."""
        with open(self.folder / "etc" / "guides.env", "a") as file:
            file.write(lines)

    def stop(self):
        """End what was started there."""
        root = Path(f"/proc/{self.holder.pid}/root")
        for place in (root / "srv/pids", root / "run/nginx.pid"):
            for pid in place.read_text().split() if place.exists() else ():
                with suppress(ProcessLookupError):
                    os.kill(int(pid), 15)
                    until(lambda pid=pid: not Path(f"/proc/{pid}").exists(), 20)

    def end(self):
        with suppress(AssertionError):
            self.stop()
        self.holder.kill()
        self.holder.wait()


def drill(folder):
    needed = ("unshare", "nsenter", "setpriv")
    if os.geteuid() or not all(map(shutil.which, needed)):
        return f"left out: it needs root, {', '.join(needed)}"
    for path in (*OWN, "/var/cache"):
        Path(path).mkdir(parents=True, exist_ok=True)
    try:
        with ExitStack() as stack:
            address = stack.enter_context(postgres.server())
            place = parse_qs(urlsplit(address).query)["host"][0]
            cable = Cable(str(Path(place, ".s.PGSQL.5432")), (DATABASE, 5432))
            stack.enter_context(store(folder))
            return walk(folder, address, cable, stack)
    except postgres.Unavailable as why:
        return f"left out: PostgreSQL does not run here ({why})"


@contextmanager
def store(folder):
    """A store of pictures with the bucket of the guide, as its operator makes it."""
    command = [sys.executable, "-m", "moto.server", "-H", STORE, "-p", "5000"]
    running = subprocess.Popen(command, cwd=folder, **QUIET)
    try:
        until(lambda: is_open(5000, STORE), 60)
        keys = {"aws_access_key_id": "drill", "aws_secret_access_key": "drill", "region_name": "eu-central-1"}
        ways = Config(s3={"addressing_style": "path"})
        client = get_session().create_client("s3", endpoint_url=f"http://{STORE}:5000", config=ways, **keys)
        client.create_bucket(Bucket="guides", CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
        yield
    finally:
        running.kill()
        running.wait()


def told(lines, address, database=""):
    """Lines of settings as they stand in the guide, with the names and keys of here."""
    lines = lines.replace("https://store.example.org/guides", BUCKET).replace("'…'", "'drill'")
    lines = re.sub(r"^BIND=.*$", f"BIND='{address}'", lines, flags=re.MULTILINE)
    return re.sub(r"^DATABASE_URL=.*$", database, lines, flags=re.MULTILINE) if database else lines


def walk(folder, address, cable, stack):
    first, second, _nginx = blocks("One machine")
    in_database, with_store, of_staff, makes_role, of_readers, starts, before_all = blocks("Many machines")
    typed = [in_database, first, with_store, second, makes_role, starts, before_all]
    machines = {}
    for name, own in {"database": DATABASE, "staff": STAFF, "readers-1": READERS[0], "readers-2": READERS[1], "front": "127.0.0.1"}.items():
        machines[name] = machine = Machine(folder / name, own)
        stack.callback(machine.end)
    database, staff, *readers, front = machines.values()
    runuser = database.folder / "bin" / "runuser"
    runuser.write_text(PSQL.replace("{python}", sys.executable).replace("{address}", address))
    runuser.chmod(0o755)
    database.type(in_database)

    with ThreadPoolExecutor(3) as typists:
        list(typists.map(lambda machine: machine.type(first + with_store), (staff, *readers)))
    staff.write(told(of_staff, STAFF))
    staff.type(second)
    until(lambda: is_up(staff), 300)
    role = re.search(r"^DATABASE_URL='.*'$", staff.type(makes_role), re.MULTILINE)[0]
    assert "@db.example.org:5432/guides" in role, role
    for machine in readers:
        machine.write(told(of_readers, machine.address, role))
        machine.type(starts)
    for machine in readers:
        until(lambda machine=machine: is_up(machine), 120)
    if not front.has_nginx:
        return "walked to the machines for readers, nginx not fetched"
    (front.folder / "ready").unlink()
    front.type("git clone --quiet https://example.org/guides.git /srv/guides")
    front.type(before_all)
    front.type("nginx")
    until(lambda: read("/health/")[0] == 200, 30)
    looks(staff, readers, cable)
    count = sum(len(one.splitlines()) for one in typed)
    return f"walked, {count} lines typed on 5 machines: published in the next answer, pictures from the store; cut off, the cache serves on"


def is_up(machine):
    return ask(f"http://{machine.address}:8000", "/health/", Host=HOST, **{"X-Forwarded-Proto": "https"})[0] == 200


def read(path, host=HOST):
    """(code, content, headers) of what the machine before all answers."""
    asked = urllib.request.Request(f"https://127.0.0.1{path}", headers={"Host": host})
    try:
        with urllib.request.urlopen(asked, timeout=20, context=ssl._create_unverified_context()) as answer:
            return answer.status, answer.read(), answer.headers
    except urllib.error.HTTPError as refusal:
        return refusal.code, refusal.read(), refusal.headers
    except OSError:
        return 0, b"", {}


def publish(staff, words):
    """Publish on the staff's machine, as the site's user; the name of the guide's picture."""
    path = staff.folder / "publish.py"
    path.write_text(PUBLISH.format(words=words))
    shutil.copy(path, f"/proc/{staff.holder.pid}/root/srv/publish.py")
    said = staff.type(f"{AS_SITE}.venv/bin/python manage.py shell --verbosity 0 -c 'exec(open(\"/srv/publish.py\").read())'")
    return said.split("picture ", 1)[1].split()[0]


def looks(staff, readers, cable):
    code, page, headers = read(PATH)
    assert code == 200 and b"CAR T" in page and "Set-Cookie" not in headers and headers["Strict-Transport-Security"]
    assert read("/", "other.example")[0] == 400 and read("/metrics/")[0] == 404
    code, page, headers = read("/admin/login/")
    assert code == 200 and "Secure" in headers["Set-Cookie"], "the staff's pages are not led to their machine"
    assert read(re.search(rb'/static/[^"]+\.css', page)[0].decode())[0] == 200
    for machine in readers:
        assert ask(f"http://{machine.address}:8000", "/admin/login/", Host=HOST, **{"X-Forwarded-Proto": "https"})[0] == 404
    name = publish(staff, "Rest it.")
    assert b"Rest it." in read("/articles/arm/")[1]
    publish(staff, "Keep it dry.")
    code, page, _headers = read("/articles/arm/")
    assert b"Keep it dry." in page, "not in the next answer"
    code, picture, headers = read(f"/media/{name}")
    assert code == 200 and picture.startswith(b"\x89PNG") and STORE.encode() not in page + str(headers).encode()
    staff.type("systemctl start guides-daily")
    health = json.loads(ask(f"http://{STAFF}:8000", "/health/", Host=HOST, **{"X-Forwarded-Proto": "https"})[1])
    assert health["daily"]["backup"] and health["verified"]["record"]["held"] and health["media"] == "elsewhere", health
    readers[0].stop()
    assert [read(path)[0] for path in (PATH, "/articles/arm/", "/faq/", "/search/?q=nurse")] == [200] * 4, "one machine less"
    cable.cut()
    assert read("/articles/arm/")[1] == page and read(PATH)[0] == 200, "the cache does not serve on"
    assert read("/articles/never-asked/")[0] == 503
    cable.mend()
    until(lambda: read("/search/?q=nurse")[0] == 200, 30)
