"""What `/health/` costs on a site of so many guides: a balancer asks it every few seconds. Exits with 1 where it is over.

python bench/health.py [SIZE]
"""

from __future__ import annotations

import statistics
import sys

import one
import prepare

BAR, TIMES = 50, 100  # ms of processor time


def main(size=1000):
    prepare.ours(size)
    file = prepare.database("ours", size)
    app = one.application("ours", str(file))
    answers = [one.request(app, "/health/") for _number in range(TIMES + 1)]
    assert {status for status, _body, _took in answers} == {200}, answers[0][1][:500]
    first, *took = (cost for _status, _body, cost in answers)
    middle, most = statistics.median(took), max(took)
    print(f"/health/ at {size:,} guides: {middle:.1f} ms of CPU in the middle, {most:.1f} at most, {first:.1f} the first; at most {BAR}")
    return int(middle > BAR)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
