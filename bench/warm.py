"""What one publication leaves warm: reads every guide once, publishes one of them, and counts what is still found.

python bench/warm.py SIZE
"""

from __future__ import annotations

import statistics
import sys

import one
import prepare


def main(size):
    app = one.application("ours", str(prepare.database("ours", size)))
    from carsite.reader.stored import release
    from publishing.models import StoredPage

    paths = [f"/articles/article-{number}/" for number in range(size)] + ["/articles/"]
    times = [one.request(app, path)[2] for path in paths]
    print(f"{size:,} guides and the index made: {statistics.median(times):.1f} ms of CPU each (median)")
    one.publish_ours(size // 2, "")
    cold = [path for path in paths if StoredPage.find(f"{release()} {path}", "br") is None]
    print(
        f"After one publication {len(paths) - len(cold):,} of {len(paths):,} are still found; cold: {', '.join(cold)}"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]))
