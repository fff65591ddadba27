"""Figures among words that are written from right to left: never turned round, and never dear to find."""

from __future__ import annotations

import re

import pytest

from publishing.tests.conftest import kept
from publishing.text.html.rendering import plain, render
from publishing.text.letters.keeping import keep


@pytest.mark.parametrize(
    "figures",
    ["1–0–0", "1-0-1/2", "9:00–17:30", "2 °C – 8 °C", "5 mg – 10 mg", "-20 °C", "+2.50 D", "120/80 mmHg", "0.5 %"]
    + ["≥ 38 °C", "2 litres", "B12 1000 mcg", "45°", "₹500", "10⁹/L", "a1@x.example"],
)
def test_figures_are_not_turned_round_from_right_to_left(figures):
    assert kept(f"دوا {figures} لیں۔") == [figures]
    assert kept("Take -20 °C.") == ["-20 °C"] and kept("A 1–0–0 day") == []


def test_figures_keep_their_direction_in_markup_and_long_runs_may_break():
    assert '<strong><span class="keep">1–0–1</span></strong>' in render("دوا **1–0–1** لیں۔", language="ur")
    html = render("دوا take 1 pear after food at 8 pm لیں T-سیل & <b> 'x'", language="ur")
    assert (
        '<span class="ltr">take 1 pear after food at 8 pm</span>' in html
        and '<span class="keep" dir="rtl">T-سیل' in html
    )
    assert plain(html) == "دوا take 1 pear after food at 8 pm لیں T-سیل & <b> 'x'"


@pytest.mark.parametrize(
    ("text", "together"),
    [
        ("Take 4 units, 2 puffs or 10 drops, 1 to 3 times.", ["4 units", "2 puffs", "10 drops", "1 to 3 times"]),
        ("4 in 10 people; ½ of 2,5 ml; 1–0–0 day", ["4 in 10", "2,5 ml"]),
        ("रोज़ 10 बूँदें या 2 गोलियाँ, 1 से 3 दिनों तक", ["10 बूँदें", "2 गोलियाँ", "1 से 3 दिनों"]),
        ("روزانہ 10 قطرے، 2 پف، 1 سے 3 دن", ["10 قطرے", "2 پف", "1 سے 3 دن"]),
        ("Tome 10 gotas, de 1 a 3 veces", ["10 gotas", "1 a 3 veces"]),
        ("Call +91 (40) 2345 6789 or (+91) 40 2345 6789.", ["+91 (40) 2345 6789", "(+91) 40 2345 6789"]),
    ],
)
def test_a_number_never_parts_from_what_it_counts(text, together):
    assert kept(text) == together


def test_a_range_from_right_to_left_stays_with_its_word():
    assert '<span class="keep"><span class="keep">10–20</span> قطرے</span>' in render("10–20 قطرے لیں۔", language="ur")


TAILS = ["", "خ", "-خ"]
UNITS = ["1 - ", "1-", "a1 ", "1,", "a-b-", "1 T-ک ", "(12) ", "1 - - - ", "a&amp;", "&lt;1"]


@pytest.mark.parametrize("tail", TAILS)
@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.slow
def test_figures_are_held_together_letter_for_letter(unit, tail):
    text = unit * (200_000 // len(unit)) + tail
    assert re.sub("<[^>]*>", "", keep(text)) == text


def test_figures_alone_in_a_cell_of_an_urdu_table_are_held_too():
    table = "| دوا | وقت |\n| --- | --- |\n| A | 1–0–0 |\n"
    assert '<span class="keep">1–0–0</span>' in render(table, language="ur")
    assert "keep" not in render("| A | B |\n| --- | --- |\n| A | 1–0–0 |\n", language="en")
