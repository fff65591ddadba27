"""What a guide's Markdown becomes: the words kept, the shapes of the design, nothing that runs, and soon enough."""

from __future__ import annotations

import re

import pytest
from django.utils.html import escape

from publishing.models import NAME
from publishing.tests.conftest import GUIDE, PNG, kept
from publishing.text import keep
from publishing.text.html.rendering import (
    RENDERER,
    contents,
    draw_icons,
    parts,
    plain,
    render,
    render_html,
    show_pictures,
)

WEBP = "b" * 64 + ".webp"


def ids_of(html: str) -> list[str]:
    return re.findall(r' id="([^"]*)"', html)


def test_raw_html_is_shown_letter_for_letter():
    text = 'Write <b class="x">bold</b> & <br/>.'
    assert plain(render(text)) == text


ORDINARY = [
    'CAR T‑cells — “curly”, ‘single’… ₹600 Cr+, 50% & more; 3 < 4 > 2, 10:30, f(x), naïve 👩‍⚕️ don\'t "quote" -- ... (c)',
    "कोशिकाएँ रोगी के खून से ली जाती हैं। CAR टी-कोशिकाएँ, क्‍या श्‌रम? १०:३० बजे",
    "రోగి రక్తం నుండి కణాలను సేకరిస్తారు. న్యూ‌స్, క్షేమం",
    "تُجمع الخلايا التائية من دم المريض، ثم تُعدَّل. می‌رود ٹی خلیے، ہسپتال؟",
    "e\u0301 and é, Å and A\u030a, ﬁ, \u00a0½ ², full：width",
]


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_text_survives_letter_for_letter(text):
    html = render(f"# {text}\n\n{text}\n\n- {text}\n- b\n\n| a |\n|---|\n| {text} |\n")
    assert plain(html).count(text) == 4


def test_the_same_text_always_gives_the_same_html():
    assert render(GUIDE) == render(GUIDE) == render_html(GUIDE)
    assert isinstance(RENDERER, int)


def test_a_link_to_another_host_tells_it_nothing():
    html = render("[a](https://x.example/) [b](/articles/x/) [c](#what) [d](tel:+911) <e@x.example> [f](www.x.example)")
    assert '<a href="https://x.example/" rel="noopener noreferrer">a</a>' in html
    assert '<a href="/articles/x/">b</a> <a href="#what">c</a> <a href="tel:+911">d</a>' in html
    assert '<a href="mailto:e@x.example">e@x.example</a>' in html
    assert 'href="https://www.x.example"' in html
    assert "target" not in html


def test_a_link_without_a_safe_address_leaves_its_words():
    assert render("[read *this*](javascript:x)") == "<p>read <em>this</em></p>\n"


def test_a_link_never_holds_another_link():
    assert render("[a *<https://x.example/>* b](/y/)") == '<p><a href="/y/">a <em>https://x.example/</em> b</a></p>\n'


def test_only_our_own_pictures_survive_and_others_leave_their_words():
    html = render(f"![A cell](/media/{PNG}) ![decorative](/media/{WEBP}) ![A tree](https://x.example/t.png)")
    assert html == f'<p><img src="/media/{PNG}" alt="A cell"> <img src="/media/{WEBP}" alt=""> A tree</p>\n'
    assert set(NAME.findall(html)) == {PNG, WEBP}


def test_pictures_are_shown_with_their_size_or_told_in_words():
    html = render(f'![A "cell"](/media/{PNG}) ![A tree](/media/{WEBP}) ![decorative](/media/{"c" * 64}.jpg)')
    shown = show_pictures(html, {PNG: (640, 480)})
    assert 'alt="A &quot;cell&quot;" width="640" height="480" loading="lazy">' in shown
    assert '<span class="soft">A tree</span>' in shown
    assert set(NAME.findall(shown)) == {PNG} and shown.count("<img") == 1


def test_each_top_heading_opens_a_section_and_none_is_nested():
    html = render(GUIDE)
    assert html.startswith("<p>An opening line.</p>\n<section ")
    heading = 'aria-labelledby="the-future-h"><h2 id="the-future-h">The future</h2>'
    assert f'</section>\n<section id="the-future" {heading}\n<h3 id="research">Research</h3>' in html
    assert html.count("<section ") == html.count("</section>") == 4


def test_no_level_of_heading_is_skipped():
    html = render("## A\n\n#### B\n\n###### C\n\n## D\n\n# E", top=4)
    assert re.findall(r"<h(\d)", html) == ["4", "5", "6", "5", "4"]
    assert "<section" not in html and contents(html) == []


def test_anchors_keep_letters_of_every_script():
    html = render("# कोशिकाएँ क्या हैं?\n\n# کار ٹی-سیل\n\n# T cell THERAPY!\n\n# టి-కణాలు\n\n# 🙂")
    anchors = [anchor for anchor, _ in contents(html)]
    assert anchors == ["कोशिकाएँ-क्या-हैं", "کار-ٹی-سیل", "t-cell-therapy", "టి-కణాలు", "part"]


