"""Pictures as patients' pages load them."""

from django.http import FileResponse, Http404
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from publishing.models import NAME
from publishing.models import media as files

FOREVER = {
    "Cache-Control": "public, max-age=31536000, immutable",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
}
TYPES = {"jpg": "image/jpeg", "png": "image/png", "webp": "image/webp"}


@require_safe
def media(request, name):
    """A picture by the name that is its content. A file of any other name is not served."""
    if not NAME.fullmatch(name):
        raise Http404
    try:
        file = files.opened(name)
    except OSError:
        raise Http404 from None
    digest, _dot, extension = name.partition(".")
    answer = get_conditional_response(request, etag=f'"{digest}"')
    if answer is None:
        answer = FileResponse(file, content_type=TYPES[extension])
    else:
        file.close()
    for header, value in {**FOREVER, "ETag": f'"{digest}"'}.items():
        answer[header] = value
    return answer
