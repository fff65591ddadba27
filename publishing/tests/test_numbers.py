import pytest

from publishing.text.letters.numbers import in_plain


@pytest.mark.parametrize(
    ("claim", "plain"),
    [
        ("10 Lakh+ Customers", "10 lakh is 1 million"),
        ("₹600 Cr+ Disbursed", "600 crore is 6 billion"),
        ("2.5 lakhs", "2.5 lakh is 250,000"),
        ("1,250 crores lent", "1,250 crore is 12.5 billion"),
        ("₹1.5 lakh crore", "1.5 lakh crore is 1.5 trillion"),
        ("5 lacs saved and 3 cr. lent", "5 lakh is 500,000; 3 crore is 30 million"),
    ],
)
def test_lakh_and_crore_are_said_in_millions(claim, plain):
    assert in_plain(claim) == plain


@pytest.mark.parametrize("claim", ["RBI-Registered Loan Partner", "5 crayons", "3 crossings", "Crores of people", ""])
def test_a_claim_without_an_amount_in_lakh_or_crore_needs_no_words(claim):
    assert in_plain(claim) == ""
