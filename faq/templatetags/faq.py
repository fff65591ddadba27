from django import template

from faq.pages import checks_of_guides, questions_in_preview, questions_of

register = template.Library()


@register.simple_tag
def faq_for(page):
    """The questions that stand on an article's page: the live ones, in a preview those being written."""
    if page.is_preview:
        return questions_in_preview(page.edition.work)
    return questions_of(page.edition.work_id, page.at)


@register.simple_tag(takes_context=True)
def look_up_checks(context, guides):
    """Gives each guide of a list its `check`, as its own page says it."""
    for guide, check in zip(guides, checks_of_guides(guides, context["request"].moment()), strict=True):
        guide.check = check
    return ""
