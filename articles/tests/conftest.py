"""Sources for the tests of this room."""

import re
from datetime import date
from pathlib import Path

from articles.sources.files import parse

SHARED = Path(__file__).parents[3] / "shared/source/car-t-cell-therapy.txt"


GUIDE = """Cell Therapy and What It Can Do for You
Cell therapy is a treatment made from your own cells. It is for some people only.
What is Cell Therapy?
We change your cells — a kind of blood cell — and give them back.
How Cell Therapy Works
Extraction: Cells are taken from your blood.
Modification: In the laboratory, the cells are changed.
Expansion: The cells are grown.
Infusion: The cells are given back.
Benefits of Cell Therapy
Targeted Action: The cells find what they look for.
Potential for Long Rest: Some people stay well.
For Resistant Illness: It may work where others did not.
Challenges and Considerations
Side Effects: You may have a fever (CRS).
Cost and Access: It is expensive.
Limited: It helps with some illnesses; others are being studied.
The Future of Cell Therapy
Research goes on. It may become cheaper.
FAQ Section
What can it treat?
Some illnesses of the blood.
How long does it take?
A few weeks.
Are there risks?
Yes, some.
Is it a cure?
Not for everybody.
Where can I have it?
In large hospitals.
Published on: June 24, 2025
Uploaded by: PAVAN
www.example.com || www.example.org
Follow us on social media: Facebook || Linkedin || Instagram
🛡 Powered by Example Financial
Registered Loan Partner | 10 Lakh+ Customers | ₹600 Cr+ Disbursed


"""


def plain(text):
    return parse(text, name="guide.txt")


def check_shape(source):
    headings = [line for line in source.body.split("\n") if line.startswith("## ")]
    assert len(headings) == 5
    assert headings[3] == "## Challenges and Considerations (risks)"
    assert re.findall(r"^(\d)\. \*\*(\w+)\*\*: ", source.body, re.M) == [
        ("1", "Extraction"),
        ("2", "Modification"),
        ("3", "Expansion"),
        ("4", "Infusion"),
    ]
    assert len(re.findall(r"^- \*\*[^*]+\*\*: ", source.body, re.M)) == 6
    assert len(source.questions) == 5 and all(answer for _, answer in source.questions)
    assert source.published_on == date(2025, 6, 24)
    assert source.uploaded_by == "PAVAN"
    assert len(source.websites) == 2
    assert source.social == ["Facebook", "Linkedin", "Instagram"]
    assert source.sponsor_wording == "Powered by"
    assert source.sponsor_claims[1:] == ["10 Lakh+ Customers", "₹600 Cr+ Disbursed"]
    assert source.language == "en"
    assert source.doubts == []
