"""Every address of the admin, for every role, GET and POST, against a written table."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.urls import URLPattern, reverse

from articles.models import Page, Term, Topic, Voice
from conftest import fewer, hand
from publishing.models import Frame, Pair, Picture, Publisher, Reviewer, Sides, Sponsor, access, say_pairs

ROLES = ("writer", "reviewer", "publisher", "administrator")

# Per address: what a GET answers to writer, reviewer, publisher, administrator; then what an empty POST answers.
# 200 a page (a form with its mistakes, for a POST), 302 done or led elsewhere, 403 refused, 404 not there, 405 wrong way.
TABLE = {
    "as_it_was": "200 / 200",
    "as_it_was_home": "200 / 200",
    "as_it_was_page": "200 / 200",
    "complaint": "404 / 404",
    "complaint_home": "404 / 404",
    "recall": "200 / 200",
    "recall_replace": "403 403 200 200 / 403 403 200 200",
    "proof": "200 / 200",
    "help": "200 / 200",
    "articles_article_translations": "200 / 200",
    "articles_article_translate": "200 / 200",
    "articles_article_readers": "200 / 200",
    "articles_article_erase_voice": "403 403 403 200 / 403 403 403 200",
    "help_picture": "404 / 404",
    "unfound": "200 / 403 403 302 302",
    "erase": "403 403 403 200 / 403 403 403 200",
    "index": "200 / 200",
    "login": "302 / 200",
    "second": "302 / 302",  # to the log-in: nobody's password was just right
    "second_secret": "404 / 404",
    "second_own": "404 / 404",  # none of them set one up
    "logout": "405 / 200",
    "password_change": "200 / 200",
    "password_change_done": "200 / 405",
    "autocomplete": "403 / 405",
    "jsi18n": "200 / 405",
    "view_on_site": "404 / 404",
    "publishing_publisher_changelist": "200 / 200",
    "publishing_publisher_add": "403 403 403 200 / 403 403 403 200",
    "publishing_publisher_history": "200 / 200",
    "publishing_publisher_delete": "403 403 403 200 / 403 403 403 200",
    "publishing_publisher_change": "200 / 403 403 403 200",
    "publishing/publisher/<path:object_id>/": "302 / 302",
    "publishing_sponsor_changelist": "200 / 200",
    "publishing_sponsor_add": "403 403 403 200 / 403 403 403 200",
    "publishing_sponsor_history": "200 / 200",
    "publishing_sponsor_delete": "403 403 403 200 / 403 403 403 200",
    "publishing_sponsor_change": "200 / 403 403 403 200",
    "publishing/sponsor/<path:object_id>/": "302 / 302",
    "publishing_picture_consent": "200 403 200 200 / 200 403 200 200",
    "publishing_picture_instead": "403 403 200 200 / 403 403 200 200",
    "publishing_picture_changelist": "200 / 302 403 302 302",
    "publishing_picture_add": "403 / 403",
    "publishing_picture_history": "200 / 200",
    "publishing_picture_delete": "403 / 403",
    "publishing_picture_change": "200 / 302 403 302 302",
    "publishing/picture/<path:object_id>/": "302 / 302",
    "publishing_pair_changelist": "200 / 403 403 404 404",
    "publishing_pair_add": "403 403 200 200 / 403 403 200 200",
    "publishing_pair_table": "200 / 200",
    "publishing_pair_file": "403 403 200 200 / 403 403 200 200",
    "publishing_pair_history": "200 / 200",
    "publishing_pair_delete": "403 / 403",
    "publishing_pair_change": "403 403 200 200 / 403 403 200 200",
    "publishing/pair/<path:object_id>/": "302 / 302",
    "publishing_reviewer_changelist": "403 403 403 302 / 403 403 403 302",
    "publishing_reviewer_add": "403 403 403 200 / 403 403 403 200",
    "publishing_reviewer_history": "403 403 403 200 / 403 403 403 200",
    "publishing_reviewer_delete": "403 / 403",
    "publishing_reviewer_change": "403 403 403 200 / 403 403 403 200",
    "publishing_reviewer_confirm": "404 / 403 403 403 302",
    "publishing_access_changelist": "403 403 403 200 / 403 403 403 200",
    "publishing_access_table": "403 403 403 200 / 403 403 403 200",
    "publishing_access_add": "403 / 403",
    "publishing_access_history": "403 403 403 200 / 403 403 403 200",
    "publishing_access_delete": "403 / 403",
    "publishing_access_change": "403 403 403 200 / 403",
    "publishing/reviewer/<path:object_id>/": "302 / 302",
    "publishing/access/<path:object_id>/": "302 / 302",
    "auth_user_invite": "404 / 403 403 403 302",
    "auth_user_confirm": "404 / 403 403 403 302",
    "auth_user_leaves": "404 / 403 403 403 302",
    "auth_user_end_factor": "404 / 403 403 403 302",
    "auth_user_open": "404 / 403 403 403 302",
    "publishing_line_changelist": "200 / 200",
    "publishing_line_add": "403 / 403",
    "publishing_line_history": "200 / 200",
    "publishing_line_delete": "403 / 403",
    "publishing_line_change": "200 / 403",
    "publishing/line/<path:object_id>/": "302 / 302",
    "publishing_frame_revoke": "403 404 403 403 / 403 404 403 403",
    "publishing_frame_publish": "403 403 403 200 / 403 403 403 200",
    "publishing_frame_schedule": "403 403 403 200 / 403 403 403 200",
    "publishing_frame_published": "200 / 200",
    "publishing_frame_undo": "403 403 403 302 / 403 403 403 302",
    "publishing_frame_cancel": "403 403 403 200 / 403 403 403 200",
    "publishing_frame_review": "403 200 403 403 / 403 200 403 403",
    "publishing_frame_still_fit": "405 / 403 302 403 403",
    "publishing_frame_ask": "403 403 403 200 / 403 403 403 200",
    "publishing_frame_remarks": "200 / 403 403 403 200",
    "publishing_frame_preview": "200 / 200",
    "publishing_frame_phone": "200 / 200",
    "publishing_frame_keep": "200 / 403 403 403 400",
    "publishing_frame_keep_new": "200 / 403 403 403 400",
    "publishing_frame_changes": "200 / 200",
    "publishing_frame_editions": "200 / 200",
    "publishing_frame_compare": "200 / 200",
    "publishing_frame_redact": "403 403 403 200 / 403 403 403 200",
    "publishing_frame_restore": "403 403 403 200 / 403 403 403 200",
    "publishing_frame_edition": "200 / 200",
    "publishing_frame_changelist": "200 / 200",
    "publishing_frame_add": "403 403 403 200 / 403 403 403 200",
    "publishing_frame_history": "200 / 200",
    "publishing_frame_delete": "302 / 302",
    "publishing_frame_change": "200 / 403 403 403 200",
    "publishing/frame/<path:object_id>/": "302 / 302",
    "auth_user_password_change": "403 403 403 302 / 403 403 403 302",
    "auth_user_changelist": "403 403 403 200 / 403 403 403 200",
    "auth_user_add": "403 403 403 200 / 403 403 403 200",
    "auth_user_history": "403 403 403 200 / 403 403 403 200",
    "auth_user_delete": "403 / 403",
    "auth_user_change": "403 403 403 200 / 403 403 403 200",
    "auth/user/<path:object_id>/": "302 / 302",
    "articles_article_due": "200 / 200",
    "articles_article_new": "200 403 200 200 / 200 403 200 200",
    "articles_article_bring": "200 403 200 200 / 302 403 302 302",
    "articles_article_bring_publish": "403 403 200 200 / 403 403 200 200",
    "articles_article_bring_one": "404 403 404 404 / 404 403 404 404",
    "articles_article_checked": "200 / 200",
    "articles_article_old_addresses": "200 / 403 403 302 302",
    "articles_article_for_patient": "200 / 200",
    "articles_article_handover": "403 403 403 200 / 403 403 403 200",
    "articles_article_ask": "200 403 200 200 / 200 403 200 200",
    "articles_article_revoke": "403 200 403 403 / 403 200 403 403",
    "articles_article_review": "403 200 403 403 / 403 200 403 403",
    "articles_article_still_fit": "405 / 403 302 403 403",
    "articles_article_remarks": "200 / 200 403 200 200",
    "articles_article_publish": "403 403 200 200 / 403 403 200 200",
    "articles_article_schedule": "403 403 200 200 / 403 403 200 200",
    "articles_article_published": "200 / 200",
    "articles_article_undo": "403 403 302 302 / 403 403 302 302",
    "articles_article_withdraw": "403 403 200 200 / 403 403 200 200",
    "articles_article_cancel": "403 403 200 200 / 403 403 200 200",
    "articles_article_preview": "200 / 200",
    "articles_article_phone": "200 / 200",
    "articles_article_keep": "200 / 400 403 400 400",
    "articles_article_keep_new": "200 / 400 403 400 400",
    "articles_article_keep_beside": "200 / 400 403 400 400",
    "articles_article_changes": "200 / 200",
    "articles_article_mend": "405 / 302 403 302 302",
    "articles_article_editions": "200 / 200",
    "articles_article_compare": "200 / 200",
    "articles_article_opening": "403 403 404 404 / 403 403 404 404",
    "articles_article_redact": "403 403 403 200 / 403 403 403 200",
    "articles_article_restore": "200 403 200 200 / 200 403 200 200",
    "articles_article_edition": "200 / 200",
    "articles_article_changelist": "200 / 200",
    "articles_article_add": "200 403 200 200 / 200 403 200 200",
    "articles_article_history": "200 / 200",
    "articles_article_delete": "302 / 302",
    "articles_article_change": "200 / 200 403 200 200",
    "articles/article/<path:object_id>/": "302 / 302",
    "articles_topic_keep": "200 / 403 403 403 400",
    "articles_topic_keep_new": "200 / 403 403 403 400",
    "articles_topic_editions": "200 / 200",
    "articles_topic_compare": "200 / 200",
    "articles_topic_redact": "403 403 403 200 / 403 403 403 200",
    "articles_topic_edition": "200 / 200",
    "articles_topic_changelist": "200 / 200",
    "articles_topic_add": "403 403 403 200 / 403 403 403 200",
    "articles_topic_history": "200 / 200",
    "articles_topic_delete": "302 / 302",
    "articles_topic_change": "200 / 403 403 403 200",
    "articles/topic/<path:object_id>/": "302 / 302",
    "articles_term_ask": "200 403 200 200 / 200 403 200 200",
    "articles_term_revoke": "403 200 403 403 / 403 200 403 403",
    "articles_term_review": "403 200 403 403 / 403 200 403 403",
    "articles_term_still_fit": "405 / 403 302 403 403",
    "articles_term_remarks": "200 / 200 403 200 200",
    "articles_term_publish": "403 403 200 200 / 403 403 200 200",
    "articles_term_schedule": "403 403 200 200 / 403 403 200 200",
    "articles_term_published": "200 / 200",
    "articles_term_undo": "403 403 302 302 / 403 403 302 302",
    "articles_term_withdraw": "403 403 200 200 / 403 403 200 200",
    "articles_term_cancel": "403 403 200 200 / 403 403 200 200",
    "articles_term_preview": "200 / 200",
    "articles_term_phone": "200 / 200",
    "articles_term_keep": "200 / 400 403 400 400",
    "articles_term_keep_new": "200 / 400 403 400 400",
    "articles_term_changes": "200 / 200",
    "articles_term_mend": "405 / 302 403 302 302",
    "articles_term_editions": "200 / 200",
    "articles_term_compare": "200 / 200",
    "articles_term_redact": "403 403 403 200 / 403 403 403 200",
    "articles_term_restore": "200 403 200 200 / 200 403 200 200",
    "articles_term_edition": "200 / 200",
    "articles_term_changelist": "200 / 200",
    "articles_term_add": "200 403 200 200 / 200 403 200 200",
    "articles_term_history": "200 / 200",
    "articles_term_delete": "302 / 302",
    "articles_term_change": "200 / 200 403 200 200",
    "articles/term/<path:object_id>/": "302 / 302",
    "articles_page_ask": "200 403 200 200 / 200 403 200 200",
    "articles_page_revoke": "403 200 403 403 / 403 200 403 403",
    "articles_page_review": "403 200 403 403 / 403 200 403 403",
    "articles_page_still_fit": "405 / 403 302 403 403",
    "articles_page_remarks": "200 / 200 403 200 200",
    "articles_page_publish": "403 403 200 200 / 403 403 200 200",
    "articles_page_schedule": "403 403 200 200 / 403 403 200 200",
    "articles_page_published": "200 / 200",
    "articles_page_undo": "403 403 302 302 / 403 403 302 302",
    "articles_page_withdraw": "403 403 200 200 / 403 403 200 200",
    "articles_page_cancel": "403 403 200 200 / 403 403 200 200",
    "articles_page_preview": "200 / 200",
    "articles_page_phone": "200 / 200",
    "articles_page_keep": "200 / 400 403 400 400",
    "articles_page_keep_new": "200 / 400 403 400 400",
    "articles_page_changes": "200 / 200",
    "articles_page_mend": "405 / 302 403 302 302",
    "articles_page_editions": "200 / 200",
    "articles_page_compare": "200 / 200",
    "articles_page_redact": "403 403 403 200 / 403 403 403 200",
    "articles_page_restore": "200 403 200 200 / 200 403 200 200",
    "articles_page_edition": "200 / 200",
    "articles_page_changelist": "200 / 200",
    "articles_page_add": "200 403 200 200 / 200 403 200 200",
    "articles_page_history": "200 / 200",
    "articles_page_delete": "302 / 302",
    "articles_page_change": "200 / 200 403 200 200",
    "articles/page/<path:object_id>/": "302 / 302",
    "faq_entry_ask": "200 403 200 200 / 200 403 200 200",
    "faq_entry_revoke": "403 200 403 403 / 403 200 403 403",
    "faq_entry_review": "403 200 403 403 / 403 200 403 403",
    "faq_entry_still_fit": "405 / 403 302 403 403",
    "faq_entry_remarks": "200 / 200 403 200 200",
    "faq_entry_publish": "403 403 200 200 / 403 403 200 200",
    "faq_entry_schedule": "403 403 200 200 / 403 403 200 200",
    "faq_entry_published": "200 / 200",
    "faq_entry_undo": "403 403 302 302 / 403 403 302 302",
    "faq_entry_withdraw": "403 403 200 200 / 403 403 200 200",
    "faq_entry_cancel": "403 403 200 200 / 403 403 200 200",
    "faq_entry_confirm": "403 403 200 200 / 403 403 200 200",
    "faq_entry_preview": "200 / 200",
    "faq_entry_phone": "200 / 200",
    "faq_entry_keep": "200 / 400 403 400 400",
    "faq_entry_keep_new": "200 / 400 403 400 400",
    "faq_entry_changes": "200 / 200",
    "faq_entry_mend": "405 / 302 403 302 302",
    "faq_entry_editions": "200 / 200",
    "faq_entry_compare": "200 / 200",
    "faq_entry_redact": "403 403 403 200 / 403 403 403 200",
    "faq_entry_restore": "200 403 200 200 / 200 403 200 200",
    "faq_entry_edition": "200 / 200",
    "faq_entry_changelist": "200 / 200",
    "faq_entry_add": "200 403 200 200 / 200 403 200 200",
    "faq_entry_history": "200 / 200",
    "faq_entry_delete": "302 / 302",
    "faq_entry_change": "200 / 200 403 200 200",
    "faq/entry/<path:object_id>/": "302 / 302",
    "app_list": "200 / 200",
    "(?P<url>.*)$": "404 / 404",
}


def addresses():
    """The name of each address the admin answers, from the resolver."""
    return walk(admin.site.get_urls())


def walk(patterns, prefix=""):
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield pattern.name or prefix + str(pattern.pattern)
        else:
            yield from walk(pattern.url_patterns, prefix + str(pattern.pattern))


def texts_in_two_editions(make_article, make_entry, later):
    """One text of each kind that is reviewed; the second edition waits."""
    article = make_article()
    article.publish(by=hand("Meena"), note="First")
    others = [make_entry(article=article), Term(title="drip", meaning="A bag."), Page(title="Privacy", body="None.")]
    for one in others:
        one.keep(by=hand("Meena"), at=later)
        one.publish(by=hand("Meena"), note="First")
    for one in (article, *others):
        setattr(one, one.BODY, "Later text.")
        one.keep(by=hand("Meena"), at=later)
        one.publish(by=hand("Meena"), note="Second", at=later)
    return [article, *others]


@pytest.fixture
def things(make_article, make_entry, meena, later):
    """One of everything, by the model's name."""
    article, entry, term, page = texts_in_two_editions(make_article, make_entry, later)
    reviews = {}
    for work in (article, entry, term, page):
        judged = {"text_digest": work.freeze().text_digest, "reviewer_name": "Ravi", "credential": "doctor"}
        review = work.review(by=hand("link"), result="not fit", note="No.", **judged)
        reviews[f"review of {work._meta.model_name}"] = review.pk
    topic = Topic(title="Tests", slug="tests")
    topic.keep(by=hand("Meena"), note="New")
    frame = Frame.objects.create(pk=1)
    frame.publish(by=hand("Meena"), note="First")
    frame.banner = "Closed on Monday."
    frame.keep(by=hand("Meena"), at=later)
    frame.publish(by=hand("Meena"), note="Second", at=later)
    say_pairs(together=[Sides("jab", "injection", "en")], by=hand("Meena"))
    return {
        "article": article.pk,
        "entry": entry.pk,
        "frame": 1,
        "topic": topic.pk,
        "term": term.pk,
        "page": page.pk,
        "publisher": Publisher.objects.create(name="A publisher").pk,
        "sponsor": Sponsor.objects.create(name="A sponsor").pk,
        "picture": Picture.objects.create(name="0" * 64 + ".png", width=1, height=1, uploaded_at=later).pk,
        "line": 1,
        "pair": Pair.objects.get().pk,
        "reviewer": Reviewer.objects.create(name="Dr Nila Rao", email="nila@example.org").pk,
        "access": access.record("log in", by=hand("Meena")).pk,
        "user": User.objects.create_user("somebody").pk,
        **reviews,
        "voice": Voice.objects.create(edition=article.editions.first(), text="Words", made_at=later).pk,
    }


