"""Of what changed between two texts, only what can hurt."""

from publishing.safety.diff import Danger, find, knows
from publishing.safety.words import code_of, medicines_in, names_medicine
