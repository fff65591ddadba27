"""Makes one PDF in a process of its own: HTML comes in on standard input, the PDF goes out on standard output.

Apart, so that its memory is bounded and ends with it, and a print that takes too long can be ended. Knows nothing of
the site: it is started with the path of this file, and loads nothing that a text names but what stands in it (data:).
"""

import logging
import sys
from contextlib import suppress

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
    sys.stdout.buffer.write(HTML(string=text, url_fetcher=loading).write_pdf(pdf_variant="pdf/ua-1", **pictures))


if __name__ == "__main__":
    main()
