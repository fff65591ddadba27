"""The settings' only way to the environment. Each variable is read strictly: nonsense is a sentence, not a guess."""

from __future__ import annotations

import errno
import ipaddress
import os
import re
import secrets
import socket
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import django
import environ
from django.core.exceptions import ImproperlyConfigured

ENGINES = {"sqlite": "django.db.backends.sqlite3", "postgres": "django.db.backends.postgresql"}
LIMITS = {"connect_timeout": 5, "tcp_user_timeout": 10_000, "prepare_threshold": 5}  # asked so often, planned once
# What Django calls the settings of the mail server from 6.1 on, and what before
MAILER_OPTIONS = {"host": "EMAIL_HOST", "port": "EMAIL_PORT", "file_path": "EMAIL_FILE_PATH"}
MAILER_OPTIONS |= {"username": "EMAIL_HOST_USER", "password": "EMAIL_HOST_PASSWORD"}
MAILER_OPTIONS |= {"use_tls": "EMAIL_USE_TLS", "use_ssl": "EMAIL_USE_SSL"}

MOST = {"PORT": 65535, "WORKERS": 100, "IDLE_HOURS": 336}
MOST |= {"ACCESS_DAYS": 36500, "UNSAVED_DAYS": 3650, "BACKUP_DAYS": 36500, "VOICE_DAYS": 3650}
LABEL = "[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
HOST = re.compile(rf"{LABEL}(?:\.{LABEL})*", re.IGNORECASE)
MAILBOX = r"[^\s@<>,;]+@[^\s@<>,;]+"
SENDER = re.compile(rf"""{MAILBOX}|(?:"[^"\r\n]*"|[^<>@,"\r\n]*)\s*<{MAILBOX}>""")


def text(name: str, default: str) -> str:
    """The variable without surrounding blanks; an empty one counts as not set.

    Raises ImproperlyConfigured for what a host, a sender or a folder of pictures cannot be.
    """
    word = os.environ.get(name, "").strip() or default
    return READ[name](word) if name in READ else word


def is_ipv6(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).version == 6
    except ValueError:
        return False


def hosts(words: str) -> str:
    """Host names with commas between, an IPv6 address in brackets. Raises ImproperlyConfigured for anything else."""
    found = [word.strip() for word in words.split(",") if word.strip()]
    found = [f"[{host}]" if is_ipv6(host) else host for host in found]
    wrong = [host for host in found if not (is_host(host.removeprefix(".")) or host == "*")]
    if wrong or not found:
        raise ImproperlyConfigured(
            f"ALLOWED_HOSTS is “{words}”. Write host names alone with commas between, no http://, port or path, "
            "for example ALLOWED_HOSTS=guides.example.org,localhost"
        )
    return ",".join(found)


def is_host(word: str) -> bool:
    """Whether it is a host as a browser names it: a name, an IPv4 address, or an IPv6 address in brackets."""
    return bool(HOST.fullmatch(word)) or (word[:1] == "[" and word[-1:] == "]" and is_ipv6(word[1:-1]))


def sender(word: str) -> str:
    if not SENDER.fullmatch(word):
        raise ImproperlyConfigured(
            f"MAIL_FROM is “{word}”. Write one mail address, for example MAIL_FROM=guides@example.org"
        )
    return word


def pictures(word: str) -> str:
    """A folder that is there, or can be made later; a process for readers alone writes nothing into it."""
    path, needed = Path(word), os.R_OK if truth("PUBLIC_ONLY", False) else os.W_OK
    there = next(one for one in (path, *path.absolute().parents) if os.path.exists(one))
    if not (os.path.isdir(there) and os.access(there, needed | os.X_OK)):
        raise ImproperlyConfigured(f"MEDIA_ROOT is “{word}”, which the site cannot use. Name a folder of the site.")
    return word


READ = {"ALLOWED_HOSTS": hosts, "MAIL_FROM": sender, "MEDIA_ROOT": pictures}


def truth(name: str, default: bool) -> bool:
    """True or False. Raises ImproperlyConfigured for any other word."""
    word = text(name, str(default)).lower()
    if word not in {"true", "false", "1", "0", "yes", "no", "on", "off"}:
        raise ImproperlyConfigured(f"{name} is “{word}”. Write {name}=true or {name}=false.")
    return word in {"true", "1", "yes", "on"}


