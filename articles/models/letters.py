"""What finds the letters with which guides begin."""

from django.db import models

from publishing.models import LISTED

OPENING = '¿¡“”„‘’‚«»‹›(["*#-–—.…'  # signs before the first letter of a title


class FirstSign(models.Func):
    """The first sign of a title, behind what opens a question or quotation. Written out, so that an index is found."""

    template = f"SUBSTR(LTRIM(%(expressions)s, '{OPENING}'), 1, 1)"
    output_field = models.CharField()


class Told(models.Func):
    """The language, as an expression: an index that began with the column itself would be taken for every list."""

    template = "(%(expressions)s || '')"
    output_field = models.CharField()


# Of editions: lists the signs by jumping from one to the next
FIRST_SIGNS = models.Index(
    Told("language"), FirstSign("title"), "title", "work", condition=LISTED, name="articles_edition_first"
)
