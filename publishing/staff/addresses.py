"""Addresses of the admin. No other module makes one."""

from django.urls import reverse


def change_url(model, pk):
    """Where staff change a working copy."""
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[pk])
