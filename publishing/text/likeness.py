"""Whether a smaller picture shows what the whole one does."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageChops

TILE = 4  # pixels
APART, APART_WITHOUT_LOSS = 32, 2  # of 255, by how much the mean of a tile may be another


def alike(one: bytes, other: bytes) -> bool:
    """Whether the second file shows the picture of the first, smaller perhaps, up to the figures in it. Raises OSError.

    What saving loses evens out within a tile; a figure that was written over does not. A PNG loses nothing.
    """
    whole, smaller = (Image.open(BytesIO(content)) for content in (one, other))
    apart = APART_WITHOUT_LOSS if whole.format == "PNG" else APART
    shown = [whole.convert("RGBA"), smaller.convert("RGBA")]
    if whole.size != smaller.size:
        shown[0] = shown[0].resize(smaller.size, Image.Resampling.LANCZOS)
    tiles = (-(-smaller.width // TILE), -(-smaller.height // TILE))
    points = [picture.resize(tiles, Image.Resampling.BOX) for picture in shown]
    return max(most for _least, most in ImageChops.difference(*points).getextrema()) < apart
