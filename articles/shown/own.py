"""The words that a guide explains itself, in a section of its own: they are not explained twice."""

import re

from django.utils.translation import gettext

from publishing.text import contents, fold, plain

TERM = re.compile(r"<dt\b[^<>]*>([^<]*(?:<(?!/?dt\b)[^<]*)*)</dt>")


class OwnWords:
    """Those of one guide, and the anchor of the section that says what they mean.

    Only a section of that name says what words mean; a list of side effects says what to do about them.
    """

    def __init__(self, html):
        self.anchor, self.terms = "", set()
        named = fold(gettext("Words on this page"))
        is_there = any(fold(words) == named for _anchor, words in contents(html))
        for part in html.split("<section ") if is_there else ():
            anchor = next((anchor for anchor, words in contents(f"<section {part}") if fold(words) == named), "")
            if anchor:
                self.anchor = self.anchor or anchor
                self.terms |= {fold(plain(term)) for term in TERM.findall(part)}

    def among(self, editions):
        """Of these words of the word list those that it explains, by their numbers."""
        return {one.work_id for one in editions if not self.terms.isdisjoint(fold(form) for form in one.forms)}
