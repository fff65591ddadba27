from django.core.paginator import Paginator
from django.db import models
from modelcluster.fields import ParentalKey
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page


class ArticleIndexPage(Page):
    def get_context(self, request, *args, **kwargs):
        found = ArticlePage.objects.child_of(self).live().order_by("title", "pk")
        page = Paginator(found, 50).get_page(request.GET.get("page"))
        return super().get_context(request, *args, **kwargs) | {"articles": page}


class ArticlePage(Page):
    summary = models.TextField()
    date = models.DateField(db_index=True)
    byline = models.CharField(max_length=100)
    sponsor = models.TextField(blank=True)
    body = StreamField([("heading", blocks.CharBlock()), ("paragraph", blocks.RichTextBlock())])
    links = StreamField([("website", blocks.CharBlock()), ("social", blocks.CharBlock())], blank=True)


class Faq(Orderable):
    page = ParentalKey(ArticlePage, on_delete=models.CASCADE, related_name="faq")
    question = models.CharField(max_length=300)
    answer = models.TextField()
