"""Of what changed between two texts, only what can hurt."""

from publishing.safety.apart import apart
from publishing.safety.dangers import Danger
from publishing.safety.diff import find, knows
from publishing.safety.left import still_said
from publishing.safety.words import code_of, medicines_in, names_medicine
