"""The staff's pages: the only room of the press that knows requests."""

from publishing.staff import editor, recalling
from publishing.staff.acting import Preview
from publishing.staff.addresses import list_url, staff_url, tool_url
from publishing.staff.desk import WorkingCopyAdmin
from publishing.staff.forms import ReviewForm, in_words, moment_field
from publishing.staff.inviting import Invitations
from publishing.staff.panel import patients_read, with_live
from publishing.staff.saving import WorkingCopyForm

__all__ = [
    "Invitations",
    "Preview",
    "ReviewForm",
    "WorkingCopyAdmin",
    "WorkingCopyForm",
    "editor",
    "list_url",
    "in_words",
    "moment_field",
    "patients_read",
    "recalling",
    "staff_url",
    "tool_url",
    "with_live",
]
