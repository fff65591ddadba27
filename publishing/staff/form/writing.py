"""The page on which a text is written: its form, the bar with the next step, and what stands beside it."""

from functools import partial

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.forms import DateInput, Media
from django.forms.widgets import Script
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from publishing.models import Buffer, Hand, Picture
from publishing.staff.addresses import list_url, staff_url
from publishing.staff.beside import inlines_below
from publishing.staff.form import buffering, clashing, rows
from publishing.staff.form.editor import MarkdownEditor, ShortEditor
from publishing.staff.form.saving import WorkingCopyForm
from publishing.staff.form.steps import next_step, step
from publishing.staff.moments import DayField

DAY = {"form_class": DayField, "widget": DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}


class WritingAdmin(admin.ModelAdmin):
    """The form of one kind of text. Nothing that is typed into it is lost, and Save stays on it."""

    form = WorkingCopyForm
    change_form_template = "admin/publishing/writing.html"
    formfield_overrides = {models.DateField: DAY}
    labels = {}  # what staff read for a field where its own name would say less
    save_on_top = False
    view_on_site = False

    @property
    def inlines(self):
        """What follows this kind of text. Not get_inlines(): Django's checks of inlines look here."""
        return inlines_below(self.model)

    def guard(self, request, obj):
        """The hidden count of saves, for who may change what it guards."""
        may_save = self.has_change_permission(request, obj) if obj else self.has_add_permission(request)
        return ["edits_seen"] if may_save else []

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == self.model.BODY:
            kwargs["widget"] = ShortEditor if self.model.HEADINGS_FROM > 2 else MarkdownEditor
        if db_field.name in self.labels:
            kwargs["label"] = self.labels[db_field.name]
        if db_field.is_relation and db_field.name not in self.autocomplete_fields:
            # Without the admin's links to add one beside it, for which it loads a hundred kilobytes.
            return self.formfield_for_foreignkey(db_field, request, **kwargs)
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(db_field, models.CharField | models.TextField) and not db_field.choices:
            field.widget.attrs["dir"] = "auto"
            if db_field.name != self.model.BODY:
                field.widget.attrs["class"] = "full"
        return field

    # Kept while it is typed

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        name = f"{self.model.LEDGER_NAME}/{object_id}" if object_id else self.model.LEDGER_NAME
        given = buffering.taken_up(request, name)
        if given is None and "_two" in request.POST:
            given, parts = clashing.settled(request.POST)
            if not all(part.take for part in parts):
                return self.still_open(request, object_id, parts)
        if given is None and request.method == "POST":
            given = rows.moved(request.POST)
        if given is not None:
            request.method, request.POST = "POST", given
        answer = super().changeform_view(request, object_id, form_url, extra_context)
        if request.method == "POST" and answer.status_code == 200:
            buffering.keep_refused(request, name)
        return answer

    def save_model(self, request, obj, form, change):
        if form.has_changed() or not change:
            obj.keep(by=Hand.of(request.user), at=timezone.now())
            if self.model.BODY:
                Picture.objects.learn_words(getattr(obj, self.model.BODY))

    def save_formset(self, request, form, formset, change):
        for follower in formset.save(commit=False):
            follower.keep(by=Hand.of(request.user), at=timezone.now())
        for follower in formset.deleted_objects:
            follower.delete()

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        key = request.POST.get(buffering.FIELD, "")
        Buffer.end(key, person=request.user, work=form.instance.name, at=timezone.now())

    def response_add(self, request, obj, post_url_continue=None):
        return self.saved(request, obj)

    def response_change(self, request, obj):
        return self.saved(request, obj)

    def saved(self, request, obj):
        """On to the next step, where its button was pressed; else the form stays open."""
        at = timezone.now()
        chosen = step(obj, request.POST.get("_next", ""))
        if chosen is None:
            messages.success(request, f"Saved {buffering.clock(at)}. {self.read(obj, obj.live(at))}")
        return HttpResponseRedirect(chosen.url if chosen else staff_url(obj))

    # How it is shown

    def said_of(self, name, value):
        """(title, what is said beside it) of a folded part of the form; `value` gives what stands in a field."""
        return name, ""

    def parts(self, form):
        """The parts of the form: those before what follows the text, and those after it, folded."""
        before, after, has_text = [], [], False
        for one in form:
            one.title, one.says = self.said_of(one.name, rows.value_in(form.form)) if one.name else ("", "")
            one.is_open = not self.model.BODY or any(name in form.form.errors for name in one.fields)
            (after if has_text and one.name else before).append(one)
            has_text = has_text or self.model.BODY in one.fields or not self.model.BODY
        return before, after

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        work = type(obj)._base_manager.get(pk=obj.pk) if obj and obj.pk else None
        may_write = self.has_change_permission(request, obj) if work else self.has_add_permission(request)
        name = buffering.ledger_name(self, work)
        context |= {"may_write": may_write, "title": str(work) if work else f"New {self.opts.verbose_name}"}
        context |= {"subtitle": None, "at": request.moment(), "kind": name.partition("/")[0]}
        context["text_parts"], context["other_parts"] = self.parts(context["adminform"])
        context["media"] = writing_media(context)
        for one in context["inline_admin_formsets"]:
            rows.show(one, request.moment())
        if may_write:
            context |= self.bar(request, work, name)
        forms = [context["adminform"].form, *(one for rows in context["inline_admin_formsets"] for one in rows.formset)]
        if clashes := [form.clash for form in forms if form.clash]:
            return self.two_texts(request, work, clashes, context)
        if work:
            # Asked for when the page is rendered: a form that is refused is, up to then, within the transaction.
            context["panel"] = SimpleLazyObject(partial(self.panel, request, work))
        return super().render_change_form(request, context, add, change, form_url, obj)

    def two_texts(self, request, work, clashes, context):
        """What differs between what this person and somebody else wrote, to be chosen from."""
        shown = {"title": f"Two texts of “{work}”", "two": clashing.page_of(clashes, request.POST)}
        shown |= {
            "work": work,
            "original": work,
            "opts": self.opts,
            "read": self.read(work, work.live(request.moment())),
        }
        template = "admin/publishing/conflict.html"
        return TemplateResponse(request, template, context | self.admin_site.each_context(request) | shown)

    def still_open(self, request, object_id, parts):
        """The same page again, as long as something is left to be chosen."""
        work = self.get_object(request, object_id)
        if work is None or not self.has_change_permission(request, work):
            raise PermissionDenied
        clash = clashing.Clash(work.changed_by_name or "Somebody", work.changed_at, ("", 0), parts)
        return self.two_texts(request, work, [clash], {"is_asked": True})

    def bar(self, request, work, name):
        """What is kept of this form, what is offered again, who else writes here, and what comes next."""
        at, key = request.moment(), request.POST.get(buffering.FIELD) or buffering.new_key()
        return {
            "key": key,
            "keep_url": staff_url(work, "keep") if work else list_url(self.model, "keep_new"),
            "is_typed": request.method == "POST",
            "offered": buffering.offered(request, name, key),
            "others": buffering.others(request.user, name, timezone.now()),
            "next_step": next_step(request.user, work or self.model(), at),
            "saved_at": work and work.changed_at and buffering.clock(work.changed_at),
            "read": self.read(work, work.live(at)) if work else "Patients cannot see it yet.",
        }

    def read(self, work, live):
        """What patients read of a text, in a sentence."""
        if live is None:
            return "Patients cannot see it yet."
        if work.IS_READ_WHEN_SAVED:
            return "Patients read it now."
        return "Patients find a notice." if live.is_notice else f"Patients read edition {live.number}."

    def panel(self, request, work):
        """What stands beside the form."""
        raise NotImplementedError


def writing_media(context):
    """The scripts and styles that the fields need: of the admin's own there is none that this page asks for."""
    found = context["adminform"].form.media + Media(js=[Script("staff/form.js", defer=True)])
    for one in context["inline_admin_formsets"]:
        found += one.formset.empty_form.media
    return found
