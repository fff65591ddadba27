"""Staff invite a clinician without an account to review one exact text, and take the link back."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.utils import timezone

from publishing.mail import mail_problem
from publishing.models import Access, Hand, Reviewer, ReviewLink, access
from publishing.record import spoken
from publishing.staff.addresses import staff_url
from publishing.staff.pages import led_on, sent
from publishing.staff.written import WrittenForm


class InviteForm(WrittenForm):
    listed = forms.ModelChoiceField(
        Reviewer.objects,
        label="An outside reviewer of the list",
        required=False,
        help_text="The link goes to the address on the list and is shown to nobody, so that the review counts as the "
        "second person's.",
    )
    invited = forms.CharField(
        label="Or somebody else: who is asked, as patients would read the name", max_length=200, required=False
    )
    email = forms.EmailField(required=False, help_text="The link is mailed there, where a mail server is set.")

    def clean(self):
        given = super().clean()
        if not given.get("listed") and not given.get("invited", "").strip():
            raise forms.ValidationError("Choose somebody from the list, or say who is asked.")
        if given.get("listed") and (given.get("invited", "").strip() or given.get("email")):
            raise forms.ValidationError("Either somebody from the list or somebody else: leave the other empty.")
        return given


def invite_page(desk, request, work):
    if not desk.has_change_permission(request, work):
        raise PermissionDenied
    here = staff_url(work, "invite")
    links = ReviewLink.objects.filter(work=work.name)
    taken_back = request.POST.get("revoke", "")[:18]
    if request.method == "POST" and taken_back.isdecimal():
        if links.filter(pk=taken_back, revoked_at=None).update(revoked_at=timezone.now()):
            by = Hand.of(request.user)
            access.record(Access.Verb.REVOKE_LINK, f"link/{int(taken_back)}", by=by, text=str(work))
        return led_on(request, "The link was taken back. It opens nothing any more.", here)
    form = InviteForm(request.POST or None)

    def done():
        invite(request, work, **form.cleaned_data)
        return HttpResponseRedirect(here)

    context = {"form": form, "links": links, "now": timezone.now(), "title": f"Ask for a review: {work}"}
    return sent(request, form, done) or desk.page(request, "invite.html", work, **context)


def invite(request, work, invited, email, listed=None):
    """Make the link, and say or mail it."""
    now, by = timezone.now(), Hand.of(request.user)
    if listed:
        invited, email = listed.name, listed.email
    link, key = ReviewLink.invite(work, invited=invited, email=email, by=by, at=now, listed=listed)
    told = {"whom": invited, "text": str(work), "mailed_to": email, "is_listed": listed is not None}
    access.record(Access.Verb.LINK, f"link/{link.pk}", by=by, **told)
    address = f"{settings.SITE_URL}/review/?k={key}"
    if email:
        live = work.live(now)
        is_read = live is not None and not live.is_notice and live.text_digest == link.text_digest
        how = ", which patients read now" if is_read else " before patients read it"
        said = f"{by.name} asks you to review “{work}”{how}:\n\n{address}\n\n"
        said += f"The link is for you alone. It works until {spoken(link.expires_at)} and only for this text."
        problem = mail_problem(f"Please review: {work}", said, email)
        if problem and listed:
            ReviewLink.objects.filter(pk=link.pk).update(revoked_at=now)
            messages.error(request, f"The mail could not be sent ({problem}), so the link was taken back.")
        elif problem:
            messages.warning(request, f"The mail could not be sent ({problem}): give this link yourself.")
        else:
            messages.success(request, f"The link was mailed to {email}.")
    if not listed:
        # It is shown this once: only a digest of it is kept.
        messages.info(request, f"The link for {invited}, shown only now: {address}")