def path_of(name, things):
    """The path of a named address, for the one thing of its kind."""
    if "<path:object_id>" in name:
        return "/admin/" + name.replace("<path:object_id>", str(things[name.split("/")[1]]))
    if name in ("as_it_was_home", "as_it_was_page", "complaint_home", "complaint"):
        page = {} if name.endswith("_home") else {"public": "articles/having-a-blood-test/"}
        return reverse(f"admin:{name}", kwargs={"when": "2100-01-01T00:00:00Z"} | page)
    if name == "app_list":
        return "/admin/articles/"
    if name == "view_on_site":
        return "/admin/r/1/1/"
    if name.startswith("(?P"):
        return "/admin/no/such/page/"
    model = name.split("_")[1] if "_" in name and not name.startswith("second_") else ""
    beside = (
        "_changelist",
        "_add",
        "_due",
        "_handover",
        "_table",
        "_new",
        "_file",
        "_translations",
        "_bring",
        "_bring_publish",
        "_checked",
        "_old_addresses",
    )
    if model in things and not name.endswith(beside):
        two = name.endswith(("_edition", "_revoke", "_restore", "_redact", "_opening", "_erase_voice"))
        beside_it = {"revoke": things.get(f"review of {model}", 1), "voice": things["voice"]}
        second = beside_it.get(name.rpartition("_")[2], 1)
        return reverse(f"admin:{name}", args=[things[model], second] if two else [things[model]])
    return reverse(f"admin:{name}")


