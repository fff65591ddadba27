"""Makes the database role of processes that only serve readers: docs/operator.md."""

import secrets

from django.core.management.base import BaseCommand, CommandError
from django.db import ProgrammingError, connection, transaction
from psycopg import sql

from carsite.reader import role

NAME = "guides_readers"


class Command(BaseCommand):
    help = "Makes the database role of processes that only serve readers, or gives it the rights of this release."

    def add_arguments(self, parser):
        parser.add_argument("name", nargs="?", default=NAME, help=f"the role's name; {NAME} where none is given")
        parser.add_argument("--new-password", action="store_true", help="give a role that is there another password")

    def handle(self, *args, name, new_password, **options):
        if connection.vendor != "postgresql":
            raise CommandError("Only PostgreSQL knows roles, and DATABASE_URL names none.")
        password = secrets.token_urlsafe(24)
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                is_new = self._made(cursor, name, password, new_password)
                for one in role.statements(name):
                    cursor.execute(one)
        except ProgrammingError as problem:
            raise CommandError(f"{problem}".strip() + " (The user of DATABASE_URL needs CREATEROLE.)") from problem
        if not is_new:
            return self.stdout.write(f"The role {name} has the rights of this release; its password is the same.")
        self.stdout.write(f"DATABASE_URL='{self._address(name, password)}'")
        self.stderr.write("Write this line into the settings of the machines for readers. It is not shown again.")

    def _made(self, cursor, name, password, new_password):
        """Make the role where it is not there, or give it another password. Whether its password is a new one."""
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name])
        is_there = cursor.fetchone()
        if is_there and not new_password:
            return False
        words = "ALTER ROLE {} PASSWORD {}" if is_there else "CREATE ROLE {} LOGIN PASSWORD {}"
        cursor.execute(sql.SQL(words).format(sql.Identifier(name), sql.Literal(password)))
        return True

    def _address(self, name, password):
        told = connection.settings_dict
        port = f":{told['PORT']}" if told["PORT"] else ""
        folder = told["OPTIONS"].get("host")
        more = f"?host={folder}" if folder else ""
        return f"postgres://{name}:{password}@{told['HOST']}{port}/{told['NAME']}{more}"
