"""Log lines that cannot be forged: control characters in what a stranger sent are escaped."""

import logging
import re


class OneLine(logging.Formatter):
    def formatMessage(self, record: logging.LogRecord) -> str:
        return re.sub(r"[\x00-\x1f\x7f]", lambda found: f"\\x{ord(found[0]):02x}", super().formatMessage(record))
