"""One composition of a guide's page: used by the page itself, its preview, and whatever shows it later."""

from dataclasses import dataclass
from functools import cached_property

from articles.models import ArticleEdition
from publishing.text import contents, parts, plain


@dataclass
class ArticlePage:
    """An article's edition at a moment, as patients read it. Its questions come from {% faq_for page %}."""

    edition: ArticleEdition
    at: object
    is_preview: bool = False

    @cached_property
    def parts(self):
        return parts(self.edition.page_html)

    @property
    def has_risks(self):
        return any(part.is_risks for part in self.parts)

    @property
    def contents(self):
        return contents(self.edition.html)

    @cached_property
    def published_on(self):
        """The date the publisher gives, else the moment patients could first read the guide here."""
        if self.edition.published_on or self.is_preview:
            return self.edition.published_on
        been = ArticleEdition.objects.been_in_force(self.at).filter(work=self.edition.work_id)
        return been.values_list("in_force_at", flat=True).last()

    @property
    def description(self):
        return self.edition.lead or plain(self.edition.html)[:200]
