"""The texts that follow another, as its page and its acts ask for them: the desk knows none of them by name.

A room whose kind follows a text registers the rows in which it is written below that text's form.
"""

from publishing.models import kinds

_inlines = []


def written_below(inline):
    """Class decorator: texts of this inline's kind are written below the form of what they follow."""
    _inlines.append(inline)
    return inline


def inlines_below(model):
    """What stands below the form of this kind of text."""
    return [inline for inline in _inlines if inline.model.original_model() is model]


def companions(work, act, at):
    """Those that people expect to go along with an act.

    They differ from what patients read, or patients read them when what they follow goes.
    """
    if act == "withdraw":
        return [one for one in kinds.followers(work) if is_read(one, at)]
    if act == "publish":
        return [one for one in kinds.followers(work) if one.differs_from(one.live(at))]
    return []


def left_behind(work, companions, at):
    """Those that patients read and that do not go along: they may be wrong once this text changes in substance."""
    return [one for one in kinds.followers(work) if one not in companions and is_read(one, at)]


def is_read(work, at):
    live = work.live(at)
    return live is not None and not live.is_notice
