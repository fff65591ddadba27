"""Texts for the tests of this room, and a page in a browser that holds nothing but the editor."""

import json
import re
from io import BytesIO
from pathlib import Path

import pytest
from django.contrib import admin
from django.utils.html import escape

from publishing.staff.editor import MarkdownEditor
from publishing.text import LONGEST, keep

PNG = "a" * 64 + ".png"


GUIDE = """An opening line.

# What is CAR T-cell therapy?

It costs **₹600** — “a lot” for *some*.[^cost]

# How it works

1. Extraction: T-cells are collected. (at: hospital, drop)
2. **Modification**: They are engineered. (at: laboratory)
3. **Expansion:** They are multiplied.

   This takes days. (at: Laboratory, cells)
4. Rest: You wait.

# Side effects (Risks)

- Fever: Call us at 10:30.
- **Confusion**: See [the list](/articles/confusion/).

# The future

### Research

Text.

[^cost]: In 2025.
"""


def kept(text):
    return re.findall('<span class="keep">(.*?)</span>', keep(escape(text)))


def filled(unit: str, before: str = "") -> str:
    return before + unit * ((LONGEST - len(before.encode())) // len(unit.encode()))


STATIC = Path(__file__).parents[2] / "carsite" / "static"


ADMIN_STATIC = Path(admin.__file__).parent / "static"


SITE = "http://clinic.test"


POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'"


ADDRESS = f"/media/{'a' * 64}.png"


CODE = f"![DESCRIBE THIS PICTURE]({ADDRESS})"


PICTURE = BytesIO()


class Site:
    """Answers the page's requests with (status, type, body), or is "late", or the answer is "lost" on the way."""

    def __init__(self, page):
        self.page, self.html, self.asked, self.problems = page, "", [], []
        self.preview = lambda text: (200, "text/html", f"<p>{text}</p>")
        told = {"markdown": "| a |\n| --- |\n| b |", "doubts": ["“c” is struck out."], "is_block": True}
        self.paste = (200, "application/json", json.dumps(told))
        self.picture = (200, "application/json", json.dumps({"image_code": CODE}))
        page.on("console", lambda message: self.problems.append(message.text) if "Policy" in message.text else None)
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        page.route("**/*", self.answer)

    def answer(self, route):
        path = route.request.url.removeprefix(SITE)
        if path.startswith("/static/"):
            folder = ADMIN_STATIC if path.startswith("/static/admin/") else STATIC
            return route.fulfill(path=folder / path.removeprefix("/static/"))
        if path == "/admin/editor/preview/":
            text = field(route.request, "content")
            self.asked.append(text)
            answer = self.preview(text)
        elif path == "/admin/editor/paste/":
            answer = self.paste
        elif path == "/admin/editor/picture/":
            answer = self.picture
        elif path.partition("?")[0] == "/":
            answer = (200, "text/html", self.html)
        elif path.endswith(".css"):
            answer = (200, "text/css", ".markdownx-preview{ul{list-style:square}p{font-size:18px}}")
        else:
            return route.fulfill(content_type="image/png", body=PICTURE.getvalue())
        if answer == "late":
            return setattr(self, "late", route)
        if answer == "lost":
            return route.abort()
        status, kind, body = answer
        return route.fulfill(status=status, content_type=kind, body=body, headers={"Content-Security-Policy": POLICY})

    def open(self, text="", more=""):
        box = MarkdownEditor().render("body", text, {"id": "id_body"})
        media = MarkdownEditor().media
        sheets = [f"/static/admin/css/{name}.css" for name in ("base", "forms", "responsive")]
        sheets += [path if path.startswith("/") else f"/static/{path}" for path in media._css["all"]]
        links = "".join(f'<link rel=stylesheet href="{sheet}">' for sheet in sheets)
        self.html = f"""<!doctype html><html lang=en><meta name=viewport content="width=device-width"><title>x</title>
            {links}<script src="/static/{media._js[0]}"></script>
            <form class=colM><input type=hidden name=csrfmiddlewaretoken value=t><input id=first>
            <fieldset class="module aligned"><div class="form-row field-body"><div><div class=flex-container>
            <label for=id_body>Text</label>{box}</div></div></div></fieldset>
            <input id=last><input type=file id=other></form>{more}"""
        self.page.goto(SITE + "/")
        return self.page


def field(request, name):
    """One field of a multipart form."""
    return request.post_data.split(f'name="{name}"\r\n\r\n', 1)[1].split("\r\n--", 1)[0].replace("\r\n", "\n")


def add_picture(page):
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Add a picture").click()
    chooser.value.set_files({"name": "leaf.png", "mimeType": "image/png", "buffer": PICTURE.getvalue()})


@pytest.fixture
def site(browser):
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.set_default_timeout(5000)
    site = Site(page)
    yield site
    page.close()
    assert site.problems == []


def text_of(page):
    return page.locator("#id_body").input_value()


def expect_text(locator, words):
    from playwright.sync_api import expect  # not installed where no browser test runs

    expect(locator).to_contain_text(words)
