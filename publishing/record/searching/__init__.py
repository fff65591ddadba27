"""Searching: what patients mean, found in the index."""

from publishing.record.searching.answering import Answer, Instead, answer_to
from publishing.record.searching.installing import install, renew_search
from publishing.record.searching.pairs import pairs_for
from publishing.record.searching.terms import ENDING, SLIP, SOUND, Way
