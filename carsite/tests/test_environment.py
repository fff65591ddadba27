"""Nonsense in a variable is a sentence, not a guess."""

import stat

import pytest
from django.core import mail
from django.core.exceptions import ImproperlyConfigured

from carsite import environment as env

KEY = "k" * 50


@pytest.mark.parametrize(
    ("name", "value", "read"),
    [
        ("DEBUG", "maybe", lambda: env.truth("DEBUG", False)),
        ("PORT", "eighty", lambda: env.number("PORT", 8000)),
        ("PORT", "-1", lambda: env.number("PORT", 8000)),
        ("SITE_URL", "guides.example.org", lambda: env.site_url(8000)),
        ("SITE_URL", "https://guides.example.org/guides", lambda: env.site_url(8000)),
        ("SITE_URL", "ftp://guides.example.org", lambda: env.site_url(8000)),
        ("SITE_URL", "http://[broken", lambda: env.site_url(8000)),
        ("DATABASE_URL", "mysql://somewhere/site", lambda: env.database("")),
        ("DATABASE_URL", "nonsense", lambda: env.database("")),
        ("TIME_ZONE", "Asia/Nowhere", lambda: env.time_zone("UTC")),
        ("VAR", "/dev/null/var", lambda: env.folder("VAR", "")),
        ("EMAIL_URL", "nonsense", env.mail),
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
    with pytest.raises(ImproperlyConfigured, match="too short"):
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


def test_a_password_in_the_address_never_stands_in_the_message(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "mysql://me:secret-word@host/name")
    with pytest.raises(ImproperlyConfigured) as refusal:
        env.database("")
    assert "secret-word" not in str(refusal.value)
