"""What the function of a template is made of besides its lines: other templates, and what it says by itself."""

from __future__ import annotations

from contextvars import ContextVar

from django.utils.translation import get_language

# The language of the page that is put together, for what asks it hundreds of times: Django takes longer to tell it than
# to show a name. So no template of readers may change its language in its midst (test_templating.py).
SPOKEN: ContextVar[str | None] = ContextVar("spoken", default=None)


def spoken() -> str | None:
    """The language in which the words of the house are told now."""
    return SPOKEN.get() or get_language()


class Unwritable(Exception):
    """A template that only Django can show."""


class Included:
    """A template that another one includes or extends, by name, found when it is needed."""

    def __init__(self, engine, name):
        self.engine, self.name, self.function = engine, name, None

    def __call__(self, context, values, add, blocks=None):
        if self.function is None:
            nodes = self.engine.get_template(self.name).nodelist
            if not hasattr(nodes, "function"):
                raise Unwritable(f"{self.name} is none of the templates of readers' pages.")
            self.function = nodes.function()
        context.dicts = [values]
        self.function(context, values, add, blocks or {})


class Texts:
    """What a template says by itself: by language the texts between what it is given."""

    def __init__(self):
        self.parts: list[list] = []
        self.by_language: dict[str | None, list] = {}

    def add(self, parts) -> int:
        self.parts.append(parts)
        return len(self.parts) - 1

    def __call__(self):
        code = spoken()
        if code not in self.by_language:
            self.by_language[code] = [
                "".join(one if isinstance(one, str) else one() for one in parts) for parts in self.parts
            ]
        return self.by_language[code]
