"""Words as they are sought: what of a text is looked for, what a query means, and what of a text a result shows."""

from publishing.text.seeking.known import Known, heard
from publishing.text.seeking.letters import LONGEST, is_number, script_of, words_written
from publishing.text.seeking.near import begins_alike, halves, is_lettered, lengths, likeness, marks, nearest, pieces
from publishing.text.seeking.parts import Block, blocks, marked, piece
from publishing.text.seeking.query import MOST_LETTERS, Asked, asked
from publishing.text.seeking.small import is_small
from publishing.text.seeking.sounds import alike, is_small_by_ear, keys
from publishing.text.seeking.stems import SPELLED, Stems, tongue_of
