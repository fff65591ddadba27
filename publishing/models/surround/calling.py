"""Whether a section that says to call today ends with a number: a check of a text before it is published."""

from publishing.findings import Severity, check
from publishing.models.surround.frame import Frame


@check(
    "number to call",
    "Sections that say to call today have a number",
    Severity.PLEASE_ADD,
    "NHS service manual: care cards say what to do and how to reach it",
    needs_record=True,
)
def number_to_call(guide):
    marked = [one for one in guide.body if one.call == "today"]
    if not marked:
        return
    frame = Frame.around(guide.at, guide.language)
    if frame.clinic_number or frame.visit_number:
        return
    for block in marked:
        yield block.finding(
            f"“{block.words}” says to call today, and there is no number of the clinic.",
            "Patients read only the emergency number there. Write the clinic’s number around every guide.",
        )
