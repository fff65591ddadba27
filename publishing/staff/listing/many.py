"""One act on many texts: confirmed on a page of its own, and refused text by text, each with its reason."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponseRedirect
from django.utils import timezone

from publishing.mail import mail_problem
from publishing.models import Asking, Buffer, Hand, kinds, name_of
from publishing.refusals import Refused
from publishing.staff.addresses import list_url
from publishing.staff.checks.asking import may_check, working_day
from publishing.staff.listing.handing import give, in_history
from publishing.staff.moments import DayField
from publishing.staff.people import Person, people
from publishing.staff.written import WrittenForm

MOST = 200  # texts at once


class OwnerForm(WrittenForm):
    to = Person(people(), label="Who looks after them from now on?", empty_label="Choose somebody")

    def do(self, work, by, at):
        owner = self.cleaned_data["to"]
        if work.owner_id == owner.pk:
            raise Refused(f"“{work}” is {name_of(owner)}’s already")
        give(type(work)._base_manager.filter(pk=work.pk), owner)
        in_history([work], work.owner, owner, by=by.user)


class TopicForm(WrittenForm):
    def __init__(self, *args, model, **kwargs):
        super().__init__(*args, **kwargs)
        topics = model._meta.get_field("topic").related_model.objects.all()
        self.fields["topic"] = forms.ModelChoiceField(topics, label="Under which topic?", empty_label="No topic")
        self.fields["topic"].required = False

    def do(self, work, by, at):
        topic = self.cleaned_data["topic"]
        if work.topic_id == (topic and topic.pk):
            raise Refused(f"“{work}” stands there already")
        work.topic = topic
        work.keep(by=by, at=at)


class AskManyForm(WrittenForm):
    who = Person(people(), label="Who looks at them?", empty_label="Choose somebody")
    until_on = DayField(label="By which day?", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    note = forms.CharField(label="A note", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args, model, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["who"].queryset = people().filter(pk__in=[one.pk for one in may_check(model, but=by)])
        self.initial["until_on"] = working_day(timezone.localdate())

    def clean_until_on(self):
        if self.cleaned_data["until_on"] < timezone.localdate():
            raise forms.ValidationError("That day has passed. Choose today or a later one.")
        return self.cleaned_data["until_on"]

    def do(self, work, by, at):
        who = self.cleaned_data["who"]
        text = work.text_digest
        if Asking.objects.of([work]).of_account(who).open(at).filter(text_digest=text).exists():
            raise Refused(f"{name_of(who)} is asked to check “{work}” already")
        told = {"until_on": self.cleaned_data["until_on"], "note": self.cleaned_data["note"]}
        Asking.ask(work, asked_name=name_of(who), account=who, by=by, at=at, **told)

    def after(self, request, works):
        who = self.cleaned_data["who"]
        titles = "\n".join(f"* {work}" for work in works)
        said = (
            f"{name_of(request.user)} asks you to check these by {self.cleaned_data['until_on']:%d %B %Y}:\n\n{titles}"
        )
        said += f"\n\n{self.cleaned_data['note']}" if self.cleaned_data["note"] else ""
        problem = mail_problem("Please check", said, who.email) if who.email else "no address is known"
        if problem:
            messages.warning(request, f"No mail was sent ({problem}), but they stand on {name_of(who)}’s desk.")


# By the name of its button: what the page asks, what was done, how the button there is called
ACTS = {
    "ask": ("Ask for a check", "asked about", AskManyForm),
    "topic": ("Set topic", "moved", TopicForm),
    "owner": ("Hand over", "handed over", OwnerForm),
}


def acts_on(model):
    """What can be done to many texts of a kind at once."""
    return {name: act for name, act in ACTS.items() if name != "topic" or kinds.has_topic(model)}


def many_page(desk, request):
    """What is asked before an act on many texts; once confirmed it is done."""
    asked = request.POST["action"]
    if not desk.has_change_permission(request) or asked not in acts_on(desk.model):
        raise PermissionDenied
    title, done, form_class = ACTS[asked]
    back = list_url(desk.model, "changelist")
    keys = [key for key in request.POST.getlist("work") if key.isdecimal() and len(key) < 18][:MOST]
    works = list(desk.model.objects.filter(pk__in=keys).defer("folded", desk.model.BODY))
    if not works:
        messages.warning(request, "Nothing was chosen, so nothing was done. Tick what you want to change.")
        return HttpResponseRedirect(back)
    told = {"ask": {"model": desk.model, "by": request.user}, "topic": {"model": desk.model}}.get(asked, {})
    is_sent = "confirm" in request.POST
    form = form_class(request.POST if is_sent else None, **told)
    if is_sent and form.is_valid():
        seen = dict(pair.split(":") for pair in request.POST.getlist("edits") if pair.count(":") == 1)
        made, refused = do_all(desk, request, works, form, seen)
        noun = str(desk.opts.verbose_name)
        tell(request, made, refused, noun, done)
        if made and hasattr(form, "after"):
            form.after(request, made)
        return HttpResponseRedirect(back)
    return desk.page(
        request, "many.html", None, title=f"{title} …", act=title, asked=asked, works=works, form=form, back=back
    )


def do_all(desk, request, works, form, seen):
    """(the texts with which it was done, why it was not with each of the others)."""
    made, refused, by, at = [], [], Hand.of(request.user), timezone.now()
    for work in works:
        try:
            with transaction.atomic():
                now = desk.model._base_manager.select_for_update(no_key=True).get(pk=work.pk)
                refuse(desk, request, now, seen.get(str(work.pk)), at)
                form.do(now, by, at)
            made.append(now)
        except Refused as refusal:
            refused.append(str(refusal))
        except desk.model.DoesNotExist:
            refused.append(f"“{work}” was deleted meanwhile")
    return made, refused


def refuse(desk, request, work, edits, at):
    """Raises Refused where this person may not do it now to this text."""
    if not desk.has_change_permission(request, work):
        raise Refused(f"you may not change “{work}”")
    if str(work.edits) != edits:
        raise Refused(f"{work.changed_by_name or 'somebody'} changed “{work}” after you chose it")
    for one in Buffer.objects.writing(work.name, at):
        if one.person_id != request.user.pk:
            raise Refused(f"{name_of(one.person)} is writing in “{work}”")


def tell(request, made, refused, noun, done):
    """“2 guides handed over. 1 not: Meera is writing in “Plaster care”.”"""
    count = len(made)
    said = f"{count} {noun}{'' if count == 1 else 's'} {done}."
    if refused:
        said += f" {len(refused)} not: {'; '.join(refused)}."
    (messages.warning if refused else messages.success)(request, said)
