"""What the logs hold: one line each, and no secret."""

import json
import logging
import sys

import pytest
from gunicorn import config

from carsite.serving import logs

FORGED = 'GET /a?q=my+illness\n2026 ERROR all is lost "/admin/invitation/MQ/abc-123/"'


def record(said, exc_info=None):
    return logging.LogRecord("django.request", logging.WARNING, "", 1, said, None, exc_info)


def test_a_line_is_one_line_without_query_or_key():
    for made in (
        logs.OneLine("{name} {message}", style="{").format(record(FORGED)),
        logs.AsJson().format(record(FORGED)),
    ):
        assert "\n" not in made and "illness" not in made and "abc-123" not in made and "all is lost" in made


def test_json_is_json_with_the_way_an_error_came():
    try:
        raise ValueError("Broken")
    except ValueError:
        told = json.loads(logs.AsJson().format(record("It broke", sys.exc_info())))
    assert told["level"] == "warning" and told["from"] == "django.request" and "ValueError: Broken" in told["way"]
    assert told["at"].endswith("+00:00")


def test_what_was_served_is_told_without_who_asked():
    path = "/admin/invitation/MQ/secret-key/"
    line = logs.served(0, "GET", path, 200, 12, 0.0123, is_json=False)
    assert line == "1970-01-01T00:00:00.000+00:00 GET /admin/invitation/… 200 12 bytes 12.3 ms"
    told = json.loads(logs.served(0, "GET", '/a"b\\\n', 404, None, 1, is_json=True))
    assert (told["path"], told["code"], told["ms"]) == ('/a"b\\\n', 404, 1000)


@pytest.mark.parametrize("kind", ["line", "json"])
def test_the_server_tells_of_no_reader_what_was_no_request(kind, capsys, monkeypatch):
    from carsite import server

    monkeypatch.setattr(server.settings, "LOGS", kind)
    log = server.ServerLog(config.Config())
    log.warning("Invalid request from ip={ip}: {error}".format(ip="203.0.113.7", error="'GET /search/?q=illness'"))
    log.error("Error handling request %s %s", "GET", "/search/?q=illness")
    told = capsys.readouterr().err
    assert "no request" in told and "/search/" in told and "203.0.113.7" not in told and "illness" not in told
    assert kind == "line" or all(json.loads(line)["from"] == "gunicorn.error" for line in told.splitlines())


def test_what_is_refused_to_staff_is_one_line_without_the_way_to_it(asha, client, caplog):
    client.force_login(asha)
    answer = client.post("/admin/articles/topic/add/", {"title": "Kidneys"})
    assert answer.status_code == 403
    (told,) = [one for one in caplog.records if one.name == "django.request"]
    assert "Forbidden" in told.getMessage() and told.exc_info is None and "Traceback" not in caplog.text
