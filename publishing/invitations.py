"""Staff invite a clinician without an account to review one exact text, and take the link back."""

import logging

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.mail import send_mail
from django.http import HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone

from publishing.context import spoken
from publishing.models import ReviewLink
from publishing.models.ledger import name_of

log = logging.getLogger(__name__)


class InviteForm(forms.Form):
    invited = forms.CharField(label="Who is asked, as patients would read the name", max_length=200)
    email = forms.EmailField(required=False, help_text="The link is mailed there, where a mail server is set.")


def mail_problem(subject, text, address):
    """Send one mail; return nothing, or in a few words why it could not be sent. Never call it in a transaction."""
    if not settings.HAS_MAIL:
        return "no mail server is set"
    try:
        send_mail(" ".join(subject.split()), text, settings.DEFAULT_FROM_EMAIL, [address])
    except Exception as problem:  # whatever it is: what the mail tells of has happened, and must not be lost with it
        why = getattr(problem, "strerror", None) or str(problem) or type(problem).__name__
        why = why.decode(errors="replace") if isinstance(why, bytes) else why
        return " ".join(why.split())[:200]
    return ""


def tell_owner(work, review):
    """Mail the owner what a reviewer said. The judgement stands whether or not the mail goes out."""
    owner = work.owner
    if settings.HAS_MAIL and owner and owner.email:
        said = f"{review.reviewer_name}, {review.credential}: {review.get_result_display()}\n\n{review.note}"
        problem = mail_problem(f"Reviewed: {work}", said, owner.email)
        if problem:
            log.warning("The owner of %s could not be told of a review by mail (%s).", work.name, problem)


class Invitations:
    """Mixed into the admin of a text that is reviewed."""

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_invite"
        view = self.admin_site.admin_view(self.invite_view)
        return [path("<int:pk>/invite/", view, name=name), *super().get_urls()]

    def invite_view(self, request, pk):
        work = self.found(request, pk)
        if not self.has_change_permission(request, work):
            raise PermissionDenied
        here = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_invite", args=[work.pk])
        links = ReviewLink.objects.filter(work=work.name)
        if request.method == "POST" and request.POST.get("revoke", "").isdecimal():
            links.filter(pk=request.POST["revoke"], revoked_at=None).update(revoked_at=timezone.now())
            messages.success(request, "The link was taken back. It opens nothing any more.")
            return HttpResponseRedirect(here)
        form = InviteForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            self.invite(request, work, **form.cleaned_data)
            return HttpResponseRedirect(here)
        context = {"form": form, "links": links, "now": timezone.now(), "title": f"Ask for a review: {work}"}
        return self.page(request, "invite.html", work, **context)

    def invite(self, request, work, invited, email):
        now, by_name = timezone.now(), name_of(request.user)
        link, key = ReviewLink.invite(work, invited=invited, email=email, by_name=by_name, at=now)
        address = f"{settings.SITE_URL}/review/?k={key}"
        if email:
            said = f"{by_name} asks you to review “{work}” before patients read it:\n\n{address}\n\n"
            said += f"The link is for you alone. It works until {spoken(link.expires_at)} and only for this text."
            problem = mail_problem(f"Please review: {work}", said, email)
            if problem:
                messages.warning(request, f"The mail could not be sent ({problem}): give this link yourself.")
            else:
                messages.success(request, f"The link was mailed to {email}.")
        # It is shown this once: only a digest of it is kept.
        messages.info(request, f"The link for {invited}, shown only now: {address}")
