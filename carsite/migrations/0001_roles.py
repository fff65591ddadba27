"""The four roles as groups."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

from carsite import roles


def make_roles(apps, schema_editor):
    # Permissions are usually made after all migrations; the roles need them now.
    for label in ("auth", "publishing", "articles", "faq"):
        create_permissions(
            installed.get_app_config(label), verbosity=0, using=schema_editor.connection.alias, apps=apps
        )
    roles.install(apps)


def remove_roles(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name__in=roles.ROLES).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("publishing", "0001_initial"),
        ("articles", "0001_initial"),
        ("faq", "0001_initial"),
    ]
    operations = [migrations.RunPython(make_roles, remove_roles)]
