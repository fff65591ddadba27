"""Nonsense in a variable is a sentence, not a guess."""

import os
import signal
import socket
import stat
import subprocess
import sys

import pytest
from django.conf import settings as site
from django.core import mail
from django.core.exceptions import ImproperlyConfigured

from carsite import environment as env
from carsite import languages
from carsite.tests.conftest import free_port

KEY = "0123456789" * 5


@pytest.mark.parametrize(
    ("name", "value", "read"),
    [
        ("DEBUG", "maybe", lambda: env.truth("DEBUG", False)),
        ("PORT", "eighty", lambda: env.number("PORT", 8000)),
        ("PORT", "-1", lambda: env.number("PORT", 8000)),
        ("PORT", "0", lambda: env.number("PORT", 8000)),
        ("PORT", "70000", lambda: env.number("PORT", 8000)),
        ("WORKERS", "1000", lambda: env.number("WORKERS", 2)),
        ("WORKERS", "9" * 5000, lambda: env.number("WORKERS", 2)),
        ("ALLOWED_HOSTS", "http://x", lambda: env.text("ALLOWED_HOSTS", "")),
        ("ALLOWED_HOSTS", "a.example,b example", lambda: env.text("ALLOWED_HOSTS", "")),
        ("ALLOWED_HOSTS", "x/y", lambda: env.text("ALLOWED_HOSTS", "")),
        ("ALLOWED_HOSTS", "x:8000", lambda: env.text("ALLOWED_HOSTS", "")),
        ("ALLOWED_HOSTS", "under_score", lambda: env.text("ALLOWED_HOSTS", "")),
        ("ALLOWED_HOSTS", ",", lambda: env.text("ALLOWED_HOSTS", "")),
        ("MAIL_FROM", "nonsense", lambda: env.text("MAIL_FROM", "")),
        ("MAIL_FROM", "a@b c@d", lambda: env.text("MAIL_FROM", "")),
        ("MEDIA_ROOT", "/dev/null", lambda: env.text("MEDIA_ROOT", "")),
        ("MEDIA_ROOT", "/dev/null/pictures", lambda: env.text("MEDIA_ROOT", "")),
        ("SITE_URL", "guides.example.org", lambda: env.site_url(8000)),
        ("SITE_URL", "https://guides.example.org/guides", lambda: env.site_url(8000)),
        ("SITE_URL", "ftp://guides.example.org", lambda: env.site_url(8000)),
        ("SITE_URL", "http://[broken", lambda: env.site_url(8000)),
        ("SITE_URL", "http://local host", lambda: env.site_url(8000)),
        ("SITE_URL", "http://under_score.localhost", lambda: env.site_url(8000)),
        ("SITE_URL", "http://:secret@localhost", lambda: env.site_url(8000)),
        ("SITE_URL", "http://localhost:", lambda: env.site_url(8000)),
        ("SITE_URL", "http://localhost:70000", lambda: env.site_url(8000)),
        ("DATABASE_URL", "mysql://somewhere/site", lambda: env.database("")),
        ("DATABASE_URL", "nonsense", lambda: env.database("")),
        ("DATABASE_URL", "sqlite://", lambda: env.database("")),
        ("DATABASE_URL", "sqlite:///", lambda: env.database("")),
        ("DATABASE_URL", "sqlite://:memory:", lambda: env.database("")),
        ("DATABASE_URL", "sqlite://folder/site.sqlite3", lambda: env.database("")),
        ("DATABASE_URL", "sqlite:////no/such/folder/site.sqlite3", lambda: env.database("")),
        ("DATABASE_URL", "sqlite:////dev", lambda: env.database("")),
        ("DATABASE_URL", f"sqlite:////{'x' * 300}/site.sqlite3", lambda: env.database("")),
        ("TIME_ZONE", "Asia/Nowhere", lambda: env.time_zone("UTC")),
        ("VAR", "/dev/null/var", lambda: env.folder("VAR", "")),
        ("LANGUAGES", "en,klingon", languages.languages),
        ("LANGUAGES", "en,xx", languages.languages),
        ("LANGUAGES", "hi,ur", languages.languages),
        ("CATALOGUES", "/no/such/folder", lambda: languages.catalogues("")),
        ("EMAIL_URL", "nonsense", env.mail),
        ("EMAIL_URL", "smtp://", env.mail),
        ("EMAIL_URL", "smtp://mail example.org", env.mail),
        ("EMAIL_URL", "smtp+tls://me:half/secret@mail.example.org:587", env.mail),
        ("EMAIL_URL", "filemail://", env.mail),
    ],
)
def test_nonsense_is_refused_and_the_variable_named(name, value, read, monkeypatch):
    monkeypatch.setenv(name, value)
    with pytest.raises(ImproperlyConfigured, match=name):
        read()


