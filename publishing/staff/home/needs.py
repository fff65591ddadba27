"""What needs one person now, and what is with others: each source in the order in which it presses."""

from django.contrib.auth import get_user_model
from django.db.models import Exists, F, OuterRef
from django.db.models.functions import Length

from publishing.models import Among, Asking, Buffer, Remark, Review, kinds, name_of
from publishing.record import day_said, lately, unfit_of
from publishing.staff.addresses import list_url, staff_url
from publishing.staff.home.still_fit import left_to_owner
from publishing.staff.home.worklist import MOST, Row, ago, at_said, row, shortened_to

LETTERS = 180 * 6  # that people read in a minute
PRESSING = ("not fit", "emergency")


def pressing(desk):
    """What patients read though it is called not fit, or nobody has looked at it: for all who can do something."""
    for one in (one for one in desk.due if one.state in PRESSING):
        may_check = desk.may("review", one.model)
        if not (may_check or one.owner_id == desk.user.pk or desk.may("publish", one.model)):
            continue
        on = day_said(one.on, desk.today)
        if one.state == "emergency":
            said = f"Patients have read it since {on} without a check. {one.why}"
            act = ("Look at it", "review") if may_check else ("Ask for a check", "ask")
            yield row(one.model, one.pk, "stop", "Emergency", one.title, said, *act)
        else:
            act = "Change the text" if desk.may("change", one.model) else "Look at it"
            yield row(one.model, one.pk, "stop", "Not fit", one.title, f"Patients read it now. {one.why}", act)


def not_saved(desk):
    buffers = list(Buffer.objects.not_saved(desk.user)[:MOST])
    known = kinds.titled({one.place[0] for one in buffers})
    by_name = {model.LEDGER_NAME: model for model in kinds.works()}
    for one in buffers:
        said = f"You typed in it {at_said(one.kept_at, desk)}. It is kept, and only you see it."
        name, is_beside = one.place
        model, pk, title = known.get(name) or (
            by_name.get(name),
            None,
            one.title or "A new text without a name",
        )
        if model is not None:
            page = "translate" if is_beside else "change"
            url = staff_url(model(pk=pk), page) if pk else list_url(model, "add")
            yield Row(name if pk else one.key, "draft", "Not saved", title, said, "Take it up again", url)


def answered(desk):
    """Texts that a clinician has read and did not call fit as they are now."""
    for model in desk.kinds("change"):
        keys = unfit_of(model, desk.at)
        if not keys:
            continue
        reviews = model.review_model().objects.judging(desk.at).filter(Among("work", keys), kind=Review.Kind.CLINICIAN)
        same = {name: OuterRef(name) for name in ("work", "text_digest")}
        later = reviews.filter(**same, made_at__gt=OuterRef("made_at"))
        # One by one, so that the few that are not fit are looked for, and not all that is this person's.
        own = reviews.filter(Exists(desk.mine(model).order_by().filter(pk=OuterRef("work"))))
        own = own.filter(text_digest=F("work__text_digest")).exclude(result=Review.Result.FIT)
        own = own.filter(~Exists(later)).select_related("work")
        title = kinds.title_of(model)
        for one in own.only(f"work__{title}", "reviewer_name", "note", "result", "made_at")[:MOST]:
            said = f"{one.reviewer_name} read it {at_said(one.made_at, desk)}: "
            said += f"“{shortened_to(one.note) or one.get_result_display()}”"
            yield row(model, one.work_id, "changed", "Not fit", getattr(one.work, title), said, "Change the text")


def ready(desk):
    for model in desk.kinds("publish"):
        found = desk.in_state(model.objects.all(), "ready")
        for one, review in zip(found, desk.reviews_of(model, found), strict=True):
            said = f"{review.reviewer_name} checked it {at_said(review.made_at, desk)}."
            said += f" Patients still read edition {one.live_number}." if one.live_number else " It is new."
            yield row(model, one.pk, "ready", "Ready", one.title_told, said, "Publish …", "publish")


def remarks(desk):
    """Open remarks on this person's texts."""
    told = {}
    for one in Remark.objects.open().order_by("-made_at")[: 4 * MOST]:
        told.setdefault(one.work, []).append(one)
    for model in desk.kinds("change"):
        names = [name for name in told if name.startswith(f"{model.LEDGER_NAME}/")]
        mine = desk.mine(model).filter(Among("pk", [int(name.partition("/")[2]) for name in names])) if names else ()
        titles = dict(mine.values_list("pk", kinds.title_of(model))) if names else {}
        for pk, title in titles.items():
            newest, *others = told[f"{model.LEDGER_NAME}/{pk}"]
            more = f" {len(others) + 1} remarks are open." if others else ""
            said = f"{newest.by_name}: “{shortened_to(newest.text)}”{more}"
            yield row(model, pk, "changed", "Remark", title, said, "Answer")


