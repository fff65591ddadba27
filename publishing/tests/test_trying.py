"""Links to others are tried at night: only where the operator wants it, never within, and one bad night is none."""

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.core.management import call_command
from django.utils import timezone

from conftest import hand
from publishing.models import Tried, findings_of
from publishing.record import Inside, fault_of, public_address


class Site(BaseHTTPRequestHandler):
    asked = []

    def do_HEAD(self):
        self.asked.append(self.path)
        self.send_response(int(self.path[1:] or 200))
        self.send_header("Location", "http://127.0.0.1/admin/")
        self.end_headers()

    def log_message(self, *told):
        pass


@pytest.fixture
def port():
    server = HTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    Site.asked.clear()
    yield server.server_port
    server.shutdown()
    server.server_close()


def here(_host, _port):
    return "127.0.0.1"


@pytest.mark.parametrize(
    ("path", "fault"), [("/", ""), ("/404", "not found"), ("/410", "gone"), ("/403", ""), ("/302", ""), ("/500", "")]
)
def test_only_what_is_surely_gone_is_a_fault_and_no_redirect_is_followed(path, fault, port):
    assert fault_of(f"http://example.org:{port}{path}", here) == fault
    assert Site.asked == [path]


@pytest.mark.parametrize(
    "host", ["localhost", "127.0.0.1", "10.0.0.1", "192.168.1.1", "169.254.169.254", "::1", "0.0.0.0", "100.64.0.1"]
)
def test_nothing_within_the_house_is_ever_asked(host, port):
    with pytest.raises(Inside):
        public_address(host, port)
    address = f"[{host}]" if ":" in host else host
    assert fault_of(f"http://{address}:{port}/") == "not a public address" and Site.asked == []


def test_what_does_not_answer_is_told():
    assert fault_of("http://example.org:1/", here) == "no answer"
    assert fault_of("http://exa mple/", here) == "no answer"


def test_by_itself_nothing_is_tried(make_article, capsys):
    make_article(body="[Tea](http://127.0.0.1:9/tea)").publish(by=hand("Meena"), note="First")
    call_command("try_links")
    assert "TRIES_LINKS is off" in capsys.readouterr().out and not Tried.objects.exists()


def test_a_link_is_dead_when_it_was_so_on_two_nights(make_article, settings, capsys):
    settings.TRIES_LINKS = True
    article = make_article(body="[Tea](http://127.0.0.1:9/tea#leaf) [ours](/) [mail](mailto:a@example.org)")
    article.publish(by=hand("Meena"), note="First")
    dead = [one for one in findings_of(article, timezone.now()) if one.check.id == "foreign link"]
    for _night in range(2):
        assert dead == []
        call_command("try_links")
        dead = [one for one in findings_of(article, timezone.now()) if one.check.id == "foreign link"]
    assert "1 of 1 links were tried; 1 lead nowhere." in capsys.readouterr().out
    assert [one.sentence for one in dead] == ["The link “http://127.0.0.1:9/tea” leads nowhere (not a public address)."]
    article.withdraw(by=hand("Meena"), note="Old", reason="out of date")
    call_command("try_links")
    assert not Tried.objects.exists()
