"""Somebody who walks a road of the desk in a browser: what they click and load is counted, what they meet is asked."""

import re

from django.urls import reverse

from carsite.tests.conftest import is_too_wide

PASSWORD = "a-long-pass-phrase"


class Walk:
    """Somebody at the desk. Typing is no click; a box that is ticked, and a choice that is made, is one."""

    def __init__(self, browser, url, *, width=1280, has_script=True):
        self.context = browser.new_context(viewport={"width": width, "height": 800}, java_script_enabled=has_script)
        self.tab, self.url, self.clicks, self.loads = self.context.new_page(), url, 0, 0
        self.tab.set_default_timeout(10_000)
        self.tab.on("dialog", lambda dialog: dialog.accept())

    def log_in(self, name):
        self.tab.goto(self.url + reverse("admin:login"))
        self.tab.on("load", lambda _page: setattr(self, "loads", self.loads + 1))
        self.tab.fill("[name=username]", name)
        self.tab.fill("[name=password]", PASSWORD)
        self.click("Log in")

    def go(self, path):
        """To an address that somebody was sent, or keeps among their bookmarks."""
        self.tab.goto(self.url + path)
        self._arrive()

    def place(self, name, role="button"):
        """The first thing of that name that can be seen; the name may be a pattern."""
        return self.tab.get_by_role(role, name=name).locator("visible=true").first

    def click(self, name, role="button"):
        self.clicks += 1
        self.place(name, role).click()
        self._arrive()

    def follow(self, name):
        self.click(name, "link")

    def row(self, act, title):
        """The button in a row of the desk."""
        self.follow(re.compile(f"^{act} ?: {title}"))

    def choose(self, name, role="checkbox"):
        self.clicks += 1
        self.place(name, role).check()

    def tick_dangers(self):
        for box in self.tab.locator("[name=ticks]").all():
            self.clicks += 1
            box.check()

    def write(self, before, after):
        body = self.tab.locator("textarea[name=body]")
        body.fill(body.input_value().replace(before, after))
        body.blur()

    def hears(self, words):
        """What the page says of the act, on which the focus stands."""
        self.tab.get_by_text(words).locator("visible=true").first.wait_for()
        focus = self.tab.evaluate("document.activeElement === document.body ? '' : document.activeElement.innerText")
        assert words in focus, f"{self.tab.url}: the focus is on “{focus[:200]}” and not on “{words}”"

    def _arrive(self):
        self.tab.wait_for_load_state("load")
        assert not is_too_wide(self.tab), f"{self.tab.url} is too wide"
