"""Makes one PDF in a process of its own: HTML comes in on standard input, the PDF goes out on standard output.

Apart, so that its memory is bounded and ends with it, and a print that takes too long can be ended. Knows nothing of
the site: it is started with the path of this file, and loads nothing that a text names but what stands in it (data:).
"""

import logging
import re
import sys
from contextlib import suppress
from typing import Any

SHEETS = 2  # of an ordinary guide
SIZES = re.compile(r'data-sizes="([\d. ]+)"')
EMPTY = re.compile(rb"<>")
MEMORY, SECONDS = 1024 * 1024 * 1024, 20  # of address space and of the processor


def main() -> None:
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    logging.disable()
    from weasyprint import HTML, URLFetcher

    text = sys.stdin.buffer.read().decode()
    loading = URLFetcher(allowed_protocols=["data"])
    pictures = {"optimize_images": True, "jpeg_quality": 60, "dpi": 130}
    page = HTML(string=text, url_fetcher=loading)
    made = set_in(page, sizes_in(text), pdf_variant="pdf/ua-1", **pictures)
    sys.stdout.buffer.write(made.write_pdf(finisher=without_empty, pdf_variant="pdf/ua-1", **pictures))


def sizes_in(text: str) -> list[float]:
    """The sizes of type, in points, that it may be set in: the largest first, and at the end that of a long guide."""
    found = SIZES.search(text[:1000])
    return [float(size) for size in found[1].split()] if found else []


def set_in(page: Any, sizes: list[float], **options: Any) -> Any:
    """The page laid out in the largest size in which two sheets hold it; where none does, in the last."""
    from weasyprint import CSS

    *fitting, last = sizes or [0.0]
    for size in fitting:
        made = page.render(stylesheets=[CSS(string=f"html{{font-size:{size}pt!important}}")], **options)
        if len(made.pages) <= SHEETS:
            return made
        if len(made.pages) > SHEETS + 1:
            break
    style = [CSS(string=f"html{{font-size:{last}pt!important}}")] if last else []
    return page.render(stylesheets=style, **options)


def without_empty(_document: object, pdf: Any) -> None:
    """Take out what shows no letter between two moves: behind it browsers lose the next move, so that words of Nastaliq
    stood beyond the margin, with a gap behind them.
    """
    for one in pdf.objects:
        lines = getattr(one, "stream", None)
        if isinstance(lines, list):
            one.stream = [EMPTY.sub(b" ", line) if is_shown(line) else line for line in lines]


def is_shown(line: object) -> bool:
    return isinstance(line, bytes) and line.startswith(b"[") and line.endswith(b"] TJ")


if __name__ == "__main__":
    main()
