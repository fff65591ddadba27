"""Where words of the word list stand in a text."""

import random

import pytest

from publishing.text import Terms, explained, forms_of, is_fit, render


def marked(text, *titles, language="en", also=""):
    """The words that become links, in their order, with the number of the term."""
    terms = Terms((number, forms_of(title, also, language)) for number, title in enumerate(titles, 1))
    html = render(text, language=language)
    places = terms.found(html)
    return [(number, html[slice(*places[number])]) for number in sorted(places, key=places.get)]


@pytest.mark.parametrize(
    ("text", "title", "language"),
    [
        ("A nurse checks the drip chamber.", "drip chamber", "en"),
        ("Drip chambers are clear.", "drip chamber", "en"),
        ("Two biopsies were taken.", "biopsy", "en"),
        ("The drip\nchamber is clear.", "drip chamber", "en"),
        ("The **drip chamber** is clear.", "drip chamber", "en"),
        ("A naïve cell.", "Naïve cell", "en"),
        ("(Drip chamber.)", "drip chamber", "en"),
        ("Los tumores crecen.", "tumor", "es"),
        ("अस्पताल में गुर्दा देखा जाता है।", "गुर्दा", "hi"),
        ("दो नई बातें: डायलिसिस मशीन।", "डायलिसिस मशीन", "hi"),
        ("گردے کی صفائی ہوتی ہے۔", "گردے کی صفائی", "ur"),
        ("گُردے کا کام", "گردے", "ur"),
        ("Your INR is measured.", "INR", "en"),
        ("Tell us about MRI\u00a0scans.", "MRI scan", "en"),
    ],
)
def test_a_term_is_found_in_each_script_with_its_plural_and_in_any_capitals(text, title, language):
    assert len(marked(text, title, language=language)) == 1


@pytest.mark.parametrize(
    ("text", "title", "language"),
    [
        ("A hemodrip chamber", "drip", "en"),
        ("A drip-free ward", "drip", "en"),
        ("post-drip care", "drip", "en"),
        ("see drip.example.org", "drip", "en"),
        ("We saw all of them.", "ALL", "en"),
        ("The drip. Chamber music.", "drip chamber", "en"),
        ("The drip, chamber", "drip chamber", "en"),
        ("# Drip\n\nText.", "drip", "en"),
        ("[The drip](/articles/a/)", "drip", "en"),
        ("Type `drip` here.", "drip", "en"),
        ("| Drip | b |\n|---|---|\n| c | d |", "drip", "en"),
        ("गुर्दाघर में", "गुर्दा", "hi"),
        ("गुर्दे", "गुर्द", "hi"),
        ("گردےوالا", "گردے", "ur"),
    ],
)
def test_a_part_of_a_word_a_heading_a_link_and_code_are_not_it(text, title, language):
    assert marked(text, title, language=language) == []


def test_the_longest_term_wins_and_each_is_marked_once():
    text = "A drip chamber drips. The drip is slow. The drip chamber is clear."
    assert marked(text, "drip", "drip chamber") == [(2, "drip chamber"), (1, "drips")]


def test_a_word_that_stands_in_a_compound_alone_is_marked_with_what_holds_it_together():
    html = render("A drip T-cell therapy works.")
    places = Terms([(7, ["T-cell therapy"])]).found(html)
    assert explained(html, places) == (
        '<p>A drip <dfn><a href="#w_7" id="w_7-at"><span class="keep">T-cell</span> therapy</a></dfn> works.</p>\n'
    )


def test_links_never_cross_what_is_opened_around_them():
    html = render("The **slow drip** chamber and *a drip* **chamber.** End of *the drip* chamber")
    for number, place in Terms([(1, ["drip chamber"]), (2, ["slow drip chamber"])]).found(html).items():
        inside = html[slice(*place)]
        assert inside.count("<strong>") == inside.count("</strong>") and inside.count("<em>") == inside.count("</em>")
        assert number


@pytest.mark.parametrize("text", ["", "  ", "a; b", "a, b c", "one two three four five six seven", "(a) b.c"])
def test_what_cannot_be_found_is_no_term(text):
    assert not is_fit(text)


@pytest.mark.parametrize("seed", range(20))
def test_what_is_marked_changes_no_word_of_any_text(seed):
    chance = random.Random(seed)
    words = [
        "drip",
        "chamber",
        "**slow**",
        "*the*",
        "T-cell",
        "`x`",
        "[a](/b)",
        "5 mg",
        "&",
        "<b>",
        "\n\n",
        "- ",
        "INR",
    ]
    html = render(" ".join(chance.choice(words) for _n in range(80)))
    places = Terms([(1, ["drip chamber"]), (2, ["slow the drip"]), (3, ["INR"]), (4, ["T-cell"])]).found(html)
    made = explained(html, places)
    for number in places:
        made = made.replace(f'<dfn><a href="#w_{number}" id="w_{number}-at">', "", 1).replace("</a></dfn>", "", 1)
    assert made == html
