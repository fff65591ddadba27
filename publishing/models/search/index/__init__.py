"""The search index: one row for each edition that is live or waits, fed by the acts, alike on both databases."""

from publishing.models.search.index import tables
from publishing.models.search.index.checking import faults
from publishing.models.search.index.feeding import ROWS, is_current, remake, renew
from publishing.models.search.index.rows import Form, Indexed, IndexedText, Word
