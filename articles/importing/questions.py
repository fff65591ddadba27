"""A source's questions, as texts of the kind that is registered to take them: with a question, an answer, a place."""

from articles.models import Article
from publishing.models import kinds


def made(article, question, **fields):
    """A text for one question of a source, unsaved."""
    model, key = _kind()
    return model(**{key: article}, language=article.language, question=question, **fields)


def beside(article):
    """The working copies of an article's questions, in their place."""
    model, key = _kind()
    return model.objects.filter(**{key: article}).order_by("place", "pk")


def _kind():
    return next((model, key) for model, key in kinds.following(Article) if model.TAKES_QUESTIONS)
