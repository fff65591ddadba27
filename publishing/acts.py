"""The acts as the staff's pages offer them, and the bar above a page that is not what patients read."""

from dataclasses import dataclass

from publishing.forms import ActForm, PublishForm, ReviewForm, ScheduleForm, WithdrawForm


@dataclass(frozen=True)
class Act:
    """One thing a publisher can do: the model's method, its form, and its words."""

    method: str
    form: type
    title: str
    button: str
    done: str
    permission: str = "publish"


ACTS = {
    "publish": Act("publish", PublishForm, "Publish now", "Publish now", "Published. Patients read it from now on."),
    "schedule": Act("publish", ScheduleForm, "Publish later", "Publish at that time", "It waits until its time."),
    "withdraw": Act(
        "withdraw", WithdrawForm, "Withdraw", "Withdraw", "Withdrawn. Patients find a notice in its place."
    ),
    "review": Act("review", ReviewForm, "Review", "Record my judgement", "Recorded. Thank you.", permission="review"),
    "confirm": Act(
        "confirm", ActForm, "Still right beside its guide", "It is still right", "Recorded. It is no longer due."
    ),
    "cancel": Act("cancel", ActForm, "Cancel what waits", "Cancel it", "Cancelled. What patients read now stays."),
}


@dataclass(frozen=True)
class Preview:
    """What the bar above a page says that is not what patients read."""

    message: str
    back_url: str
    back_label: str = ""
