"""For the shared harness: bring database $BENCH_DB up to $BENCH_N guides by import_articles' own way, published.

Texts come from the harness ($BENCH_HOME/seedgen.py, $BENCH_SEED). Prints: LOADED k articles in s s
"""

import os
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [os.environ["BENCH_HOME"], str(HERE.parent)]
os.environ["DATABASE_URL"] = f"sqlite:///{os.environ['BENCH_DB']}"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "carsite.settings")
import django

django.setup()
import guides
import seedgen
from articles.importing.importer import take_all
from articles.models.articles import Article
from django.core.management import call_command
from django.utils import timezone

call_command("migrate", verbosity=0)
seed, have, want = seedgen.parse(os.environ["BENCH_SEED"]), Article.objects.count(), int(os.environ["BENCH_N"])


def source(number):
    one = seedgen.article(seed, number)
    sections = [(s["heading"], s["ordered"], s["paragraphs"], s["items"]) for s in one["sections"]]
    questions = [(asked["q"], asked["a"]) for asked in one["faq"]]
    return guides.markdown(one | {"lead": one["summary"], "sections": sections, "questions": questions})


with tempfile.TemporaryDirectory() as folder:
    for number in range(have, want):
        (Path(folder) / f"article-{number}.md").write_text(source(number))
    began = time.perf_counter()
    paths = (Path(folder) / f"article-{number}.md" for number in range(have, want))
    for outcome in take_all(paths, at=timezone.now(), publish=True):
        if outcome.needs_a_person:
            raise SystemExit(str(outcome))
    print(f"LOADED {want - have} articles in {time.perf_counter() - began:.2f} s")
