import datetime

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import publishing.models.frozen.addresses
import publishing.models.surround.around
import publishing.text.rows


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Counted",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=200, unique=True)),
                ("began_at", models.DateTimeField()),
                ("times", models.PositiveIntegerField(default=0)),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Indexed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("work", models.BigIntegerField()),
                ("edition", models.BigIntegerField()),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField(null=True)),
                ("size", models.PositiveSmallIntegerField(help_text="Words in the title.")),
                ("is_notice", models.BooleanField()),
                ("kind", models.CharField(help_text="How the ledger calls texts of this kind.", max_length=20)),
                (
                    "about",
                    models.CharField(blank=True, help_text="A digest of the title of what it follows.", max_length=8),
                ),
                ("language", models.CharField(max_length=10)),
            ],
            options={
                "default_permissions": (),
                "indexes": [
                    models.Index(fields=["work"], name="indexed_work"),
                    models.Index(condition=models.Q(("is_notice", True)), fields=["kind"], name="indexed_notices"),
                    models.Index(condition=models.Q(("until__isnull", False)), fields=["until"], name="indexed_until"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Line",
            fields=[
                ("seq", models.BigIntegerField(primary_key=True, serialize=False)),
                ("format", models.PositiveSmallIntegerField(default=2)),
                ("at", models.DateTimeField()),
                ("by_digest", models.CharField(blank=True, max_length=64)),
                ("detail_digest", models.CharField(blank=True, max_length=64)),
                ("by_name", models.CharField(max_length=300)),
                ("by_account", models.BigIntegerField(help_text="The number of the account, for ever.", null=True)),
                ("by_salt", models.CharField(max_length=32)),
                ("detail", models.TextField(blank=True, help_text="What else belongs to it, as canonical JSON.")),
                ("detail_salt", models.CharField(blank=True, max_length=32)),
                ("previous", models.CharField(max_length=64, unique=True)),
                ("hash", models.CharField(max_length=64, unique=True)),
                (
                    "verb",
                    models.CharField(
                        choices=[
                            ("publish", "published"),
                            ("schedule", "scheduled"),
                            ("withdraw", "withdrew"),
                            ("cancel", "cancelled what waited"),
                            ("review", "reviewed"),
                            ("revoke", "revoked a review of"),
                            ("check", "checked against its article"),
                            ("redact", "redacted"),
                            ("forget", "erased words of an act on"),
                            ("open", "opened an old text of"),
                            ("close", "closed an old text of"),
                            ("nobody", "said that nobody can be known in"),
                            ("consent", "said that people agreed to"),
                            ("retract", "took back the consent to"),
                            ("pair", "added the word pair"),
                            ("unpair", "took away the word pair"),
                        ],
                        max_length=20,
                    ),
                ),
                ("work", models.CharField(max_length=60)),
                ("beside", models.CharField(blank=True, help_text="The text that this one follows.", max_length=60)),
                ("number", models.BigIntegerField(null=True)),
                ("in_force_at", models.DateTimeField(help_text="Of a consent to a picture, when it ends.", null=True)),
                ("text_digest", models.CharField(blank=True, max_length=64)),
                ("page_digest", models.CharField(blank=True, max_length=64)),
                ("touch_digest", models.CharField(blank=True, max_length=64)),
                ("note_digest", models.CharField(blank=True, max_length=64)),
                ("note", models.TextField(blank=True)),
                ("note_salt", models.CharField(blank=True, max_length=32)),
            ],
            options={
                "verbose_name": "ledger line",
                "ordering": ["-seq"],
                "abstract": False,
                "indexes": [
                    models.Index(fields=["work", "seq"], name="line_work"),
                    models.Index(fields=["verb", "seq"], name="line_verb"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Pair",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(editable=False, max_length=40, unique=True)),
                ("word", models.CharField(max_length=60, verbose_name="what people type")),
                ("also", models.CharField(max_length=60, verbose_name="what guides say")),
                ("language", models.CharField(max_length=10)),
                ("is_kept", models.BooleanField()),
            ],
            options={
                "verbose_name": "word pair",
                "ordering": ["word", "also", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Picture",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "name",
                    models.CharField(
                        editable=False,
                        error_messages={"unique": "This picture is here already."},
                        max_length=80,
                        unique=True,
                    ),
                ),
                ("width", models.PositiveIntegerField(editable=False)),
                ("height", models.PositiveIntegerField(editable=False)),
                (
                    "alt_text",
                    models.CharField(
                        blank=True,
                        help_text="What would you say on the telephone? One or two sentences. Leave out “picture of”.",
                        max_length=300,
                        verbose_name="what the picture shows",
                    ),
                ),
                (
                    "is_decorative",
                    models.BooleanField(
                        default=False,
                        help_text="It adds no information: patients who cannot see it are not told that it is there.",
                        verbose_name="decorative",
                    ),
                ),
                ("uploaded_by_name", models.CharField(editable=False, max_length=300)),
                ("uploaded_at", models.DateTimeField(editable=False)),
                (
                    "file_name_given",
                    models.CharField(
                        blank=True,
                        editable=False,
                        help_text="As it was called when it was uploaded. Patients never see it.",
                        max_length=200,
                        verbose_name="file name",
                    ),
                ),
                ("source", models.CharField(blank=True, max_length=300, verbose_name="where it is from")),
                (
                    "licence",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("ours", "It is ours"),
                            ("cc by", "CC BY: name the maker"),
                            ("letter", "By letter, kept with us"),
                            ("free", "Free for all: CC0, or out of copyright"),
                        ],
                        max_length=20,
                        verbose_name="what we may do with it",
                    ),
                ),
            ],
            options={
                "ordering": ["-uploaded_at", "name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("alt_text", ""), ("is_decorative", False), _connector="OR"),
                        name="publishing_picture_words_or_decorative",
                        violation_error_message="A picture that shows something is not decorative: remove the words, or untick “decorative”.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Publisher",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "name",
                    models.CharField(help_text="As patients will read it under “About this page”.", max_length=200),
                ),
                (
                    "websites",
                    models.TextField(
                        blank=True,
                        help_text="One a line, for example www.example.org",
                        validators=[publishing.text.rows.validate_websites],
                    ),
                ),
                (
                    "social",
                    models.TextField(
                        blank=True,
                        help_text="One a line, with or without its address: “Facebook” or “Facebook: https://…”. Without one, patients read “address not supplied”.",
                        validators=[publishing.text.rows.validate_accounts],
                        verbose_name="social accounts",
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Remark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("work", models.CharField(db_index=True, max_length=60)),
                ("passage", models.TextField(verbose_name="passage")),
                ("before", models.CharField(blank=True, max_length=200, verbose_name="words before it")),
                ("after", models.CharField(blank=True, max_length=200, verbose_name="words after it")),
                ("text", models.TextField(verbose_name="remark")),
                ("by_name", models.CharField(max_length=300, verbose_name="who remarks")),
                ("made_at", models.DateTimeField()),
                ("settled_at", models.DateTimeField(null=True)),
                ("settled_by_name", models.CharField(blank=True, max_length=300, verbose_name="who settled it")),
            ],
            options={
                "ordering": ["made_at", "pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("work", models.CharField(max_length=60)),
                ("state", models.CharField(max_length=20)),
                ("case", models.CharField(max_length=64)),
                ("sent_at", models.DateTimeField()),
                ("sent_to", models.TextField()),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("work", "state", "case"), name="publishing_reminder_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Rendition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80, unique=True)),
                ("width", models.PositiveIntegerField()),
                ("height", models.PositiveIntegerField()),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Reviewer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "name",
                    models.CharField(help_text="As patients would read it, for example “Dr Ravi Rao”.", max_length=200),
                ),
                ("credential", models.CharField(blank=True, help_text="For example “haematologist”.", max_length=200)),
                (
                    "email",
                    models.EmailField(
                        help_text="A link to review a text is mailed here alone.",
                        max_length=254,
                        unique=True,
                        verbose_name="mail address",
                    ),
                ),
            ],
            options={
                "verbose_name": "outside reviewer",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="ReviewLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("work", models.CharField(max_length=60)),
                ("text_digest", models.CharField(max_length=64)),
                ("key_digest", models.CharField(max_length=64, unique=True)),
                ("invited", models.CharField(max_length=200, verbose_name="for whom")),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("made_at", models.DateTimeField()),
                ("made_by_name", models.CharField(max_length=300)),
                ("expires_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(null=True)),
                ("answered_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["-made_at"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Saving",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("work", models.CharField(max_length=60)),
                ("saved_at", models.DateTimeField()),
                ("account", models.BigIntegerField(null=True)),
                ("saved_by_name", models.CharField(max_length=300)),
                ("text_digest", models.CharField(blank=True, max_length=64)),
            ],
            options={
                "default_permissions": (),
                "indexes": [
                    models.Index(fields=["work", "saved_at"], name="saving_work"),
                    models.Index(fields=["text_digest", "saved_at"], name="saving_text"),
                ],
            },
        ),
        migrations.CreateModel(
            name="SentForm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("sent_at", models.DateTimeField(db_index=True)),
                ("led_to", models.TextField(blank=True)),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Sponsor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200)),
                (
                    "language",
                    models.CharField(choices=publishing.models.frozen.addresses.languages, default="en", max_length=10),
                ),
                (
                    "wording",
                    models.CharField(
                        default="Sponsored by",
                        help_text="The words before the name, for example “Powered by”.",
                        max_length=100,
                    ),
                ),
                (
                    "address",
                    models.CharField(
                        blank=True,
                        help_text="www.example.org",
                        max_length=300,
                        validators=[publishing.text.rows.validate_website],
                        verbose_name="web address",
                    ),
                ),
                (
                    "claims",
                    models.TextField(
                        blank=True,
                        help_text="What the sponsor says of itself, one claim a line, word for word. Patients also read that the clinic has not checked it.",
                    ),
                ),
                (
                    "connection",
                    models.TextField(
                        blank=True,
                        help_text="One plain sentence that patients read: how is the sponsor connected to the publisher of the page?",
                        verbose_name="connection to the publisher",
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="StoredPage",
            fields=[
                ("key", models.CharField(max_length=500, primary_key=True, serialize=False)),
                ("since_us", models.BigIntegerField()),
                ("until_us", models.BigIntegerField()),
                ("seq", models.BigIntegerField()),
                ("needs", models.TextField()),
                ("http", models.PositiveSmallIntegerField()),
                ("content_type", models.CharField(max_length=100)),
                ("location", models.TextField(blank=True)),
                ("etag", models.CharField(max_length=80)),
                ("br", models.BinaryField()),
                ("gzip", models.BinaryField()),
                ("identity", models.BinaryField()),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Touch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=300)),
                ("in_force_at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["name", "in_force_at"], name="touch_name_moment")],
            },
        ),
        migrations.CreateModel(
            name="Tried",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("address", models.CharField(max_length=500, unique=True)),
                ("tried_at", models.DateTimeField()),
                (
                    "fault",
                    models.CharField(
                        blank=True, help_text="What is wrong with it; empty: it is there.", max_length=100
                    ),
                ),
                ("times", models.PositiveSmallIntegerField(default=0, help_text="How often in a row it was at fault.")),
            ],
            options={
                "verbose_name_plural": "addresses that were tried",
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="Unfound",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key_digest", models.CharField(max_length=64, unique=True)),
                ("language", models.CharField(max_length=10)),
                ("words", models.CharField(blank=True, max_length=60)),
                ("days", models.PositiveIntegerField(default=1)),
                ("last_on", models.DateField()),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Use",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("picture", models.CharField(max_length=80)),
                ("work", models.CharField(max_length=60)),
                ("number", models.PositiveIntegerField(null=True)),
            ],
            options={
                "default_permissions": (),
                "indexes": [
                    models.Index(fields=["picture"], name="use_picture"),
                    models.Index(fields=["work"], name="use_work"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Verified",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "of",
                    models.CharField(
                        choices=[("record", "the record"), ("pages", "stored pages and pictures")], max_length=10
                    ),
                ),
                ("began_at", models.DateTimeField()),
                ("is_held", models.BooleanField()),
                ("said", models.TextField(blank=True, help_text="The first fault.")),
                ("seq", models.BigIntegerField(null=True)),
                ("hash", models.CharField(blank=True, max_length=64)),
                ("touch", models.BigIntegerField(null=True)),
            ],
            options={
                "get_latest_by": "pk",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Word",
            fields=[
                ("word", models.CharField(max_length=50, primary_key=True, serialize=False)),
                ("n", models.IntegerField()),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Access",
            fields=[
                ("seq", models.BigIntegerField(primary_key=True, serialize=False)),
                ("format", models.PositiveSmallIntegerField(default=2)),
                ("at", models.DateTimeField()),
                ("by_digest", models.CharField(blank=True, max_length=64)),
                ("detail_digest", models.CharField(blank=True, max_length=64)),
                ("by_name", models.CharField(max_length=300)),
                ("by_account", models.BigIntegerField(help_text="The number of the account, for ever.", null=True)),
                ("by_salt", models.CharField(max_length=32)),
                ("detail", models.TextField(blank=True, help_text="What else belongs to it, as canonical JSON.")),
                ("detail_salt", models.CharField(blank=True, max_length=32)),
                ("previous", models.CharField(max_length=64, unique=True)),
                ("hash", models.CharField(max_length=64, unique=True)),
                (
                    "verb",
                    models.CharField(
                        choices=[
                            ("log in", "logged in"),
                            ("log out", "logged out"),
                            ("refuse", "was refused at the log-in"),
                            ("forbid", "asked for a page without the right to it"),
                            ("make", "made an account"),
                            ("close", "closed an account"),
                            ("open", "opened an account again"),
                            ("rename", "renamed an account"),
                            ("mail", "changed the address of an account"),
                            ("give", "gave a role"),
                            ("take", "took a role away"),
                            ("set password", "set the password of another account"),
                            ("accept", "set a password by an invitation"),
                            ("own password", "set a password of their own"),
                            ("invite", "invited somebody to set their own password"),
                            ("factor", "set up a second factor"),
                            ("end factor", "ended a second factor"),
                            ("ask", "asked at the log-in for a link to set a password"),
                            ("confirm", "confirmed whose account it is"),
                            ("list", "listed a reviewer, or changed the entry"),
                            ("link", "made a link to one text"),
                            ("open link", "opened a link"),
                            ("answer link", "answered by a link"),
                            ("revoke link", "took a link back"),
                            ("complaint", "took a file for a complaint"),
                            ("table", "took a table of what was told"),
                            ("cut", "erased the words of old lines"),
                            ("forget", "erased words by law"),
                        ],
                        max_length=20,
                    ),
                ),
                ("subject", models.CharField(blank=True, max_length=60)),
            ],
            options={
                "verbose_name": "line of the access record",
                "verbose_name_plural": "lines of the access record",
                "ordering": ["-seq"],
                "abstract": False,
                "default_permissions": ("view",),
                "indexes": [models.Index(fields=["subject", "seq"], name="access_subject")],
            },
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(verbose_name="answer")),
                ("by_name", models.CharField(max_length=300, verbose_name="who answers")),
                ("made_at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["made_at", "pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Asking",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("work", models.CharField(db_index=True, max_length=60)),
                ("digest_format", models.PositiveSmallIntegerField()),
                ("text_digest", models.CharField(max_length=64)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("clinician", "A clinician’s"),
                            ("translator", "A translator’s"),
                            ("lay reader", "A lay reader’s"),
                        ],
                        default="clinician",
                        max_length=20,
                    ),
                ),
                ("asked_name", models.CharField(max_length=300, verbose_name="who is asked")),
                ("by_name", models.CharField(max_length=300, verbose_name="who asks")),
                ("asked_at", models.DateTimeField()),
                ("until_on", models.DateField(verbose_name="by which day")),
                ("note", models.TextField(blank=True)),
                ("taken_back_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="askings",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-asked_at"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Buffer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=60, unique=True)),
                ("work", models.CharField(max_length=60)),
                ("typed", models.JSONField(default=dict)),
                ("base", models.JSONField(default=dict)),
                ("opened_at", models.DateTimeField()),
                ("kept_at", models.DateTimeField(db_index=True)),
                ("saved_at", models.DateTimeField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "text that is not saved",
                "default_permissions": (),
                "indexes": [models.Index(fields=["work", "kept_at"], name="buffer_work")],
            },
        ),
        migrations.CreateModel(
            name="Chore",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("backup", "backup"),
                            ("verify", "verification"),
                            ("retention", "retention"),
                            ("links", "dead links"),
                            ("reminders", "reminders"),
                        ],
                        max_length=20,
                    ),
                ),
                ("began_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("is_done", models.BooleanField(default=False)),
                ("said", models.TextField(blank=True, help_text="Why it failed.")),
            ],
            options={
                "default_permissions": (),
                "constraints": [models.UniqueConstraint(fields=("day", "what"), name="chore_once_a_day")],
            },
        ),
        migrations.CreateModel(
            name="Form",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("form", models.CharField(max_length=40)),
                ("tongue", models.CharField(blank=True, max_length=2)),
                ("stem", models.CharField(max_length=45)),
                ("n", models.IntegerField()),
            ],
            options={
                "default_permissions": (),
                "indexes": [models.Index(fields=["stem"], name="form_stem")],
                "constraints": [models.UniqueConstraint(fields=("form", "tongue"), name="form_once")],
            },
        ),
        migrations.CreateModel(
            name="Frame",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("edits", models.PositiveIntegerField(default=0, editable=False)),
                ("changed_at", models.DateTimeField(editable=False, null=True)),
                ("changed_by_name", models.CharField(blank=True, editable=False, max_length=300)),
                ("text_digest", models.CharField(blank=True, editable=False, max_length=64)),
                ("content_digest", models.CharField(blank=True, editable=False, max_length=64)),
                (
                    "language",
                    models.CharField(choices=publishing.models.frozen.addresses.languages, default="en", max_length=10),
                ),
                (
                    "clinic",
                    models.CharField(blank=True, default="Our clinic", max_length=100, verbose_name="clinic's name"),
                ),
                (
                    "tagline",
                    models.CharField(
                        blank=True,
                        default="patient guides",
                        help_text="Stands behind the name, in grey.",
                        max_length=60,
                    ),
                ),
                (
                    "heading",
                    models.CharField(
                        blank=True,
                        default="Understand your treatment, in your own time",
                        max_length=120,
                        verbose_name="heading of the home page",
                    ),
                ),
                (
                    "lead",
                    models.TextField(
                        blank=True,
                        default="Clear guides from our clinic, for you and the people who care for you. Free, no sign-in.",
                        verbose_name="lead of the home page",
                    ),
                ),
                ("emergency_heading", models.CharField(blank=True, default="If you feel very unwell", max_length=100)),
                (
                    "emergency_text",
                    models.TextField(
                        blank=True,
                        default="Do not wait for this page or for a reply from us. Call your treatment centre’s 24-hour number, or the emergency number.",
                        help_text="Stands after the risks in every guide, and with the questions.",
                    ),
                ),
                (
                    "emergency_number",
                    models.CharField(
                        blank=True,
                        default="112",
                        help_text="The number a phone dials when a patient taps the button.",
                        max_length=30,
                        validators=[publishing.models.surround.around.dialled],
                    ),
                ),
                (
                    "emergency_label",
                    models.CharField(
                        blank=True,
                        default="Call 112",
                        help_text="For example “Call 112 (India)”.",
                        max_length=60,
                        verbose_name="words on the emergency button",
                    ),
                ),
                (
                    "clinic_number",
                    models.CharField(
                        blank=True,
                        help_text="Stands in the box for emergencies, at the foot of every page, and in sections marked (call today). Where there is no number for questions that can wait, in sections marked (next visit) too.",
                        max_length=30,
                        validators=[publishing.models.surround.around.dialled],
                        verbose_name="the clinic's 24-hour number",
                    ),
                ),
                (
                    "visit_number",
                    models.CharField(
                        blank=True,
                        help_text="Stands in sections marked (next visit). Where there is no 24-hour number, in sections marked (call today) too.",
                        max_length=30,
                        validators=[publishing.models.surround.around.dialled],
                        verbose_name="number for questions that can wait",
                    ),
                ),
                (
                    "contact",
                    models.TextField(
                        blank=True,
                        help_text="How patients reach you when it is not urgent: stands at the foot of every page.",
                    ),
                ),
                (
                    "banner",
                    models.TextField(
                        blank=True,
                        help_text="A sentence at the top of every page, for example about a closed ward. Leave empty for none.",
                    ),
                ),
                (
                    "needs_two_people",
                    models.BooleanField(
                        default=True,
                        help_text="Before a changed dose, number or “not” reaches patients, a clinician who did not write it has reviewed the exact text. Patients do not see this setting; the ledger keeps when it was changed.",
                        verbose_name="a change of substance needs a second person",
                    ),
                ),
                (
                    "shows_old_editions",
                    models.BooleanField(
                        default=True,
                        help_text="Marked as old, with what changed since. Never those that were unsafe, judged not fit, or replaced in an emergency, nor any before them.",
                        verbose_name="patients may read old editions",
                    ),
                ),
                (
                    "shows_unsafe",
                    models.BooleanField(
                        default=True,
                        help_text="With a feed, under /unsafe/.",
                        verbose_name="a page lists all that was withdrawn as unsafe",
                    ),
                ),
                (
                    "asks_words",
                    models.BooleanField(
                        default=False,
                        help_text="After they said whether it helped. Their words stand on the desk of who looks after the guide, and go after a year. Switch it on only if somebody reads them, and say so on the page about privacy.",
                        verbose_name="readers may write to us below a guide",
                    ),
                ),
                (
                    "small_print",
                    models.TextField(
                        blank=True,
                        default="These guides give general information. They do not replace advice from your own care team.",
                        help_text="Stands at the foot of every page.",
                    ),
                ),
                ("title", models.CharField(default="title", editable=False, max_length=100)),
                ("folded", models.TextField(blank=True, editable=False)),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        help_text="Who looks after these words.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "frames",
                "ordering": ["pk"],
                "abstract": False,
                "default_permissions": ("add", "change", "delete", "view", "publish", "redact", "review"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("language",),
                        name="publishing_frame_language",
                        violation_error_message="These words exist in this language already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FrameEdition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("in_force_at", models.DateTimeField()),
                ("made_at", models.DateTimeField()),
                ("made_by_name", models.CharField(max_length=300)),
                ("note", models.TextField(verbose_name="change note")),
                ("is_notice", models.BooleanField(default=False)),
                (
                    "notice_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("unsafe", "It is unsafe: something in it could harm a patient"),
                            ("out of date", "It is out of date"),
                            ("replaced", "Another guide has replaced it"),
                        ],
                        max_length=20,
                    ),
                ),
                ("notice_text", models.TextField(blank=True)),
                ("html", models.TextField(blank=True)),
                ("words", models.PositiveIntegerField(default=0)),
                ("school_year", models.PositiveSmallIntegerField(null=True)),
                ("folded", models.TextField(blank=True)),
                ("is_substance", models.BooleanField(default=True)),
                ("emergency_reason", models.TextField(blank=True)),
                ("carried", models.BigIntegerField(null=True)),
                ("renderer", models.PositiveSmallIntegerField(default=2)),
                ("digest_format", models.PositiveSmallIntegerField(default=2)),
                ("text_digest", models.CharField(max_length=64)),
                ("content_digest", models.CharField(blank=True, max_length=64)),
                ("words_digest", models.CharField(max_length=64)),
                ("page_digest", models.CharField(max_length=64)),
                ("cancelled_at", models.DateTimeField(null=True)),
                ("redacted_at", models.DateTimeField(null=True)),
                (
                    "language",
                    models.CharField(choices=publishing.models.frozen.addresses.languages, default="en", max_length=10),
                ),
                (
                    "clinic",
                    models.CharField(blank=True, default="Our clinic", max_length=100, verbose_name="clinic's name"),
                ),
                (
                    "tagline",
                    models.CharField(
                        blank=True,
                        default="patient guides",
                        help_text="Stands behind the name, in grey.",
                        max_length=60,
                    ),
                ),
                (
                    "heading",
                    models.CharField(
                        blank=True,
                        default="Understand your treatment, in your own time",
                        max_length=120,
                        verbose_name="heading of the home page",
                    ),
                ),
                (
                    "lead",
                    models.TextField(
                        blank=True,
                        default="Clear guides from our clinic, for you and the people who care for you. Free, no sign-in.",
                        verbose_name="lead of the home page",
                    ),
                ),
                ("emergency_heading", models.CharField(blank=True, default="If you feel very unwell", max_length=100)),
                (
                    "emergency_text",
                    models.TextField(
                        blank=True,
                        default="Do not wait for this page or for a reply from us. Call your treatment centre’s 24-hour number, or the emergency number.",
                        help_text="Stands after the risks in every guide, and with the questions.",
                    ),
                ),
                (
                    "emergency_number",
                    models.CharField(
                        blank=True,
                        default="112",
                        help_text="The number a phone dials when a patient taps the button.",
                        max_length=30,
                        validators=[publishing.models.surround.around.dialled],
                    ),
                ),
                (
                    "emergency_label",
                    models.CharField(
                        blank=True,
                        default="Call 112",
                        help_text="For example “Call 112 (India)”.",
                        max_length=60,
                        verbose_name="words on the emergency button",
                    ),
                ),
                (
                    "clinic_number",
                    models.CharField(
                        blank=True,
                        help_text="Stands in the box for emergencies, at the foot of every page, and in sections marked (call today). Where there is no number for questions that can wait, in sections marked (next visit) too.",
                        max_length=30,
                        validators=[publishing.models.surround.around.dialled],
                        verbose_name="the clinic's 24-hour number",
                    ),
                ),
                (
                    "visit_number",
                    models.CharField(
                        blank=True,
                        help_text="Stands in sections marked (next visit). Where there is no 24-hour number, in sections marked (call today) too.",
                        max_length=30,
                        validators=[publishing.models.surround.around.dialled],
                        verbose_name="number for questions that can wait",
                    ),
                ),
                (
                    "contact",
                    models.TextField(
                        blank=True,
                        help_text="How patients reach you when it is not urgent: stands at the foot of every page.",
                    ),
                ),
                (
                    "banner",
                    models.TextField(
                        blank=True,
                        help_text="A sentence at the top of every page, for example about a closed ward. Leave empty for none.",
                    ),
                ),
                (
                    "needs_two_people",
                    models.BooleanField(
                        default=True,
                        help_text="Before a changed dose, number or “not” reaches patients, a clinician who did not write it has reviewed the exact text. Patients do not see this setting; the ledger keeps when it was changed.",
                        verbose_name="a change of substance needs a second person",
                    ),
                ),
                (
                    "shows_old_editions",
                    models.BooleanField(
                        default=True,
                        help_text="Marked as old, with what changed since. Never those that were unsafe, judged not fit, or replaced in an emergency, nor any before them.",
                        verbose_name="patients may read old editions",
                    ),
                ),
                (
                    "shows_unsafe",
                    models.BooleanField(
                        default=True,
                        help_text="With a feed, under /unsafe/.",
                        verbose_name="a page lists all that was withdrawn as unsafe",
                    ),
                ),
                (
                    "asks_words",
                    models.BooleanField(
                        default=False,
                        help_text="After they said whether it helped. Their words stand on the desk of who looks after the guide, and go after a year. Switch it on only if somebody reads them, and say so on the page about privacy.",
                        verbose_name="readers may write to us below a guide",
                    ),
                ),
                (
                    "small_print",
                    models.TextField(
                        blank=True,
                        default="These guides give general information. They do not replace advice from your own care team.",
                        help_text="Stands at the foot of every page.",
                    ),
                ),
                ("printed_digest", models.CharField(max_length=64)),
                (
                    "made_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "replaced_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="publishing.frame"
                    ),
                ),
                (
                    "work",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="editions",
                        to="publishing.frame",
                    ),
                ),
            ],
            options={
                "verbose_name": "edition of the frame",
                "abstract": False,
                "default_permissions": ("view",),
                "indexes": [
                    models.Index(
                        condition=models.Q(("cancelled_at", None)),
                        fields=["in_force_at", "work"],
                        name="publishing_frameedition_newest",
                    ),
                    models.Index(
                        condition=models.Q(("is_notice", True)),
                        fields=["in_force_at", "work"],
                        name="publishing_frameedition_gone",
                    ),
                    models.Index(
                        condition=models.Q(("cancelled_at", None)),
                        fields=[
                            "work",
                            "in_force_at",
                            "is_notice",
                            "is_substance",
                            "number",
                            "digest_format",
                            "text_digest",
                            "content_digest",
                            "cancelled_at",
                            "carried",
                        ],
                        name="publishing_frameedition_read",
                    ),
                    models.Index(
                        condition=models.Q(("emergency_reason", ""), _negated=True),
                        fields=["in_force_at", "work"],
                        name="publishing_frameedition_urgent",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("work", "number"), name="publishing_frameedition_number"),
                    models.UniqueConstraint(
                        condition=models.Q(("cancelled_at", None)),
                        fields=("work", "in_force_at"),
                        name="publishing_frameedition_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("in_force_at__gte", models.F("made_at"))),
                        name="publishing_frameedition_not_backdated",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("cancelled_at", None), ("cancelled_at__lt", models.F("in_force_at")), _connector="OR"
                        ),
                        name="publishing_frameedition_cancelled_while_waiting",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FrameOlderDigest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest_format", models.PositiveSmallIntegerField()),
                ("text_digest", models.CharField(max_length=64)),
                (
                    "edition",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="older",
                        to="publishing.frameedition",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("edition", "digest_format"), name="publishing_frameolderdigest_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FrameReview",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "digest_format",
                    models.PositiveSmallIntegerField(help_text="In which the text that is judged was digested."),
                ),
                ("text_digest", models.CharField(max_length=64)),
                ("language", models.CharField(max_length=10)),
                ("beside", models.CharField(blank=True, max_length=60)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("clinician", "A clinician’s"),
                            ("translator", "A translator’s"),
                            ("lay reader", "A lay reader’s"),
                        ],
                        default="clinician",
                        max_length=20,
                    ),
                ),
                (
                    "reviewer_name",
                    models.CharField(help_text="As patients will read it, for example “Dr Ravi Rao”.", max_length=200),
                ),
                (
                    "credential",
                    models.CharField(help_text="For example “haematologist”. Patients read it.", max_length=200),
                ),
                ("evidence", models.TextField(blank=True, verbose_name="evidence looked at")),
                (
                    "is_machine",
                    models.BooleanField(
                        default=False, help_text="A machine translated it; told of a translator’s check."
                    ),
                ),
                (
                    "result",
                    models.CharField(
                        choices=[
                            ("fit", "Fit for patients as it stands"),
                            ("fit after changes", "Fit after changes"),
                            ("not fit", "Not fit"),
                        ],
                        max_length=20,
                    ),
                ),
                ("note", models.TextField(blank=True)),
                ("next_due_on", models.DateField(null=True, verbose_name="next review due")),
                ("overdue_at", models.DateTimeField(null=True)),
                ("made_at", models.DateTimeField()),
                ("made_by_name", models.CharField(max_length=300)),
                ("is_by_link", models.BooleanField(default=False)),
                ("invited_by_name", models.CharField(blank=True, max_length=300)),
                ("invited_by_account", models.BigIntegerField(null=True)),
                (
                    "listed",
                    models.BigIntegerField(
                        help_text="The number of the listed reviewer the link was mailed to.", null=True
                    ),
                ),
                ("salt", models.CharField(max_length=32)),
                ("words_digest", models.CharField(max_length=64)),
                ("own_digest", models.CharField(max_length=64)),
                ("revoked_at", models.DateTimeField(null=True)),
                (
                    "made_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "work",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to="publishing.frame",
                    ),
                ),
            ],
            options={
                "verbose_name": "review of the frame",
                "abstract": False,
                "default_permissions": ("view",),
                "indexes": [
                    models.Index(
                        fields=[
                            "work",
                            "text_digest",
                            "digest_format",
                            "made_at",
                            "kind",
                            "revoked_at",
                            "overdue_at",
                            "next_due_on",
                        ],
                        name="publishing_framereview_text",
                    ),
                    models.Index(fields=["overdue_at", "work"], name="publishing_framereview_coming"),
                    models.Index(
                        condition=models.Q(("result", "fit"), _negated=True),
                        fields=["made_at", "work"],
                        name="publishing_framereview_unfit",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("result", "fit"), _negated=True), ("next_due_on__isnull", False), _connector="OR"
                        ),
                        name="publishing_framereview_due",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="IndexedText",
            fields=[
                (
                    "row",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="text",
                        serialize=False,
                        to="publishing.indexed",
                    ),
                ),
                (
                    "heads",
                    models.TextField(blank=True, help_text="Stems in order: of the title | of brief and headings."),
                ),
                ("forms", models.BinaryField(help_text="The words, and each form with its stem.")),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.AddField(
            model_name="framereview",
            name="line",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="publishing.line"
            ),
        ),
        migrations.AddField(
            model_name="frameedition",
            name="line",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="publishing.line"
            ),
        ),
        migrations.AddField(
            model_name="pair",
            name="line",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="publishing.line"
            ),
        ),
        migrations.AddField(
            model_name="picture",
            name="uploaded_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="remark",
            name="by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="remark",
            name="settled_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="answer",
            name="remark",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="answers", to="publishing.remark"
            ),
        ),
        migrations.AddField(
            model_name="rendition",
            name="picture",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="renditions", to="publishing.picture"
            ),
        ),
        migrations.AddField(
            model_name="asking",
            name="listed",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="askings",
                to="publishing.reviewer",
            ),
        ),
        migrations.AddField(
            model_name="reviewlink",
            name="asking",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="links", to="publishing.asking"
            ),
        ),
        migrations.AddField(
            model_name="reviewlink",
            name="listed",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="publishing.reviewer"
            ),
        ),
        migrations.AddField(
            model_name="reviewlink",
            name="made_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="remark",
            name="link",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="remarks",
                to="publishing.reviewlink",
            ),
        ),
        migrations.AddField(
            model_name="sponsor",
            name="original",
            field=models.ForeignKey(
                blank=True,
                help_text="These are its words in another language: guides of that language that name it show them.",
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="translations",
                to="publishing.sponsor",
                verbose_name="the same sponsor as",
            ),
        ),
        migrations.AddField(
            model_name="touch",
            name="line",
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to="publishing.line"),
        ),
        migrations.AddConstraint(
            model_name="sponsor",
            constraint=models.UniqueConstraint(
                fields=("original", "language"),
                name="publishing_sponsor_language",
                violation_error_message="That sponsor has words in this language already.",
            ),
        ),
        migrations.AddIndex(
            model_name="touch",
            index=models.Index(fields=["name", "line"], name="touch_name_line"),
        ),
        migrations.CreateModel(
            name="FrameOwed",
            fields=[
                (
                    "token",
                    models.BigIntegerField(default=0, help_text="Another after each act and saving that concerns it."),
                ),
                ("since_at", models.DateTimeField(default=datetime.datetime(1970, 1, 1, 0, 0, tzinfo=datetime.UTC))),
                (
                    "until_at",
                    models.DateTimeField(default=datetime.datetime(1970, 1, 1, 0, 0, tzinfo=datetime.UTC), null=True),
                ),
                ("state", models.CharField(blank=True, max_length=10)),
                ("things", models.PositiveSmallIntegerField(default=0, help_text="How many are due.")),
                ("due", models.TextField(blank=True, help_text="What is due, without a word of anybody's.")),
                (
                    "work",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="owed",
                        serialize=False,
                        to="publishing.frame",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "default_permissions": (),
                "indexes": [
                    models.Index(fields=["state", "work"], name="publishing_frameowed_state"),
                    models.Index(fields=["until_at", "work"], name="publishing_frameowed_until"),
                    models.Index(fields=["since_at", "work"], name="publishing_frameowed_since"),
                    models.Index(
                        condition=models.Q(("things__gt", 0)),
                        fields=["work", "things"],
                        name="publishing_frameowed_things",
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="touch",
            index=models.Index(fields=["line"], name="touch_line"),
        ),
    ]
