"""Addresses of the admin. No other module makes one."""

from django.urls import reverse


def staff_url(row, page="change"):
    """A page of the admin about one row; of an edition, about the text that it is an edition of."""
    model, pk = type(row), row.pk
    if hasattr(row, "work_id"):
        model, pk = row._meta.get_field("work").related_model, row.work_id
    return reverse(f"admin:{called(model, page)}", args=[pk])


def list_url(model, page):
    """A page of the admin about all rows of a class: add, changelist, or one of our own."""
    return reverse(f"admin:{called(model, page)}")


def tool_url(name):
    """A page of the admin that belongs to no single text: one of the tools, or where people come in and leave."""
    return reverse(f"admin:{name}")


def called(model, page):
    """What the admin calls that page in its list of addresses."""
    return f"{model._meta.app_label}_{model._meta.model_name}_{page}"
