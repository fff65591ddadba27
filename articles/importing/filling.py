"""Brings what a source says into the fields of an article and its questions."""

import unicodedata

from django.conf import settings
from django.core.exceptions import ValidationError

from articles import sources
from articles.importing import questions
from articles.importing.outcomes import BY
from articles.models import Article, Topic
from publishing.models import Picture, Publisher, Sponsor
from publishing.text import digest, is_language, language_called, named

# What patients read of why a text changed: the name of a file tells them nothing, and the intake keeps it.
FIRST, AGAIN = "First published here.", "Brought up to date."
AT_ONCE = 5  # pictures of one file whose renditions are made at once; of more, `daily` makes them


class Rows:
    """The rows beside articles that say exactly what sources say: found once, or made."""

    def __init__(self):
        self.found = {}

    def topic(self, name):
        if not name:
            return None
        # Compared here, since SQLite knows small letters of English only.
        if Topic not in self.found:
            self.found[Topic] = {named(topic.title): topic for topic in Topic.objects.all()}
        topic = self.found[Topic].get(named(name))
        if topic is None:
            topic = Topic(title=name)
            topic.full_clean()
            topic.keep(by=BY, note=f"New topic “{name}”")
            self.found[Topic][named(name)] = topic
        return topic

    def original(self, source):
        """The guide of which it is a translation. Raises ValidationError."""
        if not source.translation_of:
            return None
        language, _slash, slug = source.translation_of.partition("/")
        found = Article.objects.filter(language=language, slug=slug).first()
        if found is None:
            told = f"There is no guide “{source.translation_of}”. Take that one in first."
            raise ValidationError({"translation_of": told})
        return found

    def publisher(self, source):
        name = source.publisher_name or next(iter(source.websites), "")
        if not (name or source.social):
            return None
        texts = {"websites": "\n".join(source.websites), "social": "\n".join(source.social)}
        return self._row(Publisher, name=name or source.uploaded_by or "Not named", **texts)

    def sponsor(self, source, original=None):
        """The one that says exactly this; a new one speaks the language of the file, beside that of the original."""
        if not source.sponsor_name:
            return None
        told = {
            "name": source.sponsor_name,
            "wording": source.sponsor_wording,
            "address": source.sponsor_address,
            "claims": "\n".join(source.sponsor_claims),
            # A file that does not say it is about the sponsor of whom staff have said it.
            **({"connection": source.sponsor_connection} if source.sponsor_connection else {}),
        }
        return self._row(Sponsor, _new_words(source, original), **told)

    def _row(self, model, new=None, **fields):
        """The row that says exactly this, or a new one: what staff wrote is never changed by a file."""
        asked = (model, *fields)
        if asked not in self.found:
            self.found[asked] = {
                said(*(getattr(row, name) for name in fields)): row for row in model.objects.order_by("-pk")
            }
        row = self.found[asked].setdefault(said(*fields.values()), model(**fields, **(new or {})))
        if not row.pk:
            row.full_clean()
            row.save()
        return row


def _new_words(source, original):
    """Of a sponsor's words that are new: their language, and which words of its own they translate."""
    if source.language == settings.LANGUAGE_CODE:
        return {}
    first = original and original.sponsor and (original.sponsor.original or original.sponsor)
    is_same = first and first.name == source.sponsor_name and first.language != source.language
    is_new = is_same and not first.translations.filter(language=source.language).exists()
    return {"language": source.language, "original": first if is_new else None}


def topic_called(name):
    """The topic of a name, in whatever letters it is written, or None."""
    if not name:
        return None
    found = Topic.objects.filter(title__iexact=name).first()
    return found or next((one for one in Topic.objects.all() if named(one.title) == named(name)), None)


class Known(Rows):
    """The same where none may be made: what is not there stays empty, and is told."""

    def __init__(self, told):
        super().__init__()
        self.told = told

    def topic(self, name):
        found = topic_called(name)
        if name and found is None:
            self.told(f"its topic “{name}” is none of this site's: choose one")
        return found

    def _row(self, model, _new=None, **fields):
        names = tuple(fields)
        row = next(
            (
                row
                for row in model.objects.filter(name=fields["name"]).order_by("-pk")
                if said(*(getattr(row, name) for name in names)) == said(*fields.values())
            ),
            None,
        )
        if row is None:
            self.told(f"its {model._meta.verbose_name} “{fields['name']}” is not known here: choose one, or leave it")
        return row


def said(*texts):
    """What a row says, in whatever Unicode form; its capitals are part of what patients read."""
    return tuple(unicodedata.normalize("NFC", text) for text in texts)


def fill(article, source, rows):
    """Write what the source says into the article, unsaved. Raises ValidationError."""
    article.title, article.lead, article.body = source.title, source.lead, source.body
    article.language = source.language
    article.brief = "\n".join(f"{label}: {answer}" for label, answer in source.brief)
    article.sources = "\n".join(source.sources)
    article.published_on, article.uploaded_by = source.published_on, source.uploaded_by
    article.original, article.is_machine = rows.original(source), source.is_machine
    article.leaflet_number = source.leaflet_number[:100]
    article.related, article.ai_part = "\n".join(source.related), source.ai_part
    article.topic = rows.topic(source.topic)
    article.publisher = rows.publisher(source)
    article.sponsor = rows.sponsor(source, article.original)
    article.check_fields()


def fit_language(source):
    """A language that the clinic has named, else another that there is; else a doubt."""
    known = dict(settings.LANGUAGES)
    wanted = source.language.strip().lower().replace("_", "-")
    tried = (wanted, wanted.partition("-")[0])
    listed = next((one for one in tried if one in known), None)
    other = next((one for one in tried if is_language(one)), None)
    if listed is None and other is None:
        has = ", ".join(f"{code} ({name})" for code, name in settings.LANGUAGES)
        told = f"its language is said to be “{source.language}”, and there is none of that tag; say which it is: {has}"
        source.doubt(None, told, about=sources.LANGUAGE)
    elif listed is None and source.is_guessed:
        told = f"it reads like {language_called(other)} ({other}), which the clinic has not named: say which language "
        told += f"it is, in front matter (language: {other}), by a folder ({other}/), or where it is brought in"
        source.doubt(None, told, about=sources.LANGUAGE)
    source.language = listed or other or settings.LANGUAGE_CODE


def keep_pictures(file, at, by=BY):
    """Keep the pictures that came with a source."""
    for shown in file.source.pictures.values():
        few = len(file.source.pictures) <= AT_ONCE
        Picture.keep_made(shown.made, by=by, file_name=shown.file_name, at=at, with_renditions=few)
    if file.source.pictures:
        Picture.objects.learn_words(
            "\n".join([file.source.body, *(answer for _asked, answer in file.source.questions)])
        )


def digest_of(article, entries=None):
    """The working copy with its questions as it is now, to notice that somebody edited it."""
    if entries is None:
        entries = questions.beside(article)
    return digest([article.frozen(), [(one.question, one.answer, one.place) for one in entries]])
