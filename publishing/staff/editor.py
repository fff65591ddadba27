"""What the staff's Markdown editor asks for (a preview, a place for a picture), and the pictures themselves."""

import logging

from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.csrf import csrf_protect
from markdownx.widgets import AdminMarkdownxWidget

from publishing.models import Hand, Picture, kinds
from publishing.staff.pages import may
from publishing.text import MOST_BYTES, TOO_MANY_BYTES, TooLong, Unusable, converted, from_plain, render_html, shown

GUARDED = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}

LOGGED_OUT = "You are logged out. Copy your text, log in again in another tab, and go on there."
LOGGED_IN_ANEW = (
    "You have logged in again since you opened this page, so it can no longer save. "
    "Copy your text, open the page again in another tab, and go on there."
)
NOT_ALLOWED = "Your account is not allowed to do this. Ask an administrator; your text is safe."
POST_ONLY = "This address only answers the editor."
NO_CONTENT = "The editor sent no text. Reload the page and try again."
NO_PICTURE = "No picture arrived. Choose a JPEG, PNG or WebP picture and add it again."
NOT_STORED = "The picture could not be stored; your text is safe. Tell the operator that pictures cannot be written."

log = logging.getLogger(__name__)


@csrf_protect
def preview(request):
    """The text of the field `content` as patients will read it, as HTML."""
    if refused := _refused(request, _may_write(request.user)):
        return refused
    if "content" not in request.POST:
        return _refuse(NO_CONTENT, 400)
    try:
        html = render_html(request.POST["content"])
    except TooLong as why:
        return HttpResponse(format_html('<p class="refused">{}</p>', why), status=400, headers=GUARDED)
    return HttpResponse(shown(html, Picture.objects.sizes_in(html)), headers=GUARDED)


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
        if "html" in request.POST:
            made = converted(request.POST["html"], taken=request.POST.get("labels", "").split())
        else:
            made = from_plain(request.POST["text"])
    except TooLong as why:
        return _refuse(str(why), 400)
    told = {"markdown": made.markdown, "doubts": made.doubts, "is_block": made.is_block}
    return JsonResponse(told, headers=GUARDED)


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


def _refused(request, is_allowed):
    """A short answer, never a redirect: the editor shows what comes back. None for who may go on."""
    user = request.user
    if not user.is_authenticated:
        return _refuse(LOGGED_OUT, 403)
    if not (user.is_active and user.is_staff and is_allowed):
        return _refuse(NOT_ALLOWED, 403)
    if request.method != "POST":
        return _refuse(POST_ONLY, 405, Allow="POST")
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
        css = {"all": ["/admin/editor/patient.css", "staff/editor.css"]}
        js = ["staff/editor.js"]
