"""What is refused before anything else is looked at is guarded as every other answer."""

import http.client
import time
from contextlib import closing, suppress
from urllib.parse import urlsplit

import pytest

from carsite.tests.conftest import House

ALL = {
    "Content-Security-Policy",
    "X-Frame-Options",
    "X-Content-Type-Options",
    "Referrer-Policy",
    "Cross-Origin-Opener-Policy",
    "Permissions-Policy",
}
PATHS = ["/", "/articles/", "/search/?q=a", "/admin/", "/admin/login/", "/media/x.png", "/nowhere", "/health/", "/%00"]


def missing(answer):
    return ALL - set(answer.headers)


@pytest.mark.parametrize("path", PATHS)
def test_a_foreign_host_is_refused_under_guard(client, db, path):
    for host in ("evil.example", "a b", "testserver:x", ""):
        for method in ("get", "head", "post"):
            answer = getattr(client, method)(path, HTTP_HOST=host)
            assert missing(answer) == set(), (host, method)
    assert client.get("/", HTTP_HOST="evil.example").status_code == 400


@pytest.mark.parametrize("path", PATHS)
def test_a_bad_method_is_refused_under_guard(client, db, path):
    for method in ("POST", "PUT", "DELETE", "TRACE", "OPTIONS", "PROPFIND", "X" * 200):
        answer = client.generic(method, path)
        assert answer.status_code < 500 and missing(answer) == set(), method
    assert client.delete("/articles/").status_code == 405


def test_a_bad_request_is_refused_under_guard(client, db):
    for path in ("/admin/articles/article/?q=%00", "/articles/%00/", "/%c0%af/", "/admin/%ff/"):
        assert missing(client.get(path)) == set(), path
    many = "&".join(f"a{number}=1" for number in range(2000))
    answer = client.generic("POST", "/review/", many, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 400 and missing(answer) == set()


def test_the_way_to_https_is_guarded(client, settings):
    settings.SECURE_SSL_REDIRECT = True
    for path in ("/articles/", "/health/", "/Articles/"):
        answer = client.get(path)
        assert answer.status_code == 301 and missing(answer) == set()


@pytest.mark.slow
@pytest.mark.parametrize(("is_behind", "code"), [("false", 301), ("true", 200)])
def test_a_forwarded_scheme_counts_only_behind_a_proxy(tmp_path, is_behind, code):
    house = House(tmp_path, "")
    house.environment |= {"SITE_URL": "https://guides.example.org", "BEHIND_PROXY": is_behind, "DATABASE_URL": ""}
    house.environment["SECRET_KEY"] = "a-key-of-more-than-fifty-letters-and-figures-0123456789"
    server = urlsplit(house.serve()).netloc
    asked = {"Host": "guides.example.org", "X-Forwarded-Proto": "https", "X-Forwarded-Ssl": "on"}
    try:
        for _attempt in range(600):
            with suppress(OSError), closing(http.client.HTTPConnection(server)) as connection:
                connection.request("GET", "/robots.txt", headers=asked | {"X-Forwarded-Protocol": "ssl"})
                found = connection.getresponse().status
                break
            time.sleep(0.1)
        assert found == code
    finally:
        house.stop()
