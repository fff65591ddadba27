"""What the record answers: verified, proven, told, due, replaced."""

from publishing.record import erasure, grammar, triggers
from publishing.record.composition import Composition, composed, live_named, standings
from publishing.record.due import ANYBODY, STATES, due_at, loaded
from publishing.record.entrance import sentence
from publishing.record.proof import Unreadable, heads, holds, printed, read
from publishing.record.replacing import MOVED_ON, Replacement, replaceable, still_told
from publishing.record.spoken import spoken
from publishing.record.told import TooShort, defused, find, hits, waiting, write_csv, written_one_by_one
from publishing.record.verification import broken_links, faults, redacted_editions
