from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path

from articles import views
from articles.models import Article, Intake, Topic
from publishing.models import Hand, reviews_for
from publishing.record import due_at
from publishing.refusals import Refused
from publishing.staff import Invitations, WorkingCopyAdmin, list_url, patients_read, with_live

COPIED = ("language", "title", "lead", "topic", "brief", "body", "sources", "uploaded_by", "publisher", "sponsor")


@admin.register(Article)
class ArticleAdmin(Invitations, WorkingCopyAdmin):
    list_display = ["title", "language", "topic", patients_read, "owner", "changed_at", "changed_by_name"]
    list_filter = ["topic", "language", "owner"]
    list_select_related = ["topic", "owner"]
    list_per_page = 50
    search_fields = ["title", "slug"]
    fieldsets = [
        ("What patients read", {"fields": ["title", "lead", "brief", "body", "sources"]}),
        ("Where it stands", {"fields": ["language", "slug", "topic", "owner"]}),
        ("In whose name", {"fields": ["published_on", "uploaded_by", "publisher", "sponsor"]}),
    ]

    def get_fieldsets(self, request, obj=None):
        (first, fields), *others = super().get_fieldsets(request, obj)
        return [(first, {"fields": [*fields["fields"], *self.guard(request, obj)]}), *others]

    def guard(self, request, obj):
        """The hidden count of saves, for who may change what it guards."""
        may_save = self.has_change_permission(request, obj) if obj else self.has_add_permission(request)
        return ["edits_seen"] if may_save else []

    def get_queryset(self, request):
        return with_live(super().get_queryset(request))

    def get_changeform_initial_data(self, request):
        initial = super().get_changeform_initial_data(request) | {"owner": request.user.pk}
        copied = request.GET.get("copy", "")
        original = Article.objects.filter(pk=copied).first() if copied.isdecimal() else None
        if original:
            initial |= {name: original.serializable_value(name) for name in COPIED}
            initial["title"] = f"Copy of {original.title}"
        return initial

    def companions(self, work, name, at):
        """Its questions: those that differ from what patients read, or those that patients read when it goes."""
        if name == "withdraw":
            return [one for one in work.entry_set.all() if (live := one.live(at)) and not live.is_notice]
        if name in ("publish", "schedule"):
            return [one for one in work.entry_set.all() if one.differs_from(one.live(at))]
        if name == "review":
            entries = work.entry_set.all()
            reviews = reviews_for([one.freeze() for one in entries], at)
            return [one for one, review in zip(entries, reviews, strict=True) if review is None]
        return []

    def get_urls(self):
        return [
            path("due/", self.admin_site.admin_view(self.due_view), name="articles_article_due"),
            path("handover/", self.admin_site.admin_view(self.handover_view), name="articles_article_handover"),
            *super().get_urls(),
        ]

    def due_view(self, request):
        """Everything that is due, articles and questions alike, for who may read them."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        things = due_at(request.moment())
        if request.GET.get("owner") == "me":
            things = [one for one in things if one.owner == request.user]
        context = {"title": "Things due", "things": things, "may_hand_over": self.may_hand_over(request)}
        return TemplateResponse(request, "admin/publishing/due.html", self.admin_site.each_context(request) | context)

    def may_hand_over(self, request):
        return request.user.has_perm("auth.change_user") and self.has_change_permission(request)

    @transaction.atomic
    def handover_view(self, request):
        """All articles of one owner to another, in one act."""
        if not self.may_hand_over(request):
            raise PermissionDenied
        form = HandoverForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            articles = list(Article.objects.filter(owner=form.cleaned_data["of"]))
            for article in articles:
                article.owner = form.cleaned_data["to"]
                article.save(update_fields=["owner"])
                of = form.cleaned_data["of"] or "nobody"
                self.log_change(request, article, f"Handed over from {of} to {article.owner}.")
            said = "1 article now belongs" if len(articles) == 1 else f"{len(articles)} articles now belong"
            messages.success(request, f"{said} to {form.cleaned_data['to']}.")
            return HttpResponseRedirect(list_url(Article, "due"))
        context = {"title": "Hand over articles", "form": form}
        template = "admin/publishing/handover.html"
        return TemplateResponse(request, template, self.admin_site.each_context(request) | context)

    def panel(self, request, work):
        return super().panel(request, work) | {
            "copy_url": list_url(Article, "add") + f"?copy={work.pk}",
            "source": Intake.objects.filter(article=work).first(),
        }

    def show(self, request, composition):
        return views.show(request, composition)


class HandoverForm(forms.Form):
    of = forms.ModelChoiceField(
        User.objects.order_by("username"), required=False, label="All articles of", empty_label="nobody yet"
    )
    to = forms.ModelChoiceField(User.objects.filter(is_active=True, is_staff=True).order_by("username"), label="Go to")

    def clean(self):
        of, to = self.cleaned_data.get("of"), self.cleaned_data.get("to")
        if of and of == to:
            self.add_error("to", "Choose two different people.")


class TopicForm(forms.ModelForm):
    note = forms.CharField(label="Change note", help_text="Patients see a topic at once, so its change is recorded.")

    class Meta:
        model = Topic
        fields = ["name", "place"]


@admin.register(Topic)
class TopicAdmin(admin.ModelAdmin):
    form = TopicForm
    actions = None
    list_display = ["name", "place"]

    def has_delete_permission(self, request, obj=None):
        return False

    def save_model(self, request, obj, form, change):
        obj.keep(by=Hand.of(request.user), note=form.cleaned_data["note"])

    def changeform_view(self, request, *args, **kwargs):
        try:
            return super().changeform_view(request, *args, **kwargs)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(request.path)
