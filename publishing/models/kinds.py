"""Every kind of text on this site. A room that has one registers it here; nothing else walks all models.

A kind is the class of its working copies. What follows comes before what it follows: questions before guides, and what
stands around both at the end.
"""

from django.apps import apps

_kinds = []


def register(model):
    """Class decorator: working copies of this class are one kind of text."""
    _kinds.insert(0, model)
    return model


def works():
    """The classes of working copies."""
    return list(_kinds)


def frame():
    """The class of what stands around every text."""
    return next(model for model in _kinds if model.LEDGER_NAME == "frame")


def word_list():
    """The class of terms with their meanings."""
    return next(model for model in _kinds if model.EXPLAINS)


def explained():
    """The kinds on whose pages terms are explained."""
    return [model for model in _kinds if model.IS_EXPLAINED]


def editions():
    """The classes of editions."""
    return [model.edition_model() for model in _kinds]


def reviewed():
    """The classes of working copies that clinicians review."""
    return [model for model in _kinds if model.IS_REVIEWED]


def reviews():
    """The classes of reviews."""
    return [model.review_model() for model in reviewed()]


def following(original):
    """The kinds that follow texts of that kind: (class of working copies, name of its key to what it follows)."""
    return [(model, model.FOLLOWS) for model in _kinds if model.original_model() is original]


def followers(work):
    """Every working copy that follows this one, in its place, each with it at hand."""
    keys = [model._meta.get_field(key) for model, key in following(type(work))]
    return [one for key in keys for one in getattr(work, key.remote_field.get_accessor_name()).all()]


def named(name):
    """The working copy that the ledger calls so, or None."""
    called, _slash, pk = name.partition("/")
    for model in _kinds:
        if called == model.LEDGER_NAME:
            return model._base_manager.filter(pk=pk).first() if pk.isdecimal() else None
    return None


def has_topic(model):
    """Whether texts of that kind stand under topics."""
    return any(field.name == "topic" for field in model._meta.fields)


def title_of(model):
    """The name of the field by which people know a text of that kind."""
    formats = model.edition_model().DIGESTED
    return model.TITLE or formats[max(formats)]["text"][0]


def work_of(edition):
    """The text of an edition by its key and language alone: pages for patients read nothing that staff write."""
    model = edition._meta.get_field("work").related_model
    return model(pk=edition.work_id, **({"language": edition.language} if hasattr(edition, "language") else {}))


def titled(names):
    """By the ledger's name of a text (its class, its key, its title), where there is one; a query for each kind."""
    found, numbers = {}, {}
    for called, _slash, number in (name.partition("/") for name in names):
        if number.isdecimal():
            numbers.setdefault(called, set()).add(int(number))
    for model in _kinds:
        if model.LEDGER_NAME in numbers:
            rows = model._base_manager.filter(pk__in=numbers[model.LEDGER_NAME]).order_by()
            told = rows.values_list("pk", title_of(model))
            found |= {f"{model.LEDGER_NAME}/{pk}": (model, pk, title) for pk, title in told}
    return found


def permanent():
    """Every class of rows that are kept for ever."""
    return [model for model in apps.get_models() if getattr(model, "is_permanent", False)]