def test_anchors_never_collide_with_each_other_or_the_page():
    page_ids = "main brief toc questions faq sources about words"
    titles = f"{page_ids} Q12 q7-x a a a-2 a-h a b-h b".split()
    ids = ids_of(render("\n\n".join(f"# {title}" for title in titles)))
    assert len(ids) == len(set(ids)) == 2 * len(titles)
    assert not set(ids) & {*page_ids.split(), *(f"{name}-h" for name in page_ids.split())}
    assert not [anchor for anchor in ids if re.match(r"q\d+", anchor)]


def test_contents_lists_the_sections_in_order_as_plain_words():
    html = render("# The `B-cell` & *you*\n\n## Not this\n\n# End")
    assert contents(html) == [("the-b-cell-you", "The B-cell & you"), ("end", "End")]


def test_parts_are_cut_behind_the_section_of_risks():
    html = render(GUIDE)
    first, last = parts(html)
    assert first.is_risks and not last.is_risks and first.html + last.html == html
    assert first.html.endswith("</dd></div>\n</dl>\n</section>")
    assert '<section id="side-effects" class="risks" aria-labelledby="side-effects-h">' in first.html
    assert "(Risks)" not in html and "The future" in last.html


def test_a_text_without_risks_is_one_part():
    html = render("# A\n\n`</section>` (risks)")
    assert [(part.html, part.is_risks) for part in parts(html)] == [(html, False)]
    assert parts("") == []


def test_steps_say_where_they_happen():
    html = render(GUIDE)
    step = (
        '<li><span class="icon drop"></span><p class="where">Step 1. With you, at the hospital</p><h3>Extraction</h3>'
    )
    assert f'<ol class="steps">\n{step}<p><span class="keep">T-cells</span> are collected.</p></li>' in html
    step = '<li class="lab"><span class="icon cell"></span><p class="where">Step 2. In the laboratory</p>'
    assert f"{step}<h3>Modification</h3><p>They are engineered.</p></li>" in html
    assert '<span class="icon cells"></span><p class="where">Step 3.' in html
    assert "<h3>Expansion</h3><p>They are multiplied.</p><p>This takes days.</p>" in html
    assert '<li><span class="icon count"></span><p class="where">Step 4</p><h3>Rest</h3><p>You wait.</p></li>' in html


@pytest.mark.parametrize(
    ("language", "where"),
    [
        ("hi", "चरण 1. प्रयोगशाला में"),
        ("ur", "مرحلہ 1۔ لیبارٹری میں"),
        ("te", "Step 1. In the laboratory"),
        ("hi-IN", "चरण 1. प्रयोगशाला में"),
    ],
)
def test_steps_speak_the_language_of_the_text(language, where):
    ours = ' lang="en" dir="ltr"' if language == "te" else ""
    assert f'<p class="where"{ours}>{where}</p>' in render("1. A: b (at: laboratory)\n2. C: d", language=language)


def test_another_place_is_shown_as_written():
    assert '<p class="where">Step 2. Ward 3, second floor</p>' in render("1. A: b\n2. C: d (at: Ward 3, second floor)")


def test_the_title_of_a_step_is_one_level_below_its_heading():
    assert "<h4>A</h4>" in render("# T\n\n## U\n\n1. A: b\n2. C: d")
    assert "<h4>A</h4>" in render("1. A: b\n2. C: d", top=4)
    assert "<p>A</p>" in render("# a\n## b\n### c\n#### d\n##### e\n\n1. A: b\n2. C: d")


def test_a_list_with_an_entry_without_a_label_stays_plain():
    html = render(
        "1. A: b (at: laboratory)\n2. c\n\ntext\n\n3. A: b\n4. C: d\n\n- A: b\n- at 10:30 or http://x.example"
    )
    assert "<ol>\n<li>A: b (at: laboratory)</li>" in html
    assert '<ol start="3">' in html and "<ul>\n<li>A: b</li>" in html
    assert "steps" not in html and "rows" not in html


def test_rows_keep_the_markup_of_label_and_text():
    html = render("- The *first* `a: b`: See [x: y](/z/).\n- **Fever**: Call.\n\n  At once.\n- लाभ:यह अच्छा है")
    assert '<dl class="rows"><div><dt>The <em>first</em> <code>a: b</code></dt>' in html
    assert '<dd>See <a href="/z/">x: y</a>.</dd>' in html
    assert "<div><dt>Fever</dt><dd><p>Call.</p>\n<p>At once.</p>\n</dd></div>" in html
    assert "<dt>लाभ</dt><dd>यह अच्छा है</dd>" in html


def test_rows_stand_only_where_a_text_can_hold_them():
    assert "rows" not in render("> - A: b\n> - C: d")
    assert "rows" not in render("- A: b")
    assert "rows" not in render(f"- {'word ' * 15}: b\n- C: d")


