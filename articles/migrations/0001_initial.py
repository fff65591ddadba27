import datetime

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import articles.models.articles
import articles.models.fields
import articles.models.letters
import articles.models.terms
import articles.models.topics
import publishing.models.frozen.addresses
import publishing.text.rows


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "__first__"),
        ("publishing", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Topic",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("edits", models.PositiveIntegerField(default=0, editable=False)),
                ("changed_at", models.DateTimeField(editable=False, null=True)),
                ("changed_by_name", models.CharField(blank=True, editable=False, max_length=300)),
                ("title", models.CharField(max_length=100, verbose_name="name")),
                ("slug", models.CharField(editable=False, max_length=100, verbose_name="address")),
                (
                    "names",
                    models.TextField(
                        blank=True,
                        help_text="One a line, for example “hi: रक्त जाँच”. Where one is missing, patients read the name above.",
                        validators=[articles.models.topics.validate_names],
                        verbose_name="name in other languages",
                    ),
                ),
                (
                    "place",
                    models.PositiveSmallIntegerField(
                        default=0, help_text="Smaller numbers come first on the home page."
                    ),
                ),
            ],
            options={
                "ordering": ["place", "title"],
                "abstract": False,
                "default_permissions": ("add", "change", "delete", "view", "publish", "redact"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("title",),
                        name="articles_topic_title",
                        violation_error_message="Another topic has this name. Choose another one.",
                    ),
                    models.UniqueConstraint(fields=("slug",), name="articles_topic_address"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Pace",
            fields=[
                ("key", models.BigIntegerField(primary_key=True, serialize=False)),
                ("span", models.BigIntegerField()),
                ("count", models.PositiveIntegerField()),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Article",
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
                (
                    "title",
                    models.CharField(
                        help_text="What a patient would call it. Up to 70 letters shows best on a phone.",
                        max_length=200,
                    ),
                ),
                ("lead", models.TextField(blank=True, help_text="Two short sentences. What is it, and who is it for?")),
                (
                    "brief",
                    models.TextField(
                        blank=True,
                        help_text="Up to five lines “Label: answer”, for example “How long: a few weeks”. Patients read them first.",
                        validators=[publishing.text.rows.validate_brief],
                        verbose_name="in brief",
                    ),
                ),
                (
                    "body",
                    models.TextField(
                        blank=True, validators=[articles.models.fields.validate_length], verbose_name="text"
                    ),
                ),
                (
                    "sources",
                    models.TextField(
                        blank=True,
                        help_text="What the guide is based on, one source a line. Without any, patients read “The publisher did not list sources”.",
                        validators=[articles.models.fields.validate_sources],
                    ),
                ),
                (
                    "related",
                    models.TextField(
                        blank=True,
                        help_text="Addresses of guides to read next, one a line. Empty: those of its topic that are most like it.",
                        validators=[articles.models.fields.validate_related],
                        verbose_name="related guides",
                    ),
                ),
                (
                    "published_on",
                    models.DateField(
                        blank=True,
                        help_text="The date the publisher gives. Empty: the day patients could first read it here.",
                        null=True,
                        validators=[articles.models.fields.validate_day],
                    ),
                ),
                (
                    "uploaded_by",
                    models.CharField(blank=True, help_text="The byline, as patients will read it.", max_length=200),
                ),
                (
                    "leaflet_number",
                    models.CharField(
                        blank=True,
                        help_text="As people know it from the printed leaflet. The search finds it.",
                        max_length=100,
                    ),
                ),
                (
                    "ai_part",
                    models.CharField(
                        blank=True,
                        choices=[("none", "None"), ("helped", "It helped to write it"), ("drafted", "It drafted it")],
                        help_text="Patients read it after who answers for the text. Empty: they read nothing of it.",
                        max_length=10,
                        verbose_name="part of artificial intelligence",
                    ),
                ),
                (
                    "is_machine",
                    models.BooleanField(
                        default=False,
                        help_text="Then a translator has to check it before patients read it, and patients are told.",
                        verbose_name="a machine translated it, or part of it",
                    ),
                ),
                ("folded", models.TextField(blank=True, editable=False)),
                (
                    "body_digest",
                    articles.models.articles.DigestOfBody(blank=True, db_index=True, editable=False, max_length=64),
                ),
                (
                    "original",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        help_text="The guide of which this is a translation. Empty: it is none.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="translations",
                        to="articles.article",
                        verbose_name="translation of",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        help_text="Who looks after this guide.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "publisher",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to="publishing.publisher"
                    ),
                ),
                (
                    "sponsor",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to="publishing.sponsor"
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to="articles.topic"
                    ),
                ),
            ],
            options={
                "verbose_name": "guide",
                "ordering": ["title", "pk"],
                "abstract": False,
                "default_permissions": ("add", "change", "delete", "view", "publish", "redact", "review"),
                "indexes": [
                    models.Index(fields=["title", "id"], name="articles_article_title"),
                    models.Index(
                        condition=models.Q(("original__isnull", False)),
                        fields=["original"],
                        name="articles_article_original",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("language", "slug"),
                        name="articles_article_address",
                        violation_error_message="Another guide in this language has this address. Choose another one.",
                    ),
                    models.UniqueConstraint(
                        fields=("original", "language"),
                        name="articles_article_translation",
                        violation_error_message="There is a translation of that guide into this language already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("original", None), models.Q(("original", models.F("id")), _negated=True), _connector="OR"
                        ),
                        name="articles_article_not_of_itself",
                        violation_error_message="A guide is no translation of itself.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ArticleEdition",
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
                ("words", models.PositiveIntegerField(default=0)),
                ("school_year", models.PositiveSmallIntegerField(null=True)),
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
                ("publisher_name", models.CharField(blank=True, max_length=200)),
                ("publisher_websites", models.TextField(blank=True)),
                ("publisher_social", models.TextField(blank=True)),
                ("sponsor_name", models.CharField(blank=True, max_length=200)),
                ("sponsor_language", models.CharField(blank=True, max_length=10)),
                ("sponsor_wording", models.CharField(blank=True, max_length=100)),
                ("sponsor_address", models.CharField(blank=True, max_length=300)),
                ("sponsor_claims", models.TextField(blank=True)),
                ("sponsor_connection", models.TextField(blank=True)),
                (
                    "title",
                    models.CharField(
                        help_text="What a patient would call it. Up to 70 letters shows best on a phone.",
                        max_length=200,
                    ),
                ),
                ("lead", models.TextField(blank=True, help_text="Two short sentences. What is it, and who is it for?")),
                (
                    "brief",
                    models.TextField(
                        blank=True,
                        help_text="Up to five lines “Label: answer”, for example “How long: a few weeks”. Patients read them first.",
                        validators=[publishing.text.rows.validate_brief],
                        verbose_name="in brief",
                    ),
                ),
                (
                    "sources",
                    models.TextField(
                        blank=True,
                        help_text="What the guide is based on, one source a line. Without any, patients read “The publisher did not list sources”.",
                        validators=[articles.models.fields.validate_sources],
                    ),
                ),
                (
                    "related",
                    models.TextField(
                        blank=True,
                        help_text="Addresses of guides to read next, one a line. Empty: those of its topic that are most like it.",
                        validators=[articles.models.fields.validate_related],
                        verbose_name="related guides",
                    ),
                ),
                (
                    "published_on",
                    models.DateField(
                        blank=True,
                        help_text="The date the publisher gives. Empty: the day patients could first read it here.",
                        null=True,
                        validators=[articles.models.fields.validate_day],
                    ),
                ),
                (
                    "uploaded_by",
                    models.CharField(blank=True, help_text="The byline, as patients will read it.", max_length=200),
                ),
                (
                    "leaflet_number",
                    models.CharField(
                        blank=True,
                        help_text="As people know it from the printed leaflet. The search finds it.",
                        max_length=100,
                    ),
                ),
                (
                    "ai_part",
                    models.CharField(
                        blank=True,
                        choices=[("none", "None"), ("helped", "It helped to write it"), ("drafted", "It drafted it")],
                        help_text="Patients read it after who answers for the text. Empty: they read nothing of it.",
                        max_length=10,
                        verbose_name="part of artificial intelligence",
                    ),
                ),
                (
                    "is_machine",
                    models.BooleanField(
                        default=False,
                        help_text="Then a translator has to check it before patients read it, and patients are told.",
                        verbose_name="a machine translated it, or part of it",
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
                        help_text="The guide of which this is a translation. Empty: it is none.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="articles.article",
                        verbose_name="translation of",
                    ),
                ),
                (
                    "replaced_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="articles.article"
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
                        to="articles.articleedition",
                        verbose_name="the edition that was translated",
                    ),
                ),
                (
                    "work",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="editions",
                        to="articles.article",
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to="articles.topic"
                    ),
                ),
                # Last, so that a list reads a guide without its long texts: SQLite passes all that stands before what it wants.
                ("html", models.TextField(blank=True)),
                (
                    "body",
                    models.TextField(
                        blank=True, validators=[articles.models.fields.validate_length], verbose_name="text"
                    ),
                ),
                ("folded", models.TextField(blank=True)),
            ],
            options={
                "verbose_name": "edition of an article",
                "verbose_name_plural": "editions of articles",
                "abstract": False,
                "default_permissions": ("view",),
                "indexes": [
                    models.Index(
                        condition=models.Q(("cancelled_at", None)),
                        fields=["in_force_at", "work"],
                        name="articles_articleedition_newest",
                    ),
                    models.Index(
                        condition=models.Q(("is_notice", True)),
                        fields=["in_force_at", "work"],
                        name="articles_articleedition_gone",
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
                        name="articles_articleedition_read",
                    ),
                    models.Index(
                        condition=models.Q(("emergency_reason", ""), _negated=True),
                        fields=["in_force_at", "work"],
                        name="articles_articleedition_urgent",
                    ),
                    models.Index(fields=["language", "slug", "cancelled_at"], name="articles_edition_address"),
                    models.Index(
                        condition=models.Q(("cancelled_at", None), ("is_notice", False)),
                        fields=["language", "title", "work"],
                        name="articles_edition_title",
                    ),
                    models.Index(
                        condition=models.Q(("cancelled_at", None), ("is_notice", False), ("original__isnull", False)),
                        fields=["original", "work"],
                        name="articles_edition_original",
                    ),
                    models.Index(
                        condition=models.Q(("translated__isnull", False)),
                        fields=["translated"],
                        name="articles_edition_translated",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("cancelled_at", None),
                            models.Q(("is_substance", True), ("is_notice", True), _connector="OR"),
                        ),
                        fields=["language", "in_force_at"],
                        name="articles_edition_changing",
                    ),
                    models.Index(
                        articles.models.letters.Told("language"),
                        articles.models.letters.FirstSign("title"),
                        models.F("title"),
                        models.F("work"),
                        condition=models.Q(("cancelled_at", None), ("is_notice", False)),
                        name="articles_edition_first",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("work", "number"), name="articles_articleedition_number"),
                    models.UniqueConstraint(
                        condition=models.Q(("cancelled_at", None)),
                        fields=("work", "in_force_at"),
                        name="articles_articleedition_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("in_force_at__gte", models.F("made_at"))),
                        name="articles_articleedition_not_backdated",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("cancelled_at", None), ("cancelled_at__lt", models.F("in_force_at")), _connector="OR"
                        ),
                        name="articles_articleedition_cancelled_while_waiting",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="article",
            name="translated",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="articles.articleedition",
                verbose_name="the edition that was translated",
            ),
        ),
        migrations.CreateModel(
            name="Intake",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("file_name", models.CharField(max_length=300, unique=True)),
                ("file_digest", models.CharField(db_index=True, max_length=64)),
                ("article_digest", models.CharField(max_length=64)),
                ("imported_at", models.DateTimeField()),
                ("doubts", models.TextField(blank=True)),
                ("article", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, to="articles.article")),
            ],
            options={
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="OldAddress",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("path", models.CharField(max_length=500, unique=True)),
                ("added_at", models.DateTimeField()),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="old_addresses", to="articles.article"
                    ),
                ),
            ],
            options={
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="Page",
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
                (
                    "title",
                    models.CharField(
                        help_text="It stands in the foot of every page, so keep it short.", max_length=120
                    ),
                ),
                (
                    "body",
                    models.TextField(
                        blank=True, validators=[articles.models.fields.validate_length], verbose_name="text"
                    ),
                ),
                (
                    "place",
                    models.PositiveSmallIntegerField(
                        default=0, help_text="Smaller numbers come first in the foot of the page."
                    ),
                ),
                ("folded", models.TextField(blank=True, editable=False)),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        help_text="Who looks after this page.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "page",
                "ordering": ["place", "title"],
                "abstract": False,
                "default_permissions": ("add", "change", "delete", "view", "publish", "redact", "review"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("language", "slug"),
                        name="articles_page_address",
                        violation_error_message="Another page in this language has this address. Choose another one.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PageEdition",
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
                (
                    "title",
                    models.CharField(
                        help_text="It stands in the foot of every page, so keep it short.", max_length=120
                    ),
                ),
                (
                    "body",
                    models.TextField(
                        blank=True, validators=[articles.models.fields.validate_length], verbose_name="text"
                    ),
                ),
                (
                    "place",
                    models.PositiveSmallIntegerField(
                        default=0, help_text="Smaller numbers come first in the foot of the page."
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
                    "replaced_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="articles.page"
                    ),
                ),
                (
                    "work",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="editions",
                        to="articles.page",
                    ),
                ),
            ],
            options={
                "verbose_name": "edition of a page",
                "verbose_name_plural": "editions of pages",
                "abstract": False,
                "default_permissions": ("view",),
                "indexes": [
                    models.Index(
                        condition=models.Q(("cancelled_at", None)),
                        fields=["in_force_at", "work"],
                        name="articles_pageedition_newest",
                    ),
                    models.Index(
                        condition=models.Q(("is_notice", True)),
                        fields=["in_force_at", "work"],
                        name="articles_pageedition_gone",
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
                        name="articles_pageedition_read",
                    ),
                    models.Index(
                        condition=models.Q(("emergency_reason", ""), _negated=True),
                        fields=["in_force_at", "work"],
                        name="articles_pageedition_urgent",
                    ),
                    models.Index(fields=["language", "slug", "cancelled_at"], name="articles_page_edition_address"),
                    models.Index(
                        condition=models.Q(("cancelled_at", None), ("is_notice", False)),
                        fields=["language", "place", "work"],
                        name="articles_page_edition_list",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("work", "number"), name="articles_pageedition_number"),
                    models.UniqueConstraint(
                        condition=models.Q(("cancelled_at", None)),
                        fields=("work", "in_force_at"),
                        name="articles_pageedition_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("in_force_at__gte", models.F("made_at"))),
                        name="articles_pageedition_not_backdated",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("cancelled_at", None), ("cancelled_at__lt", models.F("in_force_at")), _connector="OR"
                        ),
                        name="articles_pageedition_cancelled_while_waiting",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PageOlderDigest",
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
                        to="articles.pageedition",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("edition", "digest_format"), name="articles_pageolderdigest_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="PageReview",
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
                        to="articles.page",
                    ),
                ),
            ],
            options={
                "verbose_name": "review of a page",
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
                        name="articles_pagereview_text",
                    ),
                    models.Index(fields=["overdue_at", "work"], name="articles_pagereview_coming"),
                    models.Index(
                        condition=models.Q(("result", "fit"), _negated=True),
                        fields=["made_at", "work"],
                        name="articles_pagereview_unfit",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("result", "fit"), _negated=True), ("next_due_on__isnull", False), _connector="OR"
                        ),
                        name="articles_pagereview_due",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Seen",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("language", models.CharField(max_length=10)),
                ("on", models.DateField()),
                ("count", models.PositiveIntegerField()),
                (
                    "article",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="seen",
                        to="articles.article",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("article", "language", "on"), name="articles_seen_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Settled",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text_digest", models.CharField(max_length=64)),
                ("own_digest", models.CharField(max_length=64)),
                (
                    "work",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="settled", to="articles.article"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("work", "text_digest", "own_digest"), name="articles_settled_pair")
                ],
            },
        ),
        migrations.CreateModel(
            name="Term",
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
                (
                    "title",
                    models.CharField(
                        help_text="As it stands in guides. Capitals count only where they are part of it, as in INR.",
                        max_length=80,
                        validators=[articles.models.terms.validate_term],
                        verbose_name="word",
                    ),
                ),
                (
                    "also",
                    models.TextField(
                        blank=True,
                        help_text="Short forms and other endings, one a line. English and Spanish plurals are found by themselves.",
                        validators=[articles.models.terms.validate_forms],
                        verbose_name="other spellings",
                    ),
                ),
                (
                    "meaning",
                    models.TextField(
                        blank=True,
                        help_text="Two or three short sentences. Patients read them below each guide in which the word stands.",
                        validators=[articles.models.terms.validate_meaning],
                    ),
                ),
                ("folded", models.TextField(blank=True, editable=False)),
                (
                    "original",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        help_text="The word that says the same in another language. Who translates a guide is shown both.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="articles.term",
                        verbose_name="translation of",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        help_text="Who looks after this word.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "word",
                "ordering": ["title", "pk"],
                "abstract": False,
                "default_permissions": ("add", "change", "delete", "view", "publish", "redact", "review"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("language", "slug"),
                        name="articles_term_address",
                        violation_error_message="Another word in this language has this address. Choose another one.",
                    ),
                    models.UniqueConstraint(
                        fields=("original", "language"),
                        name="articles_term_translation",
                        violation_error_message="Another word in this language is the translation of that one already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("original", None), models.Q(("original", models.F("id")), _negated=True), _connector="OR"
                        ),
                        name="articles_term_not_of_itself",
                        violation_error_message="A word is no translation of itself.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TermEdition",
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
                (
                    "title",
                    models.CharField(
                        help_text="As it stands in guides. Capitals count only where they are part of it, as in INR.",
                        max_length=80,
                        validators=[articles.models.terms.validate_term],
                        verbose_name="word",
                    ),
                ),
                (
                    "also",
                    models.TextField(
                        blank=True,
                        help_text="Short forms and other endings, one a line. English and Spanish plurals are found by themselves.",
                        validators=[articles.models.terms.validate_forms],
                        verbose_name="other spellings",
                    ),
                ),
                (
                    "meaning",
                    models.TextField(
                        blank=True,
                        help_text="Two or three short sentences. Patients read them below each guide in which the word stands.",
                        validators=[articles.models.terms.validate_meaning],
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
                    "replaced_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="articles.term"
                    ),
                ),
                (
                    "work",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="editions",
                        to="articles.term",
                    ),
                ),
                (
                    "original",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        help_text="The word that says the same in another language. Who translates a guide is shown both.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="articles.term",
                        verbose_name="translation of",
                    ),
                ),
            ],
            options={
                "verbose_name": "edition of a word",
                "verbose_name_plural": "editions of words",
                "abstract": False,
                "default_permissions": ("view",),
                "indexes": [
                    models.Index(
                        condition=models.Q(("cancelled_at", None)),
                        fields=["in_force_at", "work"],
                        name="articles_termedition_newest",
                    ),
                    models.Index(
                        condition=models.Q(("is_notice", True)),
                        fields=["in_force_at", "work"],
                        name="articles_termedition_gone",
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
                        name="articles_termedition_read",
                    ),
                    models.Index(
                        condition=models.Q(("emergency_reason", ""), _negated=True),
                        fields=["in_force_at", "work"],
                        name="articles_termedition_urgent",
                    ),
                    models.Index(fields=["language", "slug", "cancelled_at"], name="articles_term_edition_address"),
                    models.Index(
                        condition=models.Q(("cancelled_at", None), ("is_notice", False)),
                        fields=["language", "title", "work"],
                        name="articles_term_edition_title",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("work", "number"), name="articles_termedition_number"),
                    models.UniqueConstraint(
                        condition=models.Q(("cancelled_at", None)),
                        fields=("work", "in_force_at"),
                        name="articles_termedition_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("in_force_at__gte", models.F("made_at"))),
                        name="articles_termedition_not_backdated",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("cancelled_at", None), ("cancelled_at__lt", models.F("in_force_at")), _connector="OR"
                        ),
                        name="articles_termedition_cancelled_while_waiting",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TermOlderDigest",
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
                        to="articles.termedition",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("edition", "digest_format"), name="articles_termolderdigest_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="TermReview",
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
                        to="articles.term",
                    ),
                ),
            ],
            options={
                "verbose_name": "review of a word",
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
                        name="articles_termreview_text",
                    ),
                    models.Index(fields=["overdue_at", "work"], name="articles_termreview_coming"),
                    models.Index(
                        condition=models.Q(("result", "fit"), _negated=True),
                        fields=["made_at", "work"],
                        name="articles_termreview_unfit",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("result", "fit"), _negated=True), ("next_due_on__isnull", False), _connector="OR"
                        ),
                        name="articles_termreview_due",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TopicEdition",
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
                ("title", models.CharField(max_length=100, verbose_name="name")),
                ("slug", models.CharField(editable=False, max_length=100, verbose_name="address")),
                (
                    "names",
                    models.TextField(
                        blank=True,
                        help_text="One a line, for example “hi: रक्त जाँच”. Where one is missing, patients read the name above.",
                        validators=[articles.models.topics.validate_names],
                        verbose_name="name in other languages",
                    ),
                ),
                (
                    "place",
                    models.PositiveSmallIntegerField(
                        default=0, help_text="Smaller numbers come first on the home page."
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
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="editions",
                        to="articles.topic",
                    ),
                ),
            ],
            options={
                "verbose_name": "edition of a topic",
                "verbose_name_plural": "editions of topics",
                "abstract": False,
                "default_permissions": ("view",),
                "indexes": [
                    models.Index(
                        condition=models.Q(("cancelled_at", None)),
                        fields=["in_force_at", "work"],
                        name="articles_topicedition_newest",
                    ),
                    models.Index(
                        condition=models.Q(("is_notice", True)),
                        fields=["in_force_at", "work"],
                        name="articles_topicedition_gone",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("work", "number"), name="articles_topicedition_number"),
                    models.UniqueConstraint(
                        condition=models.Q(("cancelled_at", None)),
                        fields=("work", "in_force_at"),
                        name="articles_topicedition_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("in_force_at__gte", models.F("made_at"))),
                        name="articles_topicedition_not_backdated",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("cancelled_at", None), ("cancelled_at__lt", models.F("in_force_at")), _connector="OR"
                        ),
                        name="articles_topicedition_cancelled_while_waiting",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Voice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField()),
                ("made_at", models.DateTimeField(db_index=True)),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="voices", to="articles.articleedition"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="ArticleOlderDigest",
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
                        to="articles.articleedition",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("edition", "digest_format"), name="articles_articleolderdigest_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ArticleReview",
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
                        to="articles.article",
                    ),
                ),
            ],
            options={
                "verbose_name": "review of an article",
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
                        name="articles_articlereview_text",
                    ),
                    models.Index(fields=["overdue_at", "work"], name="articles_articlereview_coming"),
                    models.Index(
                        condition=models.Q(("result", "fit"), _negated=True),
                        fields=["made_at", "work"],
                        name="articles_articlereview_unfit",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("result", "fit"), _negated=True), ("next_due_on__isnull", False), _connector="OR"
                        ),
                        name="articles_articlereview_due",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Brought",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=300)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("text", "text"),
                            ("post", "page of an export"),
                            ("table", "old addresses"),
                            ("picture", "picture"),
                            ("passed", "passed over"),
                        ],
                        max_length=10,
                    ),
                ),
                ("content", models.BinaryField(default=bytes)),
                ("reason", models.TextField(blank=True)),
                ("brought_at", models.DateTimeField(db_index=True)),
                ("read", models.JSONField(null=True)),
                ("words", models.TextField(blank=True)),
                ("mended", models.JSONField(default=dict)),
                ("asked_at", models.DateTimeField(null=True)),
                ("taken_at", models.DateTimeField(null=True)),
                ("told", models.TextField(blank=True)),
                (
                    "article",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="articles.article"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "file that was brought",
                "default_permissions": (),
                "constraints": [models.UniqueConstraint(fields=("person", "name"), name="brought_once")],
            },
        ),
        migrations.CreateModel(
            name="Heard",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField()),
                (
                    "said",
                    models.CharField(
                        choices=[
                            ("yes", "It helped"),
                            ("partly", "It helped in part"),
                            ("no", "It did not help"),
                            ("not found", "They could not find it"),
                            ("hard", "It was hard to read"),
                            ("not me", "It did not fit them"),
                            ("wrong", "Something is wrong"),
                        ],
                        max_length=10,
                    ),
                ),
                ("count", models.PositiveIntegerField(default=0)),
                (
                    "edition",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="heard",
                        to="articles.articleedition",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "constraints": [models.UniqueConstraint(fields=("edition", "on", "said"), name="articles_heard_once")],
            },
        ),
        migrations.AddIndex(
            model_name="articleedition",
            index=models.Index(
                condition=models.Q(("cancelled_at", None), ("is_notice", False)),
                fields=["language", "topic", "title", "work"],
                name="articles_edition_topic",
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                fields=["changed_at", "id", "text_digest", "content_digest", "language", "topic", "owner"],
                name="articles_article_changed",
            ),
        ),
        migrations.CreateModel(
            name="ArticleOwed",
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
                        to="articles.article",
                    ),
                ),
                ("checked_until", models.DateTimeField(help_text="Nothing where nobody has checked it.", null=True)),
                (
                    "is_read",
                    models.BooleanField(
                        db_default=False, default=False, help_text="Whether patients read it, and no notice."
                    ),
                ),
                (
                    "topic_read",
                    models.BigIntegerField(help_text="The number of the topic under which they do.", null=True),
                ),
            ],
            options={
                "abstract": False,
                "default_permissions": (),
                "indexes": [
                    models.Index(fields=["state", "work"], name="articles_articleowed_state"),
                    models.Index(fields=["until_at", "work"], name="articles_articleowed_until"),
                    models.Index(fields=["since_at", "work"], name="articles_articleowed_since"),
                    models.Index(
                        condition=models.Q(("things__gt", 0)),
                        fields=["work", "things"],
                        name="articles_articleowed_things",
                    ),
                    models.Index(
                        condition=models.Q(("is_read", True)),
                        fields=["topic_read", "checked_until"],
                        name="articles_articleowed_checked",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PageOwed",
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
                        to="articles.page",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "default_permissions": (),
                "indexes": [
                    models.Index(fields=["state", "work"], name="articles_pageowed_state"),
                    models.Index(fields=["until_at", "work"], name="articles_pageowed_until"),
                    models.Index(fields=["since_at", "work"], name="articles_pageowed_since"),
                    models.Index(
                        condition=models.Q(("things__gt", 0)),
                        fields=["work", "things"],
                        name="articles_pageowed_things",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TermOwed",
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
                        to="articles.term",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "default_permissions": (),
                "indexes": [
                    models.Index(fields=["state", "work"], name="articles_termowed_state"),
                    models.Index(fields=["until_at", "work"], name="articles_termowed_until"),
                    models.Index(fields=["since_at", "work"], name="articles_termowed_since"),
                    models.Index(
                        condition=models.Q(("things__gt", 0)),
                        fields=["work", "things"],
                        name="articles_termowed_things",
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                condition=models.Q(("translated__isnull", False)),
                fields=["translated"],
                name="articles_article_translated",
            ),
        ),
        migrations.CreateModel(
            name="MonthChecked",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                (
                    "line",
                    models.BigIntegerField(
                        help_text="The last of the ledger when it was counted: it holds if the next is later."
                    ),
                ),
                ("topic", models.BigIntegerField(help_text="The number of the topic; 0 is none.")),
                ("in_date", models.PositiveIntegerField()),
                ("due_soon", models.PositiveIntegerField()),
                ("overdue", models.PositiveIntegerField()),
                ("unchecked", models.PositiveIntegerField()),
            ],
            options={
                "default_permissions": (),
                "constraints": [models.UniqueConstraint(fields=("at", "topic"), name="articles_monthchecked_once")],
            },
        ),
    ]
