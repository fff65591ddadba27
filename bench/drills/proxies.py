"""nginx, as Debian has it, in a folder of a drill; and a way to a database that can be cut."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import threading
from contextlib import contextmanager, suppress

from bench.drills.ground import QUIET, ROOT
from bench.drills.visits import until


def nginx_in(folder):
    """The program: the machine's own, or Debian's fetched into the folder; None where neither is to be had."""
    if own := shutil.which("nginx"):
        return own
    place = folder / "nginx"
    place.mkdir()
    with suppress(OSError):
        subprocess.run(["apt-get", "download", "-qq", "nginx", "nginx-common"], cwd=place, capture_output=True)
        for package in place.glob("*.deb"):
            subprocess.run(["dpkg", "-x", package, place], check=True)
    program = place / "usr" / "sbin" / "nginx"
    return str(program) if program.exists() else None


@contextmanager
def cache(program, folder, port, staff, readers):
    """deploy/nginx-many.conf as it stands, but for addresses, folders and the certificate; yields its address."""
    text = (ROOT / "deploy" / "nginx-many.conf").read_text()
    text = re.sub(r"server staff\.internal:8000", f"server {staff}", text)
    text = re.sub(r"server readers-1\.internal:8000;\s*server readers-2\.internal:8000", f"server {readers}", text)
    text = text.replace("/var/cache/nginx", str(folder)).replace("/var/log/nginx", str(folder))
    text = text.replace("listen 443 ssl", f"listen 127.0.0.1:{port}").replace("guides.example.org", "127.0.0.1")
    text = re.sub(r"server \{\s*listen 80;.*?\}\n", "", text, flags=re.DOTALL)
    text = re.sub(r"^ *ssl_\w+ .*\n", "", text, flags=re.MULTILINE).replace("Host $host", "Host $host:8000")
    places = " ".join(f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    head = f"daemon off; worker_processes 1; pid {folder}/nginx.pid; events {{}} http {{ {places}\n"
    (folder / "nginx.conf").write_text(head + text + "}\n")
    folder.chmod(0o755)
    command = [program, "-p", str(folder), "-e", str(folder / "error.log"), "-c", str(folder / "nginx.conf")]
    running = subprocess.Popen([*command, "-g", "user root;"], **QUIET)
    try:
        until(lambda: running.poll() is not None or is_open(port), 20)
        assert running.poll() is None, (folder / "error.log").read_text()
        yield f"http://127.0.0.1:{port}"
    finally:
        running.terminate()
        running.wait()


def is_open(port, host="127.0.0.1"):
    with suppress(OSError), socket.create_connection((host, port), 1):
        return True
    return False


class Cable:
    """A way over the network to a database behind a socket of this machine: to be cut."""

    def __init__(self, path, door=("127.0.0.1", 0)):
        self.path, self.ways, self.is_cut = path, [], False
        self.door = socket.create_server(door)
        self.port = self.door.getsockname()[1]
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self):
        while True:
            here, _address = self.door.accept()
            if self.is_cut:
                here.close()
                continue
            there = socket.socket(socket.AF_UNIX)
            there.connect(self.path)
            self.ways += [here, there]
            for ends in ((here, there), (there, here)):
                threading.Thread(target=self._pass, args=ends, daemon=True).start()

    def _pass(self, source, target):
        with suppress(OSError):
            while data := source.recv(1 << 16):
                target.sendall(data)
        for end in (source, target):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def cut(self):
        self.is_cut = True
        for end in self.ways:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        self.ways.clear()

    def mend(self):
        self.is_cut = False
