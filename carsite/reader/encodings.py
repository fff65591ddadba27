"""In which encoding a page is sent."""

import gzip
import re

import brotli

from publishing.models import ENCODINGS

PACKED = {
    "br": lambda content: brotli.compress(content, quality=5),
    "gzip": lambda content: gzip.compress(content, 6, mtime=0),
}
# What browsers and programs usually send
_BEST = {"": "identity", "gzip, deflate, br, zstd": "br", "gzip, deflate, br": "br", "br": "br"}
_BEST |= dict.fromkeys(("gzip, deflate", "gzip"), "gzip")


def best_encoding(accepted):
    """br, gzip or identity: what the client prefers, and of what it likes alike the shortest (RFC 9110, 12.5.3)."""
    if accepted in _BEST:
        return _BEST[accepted]
    weights = {}
    for one in accepted.lower().split(","):
        name, _, rest = one.partition(";")
        weight = re.search(r"q=([01](?:\.\d*)?)\s*$", rest)
        weights[name.strip()] = float(weight[1]) if weight else 1.0
    liking = {name: weights.get(name, weights.get("*", 0.0)) for name in ("br", "gzip")}
    liking["identity"] = weights.get("identity", 0.001 if weights.get("*") != 0 else 0.0)
    best = max(ENCODINGS, key=lambda name: (liking[name], -ENCODINGS.index(name)))
    return best if liking[best] else "identity"
