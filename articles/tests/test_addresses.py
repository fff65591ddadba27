"""An address once given out never breaks."""

from django.utils import timezone

from conftest import hand


def republish(article, slug):
    article.slug = slug
    article.keep(by=hand("Asha"), at=timezone.now())
    article.publish(by=hand("Asha"), note=f"Now at {slug}")


def test_an_old_address_leads_to_the_new_one_after_two_renames(make_article, client):
    article = make_article("One")
    article.publish(by=hand("Asha"), note="First")
    republish(article, "two")
    republish(article, "three")
    for old in ("one", "two"):
        answer = client.get(f"/articles/{old}/")
        assert (answer.status_code, answer["Location"]) == (301, "/articles/three/")
    assert client.get("/articles/three/").status_code == 200


def test_two_articles_that_swapped_addresses_both_answer(make_article, client):
    one, two = make_article("One"), make_article("Two")
    one.publish(by=hand("Asha"), note="First")
    two.publish(by=hand("Asha"), note="First")
    republish(one, "on-the-way")
    republish(two, "one")
    republish(one, "two")
    assert "<h1>One</h1>" in client.get("/articles/two/").text
    assert "<h1>Two</h1>" in client.get("/articles/one/").text
    assert client.get("/articles/on-the-way/")["Location"] == "/articles/two/"


def test_history_and_question_addresses_are_led_on_too(make_article, make_entry, client):
    article, entry = make_article("One"), make_entry("Does it hurt?")
    article.publish(by=hand("Asha"), note="First")
    entry.publish(by=hand("Asha"), note="First")
    republish(article, "two")
    republish(entry, "will-it-hurt")
    assert client.get("/articles/one/history/")["Location"] == "/articles/two/history/"
    assert client.get("/faq/does-it-hurt/")["Location"] == "/faq/will-it-hurt/"


def test_a_changed_address_that_is_not_published_changes_nothing(make_article, client):
    article = make_article("One")
    article.publish(by=hand("Asha"), note="First")
    article.slug = "two"
    article.keep(by=hand("Asha"), at=timezone.now())
    assert client.get("/articles/one/").status_code == 200
    assert client.get("/articles/two/").status_code == 404


def test_an_article_that_was_never_published_has_no_address(make_article, client, later):
    article = make_article("One")
    assert client.get("/articles/one/").status_code == 404
    article.publish(by=hand("Asha"), note="For Friday", at=later)
    assert client.get("/articles/one/").status_code == 404


def test_each_language_has_addresses_of_its_own(make_article, client):
    make_article("Blood test").publish(by=hand("Asha"), note="First")
    make_article("خون کا ٹیسٹ", language="ur", slug="blood-test").publish(by=hand("Asha"), note="First")
    english, urdu = client.get("/articles/blood-test/").text, client.get("/ur/articles/blood-test/").text
    assert '<html lang="en" dir="ltr"' in english and "Blood test" in english
    assert '<html lang="ur" dir="rtl"' in urdu and "خون" in urdu
    assert "خون" not in client.get("/articles/").text


def test_free_slugs_avoid_every_address_that_was_ever_given_out(make_article):
    one = make_article("One")
    one.publish(by=hand("Asha"), note="First")
    republish(one, "two")
    assert [type(one).free_slug(text, "en") for text in ("One", "Two", "Three")] == ["one-2", "two-2", "three"]
    assert type(one).free_slug("रक्त जाँच", "hi") == "रक्त-जाँच"