def test_notes_and_quotes():
    assert render("> [!note]\n> Drink water.") == '<div class="note"><p>Drink water.</p>\n</div>\n'
    assert "<p><strong>Important</strong></p>\n<p>Call.</p>" in render("> [!WARNING]\n> Call.")
    assert "<strong>اہم بات</strong>" in render("> [!IMPORTANT]\n> x", language="ur")
    assert render("> Said.") == "<blockquote>\n<p>Said.</p>\n</blockquote>\n"


def test_tables_scroll_and_their_sides_are_classes():
    html = render("| Drug | Dose | |\n|---|--:|:-:|\n| A | 5 | x |")
    assert '<div class="scroll" tabindex="0" role="group" aria-label="Table"><table>' in html
    assert '<th scope="col">Drug</th><th scope="col" class="right">Dose</th><td class="center"></td>' in html
    assert '<td class="right" data-label="Dose">5</td>' in html and "style" not in html


def test_footnotes_are_apart_for_each_text_of_a_page():
    text = "# A 1\n\na[^n] b[^n]\n\n[^n]: The note.\n[^m]: Nobody asks."
    html = render(text, prefix="q3-")
    ids = ids_of(html)
    assert all(anchor.startswith("q3-") for anchor in ids) and not set(ids) & set(ids_of(render(text)))
    assert '<sup class="footnote"><a href="#q3-note_1" id="q3-use_1_2">1</a></sup>' in html
    assert '<li id="q3-note_1"><p>The note. <a href="#q3-use_1_1" aria-label="Back to the text">↩</a>' in html
    assert plain(html) == "A 1\na b\nThe note.\nNobody asks."


def test_letters_that_html_cannot_hold_are_dropped():
    assert render("a\x00b\x1bc\x85d\r\ne\x0cf \ud800") == "<p>abcd\ne\nf \ufffd</p>\n"


def test_code_and_lines_survive_as_text():
    assert render("```\na <b> T-cell\n```\n\n`x-ray`") == (
        "<pre><code>a &lt;b&gt; T-cell\n</code></pre>\n<p><code>x-ray</code></p>\n"
    )
    assert render("a  \nb\n\n---\n\n~~c~~") == "<p>a<br>\nb</p>\n<hr>\n<p><s>c</s></p>\n"


def test_words_with_one_letter_before_a_hyphen_stay_on_one_line():
    assert keep(escape("CAR T-cell <X-ray>, non-T and A-1.")) == (
        'CAR <span class="keep">T-cell</span> &lt;<span class="keep">X-ray</span>&gt;, non-T and A-1.'
    )
    assert '<span class="keep">T-कोशिकाएँ</span>।' in keep("T-कोशिकाएँ।")
    html = render("[T-cell](https://x.example/T-cell) <https://x.example/a/B-cell>")
    assert html.count("keep") == 1 and 'href="https://x.example/T-cell"' in html


def test_doses_and_telephone_numbers_are_neither_torn_apart_nor_turned_round():
    assert kept("Take 5 mg, 2–4 ml/min or 0.5 mg/kg below 38.5 °C; 10mg.") == [
        "5 mg",
        "2–4 ml/min",
        "0.5 mg/kg",
        "38.5 °C",
        "10mg",
    ]
    assert kept("Call 080 4567 8900 or (020) 1234 5678 or +91 22 2345 6789.") == [
        "080 4567 8900",
        "(020) 1234 5678",
        "+91 22 2345 6789",
    ]
    assert kept("روزانہ 5 mg لیں۔ فون 080 4567 8900۔") == ["5 mg", "080 4567 8900"]
    assert kept("In 2025, 3 minarets, 1 of 5, 2 lives, 5 gales, page 12/13, 1,2,3 4.5.6") == []


def test_icons_are_drawn_without_ids_and_numbers_are_left_to_the_stylesheet():
    drawn = draw_icons(render("\n".join(f"{n}. A: b (at: x, {icon})" for n, icon in enumerate(ICONS, 1)) + "\n9. A: b"))
    assert drawn.count("<svg ") == drawn.count("</svg>") == len(ICONS)
    assert drawn.count('<span class="icon') == drawn.count('<span class="icon count"></span>') == 1
    assert " id=" not in drawn and "<use" not in drawn


ICONS = ("drop", "cell", "cells", "drip", "cell")


@pytest.mark.parametrize(
    "number",
    [
        "(080) 4567 8900",
        "+91 (80) 4567 8900",
        "+91 80 (4567) 8900",
        "080 4567 (8900)",
        "+(91) 80 4567 8900",
        "(+91) 80 4567 8900",
        "080-4567-8900 (24)",
    ],
)
def test_a_telephone_number_with_brackets_anywhere_is_one_run_from_right_to_left(number):
    for around in ("اس نمبر پر کال کریں {} ابھی", "({}) پر کال کریں"):
        assert f'<span class="keep">{number}</span>' in render(around.format(number), language="ur")
