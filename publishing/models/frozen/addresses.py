"""Public addresses: each text has one of its own in its language, and what was once given out leads to it for ever."""

from itertools import chain, zip_longest

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models

from publishing.text import is_language, language_called, slug_of

# What slug_of makes is shorter, so that there is room for a number behind it.
LONGEST_SLUG = 100


def languages():
    return settings.LANGUAGES


def validate_slug(slug):
    fitting = slug_of(slug, LONGEST_SLUG)
    if fitting != slug:
        raise ValidationError(
            "An address is made of small letters and digits, with hyphens between words. "
            f"Try “{fitting}”, or leave it empty."
        )


def _numbered(base, number):
    return base if number == 1 else f"{base}-{number}"


class LanguageField(models.CharField):
    """One of the site's languages, or another in which a text came: it is kept as what it is, with the words of the
    first language around it."""

    def contribute_to_class(self, cls, name, **told):
        super().contribute_to_class(cls, name, **told)
        setattr(cls, f"get_{name}_display", lambda text: language_called(getattr(text, name)))

    def deconstruct(self):
        # The table holds letters; what they may be is said here, and in LANGUAGES.
        name, _path, args, told = super().deconstruct()
        return name, "django.db.models.CharField", args, told

    def validate(self, value, model_instance):
        if not is_language(value):
            super().validate(value, model_instance)


def is_listed(language):
    """Whether the clinic has named that language."""
    return language in dict(settings.LANGUAGES)


def unlisted(*tags):
    """(code, name) of those in which texts are, and the clinic has not named."""
    there = (one for one in dict.fromkeys(tags) if one and is_language(one) and not is_listed(one))
    return [(one, f"{language_called(one)}, English words around it") for one in there]


def how_to_list(language):
    """What stands around a text in a language that the clinic has not named, as a sentence."""
    codes = ",".join([*dict(settings.LANGUAGES), language])
    return (
        f"It is in {language_called(language)} ({language}), with English words around it. Whoever runs the site can "
        f"name that language: LANGUAGES={codes}, then a restart."
    )


class Addressed(models.Model):
    """Content that has a public address: a slug, unique per language."""

    language = LanguageField(max_length=10, choices=languages, default=settings.LANGUAGE_CODE)
    # Not a SlugField: that takes the vowel signs out of Hindi, and so the sense out of its words.
    slug = models.CharField(
        "address",
        max_length=100,
        blank=True,
        validators=[validate_slug],
        help_text="The last part of the page's address. Empty: made from the title. "
        "An address patients were once given goes on working.",
    )

    class Meta:
        abstract = True

    def get_absolute_url(self):
        return self.address()

    @property
    def language_name(self):
        """What the language calls itself."""
        return language_called(self.language)

    @classmethod
    def free_slug(cls, text, language):
        """An address made from the text that no other working copy has and none of its kind ever had."""
        return cls.free_slugs([text], language)[0]

    @classmethod
    def free_slugs(cls, texts, language, hints=()):
        """An address for each of the texts, all different. A hint is a number that is likely to be free behind one."""
        bases = [slug_of(text) or cls._meta.model_name for text in texts]
        wanted = [
            [_numbered(base, number) for number in (*range(1, 10), hint)]
            for base, hint in zip_longest(bases, hints, fillvalue=10)
        ]
        taken, free = cls._taken(chain(*wanted), language), []
        for base, slugs in zip(bases, wanted, strict=True):
            slug = next((slug for slug in slugs if slug not in taken), None)
            free.append(slug or _numbered(base, cls._free_number(base, language, taken)))
            taken.add(free[-1])
        return free

    @classmethod
    def _free_number(cls, base, language, given):
        # Not one by one: ten thousand guides may ask the same question.
        low, high, tried = 1, None, [2**n for n in range(1, 17)]
        while high is None or high - low > 1:
            slugs = {number: _numbered(base, number) for number in tried}
            taken = given | cls._taken(slugs.values(), language)
            high = next((n for n in tried if slugs[n] not in taken), high or 2**17)
            low = max((n for n in tried if n < high), default=low)
            tried = range(low + 1, high, max((high - low) // 64, 1))
        return high

    @classmethod
    def _taken(cls, slugs, language):
        """Which of these addresses are, or ever were, somebody's."""
        slugs = set(slugs)
        used, given = (
            model.objects.filter(language=language, slug__in=slugs).order_by().values_list("slug", flat=True)
            for model in (cls, cls.edition_model())
        )
        return set(used.union(given).order_by())

    def address(self, *more):
        """The public path: /articles/<slug>/, and under /<language>/ for languages other than the first."""
        first = [] if self.language == settings.LANGUAGE_CODE else [self.language]
        folder = [self.FOLDER] if self.FOLDER else []
        return "/" + "/".join([*first, *folder, self.slug, *more]) + ("" if more and "." in more[-1] else "/")
