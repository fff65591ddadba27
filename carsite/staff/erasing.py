"""How the words in Django's own tables, and in those of its packages, are erased when the law wants it."""

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session

from publishing.models import erasing

OWN_PAGE = "It is an account: rename it, or close it, on its own page under People."


class SessionEnded(erasing.Deleted):
    says = "The session is ended, and its owner has to log in again."

    def texts(self, row):
        return erasing.texts_in(row.get_decoded())


ATTEMPT = ("user_agent", "username", "http_accept", "path_info", "ip_address")
erasing.register(User, erasing.Kept("username", "first_name", "last_name", "email", says=OWN_PAGE))
erasing.register(LogEntry, erasing.Deleted("object_repr", "change_message"))
erasing.register(Session, SessionEnded("session_data"))
erasing.register(AccessAttempt, erasing.Deleted(*ATTEMPT, "get_data", "post_data"))
erasing.register(AccessFailureLog, erasing.Deleted(*ATTEMPT))
erasing.register(AccessLog, erasing.Deleted(*ATTEMPT))
