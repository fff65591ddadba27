"""Log lines that cannot be forged, and that hold no secret: no query, no reader's address, no key to set a password.

`LOGS=json` makes each a line of JSON, for who collects them.
"""

import datetime
import json
import logging
import re

# Its address is the key to an account, once.
KEYS = re.compile(r"(/admin/invitation/)[^\s\"']+")
# What stands behind the ? of an address, wherever a message quotes one
QUERY = re.compile(r"(?<![^\s\"'])([^\s\"'?]+)\?[^\s\"']*")
LONGEST = 500


def without_keys(text: str) -> str:
    return QUERY.sub(lambda found: found[1] if "/" in found[1] else found[0], KEYS.sub(r"\1…", text))


class Refused(logging.Filter):
    """What was refused to somebody, or is not there, is no fault of the site: told in a line, without the way to it."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.levelno < logging.ERROR:
            record.exc_info = record.exc_text = None
        return True


class OneLine(logging.Formatter):
    """Control characters in what a stranger sent are escaped."""

    def formatMessage(self, record: logging.LogRecord) -> str:
        line = without_keys(super().formatMessage(record))
        return re.sub(r"[\x00-\x1f\x7f]", lambda found: f"\\x{ord(found[0]):02x}", line)


class AsJson(logging.Formatter):
    """One object a line: at, level, from, said, and the way an error came."""

    def format(self, record: logging.LogRecord) -> str:
        told = {"at": moment(record.created), "level": record.levelname.lower(), "from": record.name}
        told["said"] = without_keys(record.getMessage())
        if record.exc_info:
            told["way"] = self.formatException(record.exc_info)
        return json.dumps(told, ensure_ascii=False)


def formatter(kind: str) -> logging.Formatter:
    """As LOGS says: "line" or "json"."""
    return AsJson() if kind == "json" else OneLine("{asctime} {levelname} {name} {message}", style="{")


def moment(seconds: float) -> str:
    return datetime.datetime.fromtimestamp(seconds, datetime.UTC).isoformat(timespec="milliseconds")


def served(at: float, method: str, path: str, code: int, size: int | None, seconds: float, *, is_json: bool) -> str:
    """One request that was answered, as the server tells it."""
    path = without_keys(path)[:LONGEST]
    if is_json:
        told = {"at": moment(at), "level": "info", "from": "served", "method": method, "path": path}
        return json.dumps(told | {"code": code, "bytes": size, "ms": round(seconds * 1000, 1)}, ensure_ascii=False)
    line = f"{moment(at)} {method} {path} {code} {size or 0} bytes {seconds * 1000:.1f} ms"
    return re.sub(r"[\x00-\x1f\x7f]", lambda found: f"\\x{ord(found[0]):02x}", line)
