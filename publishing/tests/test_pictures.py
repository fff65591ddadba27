"""Uploads become pictures that are safe to show, or a sentence that says why not."""

import hashlib
import resource
import struct
import subprocess
import sys
import threading
import warnings
import zlib
from io import BytesIO

import pytest
from django.conf import settings
from PIL import Image, ImageCms, ImageDraw

from conftest import encoded, two_coloured
from publishing.text import alike, pictures
from publishing.text.pictures import LONG_SIDE, MOST_BYTES, Clean, Unusable, clean

ORIENTATION, MAKE, GPS = 0x0112, 0x010F, 0x8825


def opened(made):
    return Image.open(BytesIO(made.content))


def white_png(width, height):
    """A grey PNG made without holding its pixels; each row is one filter byte and `width` bytes of white."""
    packer = zlib.compressobj(1)
    rows = b"".join(packer.compress(b"\0" + b"\xff" * width) for _ in range(height)) + packer.flush()
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", rows), (b"IEND", b"")]
    body = b"".join(struct.pack(">I", len(d)) + n + d + struct.pack(">I", zlib.crc32(n + d)) for n, d in chunks)
    return b"\x89PNG\r\n\x1a\n" + body


def is_red(pixel):
    return pixel[0] > 200 and pixel[2] < 60


def is_blue(pixel):
    return pixel[0] < 60 and pixel[2] > 200


@pytest.mark.parametrize(("kind", "extension"), [("JPEG", "jpg"), ("PNG", "png"), ("WEBP", "webp")])
def test_a_picture_keeps_its_format_its_size_and_what_it_shows(kind, extension):
    made = clean(encoded(two_coloured(), kind))
    picture = opened(made)
    assert (picture.format, made.extension) == (kind, extension)
    assert (made.width, made.height) == picture.size == (400, 200)
    assert is_red(picture.convert("RGB").getpixel((50, 100))) and is_blue(picture.convert("RGB").getpixel((350, 100)))


def test_the_name_is_the_content():
    made = clean(encoded(two_coloured(), "PNG"))
    assert made.digest == hashlib.sha256(made.content).hexdigest()
    assert made.name == f"{made.digest}.png"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_the_same_bytes_give_the_same_picture(kind):
    upload = encoded(two_coloured(2000, 900), kind)
    assert clean(upload) == clean(upload)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_sideways_photo_is_put_upright(kind):
    exif = Image.Exif()
    exif[ORIENTATION] = 6  # the camera was turned: left becomes top
    made = clean(encoded(two_coloured(2000, 1000), kind, exif=exif))
    picture = opened(made).convert("RGB")
    assert picture.size == (made.width, made.height) == (800, 1600)
    assert is_red(picture.getpixel((400, 100))) and is_blue(picture.getpixel((400, 1500)))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_nothing_of_the_camera_the_place_or_the_comments_is_left(kind):
    exif = Image.Exif()
    exif[MAKE] = "Camera of Mrs Example"
    exif.get_ifd(GPS)[1] = "N"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    options = {"exif": exif, "comment": b"Mrs Example", "xmp": b"<x>Mrs Example</x>", "icc_profile": profile}
    upload = encoded(two_coloured(), kind, **options)
    made = clean(upload)
    assert b"Mrs Example" in upload and b"Mrs Example" not in made.content
    assert not opened(made).getexif()
    assert not {"exif", "comment", "xmp", "icc_profile"} & set(opened(made).info)


def test_a_diagram_is_scaled_to_where_its_words_stay_readable_and_never_enlarged():
    assert clean(encoded(two_coloured(4000, 1000), "PNG")).width == LONG_SIDE == 1600
    assert clean(encoded(two_coloured(1000, 4000), "JPEG")).height == LONG_SIDE
    assert clean(encoded(two_coloured(30, 20), "PNG")).width == 30


def test_transparency_is_kept():
    for kind in ("PNG", "WEBP"):
        half = Image.new("RGBA", (100, 50), (255, 0, 0, 0))
        half.paste((0, 0, 255, 255), (50, 0, 100, 50))
        picture = opened(clean(encoded(half, kind)))
        assert picture.getpixel((10, 10))[3] == 0 and picture.getpixel((90, 10))[3] == 255