def one_of(name: str, words: tuple[str, ...]) -> str:
    """One of these words, the first where none is set. Raises ImproperlyConfigured for any other."""
    word = text(name, words[0])
    if word in words:
        return word
    raise ImproperlyConfigured(f"{name} is “{word}”. Write {' or '.join(f'{name}={one}' for one in words)}.")


def number(name: str, default: int) -> int:
    """A whole number from 1 to the most that makes sense. Raises ImproperlyConfigured for anything else."""
    word = text(name, str(default))
    if not (re.fullmatch("[0-9]{1,9}", word) and 0 < int(word) <= MOST[name]):
        raise ImproperlyConfigured(
            f"{name} is “{word}”. Write a whole number from 1 to {MOST[name]}, for example {name}={default}."
        )
    return int(word)


def site_url(port: int) -> str:
    """SITE_URL in small letters without a final slash: scheme, host and, where unusual, port.

    Raises ImproperlyConfigured for anything else.
    """
    address = text("SITE_URL", f"http://127.0.0.1:{port}").rstrip("/")
    found = re.fullmatch(r"https?://([^/?#@]+?)(?::([0-9]{1,5}))?", address, re.IGNORECASE)
    if not (found and is_host(found[1]) and 0 < int(found[2] or 80) <= MOST["PORT"]):
        raise ImproperlyConfigured(
            f"SITE_URL is “{address}”. Write the site's address and nothing behind it, "
            "for example SITE_URL=https://guides.example.org"
        )
    return address.lower()


def is_local(url: str) -> bool:
    """Whether the address can only be reached from this machine."""
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def database(default: str) -> dict:
    """DATABASE_URL as Django's own settings. Raises ImproperlyConfigured for what is neither SQLite nor PostgreSQL."""
    address = text("DATABASE_URL", "")
    # The address may hold a password, so the message never repeats it.
    wrong = ImproperlyConfigured(
        "DATABASE_URL is not an address this site can use. Write DATABASE_URL=sqlite:////path/to/file.sqlite3 "
        "or DATABASE_URL=postgres://user:password@host:5432/name"
    )
    if not address:  # a path of ours is no address: it may hold a % or a +
        found = {"ENGINE": ENGINES["sqlite"], "NAME": default.removeprefix("sqlite:///")}
    elif re.match("sqlite:(?!///[^?#])", address):  # in memory, where each thread would have a database of its own
        raise wrong
    else:
        try:
            found = environ.Env.db_url_config(address)
        except Exception as problem:
            raise wrong from problem
    if found.get("ENGINE") not in ENGINES.values() or not found.get("NAME"):
        raise wrong
    if found["ENGINE"] == ENGINES["sqlite"]:
        refuse_no_file(Path(found["NAME"]))
        # IMMEDIATE: a transaction that upgrades from reading to writing cannot wait for the lock and fails at once.
        # FULL: what staff were told is saved survives a power cut.
        found["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            # Each thread keeps its own; a guide takes 22. With the usual 128, those of 64 threads held 20 MiB.
            "cached_statements": 32,
            "timeout": 20,
            # A small cache, in KiB: each of many threads has one, and the machine keeps the file in its own.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
            # What is erased or overwritten does not stay in the file.
            "PRAGMA cache_size=-128; PRAGMA secure_delete=ON",
        }
    else:  # one that cannot be reached is given up in seconds, and readers are told
        found["OPTIONS"] = LIMITS | found.get("OPTIONS", {})
    found |= {"CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": True}
    return found


def refuse_no_file(path: Path) -> None:
    """Raises ImproperlyConfigured where SQLite could not write its file and those beside it."""
    if os.path.isdir(path) or not (os.path.isdir(path.parent) and os.access(path.parent, os.W_OK | os.X_OK)):
        raise ImproperlyConfigured(
            f"DATABASE_URL names {path}, where no file can be written. "
            "Make the folder, or name a file in one that the site may use: DATABASE_URL=sqlite:////path/to/file.sqlite3"
        )


