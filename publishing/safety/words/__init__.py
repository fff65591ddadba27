"""Words that can hurt, by language, and the names of medicines."""

from publishing.safety.words.grouped import BY_COMMAS, has_groups, with_commas, without_groups
from publishing.safety.words.lists import (
    AFTER_A_NUMBER,
    LANGUAGES,
    UNITS,
    Words,
    code_of,
    fold,
    small_letters,
    words_of,
)
from publishing.safety.words.medicines import is_medicine, medicines_in, names_medicine, taken
