"""What patients' pages look like in a real browser, and what they weigh."""

import base64
import gzip
import hashlib
import re
from collections import Counter
from urllib.parse import unquote

import pytest
from django.conf import settings
from django.utils import timezone
from tinyhtml5.parser import HTMLParser

from articles.models import Page, Term
from carsite.reader.style import guide_style, minify, patient_text_style, policy_hashes, style
from carsite.tests.conftest import found_by_axe, is_too_wide
from conftest import changed, hand
from publishing.models import Line
from publishing.record import code_at, code_of_copy

TEXT = """Words before the first heading.

## Who you will meet

| Week | Visits | Whom you will meet on the ward |
| --- | ---: | --- |
| 1 | 2 | A nurse and a doctor[^1] |

> [!IMPORTANT]
> Bring your papers.

> I asked, and then I was less afraid.

## Three steps

1. Come: To the front desk. (at: home)
2. Wait: Somebody calls you.
3. Tests: They look at the blood. (at: laboratory)

[^1]: As the ward told us.
"""


@pytest.fixture
def addresses(guide, make_article, make_entry):
    """One address of every kind of public page, by its kind."""
    urdu = make_article("سی اے آر ٹی سیل تھراپی", language="ur", body=TEXT, slug="urdu", brief="کہاں: ہسپتال میں")
    plain = make_article("All forms of text", body=TEXT, slug="forms")
    harmful, old = make_article("Harmful", slug="harmful"), make_article("Old", slug="old")
    general = make_entry(slug="general", answer="## At once\n\nA little.\n\n### Later\n\n- Rest.\n- Drink.")
    second = make_entry("May I bring a friend?", slug="friend", answer="One person may come. " * 20)
    word, urdu_word = (
        Term(title="blood", meaning="What your heart moves."),
        Term(title="تھراپی", meaning="علاج", language="ur"),
    )
    privacy = Page(title="Privacy", body="## No cookie\n\nWe take no blood for it.")
    for text in (word, urdu_word, privacy):
        text.keep(by=hand("Asha"), at=timezone.now())
    for text in (urdu, plain, harmful, old, general, second, word, urdu_word, privacy):
        text.publish(by=hand("Meena"), note="First.")
    harmful.withdraw(by=hand("Meena"), note="Dose.", reason="unsafe", text="The dose was wrong.")
    old.withdraw(by=hand("Meena"), note="Replaced.", reason="replaced", replaced_by=guide)
    return {
        "home": "/",
        "guide": guide.get_absolute_url(),
        "history": f"{guide.get_absolute_url()}history/",
        "forms": "/articles/forms/",
        "right to left": "/ur/articles/urdu/",
        "all guides": "/articles/",
        "topic": guide.topic.get_absolute_url() if guide.topic else "/articles/",
        "harmful": "/articles/harmful/",
        "replaced": "/articles/old/",
        "page": "/privacy/",
        "word": "/words/blood/",
        "words": "/words/",
        "questions": "/faq/",
        "question": "/faq/general/",
        "results": "/search/?q=blood",
        "no results": "/search/?q=lukemia",
        "search": "/search/",
        "not found": "/articles/blood-test/",
        **sheets(plain),
    }


def sheets(guide):
    """What the code on a sheet leads to, of a guide that has changed since, and of no guide."""
    code, copy = code_at(guide.live(timezone.now()), timezone.now()), code_of_copy(Line.objects.head())
    changed(guide, lead="Take 2 drops.")
    asked = f"/thanks/?e={guide.live(timezone.now()).pk}"
    told = {"sheet": f"/h/{code}/", "no sheet": "/h/1-1-BBBB/", "copy": f"/h/{copy}/"}
    return told | {"why": asked, "thanks": "/thanks/"}


@pytest.fixture
def site(press, live_server, addresses):
    return {kind: live_server.url + address for kind, address in addresses.items()}


def test_every_public_page_is_html_without_a_fault_of_its_tree_and_names_each_place_once(addresses, client):
    for kind, address in addresses.items():
        text = client.get(address).text
        parser = HTMLParser()
        parser.parse(text)
        assert [code for _at, code, _told in parser.errors] == [], kind
        ids = re.findall(r'<[^<>]* id="([^"]*)"', text)
        assert len(ids) == len(set(ids)), kind
        assert all(row.count("<dt") == 1 for row in re.findall(r"<div><dt.*?</div>", text, re.S)), kind
        led = re.findall(r' (?:(?:aria-labelledby|aria-describedby|for)="|href="#)([^"]+)"', text)
        assert {unquote(one) for one in " ".join(led).split()} <= {*ids}, kind


