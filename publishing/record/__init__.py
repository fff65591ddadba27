"""What the record answers: verified, proven, told, due, replaced."""

from publishing.record import triggers
from publishing.record.composition import Composition, composed, standings
from publishing.record.due import due_at
from publishing.record.proof import Unreadable, holds, printed, read
from publishing.record.replacing import MOVED_ON, Replacement, replaceable, still_told
from publishing.record.spoken import spoken
from publishing.record.told import TooShort, find, hits, waiting, write_csv, written_one_by_one
from publishing.record.verification import broken_links, faults, redacted_editions