def overtaken(desk):
    """What was asked about words that the text no longer has."""
    mine = [one.pk for one in desk.openly if one.by_id == desk.user.pk]
    asked = Asking.objects.filter(pk__in=mine).overtaken().order_by("until_on", "asked_at")[:MOST] if mine else ()
    known = kinds.titled({one.work for one in asked})
    for one in asked:
        if one.work in known:
            model, pk, title = known[one.work]
            said = f"It changed after {one.asked_name} was asked."
            yield row(model, pk, "changed", "Overtaken", title, said, "Ask again", "ask")


DUE_SAID = {
    "held back": "It did not come into force. {why}",
    "waits": "{why}",
    "overdue": "Its check ran out {ago}. Patients read “This page is due a check”.",
    "check": "Its guide has changed. Is the answer still right?",
    "unreviewed": "Patients read it, and no clinician has checked it.",
}
DUE_ACT = {"overdue": ("Ask for a check", "ask"), "unreviewed": ("Ask for a check", "ask")}
DUE_ACT |= {"check": ("Look at it", "confirm")}


def falling_behind(desk):
    """What else is due of this person's texts; of nobody's, for who can hand them over."""
    looks_after_all = desk.user.has_perm("auth.change_user")
    for one in desk.due:
        is_mine = one.owner_id == desk.user.pk or (one.owner_id is None and looks_after_all)
        if one.state in DUE_SAID and is_mine:
            said = DUE_SAID[one.state].format(why=one.why, ago=ago((desk.today - one.on).days))
            act = DUE_ACT.get(one.state, ("Look at it", "change"))
            yield row(one.model, one.pk, "due", "Due", one.title, said, *act)


def written(desk):
    """What this person is writing."""
    for model in desk.kinds("change"):
        for one in desk.in_state(desk.mine(model), "draft", "changed"):
            on = lately(one.changed_at, desk.at)
            if one.state == "draft":
                said = f"Last saved {on}. Patients cannot read it yet."
                yield row(model, one.pk, "draft", "Draft", one.title_told, said, "Go on writing")
            else:
                said = f"Last saved {on}. Patients still read edition {one.live_number}."
                yield row(model, one.pk, "changed", "Changed", one.title_told, said, "Ask for a check", "ask")


NOW = [pressing, not_saved, ready, answered, remarks, overtaken, falling_behind, left_to_owner, written]


def to_check(desk):
    """What this person is asked to check, by day."""
    asked = [one for one in desk.openly if one.account_id == desk.user.pk][:MOST]
    known, letters = kinds.titled({one.work for one in asked}), {}
    for model in kinds.reviewed():
        keys = [pk for of, pk, _title in known.values() if of is model]
        if keys:
            sizes = model.objects.filter(pk__in=keys).order_by().values_list("pk", Length("folded"))
            letters |= {f"{model.LEDGER_NAME}/{pk}": size for pk, size in sizes}
    for one in asked:
        if one.work in known:
            model, pk, title = known[one.work]
            is_late, day = one.until_on <= desk.today, day_said(one.until_on, desk.today)
            minutes = max(1, round(letters[one.work] / LETTERS))
            said = f"{one.by_name} asks: “{shortened_to(one.note)}”" if one.note else f"{one.by_name} asks."
            said += f" About {minutes} minute{'s' if minutes > 1 else ''}."
            reason = day.capitalize() if day in ("today", "yesterday") else f"By {day}"
            yield row(model, pk, "due" if is_late else "checked", reason, title, said, "Check", "review")


def with_others(desk):
    """What others do with this person's texts, or were asked for; nothing to do."""
    asked = [one for one in desk.openly if one.by_id == desk.user.pk][:MOST]
    known = kinds.titled({one.work for one in asked})
    for one in asked:
        if one.work in known:
            model, pk, title = known[one.work]
            said = f"With {one.asked_name}, by {day_said(one.until_on, desk.today)}."
            said += f" You asked {at_said(one.asked_at, desk)}."
            yield row(model, pk, "checked", "Being checked", title, said, "See it")
    for model in desk.kinds("change"):
        found = [] if desk.may("publish", model) else desk.in_state(desk.mine(model), "ready")
        who = found and publisher(model)
        for one, review in zip(found, desk.reviews_of(model, found), strict=True):
            said = f"Checked {at_said(review.made_at, desk)}. {who} can publish it."
            yield row(model, one.pk, "ready", "Ready", one.title_told, said, "See it")


def publisher(model):
    """The name of somebody who may publish."""
    right = f"{model._meta.app_label}.publish_{model._meta.model_name}"
    able = get_user_model().objects.with_perm(right, backend="django.contrib.auth.backends.ModelBackend")
    one = able.filter(is_staff=True, is_superuser=False).order_by("first_name", "pk").first()
    return name_of(one) if one else "A publisher"
