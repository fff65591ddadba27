"""Long tables: shown in full, or refused in a sentence; never left as the bars and hyphens that were typed."""

from __future__ import annotations

import pytest

from conftest import hand
from publishing.refusals import Unfit
from publishing.tests.conftest import filled
from publishing.text.html.markdown import TooLong
from publishing.text.html.rendering import plain, render, sanitise

HEAD = "|a|b|\n|-|-|\n"
LONG = HEAD + "|a|b|\n" * 12_000
TOO_LONG = {
    "one table": LONG,
    "as many lines as fit": filled("|a|b|\n", HEAD),
    "a wide table": "|" + "a|" * 33_000 + "\n|" + "-|" * 33_000 + "\n|" + "a|" * 33_000,
    "a table that fills itself": filled("|\n", "|" + "a|" * 250 + "\n|" + "-|" * 250 + "\n"),
    "in a list": "- a\n\n  |a|b|\n  |-|-|\n" + "  |a|b|\n" * 12_000,
    "in a quote": "> |a|b|\n> |-|-|\n" + "> |a|b|\n" * 9_000,
    "heads below each other, then a word": HEAD * 7690 + "x" * 99_000,
    "heads below each other, then brackets": HEAD * 7690 + "[" * 99_000,
    "heads below each other, then bars": HEAD * 7690 + "|" * 99_000,
}


@pytest.mark.slow
@pytest.mark.parametrize("rows", [7000, 8000])
def test_a_table_of_thousands_of_rows_is_shown_in_full(rows):
    html = render(HEAD + "|a|b|\n" * rows)
    assert html.count('<th scope="row" data-label="a">a</th><td data-label="b">b</td>') == rows and "|" not in html


@pytest.mark.slow
@pytest.mark.parametrize("name", TOO_LONG)
def test_a_table_beyond_all_bounds_is_refused_in_a_sentence(name):
    with pytest.raises(TooLong, match=r"table.*(Shorten it, or split|Split) (the text|it) into two guides\.$"):
        render(TOO_LONG[name])


def test_the_refusal_names_the_table_and_as_many_rows_as_it_says_do_fit():
    with pytest.raises(TooLong, match=r"begins “\|a\|b\|” is too long .* the first [\d,]+ fit") as refusal:
        render("Words.\n\n" + LONG)
    room = int(str(refusal.value).partition("the first ")[2].partition(" fit")[0].replace(",", ""))
    assert render("Words.\n\n" + HEAD + "|a|b|\n" * (room - 1)).count("<tr>") == room


def test_a_table_is_charged_for_its_own_rows_and_not_for_the_lines_below_it():
    section = f"# Heading\n{HEAD}|c|d|\n- " + "- ".join(f"Some words of entry {number}\n" for number in range(20))
    html = render(section * 200)
    assert html.count('<th scope="row" data-label="a">c</th><td data-label="b">d</td>') == 200 and "|" not in html


def test_many_lines_without_a_table_are_not_refused():
    for text in (filled("a | b\n\n"), filled("- word\n"), filled("|\n")):
        assert plain(render(text))


def test_staff_are_told_of_a_table_that_is_too_long(make_article, meena, client, at):
    client.force_login(meena)
    article = make_article(body=LONG)
    with pytest.raises(Unfit, match="the first 6,2.. fit"):
        article.publish(by=hand(meena), note="First edition.", at=None)
    answer = client.post("/admin/editor/preview/", {"content": LONG})
    assert answer.status_code == 400 and "Shorten it" in answer.content.decode()


def test_each_cell_of_a_dose_table_says_which_drug_and_what_it_is():
    html = render('Table: Doses by <weight>\n\n| Drug | Dose <"a"> |\n| --- | --- |\n| A | 5 mg |\n| | 4 units |')
    assert "<caption>Doses by &lt;weight&gt;</caption>" in html and 'aria-label="Doses by ‹weight›"' in html
    assert '<tr><th scope="row" data-label="Drug">A</th><td data-label="Dose ‹&quot;a&quot;›">' in html
    assert "<tr><td></td>" in html and "<p>" not in html
    assert sanitise(html) == html


def test_a_caption_is_one_in_each_language_and_only_above_a_table():
    table = "| A | B |\n|---|---|\n| 1 | 2 |"
    for language, word in (("hi", "तालिका"), ("ur", "جدول"), ("es", "Tabla")):
        assert "<caption>X</caption>" in render(f"{word}: X\n\n{table}", language=language)
    assert "<p>Table: X</p>" in render(f"Table: X\n\nWords.\n\n{table}")
