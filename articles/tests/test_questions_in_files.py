"""Questions of a file are found however it sets them, and no word of an answer is lost."""

import pytest

from articles.sources.files import parse

TWO = [("What is a plaster?", "It is a hard bandage."), ("Can I walk?", "Yes.")]
WAYS = {
    "in bold": "**What is a plaster?**\n\nIt is a hard bandage.\n\n**Can I walk?**\n\nYes.",
    "in bold, the answer in the line below": "**What is a plaster?**\nIt is a hard bandage.\n\n__Can I walk?__\nYes.",
    "in bold, the answer behind": "**What is a plaster?** It is a hard bandage.\n\n**Can I walk**? Yes.",
    "in bold, with a colon": "**What is a plaster?:**\n\nIt is a hard bandage.\n\n**Can I walk?** :\n\nYes.",
    "in italics": "*What is a plaster?*\n\nIt is a hard bandage.\n\n_Can I walk?_\n\nYes.",
    "numbered": "1. **What is a plaster?**\n\n   It is a hard bandage.\n\n2. **Can I walk?**\n\n   Yes.",
    "in a list": "- **What is a plaster?** It is a hard bandage.\n- **Can I walk?** Yes.",
    "by letter": "Q: What is a plaster?\nA: It is a hard bandage.\n\nQ2. Can I walk?\n\nA: Yes.",
    "by letter in bold": "**Q: What is a plaster?**\n\n**A:** It is a hard bandage.\n\n**Q. Can I walk?**\n\nA: Yes.",
    "as bold headings": "### **What is a plaster?**\n\nIt is a hard bandage.\n\n### *Can I walk?*\n\nYes.",
    "as low headings": "#### What is a plaster?\n\nIt is a hard bandage.\n\n#### Can I walk?\n\nYes.",
}
HEAD = "# Plaster\n\nHow to look after it.\n\n## At home\n\nKeep it dry at home.\n\n"


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("heading", ["## Questions", "## FAQ", "**Frequently asked questions**", "### Your questions"])
def test_questions_are_found_however_they_are_set(way, heading):
    source = parse(f"{HEAD}{heading}\n\n{WAYS[way]}\n", name="x.md")
    assert source.questions == TWO and source.body == "## At home\n\nKeep it dry at home."
    assert [one.message for one in source.doubts if "in bold became" not in one.message] == []


def test_what_is_bold_among_questions_and_asks_nothing_is_told_and_kept():
    text = (
        f"{HEAD}## Questions\n\n**Can I walk?**\n\nYes.\n\n**Important**\n\nUse the stick.\n\n**Can I drive?**\n\nNo.\n"
    )
    source = parse(text, name="x.md")
    assert source.questions == [("Can I walk?", "Yes.\n\n**Important**\n\nUse the stick."), ("Can I drive?", "No.")]
    assert "“Important”" in " ".join(map(str, source.doubts))


def test_a_heading_of_questions_with_words_of_its_own_is_told_and_one_without_questions_too():
    source = parse(f"{HEAD}## FAQs about the plaster\n\n### Can I walk?\n\nYes.\n", name="x.md")
    assert source.questions == [TWO[1]] and "“FAQs about the plaster” is not kept" in str(source.doubts[0])
    source = parse(f"{HEAD}## Questions\n\nCall the ward on any day.\n", name="x.md")
    assert "Call the ward" in source.body and "no question is found" in str(source.doubts[0])
    source = parse(f"{HEAD}## Questions to ask your doctor\n\n### Can I walk?\n\nAsk that.\n", name="x.md")
    assert source.questions == [] and "Ask that." in source.body


def test_bold_lines_over_their_text_are_headings_and_told():
    text = "# Plaster\n\nHow to look after it.\n\n**What is it?**\n\nIt is hard.\n\n**When to call**\n\nCall us if it smells.\n"
    source = parse(text, name="x.md")
    assert source.body == "## What is it?\n\nIt is hard.\n\n## When to call\n\nCall us if it smells."
    assert "“What is it?”, “When to call”" in str(source.doubts[0])


def test_in_a_text_with_headings_only_what_asks_in_bold_is_raised():
    source = parse(f"{HEAD}**Do not drive.**\n\nTake a taxi.\n\n**Is it red?**\nCall us.\n", name="x.md")
    assert "**Do not drive.**" in source.body and "### Is it red?\n\nCall us." in source.body
    assert "“Is it red?”" in str(source.doubts[0]) and "taxi" not in str(source.doubts)


@pytest.mark.parametrize("said", ["सवाल", "Preguntas frecuentes", "سوالات", "ప్రశ్నలు", "أسئلة"])
def test_the_heading_of_questions_is_known_in_the_languages_of_the_site(said):
    assert parse(f"{HEAD}## {said}\n\n**¿Puedo?**\n\nSí.\n", name="x.md").questions == [("¿Puedo?", "Sí.")]


def test_footnotes_and_addresses_at_the_end_of_a_file_come_back_to_the_text_that_names_them():
    text = (
        "# Your knee\n\nWhat to do at home.\n\n## At home\n\nRest it.[^1] See [our page][p].\n\n## Questions\n\n"
        "### May I swim?\n\nNo.[^2]\n\n[^1]: For a week,\n    each day.\n[^2]: Ask us.\n\n[p]: https://www.example.org/knee\n"
    )
    source = parse(text, name="knee.md")
    page = "[p]: https://www.example.org/knee"
    assert source.body == (
        f"## At home\n\nRest it.[^1] See [our page][p].\n\n[^1]: For a week,\n    each day.\n\n{page}"
    )
    assert source.questions == [("May I swim?", "No.[^2]\n\n[^2]: Ask us.")]
    assert source.doubts == []
