"""Markdown to trusted HTML, spelling, differences, digests, the bytes of pictures. No database."""

from publishing.text import pictures, rows, seeking
from publishing.text.bare import bare
from publishing.text.converting import JUDGING, Converted, converted, from_plain, is_judging
from publishing.text.differences import Piece, dice, matches, paragraphs, pieces, shortened
from publishing.text.digests import canonical, digest, moment
from publishing.text.escaping import letters, paragraph
from publishing.text.inline import is_picture, is_safe, words
from publishing.text.keeping import is_rtl, keep
from publishing.text.markdown import CALLS, LONGEST, SECTION_MARKS, TooLong, clean, outline, parse, phrase, typed
from publishing.text.merging import merge
from publishing.text.nearest import around, nearest
from publishing.text.numbers import in_plain
from publishing.text.passages import Passage, passages
from publishing.text.pictures import MOST_BYTES, TOO_MANY_BYTES, Unusable, alike
from publishing.text.rendering import (
    RENDERER,
    contents,
    parts,
    plain,
    render,
    render_html,
    show_pictures,
)
from publishing.text.rewriting import erased, left_in, rewritten
from publishing.text.showing import PATIENTS_WAYS, Ways, led_on, shown
from publishing.text.sides import Sides, sides
from publishing.text.slugs import one_address, slug_of
from publishing.text.spelling import GROUPING, around_found, around_match, at_home, fold, named, one_spelling
from publishing.text.terms import MOST_WORDS, Terms, anchor, explained, forms_of, is_fit
from publishing.text.turns import Busy, Turns
from publishing.text.unseen import EMBEDDINGS, EMPTY, is_blank, is_turned, isolated, refusal, visible
from publishing.text.writer import CALLS_NOW, parted
