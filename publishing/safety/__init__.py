"""Of what changed between two texts, only what can hurt."""

from publishing.safety.diff import Danger, find, knows
