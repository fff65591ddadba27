"""Makes an uploaded picture safe to show and gives it a name that is its content. Pure: bytes in, bytes out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageCms, ImageOps

from publishing.text.turns import Busy, Turns

MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 40_000_000
MOST_MEMORY = 150_000_000  # bytes that one picture may take while it is decoded: a photo of 24 million pixels fits
LONG_SIDE = 1600  # pixels: the words in a diagram stay readable
WIDTHS = (480, 800, 1600)  # of renditions, in pixels: a phone's column, a sharp phone's, a desk's
STRIP = 64  # rows
# What Pillow tells of a file that says nothing else
OF_OURS = frozenset(
    {"jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive", "progression", "loop", "background"}
)
OF_OURS |= {"timestamp", "duration", "transparency"}
EXTENSIONS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp"}
SAVING = {
    "JPEG": {"quality": 85, "progressive": True, "optimize": True},
    "PNG": {"optimize": True},
    "WEBP": {"quality": 85, "method": 4},
}

TOO_MANY_BYTES = "This file is larger than 10 MB: save it smaller or in a lower quality, then add it again."
TOO_MANY_PIXELS = "This picture has more than 40 million pixels: save it smaller, then add it again."
TOO_DEAR = (
    "This picture has too many pixels for its kind of file: save it smaller, or as a JPEG that is not progressive, "
    "then add it again."
)
BUSY = "Many pictures are being added at this moment: wait a few seconds, then add it again."
EMPTY = "This file is empty: choose the picture again."
NOT_A_PICTURE = "This is not a JPEG, PNG or WebP picture: save it as one of these, then add it again."
DAMAGED = "This picture is damaged or incomplete: open it, save it anew, then add it again."
MOVING = "Moving pictures cannot be shown to patients: save one still picture of it, then add that."

# Pillow's own limits stand far above what a small server can hold; this also makes it warn at ours.
Image.MAX_IMAGE_PIXELS = MOST_PIXELS
# One at a time in each process, and no more wait for it than threads can be spared.
TURNS = Turns(1, 7)


class Unusable(ValueError):
    """The upload cannot become a picture; the message is one sentence that says what to do."""


@dataclass(frozen=True)
class Clean:
    """A picture made anew: `content` in the format of `extension` (jpg, png, webp), sizes in pixels."""

    content: bytes
    extension: str
    width: int
    height: int
    digest: str

    @property
    def name(self) -> str:
        return f"{self.digest}.{self.extension}"


def clean(upload: bytes) -> Clean:
    """The upload upright, without metadata, at most 1600 px long, encoded anew in its own format.

    The same bytes give the same picture. Raises Unusable.
    """
    if not upload:
        raise Unusable(EMPTY)
    if len(upload) > MOST_BYTES:
        raise Unusable(TOO_MANY_BYTES)
    with _in_turn():
        kind, picture = _decode(upload)
        buffer = BytesIO()
        picture.save(buffer, format=kind, **SAVING[kind])
        content = buffer.getvalue()
    return Clean(content, EXTENSIONS[kind], picture.width, picture.height, hashlib.sha256(content).hexdigest())


def as_made(content: bytes) -> Clean:
    """A picture that `clean` has made before, as it is: small enough, and with nothing in it but the picture.

    Raises Unusable.
    """
    if len(content) > MOST_BYTES:
        raise Unusable(TOO_MANY_BYTES)
    try:
        with Image.open(BytesIO(content), formats=list(EXTENSIONS)) as opened:
            kind, size, told = _checked_kind(opened), opened.size, set(opened.info)
            marks = [name for name, _part in getattr(opened, "applist", [])]
            opened.load()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, OSError, ValueError, SyntaxError):
        raise Unusable(DAMAGED) from None
    if max(size) > LONG_SIDE or told - OF_OURS or set(marks) - {"APP0"}:
        raise Unusable(NOT_A_PICTURE)
    return Clean(content, EXTENSIONS[kind], *size, hashlib.sha256(content).hexdigest())


def cut(upload: bytes, shares: Sequence[float], turned: int = 0) -> bytes:
    """The part of an upload that a document shows: without these shares of it (left, top, right, bottom; 0 to 1), and
    turned by so many degrees to the right. Raises Unusable.
    """
    if len(upload) > MOST_BYTES:
        raise Unusable(TOO_MANY_BYTES)
    with _in_turn():
        kind, picture = _decode(upload)
        left, top, right, bottom = shares
        wide, high = picture.size
        picture = picture.crop(
            (round(wide * left), round(high * top), wide - round(wide * right), high - round(high * bottom))
        )
        if not picture.width or not picture.height:
            raise Unusable(EMPTY)
        buffer = BytesIO()
        whole = picture.rotate(-turned, expand=True) if turned % 360 else picture
        whole.save(buffer, format=kind, **SAVING[kind] | {"quality": 92} if kind != "PNG" else SAVING[kind])
        return buffer.getvalue()


def inches(upload: bytes) -> tuple[float, float]:
    """How wide and high an upload is on paper: where it says nothing, of 96 pixels an inch. Raises Unusable."""
    try:
        with Image.open(BytesIO(upload), formats=list(EXTENSIONS)) as opened:
            told = opened.info.get("dpi", (96, 96))
            across, down = (float(one) if 10 <= float(one) <= 5000 else 96.0 for one in told)
            return opened.width / across, opened.height / down
    except Exception as why:  # as for `_decode`
        raise Unusable(NOT_A_PICTURE) from why


def renditions(content: bytes) -> list[Clean]:
    """What `clean` made, in up to three widths of its own kind and of WebP; none larger than it, in width or in bytes.

    Raises Unusable.
    """
    with _in_turn():
        kind, picture = _decode(content)
        widths = sorted({min(width, picture.width) for width in WIDTHS}, reverse=True)
        own = _in_widths(kind, picture, [width for width in widths if width < picture.width], len(content))
        return own if kind == "WEBP" else own + _as_webp(kind, picture, widths, own, len(content))


@contextmanager
def _in_turn() -> Iterator[None]:
    """One picture at a time in each process. Raises Unusable where too many wait."""
    try:
        with TURNS.taken():
            yield
    except Busy:
        raise Unusable(BUSY) from None


def _in_widths(kind: str, picture: Image.Image, widths: list[int], most: int, **saving: object) -> list[Clean]:
    """Of that kind, from the widest, each with fewer bytes than the one before: else that one serves as well."""
    made = []
    for width in widths:
        size = (width, max(1, round(picture.height * width / picture.width)))
        smaller = picture if width == picture.width else picture.resize(size, Image.Resampling.LANCZOS)
        buffer = BytesIO()
        smaller.save(buffer, format=kind, **{**SAVING[kind], **saving})
        content = buffer.getvalue()
        if len(content) < most:
            most = len(content)
            made.append(Clean(content, EXTENSIONS[kind], *size, hashlib.sha256(content).hexdigest()))
    return made


def _as_webp(kind: str, picture: Image.Image, widths: list[int], own: list[Clean], most: int) -> list[Clean]:
    """Without loss where the original had none: words in a diagram would blur. All or none, since browsers that take
    WebP take nothing else: none where one would be heavier than what stands for its width in the picture's own kind.
    """
    saving = {"lossless": True} if kind == "PNG" else {"quality": 80}
    made = _in_widths("WEBP", picture, widths, most, **saving)
    sizes = {one.width: len(one.content) for one in own}
    limits = [min((size for width, size in sizes.items() if width >= one.width), default=most) for one in made]
    is_lighter = all(len(one.content) < limit for one, limit in zip(made, limits, strict=True))
    return made if len(made) == len(widths) and is_lighter else []


def _decode(upload: bytes) -> tuple[str, Image.Image]:
    try:
        with Image.open(BytesIO(upload), formats=list(EXTENSIONS)) as opened:
            return _checked_kind(opened), _prepared(opened)
    except Unusable:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Unusable(TOO_MANY_PIXELS) from None
    except Image.UnidentifiedImageError:
        raise Unusable(NOT_A_PICTURE) from None
    # Decoders meet broken bytes with a dozen kinds of exception; each means the same to the person who uploads.
    except Exception as why:
        raise Unusable(DAMAGED) from why


def _checked_kind(opened: Image.Image) -> str:
    if opened.width * opened.height > MOST_PIXELS:
        raise Unusable(TOO_MANY_PIXELS)
    if opened.width * opened.height * _bytes_for_a_pixel(opened) > MOST_MEMORY:
        raise Unusable(TOO_DEAR)
    if opened.format == "MPO":  # many phones: a JPEG with a second picture behind it, which is left out
        return "JPEG"
    if getattr(opened, "is_animated", False):
        raise Unusable(MOVING)
    return opened.format


def _bytes_for_a_pixel(opened: Image.Image) -> int:
    """What decoding it takes: a JPEG is made smaller meanwhile, but not one whose colours come one after the other."""
    if opened.format == "WEBP":
        return 16  # its decoder holds four of it
    if opened.format == "PNG":
        return {"1": 1, "L": 1, "P": 1, "I;16": 2, "I;16B": 2}.get(opened.mode, 4)
    if opened.info.get("progressive") or opened.format == "JPEG" and not _is_one_scan(opened):
        return 2 * opened.layers
    return 1


def _is_one_scan(jpeg: Image.Image) -> bool:
    """Whether the first scan, behind whose header the file stands now, has all colours; their number begins it."""
    behind = jpeg.fp.tell()
    jpeg.fp.seek(behind - 2 * jpeg.layers - 4)
    is_one = jpeg.fp.read(1) == bytes([jpeg.layers])
    jpeg.fp.seek(behind)
    return is_one


def _prepared(opened: Image.Image) -> Image.Image:
    picture = _nearly_small(opened)
    picture.thumbnail((LONG_SIDE, LONG_SIDE), Image.Resampling.LANCZOS, reducing_gap=None)
    picture = _in_srgb(ImageOps.exif_transpose(picture))
    # Comments, profiles and camera data would otherwise travel into the new file.
    picture.info = {}
    return picture


def _nearly_small(opened: Image.Image) -> Image.Image:
    """In full colours and by a whole number smaller: strip by strip, since each step would else hold it all again."""
    long = max(opened.size)
    opened.draft(None, tuple(max(1, side * LONG_SIDE // long) for side in opened.size))  # a JPEG while it is decoded
    factor = max(opened.size) // LONG_SIDE
    if factor < 2:
        return _in_full_colours(opened)
    opened.load()
    width, height = (-(-side // factor) for side in opened.size)
    whole = None
    for top in range(0, height, STRIP):
        bottom = min((top + STRIP) * factor, opened.height)
        strip = _in_full_colours(opened.crop((0, top * factor, opened.width, bottom))).reduce(factor)
        whole = whole or Image.new(strip.mode, (width, height))
        whole.paste(strip, (0, top))
    whole.info = opened.info
    return whole


def _in_full_colours(opened: Image.Image) -> Image.Image:
    """Palettes and bitmaps cannot be scaled smoothly; CMYK waits for its profile."""
    if opened.mode.startswith("I"):
        return opened.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if opened.has_transparency_data:
        mode = "RGBA"
    else:
        mode = {"1": "L", "L": "L", "CMYK": "CMYK"}.get(opened.mode, "RGB")
    return opened if opened.mode == mode else opened.convert(mode)


def _in_srgb(picture: Image.Image) -> Image.Image:
    profile = picture.info.get("icc_profile")
    mode = "RGB" if picture.mode == "CMYK" else picture.mode
    if profile and mode != "L":
        try:
            own = ImageCms.ImageCmsProfile(BytesIO(profile))
            return ImageCms.profileToProfile(picture, own, ImageCms.createProfile("sRGB"), outputMode=mode)
        except (ImageCms.PyCMSError, OSError):
            pass  # a broken or foreign profile costs a tint, not the picture
    return picture if picture.mode == mode else picture.convert(mode)