def test_without_any_variable_it_runs_on_this_machine(monkeypatch, tmp_path):
    for name in ("SITE_URL", "DATABASE_URL", "DEBUG", "SECRET_KEY"):
        monkeypatch.delenv(name, raising=False)
    assert env.site_url(8000) == "http://127.0.0.1:8000"
    assert env.truth("DEBUG", False) is False
    monkeypatch.delenv("VAR", raising=False)
    var = env.folder("VAR", tmp_path / "var")
    key = env.secret_key(var, "http://127.0.0.1:8000")
    assert len(key) > 50 and env.secret_key(var, "http://127.0.0.1:8000") == key
    assert stat.S_IMODE((var / "secret-key").stat().st_mode) == 0o600
    assert stat.S_IMODE(var.stat().st_mode) == 0o700


@pytest.mark.parametrize("url", ["https://guides.example.org", "http://192.168.1.20:8000"])
def test_a_public_address_refuses_the_generated_key(url, monkeypatch, tmp_path):
    monkeypatch.delenv("SECRET_KEY", raising=False)
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY"):
        env.secret_key(tmp_path, url)
    monkeypatch.setenv("SECRET_KEY", "short")
    with pytest.raises(ImproperlyConfigured, match="too easy"):
        env.secret_key(tmp_path, url)
    monkeypatch.setenv("SECRET_KEY", "k" * 50)
    with pytest.raises(ImproperlyConfigured, match="too easy"):
        env.secret_key(tmp_path, url)
    monkeypatch.setenv("SECRET_KEY", KEY)
    assert env.secret_key(tmp_path, url) == KEY


def test_a_public_address_needs_https():
    with pytest.raises(ImproperlyConfigured, match="https"):
        env.refuse_public_without_https("http://guides.example.org")
    for url in ("https://guides.example.org", "http://localhost:8000", "http://127.0.0.1:8000", "http://[::1]:8000"):
        env.refuse_public_without_https(url)


def test_mail_goes_to_the_server_that_is_named(monkeypatch, settings):
    monkeypatch.setenv("EMAIL_URL", "smtp+tls://me:secret@mail.example.org:587")
    for name, value in env.mail().items():
        setattr(settings, name, value)
    server = mail.mailers.default if hasattr(mail, "mailers") else mail.get_connection()
    assert (server.host, server.port, server.username, server.password) == ("mail.example.org", 587, "me", "secret")
    assert server.use_tls and not server.use_ssl


def test_without_a_mail_server_nothing_leaves(monkeypatch):
    monkeypatch.delenv("EMAIL_URL", raising=False)
    assert "dummy" in str(env.mail())


