"""Every kind of text on this site. A room that has one registers it here; nothing else walks all models.

A kind is the class of its working copies. What follows comes before what it follows: questions before guides, and what
stands around both at the end.
"""

from django.apps import apps

from publishing.models.permanence import PermanentRow

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
            return model._base_manager.filter(pk=pk or 1).first() if pk.isdecimal() or not pk else None
    return None


def permanent():
    """Every class of rows that are kept for ever."""
    return [model for model in apps.get_models() if issubclass(model, PermanentRow)]
