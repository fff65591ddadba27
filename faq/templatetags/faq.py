from django import template

from faq.pages import questions_in_preview, questions_of

register = template.Library()


@register.simple_tag
def faq_for(page):
    """The questions that stand on an article's page: the live ones, in a preview those being written."""
    if page.is_preview:
        return questions_in_preview(page.edition.work)
    return questions_of(page.edition.work_id, page.at)