@pytest.mark.browser
def test_axe_finds_nothing_on_any_page_on_phone_and_desk_by_day_and_in_the_dark(site, tab):
    found = []
    for kind, address in site.items():
        tab.goto(address)
        found += found_by_axe(tab, kind)
    assert not found, "\n".join(found)


def test_the_dark_changes_nothing_but_colours():
    css = re.sub(r"/\*.*?\*/", "", settings.BASE_DIR.joinpath("carsite/static/bedside.css").read_text(), flags=re.S)
    inside = re.findall(r"@media \(prefers-color-scheme:dark\)\{((?:[^{}]+\{[^{}]*\})+)\s*\}", css)
    names = {name for part in inside for name in re.findall(r"[{;]\s*([\w-]+):", part)}
    assert len(inside) == css.count("prefers-color-scheme") > 1
    assert "color" in names and {name for name in names if not re.search("^--|color$", name)} == set()


@pytest.mark.browser
def test_no_page_scrolls_sideways_on_a_small_phone_or_with_large_text(site, tab):
    found = []
    for kind, address in site.items():
        tab.goto(address)
        tab.set_viewport_size({"width": 320, "height": 800})
        found += [f"{kind} at 320 px"] * is_too_wide(tab)
        tab.set_viewport_size({"width": 390, "height": 800})
        tab.evaluate("document.documentElement.style.fontSize = '200%'")
        found += [f"{kind} at 200 % text"] * is_too_wide(tab)
    assert not found


LEFT = """text => {
    const walker = document.createTreeWalker(document.querySelector("article"), NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) {
        const start = walker.currentNode.data.indexOf(text), range = document.createRange()
        if (start < 0) continue
        range.setStart(walker.currentNode, start)
        range.setEnd(walker.currentNode, start + text.length)
        return range.getBoundingClientRect().left
    }
}"""


@pytest.mark.browser
def test_doses_and_telephone_numbers_read_from_left_to_right_in_urdu(press, make_article, tab, live_server):
    told = make_article("دوا", language="ur", slug="dose", body="## کب\n\nروزانہ 7 mg لیں۔ فون 080 4567 8911 پر۔")
    told.publish(by=hand("Meena"), note="First")
    tab.goto(live_server.url + told.address())
    assert tab.evaluate(LEFT, "7") < tab.evaluate(LEFT, "mg")
    assert tab.evaluate(LEFT, "080") < tab.evaluate(LEFT, "4567") < tab.evaluate(LEFT, "8911")
    assert tab.evaluate(LEFT, "روزانہ") > tab.evaluate(LEFT, "لیں")


@pytest.mark.browser
def test_a_reader_leaves_no_trace_and_breaks_no_policy(site, tab, live_server):
    asked, complaints = [], []
    tab.on("request", lambda request: asked.append(request.url))
    tab.on("console", lambda message: complaints.append(message.text) if "404" not in message.text else None)
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    for kind, address in site.items():
        tab.goto(address)
        assert tab.evaluate("getComputedStyle(document.querySelector('.head, .hero')).paddingTop") != "0px", kind
    assert len(asked) >= len(site)
    assert [url for url in asked if not url.startswith(live_server.url)] == []
    assert [message for message in complaints if "410" not in message] == []
    assert tab.context.cookies() == []


@pytest.mark.browser
def test_urdu_reads_from_right_to_left(site, tab):
    tab.set_viewport_size({"width": 1280, "height": 900})
    tab.goto(site["right to left"])
    assert tab.evaluate("getComputedStyle(document.body).direction") == "rtl"
    text, contents = (tab.locator(f".body>{part}").bounding_box() for part in (".text", ".toc"))
    assert contents["x"] < text["x"]
    icon, title = (tab.locator(f".steps li {part}").first.bounding_box() for part in (".icon", "h3"))
    assert icon["x"] > title["x"]


@pytest.mark.browser
def test_print_and_links_open_the_answers_that_are_closed_on_the_screen(site, tab):
    tab.goto(site["questions"])
    seen = "[...document.querySelectorAll('details:not([open])>div')].map(one => one.checkVisibility())"
    on_screen = tab.evaluate(seen)
    assert on_screen and not any(on_screen)
    tab.emulate_media(media="print")
    assert all(tab.evaluate(seen))
    tab.emulate_media(media="screen")
    tab.goto(site["questions"] + "#" + tab.evaluate("document.querySelector('details:not([open])>div').id"))
    tab.wait_for_function("document.querySelector(':target').checkVisibility()")


@pytest.mark.browser
def test_a_keyboard_reaches_the_page_first(site, tab):
    tab.goto(site["guide"])
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.hash") == "#main"
    assert tab.locator(":focus").bounding_box()["y"] >= 0


