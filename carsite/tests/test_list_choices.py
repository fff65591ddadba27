"""What there is to choose from above the lists: as many of each as there are, however they are counted."""

import random
from collections import Counter

import pytest

from articles.models import Article, Topic
from conftest import fewer, hand
from faq.models import Entry
from publishing.models import name_of
from publishing.staff.listing.choosing import selects

pytestmark = pytest.mark.databases


@pytest.mark.parametrize("seed", fewer(range(12), 2))
def test_each_choice_says_how_many_there_are(seed, make_article, make_entry, asha, ravi, meena):
    chance = random.Random(seed)
    topics = [Topic(title=title, slug=title.lower()) for title in ("Blood", "Bones")]
    for topic in topics:
        topic.keep(by=hand("Omar"), note="New")
    people, languages = [None, asha, ravi, meena][: chance.randint(1, 4)], ["en", "hi", "ur"][: chance.randint(1, 3)]
    topics = [None, *topics][: chance.randint(1, 3)]
    for number in range(chance.randint(0, 12)):
        told = {"language": chance.choice(languages), "topic": chance.choice(topics)}
        guide = make_article(f"Guide {number}", owner=chance.choice(people), **told)
        for place in range(chance.randint(0, 3)):
            beside = chance.choice([guide, guide, None])
            told = {"language": chance.choice(languages), "topic": None if beside else chance.choice(topics)}
            make_entry(f"Why {number} {place}?", article=beside, **told)
    for model in (Article, Entry):
        works, found = list(model.objects.all()), selects(model, asha)
        owners = Counter(one.owner for one in works)
        mine = owners.pop(asha, 0)
        wanted = [("me", f"Me, {name_of(asha)}", mine)] if mine else []
        wanted += sorted(((str(one.pk), name_of(one), owners[one]) for one in owners if one), key=lambda one: one[1])
        wanted += [("nobody", "Nobody, or nobody here any more", owners[None])] if owners[None] else []
        assert found["owners"] == wanted
        assert {code: count for code, _name, count in found["languages"]} == Counter(one.language for one in works)
        by_topic = Counter("none" if one.topic is None else str(one.topic.pk) for one in works)
        assert {key: count for key, _title, count in found["topics"]} == by_topic