def test_a_transparent_palette_is_kept():
    palette = two_coloured(mode="P")
    picture = opened(clean(encoded(palette, "PNG", transparency=palette.getpixel((0, 0)))))
    assert picture.getpixel((10, 10))[3] == 0 and picture.getpixel((390, 10))[3] == 255


def test_a_printers_cmyk_photo_becomes_one_for_screens():
    picture = opened(clean(encoded(two_coloured(mode="CMYK"), "JPEG")))
    assert picture.mode == "RGB"
    assert is_red(picture.getpixel((50, 100))) and is_blue(picture.getpixel((350, 100)))


@pytest.mark.parametrize(("shade", "expected"), [(0, 0), (32768, 128), (65535, 255)])
def test_sixteen_bit_greys_keep_their_shades(shade, expected):
    picture = opened(clean(encoded(Image.new("I;16", (30, 30), shade), "PNG")))
    assert picture.getpixel((15, 15)) == expected


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P"])
def test_other_kinds_of_png_are_accepted(mode):
    assert clean(encoded(two_coloured(mode=mode), "PNG")).extension == "png"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_the_colours_that_a_profile_means_are_the_ones_shown(kind):
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = profile.replace(b"rXYZ", b"____").replace(b"bXYZ", b"rXYZ").replace(b"____", b"bXYZ")
    picture = opened(clean(encoded(two_coloured(), kind, icc_profile=swapped))).convert("RGB")
    assert is_blue(picture.getpixel((50, 100))) and is_red(picture.getpixel((350, 100)))


def test_a_profile_that_does_not_fit_costs_no_picture():
    foreign = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    for profile in (foreign, b"not a profile"):
        assert is_red(opened(clean(encoded(two_coloured(), "PNG", icc_profile=profile))).getpixel((50, 100)))


def test_a_phones_double_jpeg_counts_as_one_still_picture():
    upload = encoded(two_coloured(), "MPO", save_all=True, append_images=[Image.new("RGB", (40, 20))])
    assert Image.open(BytesIO(upload)).format == "MPO"
    made = clean(upload)
    assert (made.extension, made.width) == ("jpg", 400)


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_a_moving_picture_is_refused(kind):
    upload = encoded(two_coloured(), kind, save_all=True, append_images=[Image.new("RGB", (400, 200))])
    with pytest.raises(Unusable, match="save one still picture"):
        clean(upload)