def gzipped(text):
    return len(gzip.compress(text.encode(), 6))


def test_the_sample_guide_is_light(client, guide):
    page = client.get(guide.get_absolute_url()).content.decode()
    before, rest = page.split("<main")
    assert gzipped(before + rest.split("</main>")[1]) <= 7.5 * 1024
    assert gzipped(page) < 12 * 1024


def test_no_page_holds_a_script_an_inline_style_or_a_foreign_address(client, addresses):
    for kind, address in addresses.items():
        page = client.get(address).content.decode()
        assert page.count("<style>") == 1, kind
        assert not re.search(r"<script(?! type=.application/ld)|<iframe| style=|\son[a-z]+=|javascript:", page), kind
        assert not re.search(r"""(?:src|srcset)=["']?(?:https?:)?//""", page), kind


def test_no_page_uses_an_id_twice(client, addresses):
    for kind, address in addresses.items():
        ids = Counter(re.findall(r'\sid="([^"]*)"', client.get(address).content.decode()))
        assert [name for name, number in ids.items() if number > 1] == [], kind


def test_templates_trust_only_what_the_sanitiser_filled():
    texts = [path.read_text() for path in settings.BASE_DIR.joinpath("templates").rglob("*.html")]
    trusted = [one for text in texts for one in re.findall(r"{{\s*([\w.]+)\s*\|\s*safe\b", text)]
    assert len(trusted) <= 9
    assert {one.rpartition(".")[2] for one in trusted} == {"html"}
    assert not any(re.search(r"autoescape off|safeseq|\|\s*\w+[^}]*\|\s*safe\b", text) for text in texts)


def test_the_policy_allows_exactly_the_style_on_the_page(client, guide, make_article):
    short, long = guide_style(has_all=False), guide_style()
    assert not [one for one in ("td{", ".call{", ".gap", "blockquote>", ".footnotes", "figcaption") if one in short]
    seldom = []
    for text in (
        "## Fever (call now)\n\nCall.",
        "| A | B |\n|---|---|\n| 1 | 2 |",
        "Take [[dose]] now.",
        "> Said.",
        "`a`",
    ):
        seldom.append(make_article("Seldom", body=f"## When\n\nRest.\n\n{text}\n"))
        seldom[-1].publish(by=hand("Meena"), note="First")
    pages = [(one.get_absolute_url(), long) for one in seldom] + [(guide.get_absolute_url(), short), ("/", style())]
    for path, worn in pages:
        answer = client.get(path)
        allowed = re.search(r"style-src ([^;]*);", answer.headers["Content-Security-Policy"])[1]
        (shown,) = re.findall(r"<style>(.*?)</style>", answer.text, flags=re.S)
        own = base64.b64encode(hashlib.sha256(shown.encode()).digest()).decode()
        assert shown == worn and f"'sha256-{own}'" in allowed and allowed == policy_hashes()


def test_a_guide_goes_without_the_style_of_other_pages_and_lacks_none(client, guide, asha):
    whole, short = (re.findall(r"[^{}]+(?=\{[^{}]*\})", sheet) for sheet in (style(), guide_style()))
    left = Counter(one for rule in whole for one in rule.split(","))
    left -= Counter(one for rule in short for one in rule.split(","))
    asked = [{*re.findall(r"\.([a-z][\w-]*)", selector)} for selector in left]
    assert len(asked) > 40 and all(asked) and len(style()) - len(guide_style()) > 3000
    client.force_login(asha)
    for path in (guide.get_absolute_url(), f"/admin/articles/article/{guide.pk}/preview/"):
        worn = {name for names in re.findall(r'class="([^"]*)"', client.get(path).text) for name in names.split()}
        assert {"wrap", "brief", "faq"} <= worn and not [names for names in asked if names <= worn]


def test_minifying_drops_comments_and_blanks_and_nothing_that_means_something():
    css = """/* a "quoted" remark */ p :hover , a > b { color : red ; width: calc(1px + 2em) ; }
    @media (min-width: 1em) and (max-width: 2em) { a::after { content: " ; /* kept */ } " } }"""
    assert minify(css) == (
        "p :hover,a>b{color :red;width:calc(1px + 2em)}"
        '@media (min-width:1em) and (max-width:2em){a::after{content:" ; /* kept */ } "}}'
    )


def test_the_preview_wears_the_style_of_texts_and_leaves_the_admin_alone():
    css = patient_text_style()
    assert css.startswith(":root{--paper:#fff") and css.endswith("}")
    assert css.count("{") == css.count("}")
    inside = css[css.index(".markdownx-preview{") :]
    assert ".steps" in inside and ".rows" in inside and ".note" in inside
    assert ".hero" not in css and "color-scheme:light" not in css
