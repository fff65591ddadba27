"""Searching: what patients mean, found in the index."""

from publishing.record.searching.answering import Answer, Instead, answer_to
from publishing.record.searching.holding import Wanted
from publishing.record.searching.installing import install, renew_search
from publishing.record.searching.listing import taken_pairs
from publishing.record.searching.pairs import STARTING, pairs_for, pairs_searched, starting_pairs
from publishing.record.searching.suggesting import suggested_words
from publishing.record.searching.terms import ENDING, SLIP, SOUND, Way
