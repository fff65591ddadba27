"""Foreign HTML, and plain text with signs and tabs, as our Markdown. No database."""

from publishing.text.converting.converted import Converted, converted, from_plain
from publishing.text.converting.tree import Forgiving
from publishing.text.converting.typed import JUDGING, is_judging
