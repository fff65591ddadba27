"""Days as people write them."""

from datetime import date

import pytest

from articles.sources.prose.days import readings


@pytest.mark.parametrize(
    "text",
    ["June 24, 2025", "June 24 2025", "24 June 2025", "24th June, 2025", "the 24th of June 2025", "24-Jun-2025", "Jun. 24, 2025", "2025-06-24",
     "2025/6/24", "24.06.2025", "24/06/2025", "06/24/2025", "Tuesday, 24 June 2025", "JUNE 24, 2025", "24\u00a0June 2025", "24 जून 2025",
     "२४ जून २०२५", "24 جون 2025ء", "۲۴ جون، ۲۰۲۵", "24 يونيو 2025", "٢٤ حزيران ٢٠٢٥", "జూన్ 24, 2025"],
)  # fmt: skip
def test_one_day_is_read_however_it_is_written(text):
    assert readings(text) == [date(2025, 6, 24)]


@pytest.mark.parametrize("text", ["03/04/2025", "3.4.2025", "03-04-2025"])
def test_a_day_that_can_be_two_gives_both(text):
    assert readings(text) == [date(2025, 3, 4), date(2025, 4, 3)]


def test_a_day_that_is_the_same_both_ways_is_one():
    assert readings("05/05/2025") == [date(2025, 5, 5)]


@pytest.mark.parametrize(
    "text",
    ["", "soon", "June 2025", "2025", "31 February 2025", "2025-13-45", "24/06/25", "Monday, 24 June 2025", "24 June 0025", "24 Jumbo 2025",
     "24 June 2025 or later", "1 2 3 4", "20250624", "June 24, 2025, 25 June 2025", "9" * 10_000],
)  # fmt: skip
def test_what_is_no_clear_day_is_none(text):
    assert readings(text) == []