def mail() -> dict:
    """EMAIL_URL as Django's own settings; nothing is sent without it. Raises ImproperlyConfigured for nonsense."""
    wrong = ImproperlyConfigured(
        "EMAIL_URL is not an address of a mail server. Write EMAIL_URL=smtp+tls://user:password@mail.example.org:587 "
        "with signs such as @ or / in the password as %40, %2F"
    )
    try:
        found = environ.Env.email_url_config(text("EMAIL_URL", "dummymail://"))
    except Exception as problem:
        raise wrong from problem
    backend, host, path = found.get("EMAIL_BACKEND", ""), found["EMAIL_HOST"] or "", found["EMAIL_FILE_PATH"]
    if not backend or (backend.endswith("filebased.EmailBackend") and not path):
        raise wrong
    if backend.endswith("smtp.EmailBackend") and (path or not (is_host(host) or is_ipv6(host))):
        raise wrong
    if django.VERSION < (6, 1):
        return {name: value for name, value in found.items() if name.startswith("EMAIL_")}
    options = {name: found[old] for name, old in MAILER_OPTIONS.items() if found.get(old)}
    return {"MAILERS": {"default": {"BACKEND": found["EMAIL_BACKEND"], "OPTIONS": options}}}


def folder(name: str, default: Path) -> Path:
    """A folder of the site's own, made for nobody else to read. Raises ImproperlyConfigured when it cannot be made."""
    path = Path(text(name, str(default)))
    try:
        if not path.is_dir():
            path.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not os.access(path, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    except OSError as problem:
        raise ImproperlyConfigured(
            f"{name} is “{path}”, where nothing can be written ({problem.strerror}). Name one that the site may use."
        ) from problem
    return path


def secret_key(var: Path, url: str) -> str:
    """SECRET_KEY, or one generated into var/ for one machine. A public address refuses the generated one."""
    given = text("SECRET_KEY", "")
    if given:
        if len(given) < 50 or len(set(given)) < 10:
            raise ImproperlyConfigured("SECRET_KEY is too easy to guess. Use at least 50 random letters and digits.")
        return given
    if not is_local(url):
        raise ImproperlyConfigured(
            f"SITE_URL is public ({url}), so set SECRET_KEY to at least 50 random letters and digits of your own. "
            "A key generated on one machine would end every session when the site moves."
        )
    return kept_key(var / "secret-key")


def kept_key(path: Path) -> str:
    """The key in that file, made when there is none. Raises ImproperlyConfigured when the file is of no use."""
    try:
        if not path.exists():
            with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(secrets.token_urlsafe(50))
    except FileExistsError:  # another process was first
        pass
    except OSError as problem:
        raise ImproperlyConfigured(
            f"{path} cannot be written ({problem.strerror}). Let VAR name a folder that the site may use."
        ) from problem
    try:
        key = path.read_text().strip()
    except (OSError, ValueError):
        key = ""
    if len(key) < 50:
        raise ImproperlyConfigured(
            f"{path} holds no key that the site can read. Delete it and start again: "
            "a new one is made, and the staff have to log in again."
        )
    return key


def time_zone(default: str) -> str:
    """TIME_ZONE, a name of the IANA time zone database. Raises ImproperlyConfigured for an unknown one."""
    name = text("TIME_ZONE", default)
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as problem:
        raise ImproperlyConfigured(f"TIME_ZONE is “{name}”. Write a name such as TIME_ZONE=Asia/Kolkata.") from problem
    return name


def refuse_public_without_https(url: str) -> None:
    """Raises ImproperlyConfigured when readers elsewhere would be served without encryption."""
    if not is_local(url) and not url.startswith("https://"):
        raise ImproperlyConfigured(
            f"SITE_URL is public ({url}) but not https. Put the site behind https and write SITE_URL=https://…, "
            "so that nobody on the way can read or change what patients are told."
        )


def refuse_taken(host: str, port: int) -> None:
    """Raises ImproperlyConfigured where the server could not listen: the port is taken, or the address not our own."""
    with socket.socket(socket.AF_INET6 if is_ipv6(host) else socket.AF_INET) as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the server does: its last run may still linger
        try:
            door.bind((host, port))
            door.listen()
            return
        except (OSError, UnicodeError) as problem:
            number = getattr(problem, "errno", None)
    if number == errno.EADDRINUSE:
        other = port + 1 if port < MOST["PORT"] else port - 1
        raise ImproperlyConfigured(
            f"Something else listens on port {port} already, perhaps this site itself. "
            f"End it, or choose another port, for example PORT={other}."
        )
    if number == errno.EACCES:
        raise ImproperlyConfigured(f"PORT is {port}, which the system gives to root alone. Choose one from 1024 on.")
    raise ImproperlyConfigured(
        f"BIND is “{host}”, which is no address of this machine. Write BIND=127.0.0.1, or BIND=0.0.0.0 for all it has."
    )
