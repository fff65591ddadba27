"""Templates written as Python show what Django shows of them."""

import datetime

import pytest
from django.conf import settings
from django.template import Context, Engine, NodeList
from django.template.loader import get_template
from django.utils import translation

from carsite.reader import answer_of
from carsite.reader.templating.loading import Written
from conftest import hand
from publishing.models import StoredPage

PAGES = [
    "/",
    "/articles/",
    "/topics/cancer-treatments/",
    "/faq/",
    "/faq/{kept}/",
    "/faq/{gone}/",
    "/letters/",
    "/letters/c/",
]
PAGES += [
    "/articles/car-t-cell-therapy/",
    "/articles/car-t-cell-therapy/history/",
    "/search/?q=cells",
    "/search/?q=zebra",
]
PAGES += ["/search/", "/feed/", "/new/", "/unsafe/", "/words/", "/hi/", "/ur/faq/", "/es/articles/", "/hi/search/?q=x"]


class Named:
    def __init__(self, **told):
        self.__dict__ |= told

    def greeting(self):
        return "<hello>"

    def asking(self, name):
        return name

    def refused(self):
        raise AssertionError("It changes rows.")

    refused.alters_data = True

    def __str__(self):
        return "& himself"


def both(monkeypatch, show):
    """(as Django shows it, as we do)."""
    ours = show()
    with monkeypatch.context() as patched:
        patched.setattr(Written, "render", NodeList.render)
        return show(), ours


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_what_django_makes_of_it(path, guide, monkeypatch):
    gone, kept = guide.entry_set.last(), guide.entry_set.first()
    gone.withdraw(by=hand("Meena"), note="Old", reason="unsafe", text="Ask us.")
    at = StoredPage.head()[1] + datetime.timedelta(seconds=1)
    django, ours = both(
        monkeypatch, lambda: answer_of(path.format(kept=kept.slug, gone=gone.slug), at).content.decode()
    )
    assert django == ours and len(ours) > 500


TEMPLATES = {
    "base": "{% block head %}base {{ who }}{% endblock %}|{% block body %}none{% endblock %}|{% block foot %}f{% endblock %}",
    "middle": "{% extends 'base' %}{% block body %}middle({{ block.super }}{% block inner %}x{% endblock %}){% endblock %}",
    "page": "{% extends 'middle' %}{% block head %}page+{{ block.super }}{% endblock %}{% block inner %}y{% endblock %}",
    "odd": "{% spaceless %}{% block head %}<b> {{ said }} </b> <i>{% endblock %}{% endspaceless %}",
    "part": "[{{ one }}{% for a in many %}{{ forloop.parentloop.counter }}{{ a }}{% endfor %}]",
}
SNIPPETS = [
    "{{ missing }}{{ who }}{{ who.greeting }}{{ who.asking }}{{ who.refused }}{{ who.nothing.further }}{{ said|safe }}{{ said }}",
    "{{ number }}{{ share }}{{ day }}{{ none }}{{ true }}{{ True }}{{ many.1 }}{{ named.key }}{{ named.items }}{{ 5 }}{{ 'a<b' }}",
    "{{ said|default:'x' }}{{ missing|default:who }}{{ none|default:number }}{{ said|truncatewords:1 }}{{ many|join:', ' }}",
    "{{ said|upper|safe }}{{ said|linebreaksbr }}{{ said|safe|upper }}{{ day|date:'Y' }}{{ many|length }}{{ said|wordcount }}",
    "{% if who and not missing %}1{% elif none %}2{% else %}3{% endif %}{% if missing or number > 3 %}4{% endif %}",
    "{% if number == 7 and 'b' in many %}1{% endif %}{% if none is None %}2{% endif %}{% if number < said %}3{% endif %}",
    "{% if many|length >= 2 %}1{% endif %}{% if who.nothing %}2{% else %}3{% endif %}{% if 'z' not in many %}4{% endif %}",
    "{% for a in many %}{{ forloop.counter }}{{ a }}{% if forloop.last %}.{% endif %}{% empty %}none{% endfor %}{{ a }}",
    "{% for a in missing %}{{ a }}{% empty %}none{% endfor %}{% for a in many reversed %}{{ a }}{{ forloop.revcounter }}{% endfor %}",
    "{% for key, value in named.items %}{{ key }}{{ value }}{% endfor %}{% for a in many %}{% ifchanged a %}!{% endifchanged %}{% endfor %}",
    "{% with b=who.greeting c=number %}{{ b }}{{ c }}{% endwith %}{{ b }}{% include 'part' with one=number %}{{ one }}",
    "{% for one in many %}{% include 'part' %}{% endfor %}{% include which %}{% include 'part' with one=2 only %}",
    "{% load i18n %}{% translate 'Questions' %}{% translate '.' context 'full stop' %}{% translate 'Search' as s %}{{ s }}",
    "{% load i18n %}{% translate said %}{% translate '100%' %}{% blocktranslate %}100% of {{ said }}{% endblocktranslate %}",
    "{% load i18n %}{% blocktranslate trimmed with number=number %}\n  Edition {{ number }}\n{% endblocktranslate %}",
    "{% load i18n %}{% blocktranslate count n=number %}{{ n }} month{% plural %}{{ n }} months{% endblocktranslate %}",
    "{% comment %}x{% endcomment %}{# y #}{% autoescape off %}{{ said }}{% endautoescape %}{% firstof none said %}{% spaceless %}<b> </b> <i>{% endspaceless %}",
    "{% extends 'page' %}",
    "{% extends parent %}{% block foot %}found when it is shown{{ who }}{% endblock %}",
    "{% autoescape off %}{% block body %}{{ said }}{% endblock %}{% endautoescape %}{{ said }}",
    "{{ said }}{% include 'odd' %}",
    "{% extends 'page' %}{% block foot %}{% for a in many %}{{ a }}{% include 'part' with one=a %}{% endfor %}{{ block.super }}{% endblock %}",
]


@pytest.mark.parametrize("language", ["en", "ur"])
@pytest.mark.parametrize("snippet", SNIPPETS)
def test_each_kind_of_tag_shows_what_django_shows(snippet, language):
    loaders = [
        (
            "django.template.loaders.cached.Loader",
            [("django.template.loaders.locmem.Loader", TEMPLATES | {"it": snippet})],
        )
    ]
    engine = Engine(loaders=loaders, libraries={"i18n": "django.templatetags.i18n"})

    def shown():
        given = {
            "who": Named(),
            "said": "a <b> & c",
            "number": 7,
            "share": 1.5,
            "none": None,
            "true": True,
        }
        given |= {
            "day": datetime.date(2026, 6, 24),
            "many": ["a", "b", "b"],
            "named": {"key": "<v>"},
            "which": "part",
            "parent": "page",
        }
        with translation.override(language):
            return engine.get_template("it").render(Context(given))

    django = shown()
    for name in (*TEMPLATES, "it"):
        template = engine.get_template(name)
        template.nodelist = Written(template)
    assert shown() == django


def test_every_template_of_readers_is_written():
    for name in ("base.html", "home.html", "articles/article.html", "faq/questions.html", "search.html", "404.html"):
        nodes = get_template(name).template.nodelist
        assert isinstance(nodes, Written) and nodes.function(), name


def test_no_page_changes_its_language_in_its_midst():
    """What is asked hundreds of times is asked once a page: carsite/reader/templating/parts.py."""
    folder = settings.BASE_DIR / "templates"
    public = [path for path in folder.rglob("*") if path.is_file() and "admin" not in path.relative_to(folder).parts]
    assert [path for path in public if "{% language" in path.read_text()] == [] and len(public) > 40
