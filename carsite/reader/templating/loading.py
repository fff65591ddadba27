"""Where templates come from, and the function that was written of each."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from django.conf import settings
from django.template import NodeList
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.template.loaders import cached
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from carsite.reader.templating.parts import SPOKEN, Unwritable
from carsite.reader.templating.writer import Writer


class Loader(cached.Loader):
    """Django's own, of templates that stand in the folder of the house, those of the staff's pages left as they are."""

    def get_template(self, template_name, skip=None):
        template = super().get_template(template_name, skip)
        is_ours = str(template.origin.name).startswith(str(settings.BASE_DIR / "templates"))
        is_public = is_ours and not template_name.startswith("admin/")
        if is_public and not self.engine.debug and not isinstance(template.nodelist, Written):
            template.nodelist = Written(template)
        return template


class Written(NodeList):
    """The nodes of a template, rendered by the function that was written of them."""

    def __init__(self, template):
        super().__init__(template.nodelist)
        self.engine, self.contains_nontext, self.made = template.engine, True, None

    def function(self) -> Callable:
        """What was written of it. Raises Unwritable."""
        if self.made is None:
            self.made = Writer(self.engine).written(list(self))
        return self.made

    def write(self):
        with suppress(Unwritable):
            self.function()

    def render(self, context):
        # A template of Django's own that extends this one looks for its blocks here.
        if BLOCK_CONTEXT_KEY in context.render_context or not context.autoescape:
            return super().render(context)
        kept, values, found = context.dicts, context.flatten(), []
        context.dicts, language = [values], SPOKEN.set(get_language())
        try:
            self.function()(context, values, found.append, {})
            return SafeString("".join(found))
        except Unwritable:
            pass  # nothing of it was shown yet
        finally:
            context.dicts = kept
            SPOKEN.reset(language)
        return super().render(context)
