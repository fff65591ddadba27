from functools import partial

from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import path
from django.utils import translation
from django.utils.html import format_html

from articles import patterns, views
from articles.beside import admin as beside  # noqa: F401  registers what stands beside the guides
from articles.bringing.views import bring_pages
from articles.figures.checked import checked_page
from articles.figures.readers import erase_page, readers_page
from articles.folded import in_brief, named_row, names_and_sources, place
from articles.for_patient import patient_page
from articles.models import Article, Intake, Topic
from articles.opening import opening_page, states_of
from articles.shown.pages import ArticlePage
from articles.translating.choosing import NamedField
from articles.translating.places import languages_of, matrix_page
from articles.translating.views import keep_beside, translate_page
from publishing.models import Hand, Line, Sponsor, home_of, said_in
from publishing.record import read_as_code
from publishing.refusals import Refused
from publishing.staff import (
    WorkingCopyAdmin,
    WorkingCopyForm,
    WrittenForm,
    called,
    duties,
    hand_over,
    led_on,
    list_url,
    offered,
    sent,
    ticks_field,
    tool_page,
)
from publishing.text import PATIENTS_WAYS, named

COPIED = ("language", "title", "lead", "topic", "brief", "body", "sources", "uploaded_by", "publisher", "sponsor")


class ArticleForm(WorkingCopyForm):
    def clean_language(self):
        language = self.cleaned_data["language"]
        same = (
            Article.objects.filter(original=self.instance.pk, language=language).first() if self.instance.pk else None
        )
        if same and "language" in self.changed_data:
            raise ValidationError(f"“{same}” is the translation of this guide into that language.")
        return language


@admin.register(Article)
class ArticleAdmin(WorkingCopyAdmin):
    form = ArticleForm
    begins_at = "new"
    list_per_page = 50
    search_fields = ["title", "slug"]
    labels = {
        "lead": "In one or two sentences",
        "brief": "Label and answer, five at most",
        "uploaded_by": "Who wrote it",
        "slug": "Address",
    }
    check_facts, check_below = "articles/_facts.html", "articles/_check_below.html"
    fieldsets = [
        (None, {"fields": ["title", "lead"]}),
        ("In brief", {"fields": ["brief"]}),
        (None, {"fields": ["body"]}),
        (
            "Names and sources",
            {"fields": ["uploaded_by", "ai_part", "owner", "sources", "published_on", "leaflet_number", "publisher"]},
        ),
        ("Place", {"fields": ["topic", "related", "language", "original", "is_machine", "slug"]}),
        ("Sponsor", {"fields": ["sponsor"]}),
    ]

    def get_fieldsets(self, request, obj=None):
        (first, fields), *others = super().get_fieldsets(request, obj)
        return [(first, {"fields": [*fields["fields"], *self.guard(request, obj)]}), *others]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "original":
            told = "The guide of which this is a translation: its address, or its title. Empty: it is none."
            return NamedField(Article, label="Translation of", help_text=told)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def said_of(self, name, value):
        said = {
            "In brief": lambda: in_brief(value("brief") or ""),
            "Names and sources": lambda: (name, names_and_sources(value)),
            "Place": lambda: (name, place(value)),
            "Sponsor": lambda: (name, named_row(Sponsor, value("sponsor")) or "None"),
        }
        return said[name]()

    def get_changeform_initial_data(self, request):
        initial = super().get_changeform_initial_data(request) | {"owner": request.user.pk}
        for one in patterns.patterns():
            if one.name == request.GET.get("pattern"):
                initial["body"] = one.text
        copied = request.GET.get("copy", "")[:18]
        original = Article.objects.filter(pk=copied).first() if copied.isdecimal() else None
        if original:
            initial |= {name: original.serializable_value(name) for name in COPIED}
            initial["title"] = f"Copy of {original.title}"
        return initial

    patients_read = staticmethod(states_of)

    def get_urls(self):
        return [
            path("new/", self.admin_site.admin_view(self.new_view), name=called(Article, "new")),
            self.about_all("translations", matrix_page),
            *bring_pages(self),
            self.about_one("translate", translate_page),
            self.about_one("keep_beside", keep_beside, "translate/keep/"),
            self.about_one("readers", readers_page),
            self.about_one("erase_voice", erase_page, "readers/<int:voice>/erase/"),
            self.about_one("for_patient", patient_page, "for-patient/"),
            self.about_one("opening", opening_page, "editions/<int:number>/patients/"),
            self.about_all("checked", checked_page),
            path("due/", self.admin_site.admin_view(self.due_view), name="articles_article_due"),
            path("handover/", self.admin_site.admin_view(self.handover_view), name="articles_article_handover"),
            *super().get_urls(),
        ]

    def about_all(self, name, page, route=""):
        """The address of a page about all guides."""
        return path(route or f"{name}/", self.admin_site.admin_view(partial(page, self)), name=called(Article, name))

    def about_one(self, name, page, route=""):
        """The address of a page about one guide."""
        shown = self.admin_site.admin_view(lambda one, pk, **parts: page(self, one, self.found(one, pk), **parts))
        return path(f"<int:pk>/{route or name + '/'}", shown, name=called(Article, name))

    def changelist_view(self, request, extra_context=None):
        """The list; who types the code of a sheet, as it is read out on the telephone, is led to what became of it."""
        if self.has_view_permission(request) and (code := read_as_code(request.GET.get("q", ""))):
            return redirect(f"{home_of(settings.LANGUAGE_CODE)}h/{'-'.join(code)}/")
        return super().changelist_view(request, extra_context)

    def new_view(self, request):
        """What a new guide starts from: a pattern, or an empty page."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        shown = {"title": "New guide", "opts": self.opts, "patterns": patterns.patterns()}
        shown |= {"offered": offered(request, Article.LEDGER_NAME), "keep_url": list_url(Article, "keep_new")}
        return tool_page(request, "new.html", add_url=list_url(Article, "add"), **shown)

    def due_view(self, request):
        """Everything that is due, articles and questions alike, for who may read them."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return duties.due(request, may_hand_over=self.may_hand_over(request))

    def may_hand_over(self, request):
        return request.user.has_perm("auth.change_user") and self.has_change_permission(request)

    def handover_view(self, request):
        if not self.may_hand_over(request):
            raise PermissionDenied
        form = HandoverForm(request.POST or None)
        done = sent(request, form, lambda: self.hand_over(request, **form.cleaned_data))
        return done or tool_page(request, "handover.html", title="Hand over guides", form=form)

    def hand_over(self, request, of, to):
        """All guides of one owner to another, in one act."""
        count = hand_over(of, to, by=request.user)
        said = "1 guide now belongs" if count == 1 else f"{count} guides now belong"
        return led_on(request, f"{said} to {to}.", list_url(Article, "due"))

    def panel(self, request, work):
        return super().panel(request, work) | {
            "translate": "Beside its original" if work.original_id else "Translate this",
            "copy_url": list_url(Article, "add") + f"?copy={work.pk}",
            "source": Intake.objects.filter(article=work).first(),
        }

    def languages(self, work, at, pressing):
        return languages_of(work, at, pressing)

    def show(self, request, composition):
        return views.show(request, composition)

    def lead_html(self, edition):
        return format_html('<p class="lead">{}</p>', edition.lead) if edition.lead else ""

    def body_html(self, edition, sizes):
        with translation.override(said_in(edition.language)):
            brief = render_to_string("articles/_brief.html", {"rows": edition.brief_rows(), "edition": edition})
            sources = render_to_string("articles/_sources.html", {"lines": edition.source_lines(), "edition": edition})
        return brief + super().body_html(edition, sizes) + sources

    def check_context(self, composition):
        return super().check_context(composition) | {"page": ArticlePage(composition, PATIENTS_WAYS)}


