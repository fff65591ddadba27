"""What the record answers: verified, proven, told, due, replaced."""

from publishing.record import searching
from publishing.record.erasing import erasure
from publishing.record.erasing.repeating import repeat
from publishing.record.erasing.since import ERASING, erased_since
from publishing.record.owed.asked import reminders
from publishing.record.owed.checked import checked_of
from publishing.record.owed.due import ANYBODY, STATES, due_at, loaded, owner_key
from publishing.record.owed.found import coming_due
from publishing.record.owed.keeping import owed_faults, renew_owed
from publishing.record.owed.seldom import has_ending, has_waiting, unfit_of
from publishing.record.owed.states import URGENCY, Pressing, counted, in_states, state_of, with_states
from publishing.record.recall.acted import acted, pair_named, results, titled, who
from publishing.record.recall.replacing import MOVED_ON, Replacement, replaceable, still_told
from publishing.record.recall.shelved import names_by_state, pictures_ending, renew_uses, uses_of
from publishing.record.recall.spoken import day_said, lately, spoken
from publishing.record.recall.told import COLUMNS, TooShort, defused, find, hits, rows_of, waiting, write_csv
from publishing.record.recall.wanted import Words, wanted_of
from publishing.record.rules import grammar, triggers
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
from publishing.record.shown.changes import code_at, code_of_copy, codes_of, line_of_copy, read_as_code
from publishing.record.shown.compared import Compared, been_editions, compared, whole_of
from publishing.record.shown.composition import Composition, composed, live_named, standings, successor_of
from publishing.record.shown.explaining import Explaining
from publishing.record.shown.sheets import Sheet, sheet_of
from publishing.record.shown.translated import ahead_of, by_root, in_other_languages, root_of
from publishing.record.trying import Inside, fault_of, public_address
from publishing.record.verifying.entrance import about, done, sentence
from publishing.record.verifying.proof import Unreadable, heads, holds, printed, read
from publishing.record.verifying.verification import broken_links, faults, redacted_editions
