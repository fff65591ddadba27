"""How soon a guide is painted over slow 3G, with a quarter of the processor: the bar is 1.0 s.

python bench/paint.py http://127.0.0.1:8000/articles/car-t-cell-therapy/ ...

Chromium by Playwright, 390 pixels wide: 400 kbit/s each way, 400 ms there and back, 4 x CPU (CDP); eleven loads of each,
each in a context of its own, so that nothing is kept. Prints the shortest, the middle and the longest, and how long an
empty page takes in the same browser: on a machine that others use, what they take is in all of them.
"""

import shutil
import statistics
import sys

from playwright.sync_api import sync_playwright

LOADS, BYTES, MILLISECONDS, SLOWER = 11, 400_000 / 8, 400, 4
PAINTED = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def painted(browser, address):
    """Milliseconds from asking for an address to its first paint."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    told = {"offline": False, "latency": MILLISECONDS, "downloadThroughput": BYTES, "uploadThroughput": BYTES}
    wire.send("Network.emulateNetworkConditions", told)
    wire.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(address)
    page.wait_for_function(f"{PAINTED} > 0")
    found = page.evaluate(PAINTED)
    context.close()
    return found


def main(addresses):
    with sync_playwright() as run:
        browser = run.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        for address in (f"{addresses[0].partition('/articles/')[0]}/robots.txt", *addresses):
            found = sorted(painted(browser, address) for _load in range(LOADS))
            print(f"{found[0]:.0f} {statistics.median(found):.0f} {found[-1]:.0f} ms  {address}", flush=True)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
