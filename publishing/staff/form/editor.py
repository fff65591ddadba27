"""What the staff's Markdown editor asks for: a preview, what is pasted, guides to link to, pictures."""

import logging

from django.conf import settings
from django.contrib import admin
from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.csrf import csrf_protect
from markdownx.widgets import AdminMarkdownxWidget

from publishing.models import Hand, Picture, all_consents, kinds
from publishing.staff.pages import may
from publishing.text import (
    MOST_BYTES,
    TOO_MANY_BYTES,
    Busy,
    TooLong,
    Turns,
    Unusable,
    converted,
    fold,
    from_plain,
    is_from_right,
    is_language,
    render,
    shown,
)

GUARDED = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}

LOGGED_OUT = "You are logged out. Copy your text, log in again in another tab, and go on there."
LOGGED_IN_ANEW = (
    "You have logged in again since you opened this page, so it can no longer save. "
    "Copy your text, open the page again in another tab, and go on there."
)
NOT_ALLOWED = "Your account is not allowed to do this. Ask an administrator; your text is safe."
OTHER_WAY = "This address only answers the editor."
BUSY = "The site is busy with other texts: wait a few seconds, then try again."
NO_CONTENT = "The editor sent no text. Reload the page and try again."
NO_PICTURE = "No picture arrived. Choose a JPEG, PNG or WebP picture and add it again."
NOT_STORED = "The picture could not be stored; your text is safe. Tell the operator that pictures cannot be written."

MOST_GUIDES, MOST_PICTURES, MOST_SORTED = 8, 24, 200

# One at a time in each process, and no more wait for it than threads can be spared.
TURNS = Turns(1, 7)

log = logging.getLogger(__name__)


@csrf_protect
def preview(request):
    """The text of the field `content` as patients will read it in the field `language`, as HTML."""
    if refused := _refused(request, _may_write(request.user)):
        return refused
    if "content" not in request.POST:
        return _refuse(NO_CONTENT, 400)
    language = _language(request.POST)
    try:
        html = render(request.POST["content"], language=language)
    except TooLong as why:
        return HttpResponse(format_html('<p class="refused">{}</p>', why), status=400, headers=GUARDED)
    way = {"Content-Language": language, "X-Direction": "rtl" if is_from_right(language) else "ltr"}
    return HttpResponse(shown(html, Picture.objects.sizes_in(html)), headers=GUARDED | way)


@csrf_protect
def paste(request):
    """What somebody pastes (`html`, or plain `text`) as our Markdown, with what of it is doubtful.

    `labels` are those of the footnotes that the text has already.
    """
    if refused := _refused(request, _may_write(request.user)):
        return refused
    if not {"html", "text"} & set(request.POST):
        return _refuse(NO_CONTENT, 400)
    try:
        with TURNS.taken():
            if "html" in request.POST:
                made = converted(request.POST["html"], taken=request.POST.get("labels", "").split())
            else:
                made = from_plain(request.POST["text"])
    except TooLong as why:
        return _refuse(str(why), 400)
    except Busy:
        return _refuse(BUSY, 503)
    told = {"markdown": made.markdown, "doubts": made.doubts, "is_block": made.is_block}
    return JsonResponse(told, headers=GUARDED)


def guides(request):
    """The guides that patients read and whose title holds what is asked for; those of the form's language first."""
    if refused := _refused(request, _may_write(request.user), by="GET"):
        return refused
    wanted, language = fold(request.GET.get("q", "")), _language(request.GET)
    try:
        with TURNS.taken():
            found = _titled(wanted, timezone.now()) if wanted else []
    except Busy:
        return _refuse(BUSY, 503)
    found.sort(key=lambda one: (one.language != language, not fold(one.title).startswith(wanted), fold(one.title)))
    told = [
        {
            "title": one.title,
            "language": "" if one.language == language else one.get_language_display(),
            "address": one.get_absolute_url(),
        }
        for one in found[:MOST_GUIDES]
    ]
    return JsonResponse({"guides": told}, headers=GUARDED)


