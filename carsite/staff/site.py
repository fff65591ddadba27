"""The addresses of the tools: staff pages that belong to no single text. Every role may use most of them."""

from functools import wraps

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.urls import path

from carsite.past import as_it_was, complaint
from carsite.staff import unsaved
from publishing.staff import recalling

# Set before any address of the admin is made: this module stands first among them.
admin.site.admin_view = unsaved.instead_of_log_in(admin.site.admin_view)


def tool(route, view, name):
    """A page for everybody with a role."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not request.user.has_perm("articles.view_articleedition"):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return path(route, admin.site.admin_view(guarded), name=name)


urlpatterns = [
    tool("as-it-was/", as_it_was.pick, "as_it_was"),
    tool("as-it-was/<str:when>/", as_it_was.page, "as_it_was_home"),
    tool("as-it-was/<str:when>/<path:public>", as_it_was.page, "as_it_was_page"),
    tool("complaint/<str:when>/", complaint.download, "complaint_home"),
    tool("complaint/<str:when>/<path:public>", complaint.download, "complaint"),
    tool("recall/", recalling.recall, "recall"),
    tool("recall/replace/", recalling.replace, "recall_replace"),
    tool("proof/", recalling.proof, "proof"),
]
