"""What is told of an edition's words: where each form stands, and the stems in their order in title and headings."""

from dataclasses import dataclass

from publishing.text import seeking

TITLE, HEAD = "!", "~"
MOST_HEADS = 300  # words in brief and headings whose order is kept


@dataclass
class Told:
    """By form its stem, and by stem the signs of where it stands: ! in the title, ~ in brief or headings."""

    forms: dict[str, str]
    signs: dict[str, str]
    heads: str = ""
    size: int = 0

    def words(self):
        """The words that the databases search: the stem, and once more with each sign."""
        return {f"{sign}{stem}" for stem in self.forms.values() for sign in ("", *self.signs.get(stem, ""))}

    def tongued(self, language):
        """(form, tongue, stem) of each."""
        return [(form, seeking.tongue_of(form, language), stem) for form, stem in self.forms.items()]

    def written(self):
        """A line of the words, and one of the forms of each stem in that order; `read` takes them in again.

        Of a form is written what comes behind its stem, which mostly is nothing; or the whole of it behind a sign.
        """
        by_stem = {}
        for form, stem in sorted(self.forms.items()):
            by_stem.setdefault(stem, []).append(form[len(stem) :] if form.startswith(stem) else f"={form}")
        words = [*sorted(by_stem), *sorted(self.words() - by_stem.keys())]
        return f"{' '.join(words)}\n{' '.join(','.join(by_stem[stem]) for stem in sorted(by_stem))}"

    @classmethod
    def read(cls, written):
        words, _line, endings = written.partition("\n")
        words, endings, forms, signs = words.split(" "), endings.split(" "), {}, {}
        for stem, some in zip(words, endings, strict=False) if words[0] else ():
            forms |= {one[1:] if one[:1] == "=" else f"{stem}{one}": stem for one in some.split(",")}
        for word in words[len(endings) :]:
            signs[word[1:]] = signs.get(word[1:], "") + word[0]
        return cls(forms, signs)


def told_of(edition, guide, stems: seeking.Stems):
    """What is told of an edition, and of the title of the guide that it follows."""
    title_field, *briefs = edition.SEARCHED
    title = getattr(edition, title_field)
    found = list(seeking.blocks(edition.html))
    heads = [*(getattr(edition, name) for name in briefs), guide, *(one.text for one in found if one.is_heading)]
    body = [one.text for one in found if not one.is_heading] + [edition.notice_text]
    forms, signs, ordered = {}, {}, {}
    for sign, texts in ((TITLE, [title]), (HEAD, heads), ("", body)):
        ordered[sign] = []
        for written in seeking.words_written("\n".join(texts)):
            for form in written:
                if seeking.is_small(form, edition.language):
                    continue
                if form not in forms:
                    forms[form] = stems.of(form, seeking.tongue_of(form, edition.language))
                if sign and sign not in (known := signs.get(forms[form], "")):
                    signs[forms[form]] = known + sign
            if sign and written[0] in forms:
                ordered[sign].append(forms[written[0]])
    size = len(set(ordered[TITLE]))
    return Told(forms, signs, f"{' '.join(ordered[TITLE])}|{' '.join(ordered[HEAD][:MOST_HEADS])}", size)
