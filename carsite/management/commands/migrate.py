"""Django's own `migrate`, which goes on where it was killed."""

from django.core.management.commands import migrate


class Command(migrate.Command):
    """Django writes down that a migration is done after its transaction has ended.

    Killed between the two, it would make the same tables again and fail for ever; so a first migration whose tables are
    all there is only written down.
    """

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.set_defaults(fake_initial=True)
