"""What is told of an edition's words: where each form stands, and the stems in their order in title and headings."""

from dataclasses import dataclass

from publishing.text import seeking

TITLE, HEAD = "!", "~"
MOST_HEADS = 300  # words in brief and headings whose order is kept


@dataclass
class Told:
    """By form its stem and the signs of where it stands: ! in the title, ~ in brief or headings."""

    forms: dict[str, tuple[str, str]]
    heads: str = ""
    size: int = 0

    def words(self):
        """The words that the databases search: the stem, and once more with each sign."""
        return {f"{sign}{stem}" for stem, signs in self.forms.values() for sign in ("", *signs)}

    def tongued(self, language):
        """(form, tongue, stem) of each."""
        return [(form, seeking.tongue_of(form, language), stem) for form, (stem, _signs) in self.forms.items()]

    def written(self):
        """As lines of text; `read` takes them in again."""
        lines = []
        for form, (stem, signs) in sorted(self.forms.items()):
            lines.append(f"{signs}{form}" if stem == form else f"{signs}{form} {stem}")
        return "\n".join(lines)

    @classmethod
    def read(cls, written):
        forms = {}
        for line in written.split("\n") if written else ():
            form = line.lstrip(TITLE + HEAD)
            signs = line[: len(line) - len(form)]
            form, _blank, stem = form.partition(" ")
            forms[form] = (stem or form, signs)
        return cls(forms)


def told_of(edition, guide, stems: seeking.Stems):
    """What is told of an edition, and of the title of the guide that it follows."""
    title_field, *briefs = edition.SEARCHED
    title = getattr(edition, title_field)
    found = list(seeking.blocks(edition.html))
    heads = [*(getattr(edition, name) for name in briefs), guide, *(one.text for one in found if one.is_heading)]
    body = [one.text for one in found if not one.is_heading] + [edition.notice_text]
    forms, ordered = {}, {}
    for sign, texts in ((TITLE, [title]), (HEAD, heads), ("", body)):
        ordered[sign] = []
        for written in seeking.words_written("\n".join(texts)):
            for form in written:
                if seeking.is_small(form, edition.language):
                    continue
                if form in forms:
                    stem, signs = forms[form]
                    if sign not in signs:
                        forms[form] = (stem, signs + sign)
                    continue
                stem = stems.of(form, seeking.tongue_of(form, edition.language))
                forms[form] = (stem, sign)
            if sign and written[0] in forms:
                ordered[sign].append(forms[written[0]][0])
    size = len(set(ordered[TITLE]))
    return Told(forms, f"{' '.join(ordered[TITLE])}|{' '.join(ordered[HEAD][:MOST_HEADS])}", size)
