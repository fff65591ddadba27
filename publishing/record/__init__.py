"""What the record answers: verified, proven, told, due, replaced."""

from publishing.record import erasure, grammar, searching, triggers
from publishing.record.acted import acted, pair_named, results, who
from publishing.record.asked import reminders
from publishing.record.composition import Composition, composed, live_named, standings
from publishing.record.due import ANYBODY, STATES, coming_due, due_at, loaded, owner_key
from publishing.record.entrance import about, done, sentence
from publishing.record.explaining import Explaining
from publishing.record.proof import Unreadable, heads, holds, printed, read
from publishing.record.repeating import repeat
from publishing.record.replacing import MOVED_ON, Replacement, replaceable, still_told
from publishing.record.searching import (
    STARTING,
    Answer,
    Instead,
    Wanted,
    Way,
    answer_to,
    pairs_for,
    pairs_searched,
    renew_search,
    starting_pairs,
    suggested_words,
    taken_pairs,
)
from publishing.record.sheets import Sheet, code_at, read_as_code, sheet_of
from publishing.record.shelved import names_by_state, pictures_ending, renew_uses, uses_of
from publishing.record.since import erased_since
from publishing.record.spoken import day_said, lately, spoken
from publishing.record.states import URGENCY, Pressing, counted, state_of, with_states
from publishing.record.told import COLUMNS, TooShort, defused, find, hits, rows_of, waiting, write_csv
from publishing.record.translated import ahead_of, by_root, in_other_languages, root_of
from publishing.record.trying import Inside, fault_of, public_address
from publishing.record.verification import broken_links, faults, redacted_editions
from publishing.record.wanted import Words, wanted_of
