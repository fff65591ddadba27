"""The rows that administrators keep, and the ledger to read."""

from django.contrib import admin

from publishing.models import Line, Pair, Picture, Publisher, Sponsor, sum_up_all
from publishing.staff import PairAdmin, PictureAdmin, RecordAdmin, SharedRowForm, acts


class NamedAdmin(admin.ModelAdmin):
    """Publishers and sponsors: one that stands in a text cannot be deleted."""

    form = SharedRowForm
    actions = None
    search_fields = ["name"]

    def save_model(self, request, row, form, change):
        super().save_model(request, row, form, change)
        sum_up_all(row)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and not (obj and is_used(obj))


def relations(row):
    """What may lead to a row of this kind from elsewhere."""
    return (one for one in row._meta.get_fields() if one.auto_created and not one.concrete)


def is_used(row):
    return any(getattr(row, relation.get_accessor_name()).exists() for relation in relations(row))


@admin.register(Publisher)
class PublisherAdmin(NamedAdmin):
    pass


@admin.register(Sponsor)
class SponsorAdmin(NamedAdmin):
    pass


@admin.register(Line)
class LineAdmin(RecordAdmin):
    """The ledger, to read in sentences."""

    heading, told = "Everything that was done", staticmethod(acts)
    search_fields = ["work", "by_name", "note"]


admin.site.register(Picture, PictureAdmin)
admin.site.register(Pair, PairAdmin)
