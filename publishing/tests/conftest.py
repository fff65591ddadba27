"""Texts for the tests of this room, and a page in a browser that holds nothing but the editor."""

import json
import re
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote_plus

import pytest
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.utils.html import escape
from PIL import Image

from publishing.staff.form.editor import MarkdownEditor
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


@pytest.fixture
def sign_in(client):
    def sign_in(*permissions, **about):
        user = get_user_model().objects.create_user("asha", first_name="Asha", **{"is_staff": True} | about)
        for permission in permissions:
            app, codename = permission.split(".")
            user.user_permissions.add(Permission.objects.get(content_type__app_label=app, codename=codename))
        client.force_login(user)
        return client

    return sign_in


def png(colour="teal", size=(40, 20)):
    buffer = BytesIO()
    Image.new("RGB", size, colour).save(buffer, "PNG")
    return buffer.getvalue()


def is_refusal(response, status):
    assert response.status_code == status
    assert response["Content-Type"] == "application/json"
    assert response["Cache-Control"] == "no-store" and response["X-Content-Type-Options"] == "nosniff"
    assert list(response.json()) == ["error"]
    return response.json()["error"].endswith(".")


class Site:
    """Answers the page's requests with (status, type, body), or is "late", or the answer is "lost" on the way."""

    def __init__(self, page):
        self.page, self.html, self.asked, self.problems = page, "", [], []
        self.way, self.languages = {}, []
        self.preview = lambda text: (200, "text/html", f"<p>{text}</p>")
        told = {"markdown": "| a |\n| --- |\n| b |", "doubts": ["“c” is struck out."], "is_block": True}
        self.paste = (200, "application/json", json.dumps(told))
        self.picture = (200, "application/json", json.dumps({"image_code": CODE}))
        guides = [{"title": "Heart [care]", "address": "/articles/heart/", "language": ""}]
        guides.append({"title": "دل", "address": "/ur/articles/dil/", "language": "اردو"})
        self.guides = (200, "application/json", json.dumps({"guides": guides}))
        shelf = [{"address": ADDRESS, "words": "A leaf", "code": f"![A leaf]({ADDRESS})"}]
        shelf.append({"address": ADDRESS, "words": "leaf.png", "code": CODE})
        self.pictures, self.sought = (200, "application/json", json.dumps({"pictures": shelf})), []
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
            self.languages.append(field(route.request, "language"))
            answer = self.preview(text)
        elif path == "/admin/editor/paste/":
            answer = self.paste
        elif path == "/admin/editor/picture/":
            answer = self.picture
        elif path.startswith(("/admin/editor/guides/", "/admin/editor/pictures/")):
            self.sought.append(unquote_plus(path))
            answer = self.guides if "guides" in path else self.pictures
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
        headers = {"Content-Security-Policy": POLICY} | self.way
        return route.fulfill(status=status, content_type=kind, body=body, headers=headers)

    def open(self, text="", more="", editor=MarkdownEditor):
        box = editor().render("body", text, {"id": "id_body"})
        media = MarkdownEditor().media
        sheets = ["/static/admin/css/base.css", "/static/staff/desk.css"]
        sheets += [path if path.startswith("/") else f"/static/{path}" for path in media._css["all"]]
        links = "".join(f'<link rel=stylesheet href="{sheet}">' for sheet in sheets)
        self.html = f"""<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content="width=device-width"><title>x</title>
            {links}{"".join(f'<script src="/static/{path}"></script>' for path in media._js)}
            <body class=desk><form class=colM><input type=hidden name=csrfmiddlewaretoken value=t><input id=first>
            <fieldset class="module aligned"><div class="form-row field-body"><div><div class=flex-container>
            <label for=id_body>Text</label>{box}</div></div></div></fieldset>
            <select name=language><option value=en><option value=ur></select><input id=last><input type=file id=other></form>{more}"""
        self.page.goto(SITE + "/")
        return self.page


def field(request, name):
    """One field of a multipart form."""
    return request.post_data.split(f'name="{name}"\r\n\r\n', 1)[1].split("\r\n--", 1)[0].replace("\r\n", "\n")


def add_picture(page):
    if page.get_by_role("button", name="Picture", exact=True).get_attribute("aria-expanded") == "false":
        page.get_by_role("button", name="Picture", exact=True).click()
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
