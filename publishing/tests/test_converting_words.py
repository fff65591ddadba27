"""Whatever is brought in: no word is lost, nothing typed becomes markup, nothing hostile gets through."""

import random
import re
import unicodedata

import pytest

from conftest import fewer
from publishing.text import converted, plain, render

WORDS = ["dose", "5 mg", "10.", "1)", "-", "•", "#", "*", "**a**", "_b_", "[c](d)", "`", "~~", "|", "&copy;", "<b>", "!",
         "\\", "(at: home)", "Label:", "(risks)", "[^1]", "[!NOTE]", "---", "===", ">", "+", ":::", "हिन्दी", "اردو", "a_b",
         "<https://x.org>", "1.5", "T-cell", "://", "{x}", "\\|", "a\\", "¹", "decorative"]  # fmt: skip
INLINE = [
    "b",
    "i",
    "em",
    "strong",
    "span",
    "u",
    "sup",
    "sub",
    "a href='https://x.org/a_(b)?c=1&d'",
    "font size=3",
    "code",
]
BLOCKS = ["p", "div", "h1", "h2", "h4", "ul", "ol", "blockquote", "table", "section", "center"]


def escaped(words):
    return words.replace("&", "&amp;").replace("<", "&lt;")


def inline(chance, depth=0):
    out = []
    for _ in range(chance.randint(1, 4)):
        if depth < 3 and chance.random() < 0.4:
            tag = chance.choice(INLINE)
            out.append(f"<{tag}>{inline(chance, depth + 1)}</{tag.split()[0]}>")
        else:
            out.append(escaped(chance.choice(WORDS)))
        out.append(chance.choice(["", " ", " ", "\n", "<br>", "&nbsp;"]))
    return "".join(out)


def block(chance, depth=0):
    tag = chance.choice(BLOCKS)
    inside = [inline(chance) if depth > 2 or chance.random() < 0.6 else block(chance, depth + 1) for _ in range(2)]
    if tag in ("ul", "ol"):
        inside = [f"<li>{one}</li>" for one in inside]
    if tag == "table":
        inside = [f"<tr><td>{one}</td><td>{inline(chance)}</td></tr>" for one in inside]
    return f"<{tag}>{''.join(inside)}</{tag}>"


def letters(text):
    return sorted(one for one in unicodedata.normalize("NFKC", text) if one.isalnum())


SEEN = re.compile(
    r"<li>|<h\d|<t[hd]|<a |<strong>|<em>|<blockquote>|<code>|<pre>|<s>|<img|<hr>|class=\"(?:note|steps|rows|risks)"
)


@pytest.mark.parametrize("seed", fewer(range(2000), 60))
def test_every_letter_of_a_page_is_read_by_patients_or_told(seed):
    html = "".join(block(random.Random(seed)) for _ in range(3))
    made = converted(html)
    text = re.sub(r"<[a-z/][^>]*>", " ", html)
    text = text.replace("&nbsp;", " ").replace("&lt;", "<").replace("&amp;", "&")
    missing = letters(text)
    read = letters(plain(render(made.markdown)) + " ".join(made.doubts))
    for one in read:
        if one in missing:
            missing.remove(one)
    assert [one for one in missing if not one.isdecimal()] == [], (html, made)


@pytest.mark.parametrize("seed", fewer(range(2000), 100))
def test_what_is_typed_as_text_never_becomes_markup(seed):
    chance = random.Random(seed)
    lines = [" ".join(chance.choices(WORDS, k=chance.randint(1, 4))) for _ in range(4)]
    lines = [line for line in lines if not line.startswith(("-", "•", "1", "*"))]
    made = converted("".join(f"<p>{escaped(line)}</p>" for line in lines))
    html = render(made.markdown)
    assert not SEEN.search(html), (lines, made, html)
    assert plain(html).split() == " ".join(lines).split(), (lines, made)


@pytest.mark.parametrize("seed", fewer(range(1000), 60))
def test_typed_text_stays_text_in_headings_cells_and_broken_lines(seed):
    chance = random.Random(seed)
    words = [" ".join(chance.choices(WORDS, k=3)) for _ in range(4)]
    head, line, cell, entry = map(escaped, words)
    html = f"<h2>{head}</h2><p>x<br>y {line}</p><table><tr><th>a {cell}</th></tr><tr><td>a {cell}</td></tr></table><ul><li>a {entry}</li></ul>"
    made = converted(html)
    read = plain(render(made.markdown))
    wanted = f"{words[0]} x y {words[1]} a {words[2]} a {words[2]} a {words[3]}"
    assert read.split() == wanted.split(), (html, made.markdown)


HOSTILE = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<a href='javascript:alert(1)'>x</a>", "<svg onload=alert(1)>",
    "<iframe src='https://evil.test'></iframe>", "<a href='java&#10;script:alert(1)'>x</a>", "<math><a xlink:href='javascript:x'>x</a></math>",
    "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>", "<a href='https://x.org/) [b](javascript:alert(1)'>x</a>", "<style>p{x:y}</style>",
    "<a href='https://x.org/&quot; onclick=&quot;x'>x</a>", "<img src='/media/../x.png' alt='](javascript:alert(1))'>", "<!--><script>1</script>-->",
    f"<img src='/media/{'a' * 64}.png' alt='x](javascript:alert(1)) ![y'>", "<p>[x](javascript:alert(1))</p>", "<xmp><script>1</script></xmp>",
    "<template><script>1</script></template>", "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>", "<plaintext><b>x",
]  # fmt: skip


@pytest.mark.parametrize("html", HOSTILE)
def test_nothing_hostile_gets_through(html):
    shown = render(converted(html + "<p>after</p>").markdown)
    tags = re.sub(r">[^<]*<|alt=\"[^\"]*\"", "><", shown)
    assert not re.search(r"<script|<iframe|<svg|javascript|\son\w+=|evil|style", tags), shown
    assert "after" in shown or "xmp" in html or "plaintext" in html


@pytest.mark.parametrize("seed", fewer(range(1000), 60))
def test_broken_pages_are_read_too(seed):
    chance = random.Random(seed)
    whole = "".join(block(chance) for _ in range(3))
    cut = "".join(chance.choice([one, one, one, "<", ">", "</", "'", "<td>", "</b>"]) for one in whole)
    render(converted(cut).markdown)
