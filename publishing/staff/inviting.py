"""Staff invite a clinician without an account to review one exact text, and take the link back."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.utils import timezone

from publishing.mail import mail_problem
from publishing.models import ReviewLink, name_of
from publishing.record import spoken
from publishing.staff.addresses import staff_url
from publishing.staff.pages import led_on, sent
from publishing.staff.written import WrittenForm


class InviteForm(WrittenForm):
    invited = forms.CharField(label="Who is asked, as patients would read the name", max_length=200)
    email = forms.EmailField(required=False, help_text="The link is mailed there, where a mail server is set.")


def invite_page(desk, request, work):
    if not desk.has_change_permission(request, work):
        raise PermissionDenied
    here = staff_url(work, "invite")
    links = ReviewLink.objects.filter(work=work.name)
    taken_back = request.POST.get("revoke", "")[:18]
    if request.method == "POST" and taken_back.isdecimal():
        links.filter(pk=taken_back, revoked_at=None).update(revoked_at=timezone.now())
        return led_on(request, "The link was taken back. It opens nothing any more.", here)
    form = InviteForm(request.POST or None)

    def done():
        invite(request, work, **form.cleaned_data)
        return HttpResponseRedirect(here)

    context = {"form": form, "links": links, "now": timezone.now(), "title": f"Ask for a review: {work}"}
    return sent(request, form, done) or desk.page(request, "invite.html", work, **context)


def invite(request, work, invited, email):
    """Make the link, and say or mail it."""
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
