"""On the pages of a language every word of another has its own `lang` and `dir`, so that it is read and spoken right."""

import datetime
import re
from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.utils import timezone

from articles.models import Page, Term, Topic
from conftest import hand
from publishing.models import Frame, Publisher, Sponsor

# Of languages in letters of their own, without a catalogue: from left to right, and from right to left
WORDS = {"te": "రక్త పరీక్ష", "ar": "تحليل الدم"}
LETTERS = {"te": "[\u0c00-\u0c7f]", "ar": "[\u0600-\u06ff]", "hi": "[\u0900-\u097f]", "en": "[A-Za-z]{2}"}
VOID = {"option", "meta", "link", "br", "hr", "img", "input"}
SAID = ("aria-label", "alt", "placeholder", "title")
BODY = """## {0} (risks)

1. {0}: {0}. (at: hospital)
2. {0}: {0}. (at: {0})

> [!WARNING]
> {0}[^1]

- **{0}:** {0}

| {0} | {0} |
| --- | --- |
| 1 | 2 |

[^1]: {0}
"""


class Reading(HTMLParser):
    """What a screen reader is told of each word: its language, and its direction."""

    def __init__(self, page):
        super().__init__()
        self.open, self.wrong = [("", "", "")], []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        told = dict(attributes)
        _tag, language, way = self.open[-1]
        own = (tag, told.get("lang", language), told.get("dir", "auto" if tag == "bdi" else way))
        if told.get("aria-hidden") == "true":  # on paper alone
            own = ("title", *own[1:])
        for name in SAID:
            self.look(told.get(name) or "", *own)
        if tag not in VOID:
            self.open.append(own)

    def handle_endtag(self, tag):
        assert self.open.pop()[0] in (tag, "title")

    def handle_data(self, data):
        if self.open[-1][0] not in ("style", "title"):
            self.look(data, *self.open[-1])

    def look(self, words, tag, language, way):
        for code, letters in LETTERS.items():
            right = ("auto", "rtl" if code in settings.LANGUAGES_BIDI else "ltr")
            if "://" not in words and re.search(letters, words) and (language != code or way not in right):
                self.wrong.append((words.strip()[:40], tag, language, way))


@pytest.fixture(params=WORDS)
def language(request):
    return request.param


@pytest.fixture
def site(language, db, make_article, make_entry):
    """A guide with all that can stand on a page, a question, a word and a page, in the language; the frame in English."""
    words, by = WORDS[language], hand("set-up")
    Frame.objects.create(banner="The ward is closed.", contact="Ask at the desk.").publish(by=by, note="First")
    topic = Topic(title="Tests", names=f"{language}: {words}")
    topic.keep(by=by, note="New")
    Topic(title="Blood").keep(by=by, note="New")
    sponsor = Sponsor.objects.create(name="A maker", claims="We make things", connection="It pays.")
    told = {"lead": words, "brief": f"{words}: {words}", "body": BODY.format(words), "sources": words, "topic": topic}
    told |= {"uploaded_by": words, "sponsor": sponsor, "publisher": Publisher.objects.create(name=words)}
    guide = make_article(words, slug="guide", language=language, **told)
    entry = make_entry(words, slug="entry", answer=words, article=guide, language=language)
    general = make_entry(words, slug="general", answer=words, topic=Topic.objects.get(title="Blood"), language=language)
    gone = make_article(words, slug="gone", language=language, body=words, topic=topic)
    term = Term(language=language, slug="word", title=words, meaning=f"{words}.")
    page = Page(language=language, slug="page", title=words, body=words)
    for work in (term, page):
        work.keep(by=by, at=timezone.now())
    for work in (guide, entry, general, gone, term, page):
        work.publish(by=by, note=words)
    due = timezone.localdate() + datetime.timedelta(days=300)
    told = {"reviewer_name": "Ravi Rao", "credential": "nurse", "next_due_on": due}
    guide.review(by=by, text_digest=guide.freeze().text_digest, result="fit", **told)
    gone.withdraw(by=by, note=words, reason="unsafe", text=words)
    return [f"/{language}/{path}" for path in PATHS]


PATHS = ("", "articles/", "articles/guide/", "articles/guide/history/", "articles/gone/", "faq/", "faq/entry/")
PATHS += ("faq/general/", "words/", "words/word/", "page/", "topics/tests/", "topics/blood/", "letters/", "new/")
PATHS += ("search/", "nowhere/", "h/")


def test_every_foreign_word_has_its_own_language_and_direction(client, site, language):
    found = {path: Reading(client.get(path).text).wrong for path in site}
    assert {path: some for path, some in found.items() if some} == {}
    page = client.get(f"/{language}/articles/guide/").text
    assert '<html lang="en" dir="ltr">' in page and f'lang="{language}">{WORDS[language]}' in page


def test_hits_of_a_search_are_marked_and_so_are_those_of_other_languages(client, site, language):
    word = WORDS[language].split()[0]
    for path in (f"/{language}/search/?q={word}", f"/search/?q={word}"):
        page = client.get(path).text
        assert f'lang="{language}"><mark>{word}' in page
        # What somebody typed is in a language that nobody knows.
        assert [one for one in Reading(page).wrong if "“" not in one[0]] == []


def test_where_the_house_speaks_the_language_the_clinics_english_is_marked(client, db, make_article):
    Frame.objects.create(banner="The ward is closed.").publish(by=hand("set-up"), note="First")
    guide = make_article("खून की जाँच", slug="guide", language="hi", body="खून।", lead="खून।", sponsor=None)
    guide.publish(by=hand("set-up"), note="पहली")
    for path in ("/hi/", "/hi/articles/guide/", "/hi/faq/"):
        assert Reading(client.get(path).text).wrong == [], path


def test_a_guide_shows_the_sponsor_in_its_own_language(make_article, client):
    sponsor = Sponsor.objects.create(name="A maker", claims="We make things", connection="It pays.")
    Sponsor.objects.create(
        name="एक निर्माता",
        wording="प्रायोजक",
        claims="हम चीज़ें बनाते हैं",
        connection="यह पैसे देता है।",
        language="hi",
        original=sponsor,
    )
    for language, marked in (("hi", ' dir="ltr"'), ("ur", ' dir="ltr" lang="en"')):
        guide = make_article("Guide", slug=language, language=language, body="x", sponsor=sponsor)
        guide.publish(by=hand("set-up"), note="First")
        page = client.get(f"/{language}/articles/{language}/").text
        said = "हम चीज़ें बनाते हैं" if language == "hi" else "We make things"
        assert f"<bdi{marked}>{said}</bdi>" in page
