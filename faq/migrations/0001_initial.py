import datetime

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import articles.models.fields
import publishing.models.frozen.addresses


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("articles", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("publishing", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "language",
                    models.CharField(choices=publishing.models.frozen.addresses.languages, default="en", max_length=10),
                ),
                (
                    "slug",
                    models.CharField(
                        blank=True,
                        help_text="The last part of the page's address. Empty: made from the title. An address patients were once given goes on working.",
                        max_length=100,
                        validators=[publishing.models.frozen.addresses.validate_slug],
                        verbose_name="address",
                    ),
                ),
                ("edits", models.PositiveIntegerField(default=0, editable=False)),
                ("changed_at", models.DateTimeField(editable=False, null=True)),
                ("changed_by_name", models.CharField(blank=True, editable=False, max_length=300)),
                ("text_digest", models.CharField(blank=True, editable=False, max_length=64)),
                ("content_digest", models.CharField(blank=True, editable=False, max_length=64)),
                ("question", models.CharField(max_length=300)),
                ("answer", models.TextField(blank=True, validators=[articles.models.fields.validate_length])),
                ("place", models.PositiveSmallIntegerField(default=0, help_text="Smaller numbers come first.")),
                ("folded", models.TextField(blank=True, editable=False)),
                (
                    "article",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty for a general question.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="articles.article",
                    ),
                ),
                (
                    "original",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="translations",
                        to="faq.entry",
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        blank=True,
                        help_text="Groups general questions on the questions page.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="articles.topic",
                    ),
                ),
            ],
            options={
                "verbose_name": "question",
                "ordering": ["place", "pk"],
                "abstract": False,
                "default_permissions": ("add", "change", "delete", "view", "publish", "redact", "review"),
                "indexes": [
                    models.Index(fields=["place", "id"], name="faq_entry_place"),
                    models.Index(
                        fields=["changed_at", "id", "text_digest", "content_digest", "language", "topic", "article"],
                        name="faq_entry_changed",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("language", "slug"),
                        name="faq_entry_address",
                        violation_error_message="Another question in this language has this address. Choose another one.",
                    ),
                    models.UniqueConstraint(
                        fields=("original", "language"),
                        name="faq_entry_translation",
                        violation_error_message="There is a translation of that question into this language already.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EntryCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("made_at", models.DateTimeField()),
                ("made_by_name", models.CharField(max_length=300)),
                (
                    "against",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="articles.articleedition"
                    ),
                ),
                (
                    "line",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="publishing.line"
                    ),
                ),
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="checks", to="faq.entry"
                    ),
                ),
            ],
            options={
                "verbose_name": "check of a question",
                "abstract": False,
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="EntryEdition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "language",
                    models.CharField(choices=publishing.models.frozen.addresses.languages, default="en", max_length=10),
                ),
                (
                    "slug",
                    models.CharField(
                        blank=True,
                        help_text="The last part of the page's address. Empty: made from the title. An address patients were once given goes on working.",
                        max_length=100,
                        validators=[publishing.models.frozen.addresses.validate_slug],
                        verbose_name="address",
                    ),
                ),
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
                ("question", models.CharField(max_length=300)),
                ("answer", models.TextField(blank=True, validators=[articles.models.fields.validate_length])),
                ("place", models.PositiveSmallIntegerField(default=0, help_text="Smaller numbers come first.")),
                (
                    "article",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="articles.article",
                    ),
                ),
                (
                    "checked_against",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="articles.articleedition",
                    ),
                ),
                (
                    "line",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="publishing.line"
                    ),
                ),
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
                    "original",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="faq.entry",
                    ),
                ),
                (
                    "replaced_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="articles.article"
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        blank=True,
                        help_text="Groups general questions on the questions page.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="articles.topic",
                    ),
                ),
                (
                    "translated",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="faq.entryedition",
                    ),
                ),
                (
                    "work",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="editions",
                        to="faq.entry",
                    ),
                ),
            ],
            options={
                "verbose_name": "edition of a question",
                "verbose_name_plural": "editions of questions",
                "abstract": False,
                "default_permissions": ("view",),
                "indexes": [
                    models.Index(
                        condition=models.Q(("cancelled_at", None)),
                        fields=["in_force_at", "work"],
                        name="faq_entryedition_newest",
                    ),
                    models.Index(
                        condition=models.Q(("is_notice", True)),
                        fields=["in_force_at", "work"],
                        name="faq_entryedition_gone",
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
                        name="faq_entryedition_read",
                    ),
                    models.Index(
                        condition=models.Q(("emergency_reason", ""), _negated=True),
                        fields=["in_force_at", "work"],
                        name="faq_entryedition_urgent",
                    ),
                    models.Index(fields=["language", "slug", "cancelled_at"], name="faq_edition_address"),
                    models.Index(
                        condition=models.Q(("cancelled_at", None), ("is_notice", False)),
                        fields=["article", "place", "work"],
                        name="faq_edition_article",
                    ),
                    models.Index(
                        condition=models.Q(("cancelled_at", None)),
                        fields=["work", "in_force_at", "checked_against", "cancelled_at"],
                        name="faq_edition_checked",
                    ),
                    models.Index(
                        condition=models.Q(("cancelled_at", None), ("is_notice", False)),
                        fields=["language", "article", "place", "work"],
                        name="faq_edition_list",
                    ),
                    models.Index(
                        condition=models.Q(("cancelled_at", None), ("is_notice", False), ("original__isnull", False)),
                        fields=["original", "work"],
                        name="faq_edition_original",
                    ),
                    models.Index(
                        condition=models.Q(("translated__isnull", False)),
                        fields=["translated"],
                        name="faq_edition_translated",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("work", "number"), name="faq_entryedition_number"),
                    models.UniqueConstraint(
                        condition=models.Q(("cancelled_at", None)),
                        fields=("work", "in_force_at"),
                        name="faq_entryedition_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("in_force_at__gte", models.F("made_at"))),
                        name="faq_entryedition_not_backdated",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("cancelled_at", None), ("cancelled_at__lt", models.F("in_force_at")), _connector="OR"
                        ),
                        name="faq_entryedition_cancelled_while_waiting",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="entry",
            name="translated",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="faq.entryedition",
            ),
        ),
        migrations.CreateModel(
            name="EntryOlderDigest",
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
                        to="faq.entryedition",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("edition", "digest_format"), name="faq_entryolderdigest_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="EntryReview",
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
                    "line",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="publishing.line"
                    ),
                ),
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
                        to="faq.entry",
                    ),
                ),
            ],
            options={
                "verbose_name": "review of a question",
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
                        name="faq_entryreview_text",
                    ),
                    models.Index(fields=["overdue_at", "work"], name="faq_entryreview_coming"),
                    models.Index(
                        condition=models.Q(("result", "fit"), _negated=True),
                        fields=["made_at", "work"],
                        name="faq_entryreview_unfit",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("result", "fit"), _negated=True), ("next_due_on__isnull", False), _connector="OR"
                        ),
                        name="faq_entryreview_due",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="EntryOwed",
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
                        to="faq.entry",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "default_permissions": (),
                "indexes": [
                    models.Index(fields=["state", "work"], name="faq_entryowed_state"),
                    models.Index(fields=["until_at", "work"], name="faq_entryowed_until"),
                    models.Index(fields=["since_at", "work"], name="faq_entryowed_since"),
                    models.Index(
                        condition=models.Q(("things__gt", 0)), fields=["work", "things"], name="faq_entryowed_things"
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(
                condition=models.Q(("translated__isnull", False)), fields=["translated"], name="faq_entry_translated"
            ),
        ),
    ]
