"""The desk of translations: which guide is told in which language, and a translation beside its original."""
