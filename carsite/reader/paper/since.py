"""What differs between each older edition of a text and the one that patients read, kept ready as pages are.

To compare two texts takes milliseconds, and to look it up none. Both editions are permanent, so what was found holds
until a newer one is in force. It is written over then, so there is never more of it than there are editions.
"""

import json
import time
from contextlib import suppress

from carsite.reader.kept import kept
from carsite.reader.stored import key_of, tag_of
from publishing.models import StoredPage, differences_of, kinds, page_of
from publishing.record import Compared, been_editions, compared, whole_of

KIND = "application/json"
FORGED = (ValueError, LookupError, TypeError, AttributeError, StopIteration)  # what was altered in the database raises
MOST = 200  # editions of a text that are compared with its newest; what is older is compared when somebody asks


def address_of(before, after):
    """Where it is kept, which is no address of a page. None where it is not kept: a text that came since differs in
    all its words, which takes no comparing."""
    one = after if after is not None else before
    if before is None or one.pk is None:
        return None
    name = f"{one._meta.get_field('work').related_model.LEDGER_NAME}/{one.work_id}"
    return f"{differences_of(name)} {before.pk or 'beginning'}"


def known(before, after):
    """What differs between two editions, where that lies ready; None for an edition stands for no text."""
    address = address_of(before, after)
    found = address and kept().find(key_of(address, ""), "identity")
    with suppress(FORGED):
        told = found and json.loads(bytes(found[-1]))
        return Compared.read(told["said"]) if told and told["after"] == (after and after.pk) else None


def make_ready(name, at):
    """Compare each older edition of a text with what patients read of it now, the newest first."""
    model = model_of(name)
    been = been_editions(model, at=at, work=int(name.partition("/")[2]))
    newest = been[0] if been and not been[0].is_notice else None
    for before in [*been[1 : MOST + 1], *beginning(model, newest)]:
        if not (before.is_notice or before.redacted_at):
            keep_ready(before, newest)


def model_of(name):
    """The class of editions of the text that the ledger calls so."""
    return next(one for one in kinds.works() if name.partition("/")[0] == one.LEDGER_NAME).edition_model()


def beginning(model, newest):
    """What a sheet had of a text before its first edition: around every guide, the words that a site begins with."""
    is_around = model is kinds.frame().edition_model() and newest is not None
    return [model()] if is_around and newest.language == model().language else []


def keep_ready(before, after):
    if known(before, after):
        return
    seq, at = StoredPage.head()
    address, content = address_of(before, after), content_of(before, after)
    told = {"http": 200, "content_type": KIND, "location": "", "br": b"", "gzip": b"", "etag": tag_of(content)}
    needs = {address.rpartition(" ")[0]}
    kept().keep(page_of(key_of(address, ""), seq, at, needs, identity=content, **told))
    time.sleep(0.01)  # readers of pages go first


def content_of(before, after):
    both = (one and one.pk and whole_of.first(type(one), keys=[one.pk]) or one for one in (before, after))
    said = {"after": after and after.pk, "said": compared(*both).written()}
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


def is_altered(address, content, at):
    """Whether what is kept there is not what the two editions say."""
    try:
        return content != said_at(address, content, at)
    except FORGED:
        return True


def said_at(address, content, at):
    """What the two editions say that an address, and what is kept there, name."""
    of, _blank, first = address.rpartition(" ")
    name = of.removeprefix(differences_of(""))
    been = {one.pk: one for one in been_editions(model_of(name), at=at, work=int(name.partition("/")[2]))}
    after = been.get(json.loads(content)["after"])
    model = model_of(name)
    before = model() if first == "beginning" else been[int(first)]
    return content_of(before, after)
