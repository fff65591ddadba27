"""Log lines that cannot be forged."""

import logging
import re


class OneLine(logging.Formatter):
    """Control characters in what a stranger sent are escaped."""

    def formatMessage(self, record: logging.LogRecord) -> str:
        return re.sub(r"[\x00-\x1f\x7f]", lambda found: f"\\x{ord(found[0]):02x}", super().formatMessage(record))
