"""From SQLite to the database that is tested, as docs/operator.md tells: the record must hold there, line by line."""

import re
import shutil

import pytest
from django.conf import settings

from carsite.tests.conftest import House

VERIFY = ("verify_ledger",)
GUIDE = settings.BASE_DIR / "docs" / "operator.md"
# What a clinic does in its first year: a review, one revoked, a check, a notice, an erasure, a picture.
YEAR = """
import datetime, io
from django.utils import timezone
from PIL import Image
from articles.models import Article
from django.contrib.auth.models import User
from publishing.models import Hand, Picture
article, hand = Article.objects.order_by("pk")[0], Hand.of(User.objects.get(username="publisher"))
told = {"reviewer_name": "Dr Ravi Rao", "credential": "haematologist", "result": "fit", "evidence": "", "note": "\\u0915\\u094d\\u200d\\n two  blanks"}
due = datetime.date.today() + datetime.timedelta(days=365)
for number in (1, 2):
    made = article.review(by=hand, text_digest=article.freeze().text_digest, next_due_on=due, **told)
article.revoke(made, by=hand, note="Too early")
article.lead = "Another lead: \\U0001f642 'quoted' \\"twice\\"."
article.keep(by=hand, at=timezone.now())
ticks = [one.key for one in article.judgement(article.freeze(), timezone.now()).dangers]
edition = article.publish(by=hand, note="Drill", raises_substance=True, emergency="Drill", ticks=ticks)
entry, other = article.entry_set.all()[:2]
entry.decide("still right", against=edition, by=hand, note="Read")
other.decide("hide", against=edition, by=hand, note="Gone")
article.redact(article.editions.get(number=1), by=hand, reason="Asked for")
picture = io.BytesIO()
Image.new("RGB", (20, 20), "red").save(picture, "PNG")
Picture.take(picture.getvalue(), by=hand, file_name="red.png", at=timezone.now())
"""


def commands(*starts):
    """The commands of the guide that begin so, as lists of words after manage.py."""
    text = GUIDE.read_text().replace("\\\n", "")
    found = re.findall(r"manage\.py (.+)", text)
    return [next(line.split() for line in found if line.startswith(start)) for start in starts]


@pytest.mark.night  # test_backup.py holds the same, in one process
@pytest.mark.slow
@pytest.mark.xdist_group("processes")
def test_the_record_moves_to_another_database_whole(furnished, tmp_path, empty_database):
    clinic = House(shutil.copytree(furnished, tmp_path / "clinic"), "")
    (tmp_path / "other").mkdir()
    other = House(tmp_path / "other", empty_database)
    save, load = commands("backup /backup/move", "restore /backup/move")
    file = str(tmp_path / "move.backup")
    save, load = ([file if word.startswith("/backup/") else word for word in words] for words in (save, load))
    clinic.do(YEAR, tuple(save))
    before = clinic.run(*VERIFY)
    other.do(tuple(load))
    assert other.run(*VERIFY) == before and "The record holds" in before
    # And life goes on there, and back again.
    other.act(lead="Written after the move.")
    (tmp_path / "back").mkdir()
    back, file = House(tmp_path / "back", ""), str(tmp_path / "back.backup")
    other.do(("backup", file), ("verify_ledger",))
    back.do(("restore", file))
    assert back.run(*VERIFY) == other.run(*VERIFY) != before
