"""What the ledger proves of an edition: the digests of its text, of all its words, of what its page is made from."""

from publishing.text import digest


class Proven:
    """Mixed into editions."""

    # What its digest covers beside the fields of its kind; all else its line says. Formats are added, never edited.
    ABOUT = {
        2: ("work_id", "digest_format", "renderer", "is_notice", "notice_reason")
        + ("words", "school_year", "is_substance", "carried")
    }
    MADE = {2: ("html", "notice_text")}
    # Per concrete class: format -> fields of the text a review judges, further words, and all else that is proven.
    DIGESTED: dict[int, dict[str, tuple[str, ...]]]
    AROUND: tuple[str, ...] = ()  # what a reviewer reads around the text, and no digest of the text holds

    def digested(self):
        """(all words that the ledger proves of this edition, all else that it proves), by field."""
        fields = self.DIGESTED[self.digest_format]
        worded = (*fields["text"], *fields["words"], *self.MADE[self.digest_format])
        left = (*fields["page"], *self.ABOUT[self.digest_format], "text_digest")
        return ({name: getattr(self, name) for name in names} for names in (worded, left))

    def digests(self):
        """(text_digest, words_digest, page_digest) computed from what this edition holds now."""
        worded, left = self.digested()
        of_words = digest(worded)
        return self.digest_of_text(), of_words, digest(left | {"words_digest": of_words})

    def digest_of_text(self, digest_format=None):
        """What a review is bound to, under this edition's format or another."""
        fields = self.DIGESTED[digest_format or self.digest_format]["text"]
        return digest({name: getattr(self, name) for name in fields})

    def digest_of_content(self):
        """What a working copy is compared by: all that is copied from one. Its long texts are digested before."""
        told = self.DIGESTED[self.digest_format]["text"]
        left = {name: value for name, value in self.content().items() if name not in told}
        return digest(left | {"text_digest": self.text_digest})

    def digest_of_around(self):
        """What a review saw around the text; nothing where nothing stands there."""
        return digest({name: getattr(self, name) for name in self.AROUND}) if self.AROUND else ""

    def digest_of_page(self):
        """What the ledger proves; of what the law had erased, by what is left."""
        worded, left = self.digested()
        return digest(left | {"words_digest": self.words_digest if self.redacted_at else digest(worded)})
