"""Markdown to trusted HTML, spelling, differences, digests, the bytes of pictures. No database."""

from publishing.text import pictures, rows, seeking
from publishing.text.converting import JUDGING, Converted, Forgiving, converted, from_plain, is_judging
from publishing.text.differing.differences import Piece, dice, matches, paragraphs, pieces, shortened
from publishing.text.differing.merging import merge
from publishing.text.differing.nearest import around, nearest
from publishing.text.differing.passages import Passage, passages
from publishing.text.differing.sides import Sides, sides
from publishing.text.digests import canonical, digest, moment
from publishing.text.html.inline import is_picture, is_safe, words
from publishing.text.html.markdown import (
    CALLS,
    LONGEST,
    SECTION_MARKS,
    TooLong,
    clean,
    outline,
    parse,
    phrase,
    tidy,
    typed,
)
from publishing.text.html.rendering import (
    RENDERER,
    contents,
    parts,
    plain,
    render,
    render_html,
    show_pictures,
)
from publishing.text.html.showing import PATIENTS_WAYS, Ways, led_on, shown
from publishing.text.html.terms import MOST_WORDS, Terms, anchor, explained, forms_of, is_fit
from publishing.text.html.writer import CALLS_NOW, DIALS, parted
from publishing.text.languages import (
    all_languages,
    is_from_right,
    is_in_other_letters,
    is_language,
    language_called,
    script_of,
)
from publishing.text.letters.addressing import address_parts
from publishing.text.letters.bare import bare
from publishing.text.letters.escaping import letters, paragraph
from publishing.text.letters.keeping import is_rtl, keep
from publishing.text.letters.numbers import in_plain
from publishing.text.letters.rewriting import erased, left_in, rewritten
from publishing.text.letters.slugs import one_address, slug_of
from publishing.text.letters.spelling import GROUPING, around_found, around_match, at_home, fold, named, one_spelling
from publishing.text.letters.unseen import EMBEDDINGS, EMPTY, is_blank, is_turned, isolated, refusal, visible
from publishing.text.likeness import alike
from publishing.text.once import made_once, once
from publishing.text.pictures import MOST_BYTES, TOO_MANY_BYTES, Unusable
from publishing.text.turns import Busy, Turns
