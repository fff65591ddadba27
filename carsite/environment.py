"""The settings' only way to the environment. Each variable is read strictly: nonsense is a sentence, not a guess."""

from __future__ import annotations

import ipaddress
import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import django
import environ
from django.core.exceptions import ImproperlyConfigured

ENGINES = {"sqlite": "django.db.backends.sqlite3", "postgres": "django.db.backends.postgresql"}
# What Django calls the settings of the mail server from 6.1 on, and what before
MAILER_OPTIONS = {"host": "EMAIL_HOST", "port": "EMAIL_PORT", "file_path": "EMAIL_FILE_PATH"}
MAILER_OPTIONS |= {"username": "EMAIL_HOST_USER", "password": "EMAIL_HOST_PASSWORD"}
MAILER_OPTIONS |= {"use_tls": "EMAIL_USE_TLS", "use_ssl": "EMAIL_USE_SSL"}


def text(name: str, default: str) -> str:
    """The variable without surrounding blanks; an empty one counts as not set."""
    return os.environ.get(name, "").strip() or default


def truth(name: str, default: bool) -> bool:
    """True or False. Raises ImproperlyConfigured for any other word."""
    word = text(name, str(default)).lower()
    if word not in {"true", "false", "1", "0", "yes", "no", "on", "off"}:
        raise ImproperlyConfigured(f"{name} is “{word}”. Write {name}=true or {name}=false.")
    return word in {"true", "1", "yes", "on"}


def number(name: str, default: int) -> int:
    """A whole number from 1. Raises ImproperlyConfigured for anything else."""
    word = text(name, str(default))
    if not (word.isascii() and word.isdigit() and int(word) > 0):
        raise ImproperlyConfigured(f"{name} is “{word}”. Write a whole number, for example {name}={default}.")
    return int(word)


def site_url(port: int) -> str:
    """SITE_URL without a final slash: scheme, host and, where unusual, port. Raises ImproperlyConfigured."""
    address = text("SITE_URL", f"http://127.0.0.1:{port}").rstrip("/")
    try:
        parts = urlsplit(address)
        valid = parts.scheme in {"http", "https"} and parts.hostname and (parts.port is None or parts.port > 0)
    except ValueError:
        valid = False
    if not valid or parts.path or parts.query or parts.fragment or parts.username:
        raise ImproperlyConfigured(
            f"SITE_URL is “{address}”. Write the site's address and nothing behind it, "
            "for example SITE_URL=https://guides.example.org"
        )
    return address


def is_local(url: str) -> bool:
    """Whether the address can only be reached from this machine."""
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def database(default: str) -> dict:
    """DATABASE_URL as Django's own settings. Raises ImproperlyConfigured for what is neither SQLite nor PostgreSQL."""
    address = text("DATABASE_URL", default)
    # The address may hold a password, so the message never repeats it.
    wrong = ImproperlyConfigured(
        "DATABASE_URL is not an address this site can use. Write DATABASE_URL=sqlite:////path/to/file.sqlite3 "
        "or DATABASE_URL=postgres://user:password@host:5432/name"
    )
    try:
        found = environ.Env.db_url_config(address)
    except Exception as problem:
        raise wrong from problem
    if found.get("ENGINE") not in ENGINES.values() or not found.get("NAME"):
        raise wrong
    if found["ENGINE"] == ENGINES["sqlite"]:
        # IMMEDIATE: a transaction that upgrades from reading to writing cannot wait for the lock and fails at once.
        # FULL: what staff were told is saved survives a power cut.
        found["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # A small cache, in KiB: each of many threads has one, and the machine keeps the file in its own.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
            "PRAGMA cache_size=-256",
        }
    found["CONN_MAX_AGE"] = None
    found["CONN_HEALTH_CHECKS"] = True
    return found


def mail() -> dict:
    """EMAIL_URL as Django's own settings; nothing is sent without it. Raises ImproperlyConfigured for nonsense."""
    wrong = ImproperlyConfigured(
        "EMAIL_URL is not an address of a mail server. Write EMAIL_URL=smtp+tls://user:password@mail.example.org:587"
    )
    try:
        found = environ.Env.email_url_config(text("EMAIL_URL", "dummymail://"))
    except Exception as problem:
        raise wrong from problem
    if not found.get("EMAIL_BACKEND"):
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
    except OSError as problem:
        raise ImproperlyConfigured(
            f"{name} is “{path}”, where no folder can be made ({problem.strerror}). Name one that the site may use."
        ) from problem
    return path


def secret_key(var: Path, url: str) -> str:
    """SECRET_KEY, or one generated into var/ for one machine. A public address refuses the generated one."""
    given = text("SECRET_KEY", "")
    if given:
        if len(given) < 50:
            raise ImproperlyConfigured("SECRET_KEY is too short. Use at least 50 random letters and digits.")
        return given
    if not is_local(url):
        raise ImproperlyConfigured(
            f"SITE_URL is public ({url}), so set SECRET_KEY to at least 50 random letters and digits of your own. "
            "A key generated on one machine would end every session when the site moves."
        )
    path = var / "secret-key"
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        try:
            with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(secrets.token_urlsafe(50))
        except FileExistsError:  # another process was first
            pass
        return path.read_text().strip()


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