def logged_in(person):
    client = Client()
    client.force_login(person)
    return client


def answers(clients, path):
    """What GET and an empty POST answer to each role."""
    found = []
    for method in ("get", "post"):
        codes = [str(getattr(client, method)(path).status_code) for client in clients]
        found.append(codes[0] if len(set(codes)) == 1 else " ".join(codes))
    return " / ".join(found)


def asked(written):
    """The roles that are asked: all where they differ; else by day the least and the greatest, and at night all.

    On PostgreSQL only the queries differ, and these two between them see every page.
    """
    if connection.vendor != "sqlite":
        return ("reviewer", "administrator")
    return ROLES if " " in written.replace(" / ", "") else fewer((ROLES[0], ROLES[-1], *ROLES[1:-1]), 2)


def among(written, roles):
    """What a row of the table says of these roles alone."""
    found = []
    for codes in written.split(" / "):
        each = codes.split() * (1 if " " in codes else len(ROLES))
        kept = [each[ROLES.index(role)] for role in roles]
        found.append(kept[0] if len(set(kept)) == 1 else " ".join(kept))
    return " / ".join(found)


@pytest.mark.slow
def test_every_address_of_the_admin_answers_each_role_as_written(things, asha, ravi, meena, omar):
    people = dict(zip(ROLES, (asha, ravi, meena, omar), strict=True))
    clients = {role: logged_in(person) for role, person in people.items()}
    wrong, in_order = {}, sorted(addresses(), key=lambda name: name == "logout")  # it ends what the others need
    for name in in_order:
        written = TABLE.get(name, "? / ?")
        roles = asked(written)
        found = answers([clients[role] for role in roles], path_of(name, things))
        if among(written, roles) != found:
            wrong[name] = found
    assert wrong == {} and set(TABLE) == set(in_order)


def test_a_stranger_is_led_to_the_log_in_everywhere(things, client, db):
    for name in addresses():
        path = path_of(name, things)
        if name not in ("login", "logout", "second", "second_secret"):
            assert client.get(path).url.startswith("/admin/login/"), name
            sent = client.post(path)
            assert sent.status_code == 403 and 'href="/admin/login/?next=' in sent.text, name
