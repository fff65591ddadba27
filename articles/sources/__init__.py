"""Files read that become working copies: text, Markdown, Word, OpenDocument, HTML; alone, in folders and zips, or as
pages of an export of WordPress. No Django models.
"""

from articles.sources.exact import written
from articles.sources.files import SUFFIXES, parse, read, readable, refuse_name
from articles.sources.gathering import (
    MOST_GIVEN,
    PASSED,
    PICTURE,
    POST,
    TABLE,
    TEXT,
    Addresses,
    Given,
    Piece,
    gathered,
    given,
    piece_of,
)
from articles.sources.languages import named_in, names_in
from articles.sources.passed import Passed
from articles.sources.source import LANGUAGE, Doubt, Source, Unreadable
from articles.sources.zipped import hidden_in