class HandoverForm(WrittenForm):
    of = forms.ModelChoiceField(
        User.objects.order_by("username"), required=False, label="All guides of", empty_label="nobody yet"
    )
    to = forms.ModelChoiceField(User.objects.filter(is_active=True, is_staff=True).order_by("username"), label="Go to")

    def clean(self):
        super().clean()
        of, to = self.cleaned_data.get("of"), self.cleaned_data.get("to")
        if of and of == to:
            self.add_error("to", "Choose two different people.")


class TopicForm(WorkingCopyForm):
    """Saving publishes, so the form asks what publishing asks: the change note, and a tick for what can hurt."""

    refusal = ""  # why what this form says was not published
    ticks = forms.MultipleChoiceField(required=False, widget=forms.MultipleHiddenInput)
    note = forms.CharField(label="Change note", help_text="Patients see a topic at once, so its change is recorded.")

    class Meta:
        model = Topic
        fields = ["title", "names", "place"]

    def __init__(self, data=None, *args, **kwargs):
        super().__init__(data, *args, **kwargs)
        if self.is_bound and self.instance.pk:
            renamed = Topic(pk=self.instance.pk, title=self.data.get("title", "").strip())
            renamed.names = self.data.get("names", "").strip().replace("\r\n", "\n")
            at = Line.objects.moment_of_reading()
            self.fields |= ticks_field([renamed.judgement(renamed.unrendered(), at)])

    def clean(self):
        cleaned = super().clean()
        if self.refusal:
            raise ValidationError(self.refusal)
        return cleaned

    def clean_title(self):
        title = self.cleaned_data["title"]
        for other in Topic.objects.exclude(pk=self.instance.pk):
            if named(other.title) == named(title):
                raise forms.ValidationError(f"There is a topic “{other}” already. Choose that one, or another name.")
        return title


@admin.register(Topic)
class TopicAdmin(WorkingCopyAdmin):
    """Topics have no acts of their own: saving one publishes it."""

    acts = ()
    form = TopicForm
    list_display = ["title", "place"]

    def get_fieldsets(self, request, obj=None):
        asked = self.guard(request, obj)
        return [(None, {"fields": ["title", "names", "place", *(["ticks", "note"] if asked else []), *asked]})]

    def get_urls(self):
        # Nothing is ever saved that patients do not read, so there is nothing to preview or to restore into.
        left_out = {called(Topic, name) for name in ("preview", "phone", "changes", "restore", "revoke")}
        return [one for one in super().get_urls() if one.name not in left_out]

    def get_form(self, request, obj=None, **kwargs):
        form = super().get_form(request, obj, **kwargs)
        return type(form.__name__, (form,), {"refusal": getattr(request, "refusal", "")})

    def save_model(self, request, obj, form, change):
        obj.keep(by=Hand.of(request.user), note=form.cleaned_data["note"], ticks=form.cleaned_data["ticks"])

    def changeform_view(self, request, *args, **kwargs):
        try:
            return super().changeform_view(request, *args, **kwargs)
        except Refused as refusal:
            # The same page again, with what was typed, which now says why.
            request.refusal = str(refusal)
            return super().changeform_view(request, *args, **kwargs)

    def show(self, request, composition):
        return views.show_topic(request, composition.edition, request.LANGUAGE_CODE, composition)