@pytest.mark.parametrize(
    "upload",
    [
        b"only words, called heart.png",
        b"<!doctype html><title>x</title>",
        b'<svg xmlns="http://www.w3.org/2000/svg"/>',
        encoded(two_coloured(), "GIF"),
        encoded(two_coloured(), "BMP"),
        encoded(two_coloured(), "TIFF"),
    ],
)
def test_what_is_not_a_jpeg_png_or_webp_is_refused_whatever_it_is_called(upload):
    with pytest.raises(Unusable, match="not a JPEG, PNG or WebP picture: save it as one"):
        clean(upload)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_truncated_picture_is_refused(kind):
    noise = Image.effect_noise((300, 300), 90).convert("RGB")
    whole = encoded(noise, kind)
    with pytest.raises(Unusable, match="damaged or incomplete"):
        clean(whole[: len(whole) // 2])


def test_a_damaged_picture_never_raises_anything_else():
    for kind in ("JPEG", "PNG", "WEBP"):
        whole = bytearray(encoded(two_coloured(60, 40), kind))
        for place in range(0, len(whole), 7):
            broken = whole.copy()
            broken[place] ^= 0xFF
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                try:
                    assert isinstance(clean(bytes(broken)), Clean)
                except Unusable as why:
                    assert str(why).endswith(".")


def test_an_empty_file_is_refused():
    with pytest.raises(Unusable, match="empty"):
        clean(b"")


def test_more_than_ten_megabytes_are_refused_unread():
    with pytest.raises(Unusable, match="larger than 10 MB"):
        clean(b"\xff" * (MOST_BYTES + 1))


def test_forty_million_pixels_are_the_most():
    assert clean(white_png(8000, 5000)).width == LONG_SIDE
    with pytest.raises(Unusable, match="40 million pixels"):
        clean(white_png(8000, 5001))


def flat(mode, width, height, kind, **options):
    return encoded(Image.new(mode, (width, height), 7), kind, **options)


LARGE = {
    "a telephone's photo": lambda: flat("RGB", 6000, 4000, "JPEG"),
    "a photo of 40 million pixels": lambda: flat("RGB", 8000, 5000, "JPEG"),
    "a photo that comes in passes": lambda: flat("RGB", 6000, 4000, "JPEG", progressive=True),
    "a screen with transparency": lambda: flat("RGBA", 6000, 4000, "PNG"),
    "a transparent palette": lambda: flat("P", 8000, 5000, "PNG", transparency=3),
    "greys of sixteen bits": lambda: flat("I;16", 8000, 5000, "PNG"),
    "a picture of the web": lambda: flat("RGB", 3600, 2500, "WEBP"),
}
MEASURED = """
import resource, sys
from publishing.text.pictures import clean
upload = sys.stdin.buffer.read()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
made = clean(upload)
print(made.width, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


@pytest.mark.slow
@pytest.mark.parametrize("name", LARGE)
def test_a_large_picture_is_taken_in_little_memory(name):
    done = subprocess.run(
        [sys.executable, "-c", MEASURED], input=LARGE[name](), cwd=settings.BASE_DIR, capture_output=True
    )
    width, mebibytes = map(int, done.stdout.split())
    assert width == LONG_SIDE and mebibytes < 175


@pytest.mark.parametrize(
    ("mode", "kind", "options"), [("RGBA", "PNG", {}), ("RGB", "WEBP", {}), ("RGB", "JPEG", {"progressive": True})]
)
def test_what_cannot_be_made_smaller_while_it_is_decoded_may_have_fewer_pixels(mode, kind, options):
    with pytest.raises(Unusable, match="too many pixels for its kind of file"):
        clean(flat(mode, 7800, 5000, kind, **options))


def test_a_photo_whose_colours_come_one_after_the_other_counts_as_one_in_passes():
    whole = encoded(two_coloured(), "JPEG")
    scan = whole.index(b"\xff\xda") + 4
    for upload, price in ((whole, 1), (whole[:scan] + b"\1" + whole[scan + 1 :], 6)):
        with Image.open(BytesIO(upload)) as picture:
            assert pictures._bytes_for_a_pixel(picture) == price


def test_strips_show_what_the_whole_picture_shows():
    made = opened(clean(encoded(two_coloured(5000, 3001), "PNG")))
    assert made.width == 1600 and 959 < made.height < 963
    assert all(is_red(made.getpixel((400, row))) and is_blue(made.getpixel((1200, row))) for row in range(made.height))


def test_pictures_are_decoded_one_at_a_time_and_few_wait():
    upload, taken = encoded(two_coloured(), "PNG"), []
    people = [threading.Thread(target=lambda: taken.append(clean(upload))) for _ in range(8)]
    with pictures.TURNS.turn:
        for one in people:
            one.start()
        people[0].join(0.3)
        assert taken == []
        with pytest.raises(Unusable, match="wait a few seconds"):
            clean(upload)
    for one in people:
        one.join()
    assert len(taken) == 8 and clean(upload)


def test_a_small_file_of_a_great_many_pixels_is_refused_with_little_memory():
    upload = white_png(16_000, 16_000)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(Unusable, match="40 million pixels"):
        clean(upload)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20_000  # kB


def chart(dose):
    """Doses as words in a picture, as a clinic draws them."""
    picture = Image.new("RGB", (1600, 800), "white")
    for line in range(10):
        told = f"{dose if line == 5 else 10} mg at {line} o'clock, with water"
        ImageDraw.Draw(picture).text((60, 40 + 70 * line), told, fill="black", font_size=40)
    return picture


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_rendition_with_another_figure_is_not_alike_and_a_true_one_is(kind):
    whole, forged = (clean(encoded(chart(dose), kind)).content for dose in ("5", "50"))
    assert pictures.renditions(whole)
    assert all(alike(whole, one.content) for one in pictures.renditions(whole))
    assert not any(alike(whole, one.content) for one in pictures.renditions(forged))


def test_renditions_of_what_loses_most_are_alike_all_the_same():
    noise = Image.effect_noise((1200, 900), 120).convert("RGB")
    for picture in (noise, two_coloured(1200, 901)):
        whole = clean(encoded(picture, "JPEG")).content
        assert all(alike(whole, one.content) for one in pictures.renditions(whole))
