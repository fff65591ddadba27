"""How far a long command is, on the screen of whoever waits for it; nothing where nobody looks."""

import time

WIDTH = 24
PAUSE = 0.1  # seconds between two drawings


class Bar:
    """One line that is drawn again and again. Steps are rows and files."""

    def __init__(self, screen, total=0):
        self.screen, self.total, self.done = screen, total, 0
        self.is_shown, self.drawn_at, self.longest = bool(screen and screen.isatty()), 0.0, 0

    def add(self, steps=1, of=""):
        self.done += steps
        if self.is_shown and time.monotonic() - self.drawn_at > PAUSE:
            self.drawn_at = time.monotonic()
            part = min(1, self.done / self.total) if self.total else 0
            filled = "#" * round(part * WIDTH)
            self._draw(f"[{filled:{WIDTH}}] {part:4.0%} {of}"[:79])

    def end(self):
        if self.is_shown and self.longest:
            self._draw("")

    def _draw(self, line):
        self.longest = max(self.longest, len(line))
        self.screen.write(f"\r{line:{self.longest}}\r")
        self.screen.flush()
