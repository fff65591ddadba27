"""Files of word processors read: .docx and .odt as HTML for the one converter, with what it must not lose."""

from articles.sources.office.opendocument import read_opendocument
from articles.sources.office.paper import Paper, Shown, may_be_heading
from articles.sources.office.word import read_word
