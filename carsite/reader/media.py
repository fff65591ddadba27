"""Pictures as patients' pages load them."""

from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from publishing.models import NAME

FOREVER = {
    "Cache-Control": "public, max-age=31536000, immutable",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
}
TYPES = {".jpg": "image/jpeg", ".png": "image/png", ".webp": "image/webp"}


@require_safe
def media(request, name):
    """A picture by the name that is its content. A file of any other name is not served."""
    path = Path(settings.MEDIA_ROOT, name)
    if not NAME.fullmatch(name) or not path.is_file():
        raise Http404
    etag = f'"{path.stem}"'
    answer = get_conditional_response(request, etag=etag) or _file(path)
    for header, value in {**FOREVER, "ETag": etag}.items():
        answer[header] = value
    return answer


def _file(path):
    try:
        return FileResponse(path.open("rb"), content_type=TYPES[path.suffix])
    except OSError:
        raise Http404 from None
