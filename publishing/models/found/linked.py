"""Whether what a text leads to is there: pages of this site, pictures, and addresses elsewhere that were tried."""

from urllib.parse import unquote, urljoin, urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve

from publishing.findings import Severity, check, is_around, links, pictures, short
from publishing.models import kinds
from publishing.models.frozen.addresses import Addressed
from publishing.models.shelf.media import NAME
from publishing.models.shelf.pictures import Picture
from publishing.text import is_language, is_safe, one_address

LEADS = "WCAG 2.2, 2.4.4; NHS service manual: a check of a page is a check of its links"
IN_A_LANGUAGE = "<language:language>/"  # how the routes of all languages but the first begin
# Where a link leads no patient: the staff's pages, what machines ask for, and what only a form is sent to
SHUT = ("admin/", "review/", "health/", "metrics/", "feedback/")


def own_path(address, edition):
    """(path, place in the page) where an address leads within this site, as seen from an edition's page; else None."""
    site = settings.SITE_URL.rstrip("/")
    whole = urlsplit(urljoin(site + edition.address(), address))
    mine = urlsplit(site)
    if whole.scheme not in ("http", "https") or whole.netloc.lower() != mine.netloc.lower():
        return None
    return unquote(whole.path) or "/", unquote(whole.fragment)


def _target(path):
    """(language, folder, slug) of a path of this site."""
    parts = one_address(path).strip("/").split("/")
    language = settings.LANGUAGE_CODE
    if parts[0] != language and is_language(parts[0]):
        language, *parts = parts
    return language, *[*parts, "", ""][:2]


def _led(guide):
    """(block, address, what is wrong with it or "") of each link into this site."""
    for block, address in links(guide):
        if address.startswith(("#", "www.")):
            continue
        try:
            inside = own_path(address, guide.edition) if is_safe(address) else ("", "")
        except ValueError:
            inside = ("", "")
        if inside is not None:
            yield block, address, _fault(*inside, guide)


def _fault(path, place, guide):
    """nowhere, unpublished, withdrawn, or no place; nothing where a patient arrives."""
    if not path:
        return "nowhere"
    is_file = "." in path.rpartition("/")[2]
    try:
        route = resolve(path if path.endswith("/") or is_file else f"{path}/").route.removeprefix(IN_A_LANGUAGE)
    except Resolver404:
        return "nowhere"
    language, folder, slug = _target(path)
    if route.startswith("<own:"):
        folder, slug = "", folder
    for model in kinds.works():
        if slug and issubclass(model, Addressed) and folder == model.FOLDER:
            edition = model.edition_model().objects.at_address(language, slug, guide.at)
            if edition is not None:
                is_there = not place or is_around(place) or f' id="{place}"' in edition.html
                return "withdrawn" if edition.is_notice else "" if is_there else "no place"
            work = model._base_manager.filter(language=language, slug=slug).exists()
            return "unpublished" if work else "nowhere"
        if slug and folder == model.LEDGER_NAME and hasattr(model, "slug"):
            return "" if model._base_manager.filter(slug=slug).exists() else "nowhere"
    return "nowhere" if route.startswith(SHUT) else ""


SAID = {
    "nowhere": ("leads nowhere", "Patients who follow it find no page. Name a page that is there."),
    "withdrawn": ("leads to a guide that was withdrawn", "Patients find its notice. Name another, or take it out."),
    "no place": ("leads to no place in that guide", "Patients stand at its top. Name a heading that is there."),
    "unpublished": ("leads to a guide that is not published yet", "Patients find no page. Publish that one first."),
}


def _findings(guide, faults):
    for block, address, fault in _led(guide):
        if fault in faults:
            said, effect = SAID[fault]
            yield block.finding(f"The link “{short(address)}” {said}.", effect, passage=address)


@check("link", "Every link leads somewhere", Severity.MUST_FIX, LEADS, needs_record=True)
def dead_links(guide):
    return _findings(guide, ("nowhere", "withdrawn", "no place"))


@check("unpublished link", "Every guide it leads to is published", Severity.PLEASE_ADD, LEADS, needs_record=True)
def unpublished_links(guide):
    return _findings(guide, ("unpublished",))


@check("picture gone", "Every picture is kept here", Severity.MUST_FIX, "WCAG 2.2, 1.1.1", needs_record=True)
def pictures_gone(guide):
    shown = [(block, str(one.attrs["src"]).rpartition("/")[2]) for block, one in pictures(guide)]
    named = {name for _block, name in shown if NAME.fullmatch(name)}
    known = set(Picture.objects.filter(name__in=named).values_list("name", flat=True)) if named else set()
    for block, name in shown:
        if name in named - known:
            yield block.finding(
                f"The picture “{name[:8]}…” is not kept here.",
                "Patients see only its words. Add it again.",
                passage=name,
            )
