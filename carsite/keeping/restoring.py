"""A backup becomes a site again, in an empty place and nowhere else; all of it or nothing."""

from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryFile

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import User
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, connection, transaction

from carsite.keeping import rows
from carsite.keeping.archive import Archive, Damaged, digest_of
from carsite.keeping.later import beside, listed
from carsite.keeping.sealing import Unsealed, is_sealed, unseal
from publishing import unpromised
from publishing.models import Hand, Line, media
from publishing.record import erasure, faults, heads, renew_search, repeat, triggers
from publishing.refusals import Refused

BY = Hand.command("restore")


class NotEmpty(CommandError):
    """There is a site here already."""


def refuse_full():
    """Raises NotEmpty where anything could be lost."""
    tables = unpromised.tables(connection)
    full = [
        one._meta.verbose_name_plural for one in (Line, User) if one._meta.db_table in tables and one.objects.exists()
    ]
    if full:
        raise NotEmpty(
            "This database holds a site already, and nothing was changed. Restore into an empty one: let VAR name a "
            "new folder, or DATABASE_URL a new database."
        )


@contextmanager
def opened(path, keys=()):
    """The backup in a file, unsealed where that is needed. Raises CommandError, OSError."""
    with open(path, "rb") as file:
        if not is_sealed(path):
            yield Archive(file)
            return
        if not keys:
            raise Unsealed("This backup is sealed. Name the file with the key that opens it: --key FILE.")
        with TemporaryFile(dir=Path(settings.VAR)) as plain:  # without a name, so nobody else can open it
            unseal(file, plain, keys)
            plain.seek(0)
            yield Archive(plain)


def restore(path, *, keys, bar, later=None):
    """Make an empty place the site that a backup holds, and repeat what its list tells.

    Returns (what the manifest tells, how much the list told or None, sentences on what people must see to). Raises
    CommandError, OSError.
    """
    refuse_full()
    with open(path, "rb") as file:
        digest = digest_of(file)
    told_later, untold = listed(later) if later else listed(beside(path), digest)
    with opened(path, keys) as archive:
        bar.total = 2 * archive.steps
        archive.check(bar)
        models, is_older = former(archive.told)
        for name in archive.told["media"]:  # files first: a row must not be there without its file
            put(name, archive)
            bar.add(of="pictures")
        with transaction.atomic():
            if not is_older:
                refuse_full()  # somebody may have begun a site here since; an older one has other tables
            fill(archive, models, bar)
            said = None if is_older else sure(archive, told_later)
        if is_older:
            said = brought_up(archive, told_later)
    if told_later:
        erasure.scrub()  # nobody else is here: what was repeated is in no journal either
    return archive.told, None if told_later is None else len(told_later), [*untold, *said]


def former(told):
    """(the models as they were when the backup was made, whether they are older than ours), in a database that has just
    these tables. Raises Damaged, NotEmpty."""
    after = unpromised.migrations()
    unknown = [one for one in told["migrations"] if tuple(one) not in after and one[0] in apps.app_configs]
    if unknown:
        name = "/".join(unknown[0])
        raise Damaged(f"It was made by a newer version of this site ({told['release']}: {name}). Install that first.")
    wanted = {tuple(one) for one in told["migrations"]} & set(after)
    if unpromised.migrated(connection) & set(after) - wanted:
        raise NotEmpty("This database has newer tables than the backup. Restore into one without any.")
    last = sorted(one for one in wanted if not after[one] & wanted)
    if is_older := wanted != set(after):
        unpromised.migrate_to(connection, last)
    else:
        call_command("migrate", verbosity=0)
    return unpromised.models_at(connection, last), is_older


def brought_up(archive, told_later):
    """An older backup, once it is in its own tables: migrated; where anything is wrong it is taken away again."""
    try:
        call_command("migrate", verbosity=0)
        with transaction.atomic():
            return sure(archive, told_later)
    except BaseException:
        with suppress(DatabaseError), transaction.atomic():  # half migrated tables may not be ours yet
            triggers.remove()
            rows.empty(apps)
            connection.check_constraints()
            triggers.install()
        raise


def put(name, archive):
    content = archive.picture(name)
    if default_storage.exists(name):
        with media.opened(name) as file:
            if file.read() == content:
                return
        raise NotEmpty(f"The folder of pictures holds another file named {name}. Restore into an empty one.")
    media.store(name, content)


def fill(archive, registry, bar):
    """Write all rows, as they were, into the tables."""
    # Rows come in their last state, which the grammar of acts refuses line by line: it is verified as a whole.
    triggers.remove()
    rows.empty(registry)
    for table in archive.told["tables"]:
        try:
            model = registry.get_model(table["label"])
            for count in rows.fill(model, table["columns"], archive.lines(table)):
                bar.add(count, of=table["label"])
        except (LookupError, ValueError, DatabaseError) as problem:
            raise Damaged(
                f"The rows of {table['label']} cannot be taken in: {str(problem).splitlines()[0]}"
            ) from problem
    rows.go_on_from(archive.told["numbers"])
    try:
        connection.check_constraints()
    except DatabaseError as problem:
        raise Damaged(f"The rows do not belong together: {str(problem).splitlines()[0]}") from problem
    triggers.install()


def sure(archive, told_later):
    """Verify the record of what was filled in, and repeat what was erased since. Raises CommandError."""
    fault = next(faults(), None)
    if fault:
        raise CommandError(f"The record in this file does not hold, and nothing was taken in. First fault: {fault}")
    head, wanted = Line.objects.order_by("-seq").first(), archive.told["line"]
    if (head and (head.seq, head.hash)) != (wanted and (wanted["seq"], wanted["hash"])):
        raise Damaged(f"The file does not hold the ledger that it names. Nothing was taken in.\n{heads()}")
    try:
        # What the index keeps outside of Django's tables is in no backup.
        renew_search(Line.objects.moment_of_reading())
        return repeat(told_later or [], by=BY)
    except Refused as problem:
        raise CommandError(f"{problem} Nothing was taken in.") from problem