def test_sqlite_waits_for_its_turn_and_keeps_what_it_promised(monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    options = env.database("sqlite:////tmp/somewhere.sqlite3")["OPTIONS"]
    assert options["transaction_mode"] == "IMMEDIATE" and options["timeout"] == 20
    assert "journal_mode=WAL" in options["init_command"] and "synchronous=FULL" in options["init_command"]


def test_postgresql_keeps_plans_unless_the_address_says_otherwise(monkeypatch):
    for end, most in (("", 5), ("?prepare_threshold=1000000000", 1_000_000_000)):
        monkeypatch.setenv("DATABASE_URL", f"postgres://me:secret@host/name{end}")
        assert env.database("")["OPTIONS"]["prepare_threshold"] == most


def test_a_password_in_the_address_never_stands_in_the_message(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "mysql://me:secret-word@host/name")
    with pytest.raises(ImproperlyConfigured) as refusal:
        env.database("")
    assert "secret-word" not in str(refusal.value)


@pytest.mark.parametrize(
    ("name", "given", "read"),
    [
        ("ALLOWED_HOSTS", "a.example, .b.example,[::1],*", "a.example,.b.example,[::1],*"),
        ("ALLOWED_HOSTS", "::1", "[::1]"),
        ("MAIL_FROM", "The Clinic <guides@example.org>", "The Clinic <guides@example.org>"),
        ("MAIL_FROM", '"Clinic, The" <guides@example.org>', '"Clinic, The" <guides@example.org>'),
    ],
)
def test_what_makes_sense_is_taken(name, given, read, monkeypatch):
    monkeypatch.setenv(name, given)
    assert env.text(name, "") == read


def test_the_address_of_the_site_is_taken_without_its_slash_and_in_small_letters(monkeypatch):
    for given, taken in (("HTTPS://Guides.Example.ORG/", "https://guides.example.org"), ("http://[::1]:80", None)):
        monkeypatch.setenv("SITE_URL", given)
        assert env.site_url(8000) == (taken or given)


def test_a_folder_with_a_strange_name_still_holds_the_database(monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    assert env.database("sqlite:////tmp/a+b%20?#.sqlite3")["NAME"] == "/tmp/a+b%20?#.sqlite3"


def test_a_key_cut_short_is_told(monkeypatch, tmp_path):
    monkeypatch.delenv("SECRET_KEY", raising=False)
    (tmp_path / "secret-key").write_text("")
    with pytest.raises(ImproperlyConfigured, match="Delete it"):
        env.secret_key(tmp_path, "http://localhost")


def run(*command, folder, **variables):
    """What a start in that folder says: its exit code and both outputs together, ended after a minute."""
    keep = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")}
    options = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True, "cwd": site.BASE_DIR}
    with subprocess.Popen(
        command, env=keep | {"VAR": str(folder)} | variables, start_new_session=True, **options
    ) as started:
        try:
            said, _ = started.communicate(timeout=60)
        finally:
            if started.poll() is None:
                os.killpg(started.pid, signal.SIGKILL)
    return started.returncode, said


BEFORE = (sys.executable, "-m", "carsite.server")
MAKE = ("make", "--old-file=.venv/site", f"BIN={os.path.dirname(sys.executable)}")  # with what is installed here
GUNICORN = (sys.executable, "-m", "gunicorn", "--config", "carsite/server.py", "carsite.wsgi")


@pytest.mark.parametrize(
    ("name", "value", "advice"),
    [
        ("BIND", "foo.invalid", "BIND=127.0.0.1"),
        ("BIND", "203.0.113.9", "BIND=127.0.0.1"),
        ("BIND", "127.0.0.1:9000", "BIND=127.0.0.1"),
        ("WORKERS", "zero", "WORKERS=2"),
        ("ALLOWED_HOSTS", "other.example", "Add it"),
        ("DATABASE_URL", "postgres://me:secret-word@127.0.0.1:1/none", "Correct DATABASE_URL"),
        ("DATABASE_URL", "sqlite:///{folder}/notes.txt", "Correct DATABASE_URL"),
    ],
)
@pytest.mark.slow
def test_before_anything_is_changed_one_sentence_says_what_to_write(name, value, advice, tmp_path):
    (tmp_path / "notes.txt").write_text("No database. " * 99)
    variables = {name: value.format(folder=tmp_path), "PORT": str(free_port())}
    code, said = run(*BEFORE, folder=tmp_path, **variables)
    assert code == 1 and name in said and advice in said
    assert len(said.splitlines()) == 1 and "secret-word" not in said


def test_a_taken_port_is_told_and_nothing_is_changed(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        code, said = run(*MAKE, "run", f"PORT={port}", folder=tmp_path)
    assert code and f"port {port}" in said and f"PORT={port + 1 if port < 65535 else port - 1}" in said
    assert "The site is on" not in said and "Traceback" not in said
    assert not (tmp_path / "site.sqlite3").exists()


def test_the_server_itself_refuses_with_one_sentence(tmp_path):
    assert run(*GUNICORN, folder=tmp_path, WORKERS="zero") == (
        1,
        "WORKERS is “zero”. Write a whole number from 1 to 100, for example WORKERS=2.\n",
    )


def test_a_clinic_adds_a_language_and_its_catalogue_without_code(monkeypatch, tmp_path):
    monkeypatch.setenv("LANGUAGES", "hi, en,fr,fa,PT-BR")
    told = [("en", "English"), ("hi", "हिन्दी"), ("fr", "Français"), ("fa", "فارسی"), ("pt-br", "Português (Brasil)")]
    assert languages.languages() == told
    assert languages.from_right_to_left(dict(told)) == ["fa"]
    (tmp_path / "pt_BR" / "LC_MESSAGES").mkdir(parents=True)
    own = site.BASE_DIR / "carsite" / "locale"
    part = (own / "hi" / "LC_MESSAGES" / "django.mo").read_bytes()  # all of it but what it will not say
    (tmp_path / "pt_BR" / "LC_MESSAGES" / "django.mo").write_bytes(part.replace(b"\x00Search\x00", b"\x00Sherry\x00"))
    monkeypatch.setenv("CATALOGUES", str(tmp_path))
    folders = languages.catalogues(own)
    assert folders == [str(tmp_path), str(own)]
    assert languages.spoken(dict(told), folders) == ["en", "hi", "pt-br"]
    (said,) = languages.unsaid(["en", "hi", "pt-br"], folders)
    assert "“pt-br” lacks 1 of" in said and "“Search”" in said
