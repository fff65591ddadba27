"""Small lists that staff write one a line: brief rows, websites, social accounts, references, claims."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.core.exceptions import ValidationError

LONGEST_IN_BRIEF = 300


def lines(text: str) -> list[str]:
    """The lines that say something, without surrounding blanks."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def labelled(text: str) -> list[tuple[str, str]]:
    """`Label: text` lines as pairs; a line without a colon is a label without a text."""
    return [(label.strip(), rest.strip()) for label, _, rest in (line.partition(": ") for line in lines(text))]


def address(website: str) -> str:
    """A website as a full address: `www.example.org` becomes `https://www.example.org`."""
    return website if "://" in website else f"https://{website}"


def websites(text: str) -> list[tuple[str, str]]:
    """(as written, full address) of each website."""
    return [(website, address(website)) for website in lines(text)]


def accounts(text: str) -> list[tuple[str, str]]:
    """(name, address or nothing) of each social account: `Facebook` or `Facebook: https://…`."""
    return [(name.rstrip(":"), link) for name, link in labelled(text)]


def validate_brief(text: str) -> None:
    """At most five `Label: answer` lines, each part of at most 300 letters. Raises ValidationError."""
    rows = labelled(text)
    if len(rows) > 5:
        raise ValidationError(
            f"“In brief” has room for five rows; this has {len(rows)}. Keep the five that matter most."
        )
    for label, answer in rows:
        if not answer:
            raise ValidationError(
                f"“{label}” has no answer. Write each row as “Label: answer”, for example “How long: two weeks”."
            )
        if max(len(label), len(answer)) > LONGEST_IN_BRIEF:
            raise ValidationError(
                f"The row “{label[:40]}” of “In brief” is too long: its label and its answer have room for "
                f"{LONGEST_IN_BRIEF} letters each. Say it in fewer words, and the rest in the text."
            )


def validate_website(website: str) -> None:
    """A host name or an http(s) address. Raises ValidationError."""
    try:
        parts = urlsplit(address(website))
        valid = parts.scheme in {"http", "https"} and "." in (parts.hostname or "") and not parts.username
    except ValueError:
        valid = False
    if not valid or any(letter.isspace() or letter in "<>\"'`\\" for letter in website):
        raise ValidationError(
            f"“{website}” is not a web address. Write it like www.example.org or https://www.example.org/page"
        )


def validate_websites(text: str) -> None:
    for website in lines(text):
        validate_website(website)


def validate_accounts(text: str) -> None:
    """`Facebook` or `Facebook: https://…` lines. Raises ValidationError."""
    for _name, link in accounts(text):
        if link:
            validate_website(link)
