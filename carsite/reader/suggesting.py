"""What the box of the search suggests without a script: titles, and words of pairs. At most 4 kB."""

from django.utils.html import escape

from articles.models import Article, ArticleEdition
from publishing.models import Indexed
from publishing.record import suggested_words

MOST_BYTES, OF_TITLES = 3900, 2900
OPTION = len('<option value="">\n')
TITLES = 60


def fitting(some, most=MOST_BYTES):
    """As many as there is room for, each once."""
    found = []
    for one in dict.fromkeys(some):
        most -= _size(one)
        if most < 0:
            break
        found.append(one)
    return found


def suggestions(language, at):
    """The newest titles, and words of pairs that lead to what is live: for a page that is not stored."""
    rows = Indexed.objects.filter(kind=Article.LEDGER_NAME, language=language, is_notice=False).order_by("-pk")
    newest = list(rows.values_list("edition", flat=True)[:TITLES])
    live = ArticleEdition.objects.live(at, is_paged=True).filter(pk__in=newest)
    titles = fitting(live.order_by("title").values_list("title", flat=True), OF_TITLES)
    return titles + fitting(suggested_words(language, at), MOST_BYTES - sum(map(_size, titles)))


def _size(one):
    return OPTION + len(escape(one).encode())
