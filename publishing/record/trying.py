"""Tries an address elsewhere, and nothing else: no way within the house, no redirect followed, no word of it read."""

import http.client
import ipaddress
import socket
import ssl
from urllib.parse import quote, urlsplit

SECONDS = 5
GONE = {404: "not found", 410: "gone"}
SAFE = "/%:@!$&'()*+,;=~?"


class Inside(Exception):
    """The address leads into a network that is not public."""


def public_address(host, port):
    """The first address of a host where all that it has are public. Raises Inside, OSError."""
    found = [told[4][0] for told in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not found or not all(ipaddress.ip_address(one.partition("%")[0]).is_global for one in found):
        raise Inside(host)
    return found[0]


def fault_of(address, look_up=public_address):
    """What is wrong with an address, in a few words; nothing where it answers, or where nobody can tell."""
    try:
        parts = urlsplit(address)
        is_secure = parts.scheme == "https"
        host, port = parts.hostname or "", parts.port or (443 if is_secure else 80)
        # The connection is made to the very address that was looked at: a second look-up could tell another.
        number = look_up(host.encode("idna").decode(), port)
        status = _answer(parts, host, number, port, is_secure)
    except Inside:
        return "not a public address"
    except (OSError, ValueError, http.client.HTTPException) as problem:
        return "no certificate that holds" if isinstance(problem, ssl.SSLError) else "no answer"
    return GONE.get(status, "")


def _answer(parts, host, number, port, is_secure):
    made = http.client.HTTPConnection(host, port, timeout=SECONDS)
    with socket.create_connection((number, port), timeout=SECONDS) as plain:
        context = ssl.create_default_context() if is_secure else None
        made.sock = context.wrap_socket(plain, server_hostname=host) if context else plain
        path = quote(parts.path or "/", safe=SAFE) + (f"?{quote(parts.query, safe=SAFE)}" if parts.query else "")
        made.request("HEAD", path, headers={"User-Agent": "guides (link check)", "Connection": "close"})
        return made.getresponse().status