def pictures(request):
    """The newest pictures whose words, or the name of whose file, hold this; none that may not be shown."""
    if refused := _refused(request, _may_write(request.user) and may(request.user, "view", Picture), by="GET"):
        return refused
    wanted, fitting = fold(request.GET.get("q", "")), []
    try:
        with TURNS.taken():
            at = timezone.now()
            ended = {digest for digest, told in all_consents(at) if told.is_over(at)}
            newest = Picture.objects.order_by("-uploaded_at", "name").prefetch_related("renditions")
            for picture in newest.iterator(200):
                if picture.name[:64] not in ended and wanted in fold(f"{picture.alt_text} {picture.file_name_given}"):
                    fitting.append(picture)
                if len(fitting) == MOST_PICTURES:
                    break
    except Busy:
        return _refuse(BUSY, 503)
    told = [{"address": f"/media/{one.smallest.name}", "words": str(one), "code": one.markdown} for one in fitting]
    return JsonResponse({"pictures": told}, headers=GUARDED)


@csrf_protect
def picture(request):
    """Keep the file in the field `image`; answer with the Markdown that shows it."""
    if refused := _refused(request, may(request.user, "add", Picture)):
        return refused
    upload = request.FILES.get("image")
    if upload is None:
        return _refuse(NO_PICTURE, 400)
    if upload.size > MOST_BYTES:
        return _refuse(TOO_MANY_BYTES, 400)
    try:
        kept = Picture.take(upload.read(), by=Hand.of(request.user), file_name=upload.name, at=timezone.now())
    except Unusable as why:
        return _refuse(str(why), 400)
    except OSError:
        log.exception("A picture could not be stored.")
        return _refuse(NOT_STORED, 507)
    return JsonResponse({"image_code": kept.markdown}, headers=GUARDED)


def token_refused(request):
    """What the editor shows where the token of its form does not hold any more: the log-in has ended or is another."""
    return _refuse(LOGGED_IN_ANEW if request.user.is_authenticated else LOGGED_OUT, 403)


def _may_write(user):
    return any(may(user, verb, model) for model in kinds.works() for verb in ("change", "add"))


def _titled(wanted, at):
    """What is live of each kind that stands for itself and holds these folded words in its title."""
    found = []
    for model in kinds.works():
        if model.BODY and not model.FOLLOWS:
            live = model.edition_model().objects.live(at).readable()
            fitting = [pk for pk, title in live.values_list("pk", "title") if wanted in fold(title)]
            found += live.filter(pk__in=fitting[:MOST_SORTED]).only("title", "language", "slug")
    return found


def _language(sent):
    """The language that a form names, else the site's first."""
    language = sent.get("language", "")
    return language if is_language(language) else settings.LANGUAGE_CODE


def _refused(request, is_allowed, by="POST"):
    """A short answer, never a redirect: the editor shows what comes back. None for who may go on."""
    user = request.user
    if not user.is_authenticated:
        return _refuse(LOGGED_OUT, 403)
    if not (admin.site.has_permission(request) and is_allowed):
        return _refuse(NOT_ALLOWED, 403)
    if request.method != by:
        return _refuse(OTHER_WAY, 405, Allow=by)
    return None


def _refuse(sentence, status, **headers):
    return JsonResponse({"error": sentence}, status=status, headers={**GUARDED, **headers})


class MarkdownEditor(AdminMarkdownxWidget):
    """Sends to publishing.editor, whose paths stand in the settings; plain text box where scripts do not run."""

    class Media:
        # The package's script traps Tab, swallows drops anywhere on the page, writes errors into the text and lets
        # an old preview overwrite a newer one; its style would fight the patients' style in the preview.
        extend = False
        # The colours stand on the page, the rest of the patients' style inside the preview (editor.js).
        css = {"all": ["/admin/editor/patient.css"]}
        js = ["staff/editor.js", "staff/tools.js"]


class ShortEditor(MarkdownEditor):
    """For an answer of a few sentences: without the tools that only a whole guide needs."""

    def __init__(self, attrs=None):
        super().__init__({"data-short": "", "rows": 3} | (attrs or {}))
