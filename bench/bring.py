"""Bringing in: seconds of processor time and memory of the command, in a process of its own, for mixed, large and hostile
files.

python bench/bring.py [WORD]      only those whose name holds the word

The database is a new one each time. Exits with 1 where a bar is passed.
"""

from __future__ import annotations

import io
import json
import os
import random
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

BASE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(BASE))
WORDS = (
    "you take the tablet with water in the morning and rest at home after it keep the wound dry call us if it bleeds or "
    "smells wash your hands before every meal do not drive for two days ask your nurse when to come back"
).split()
MEASURE = """
import json, resource, subprocess, sys
done = subprocess.run(sys.argv[1:], capture_output=True, text=True)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, done.returncode, (done.stdout + done.stderr)[-1500:]]))
"""


def sentences(words: int, seed: int) -> list[str]:
    drawn = random.Random(seed)
    return [f"{' '.join(drawn.choices(WORDS, k=12)).capitalize()} {seed}." for _ in range(words // 13)]


def sections(words: int, seed: int) -> list[tuple[str, list[str]]]:
    said = sentences(words, seed)
    return [(f"Part {at // 10 + 1}", said[at : at + 10]) for at in range(0, len(said), 10)]


def mixed(folder: Path, count: int, words: int) -> None:
    from articles.tests.papers import docx, odt, p

    for number in range(count):
        title, parts = f"Guide number {number}", sections(words, number)
        match number % 4:
            case 0:
                blocks = [p(title, "T"), *(one for head, said in parts for one in (p(head, "H"), *map(p, said)))]
                (folder / f"{number}.docx").write_bytes(docx(*blocks))
            case 1:
                blocks = [f'<text:h text:outline-level="1">{title}</text:h>']
                for head, said in parts:
                    blocks += [f'<text:h text:outline-level="2">{head}</text:h>', *(f"<text:p>{one}</text:p>" for one in said)]
                (folder / f"{number}.odt").write_bytes(odt(*blocks))
            case 2:
                inside = "".join(f"<h2>{head}</h2><p>{'</p><p>'.join(said)}</p>" for head, said in parts)
                (folder / f"{number}.html").write_text(f"<html><body><h1>{title}</h1>{inside}</body></html>")
            case _:
                inside = "\n\n".join(f"## {head}\n\n" + "\n\n".join(said) for head, said in parts)
                (folder / f"{number}.md").write_text(f"# {title}\n\n{inside}\n")


def plain(folder: Path, count: int) -> None:
    for number in range(count):
        parts = sections(300, number)
        inside = "\n\n".join(f"## {head}\n\n" + "\n\n".join(said) for head, said in parts)
        (folder / f"{number:05}.md").write_text(f"---\ntitle: Guide number {number}\nlanguage: en\n---\n\n{inside}\n")


def large(folder: Path) -> None:
    from articles.tests.papers import docx, p
    from PIL import Image

    blocks, rels, files = [p("Large", "T"), p("Part", "H"), p("You see it here.")], "", {}
    for number in range(20):
        file = io.BytesIO()
        Image.effect_noise((1700, 1300), 60 + number).save(file, "JPEG", quality=82)
        files[f"p{number}__jpg"] = file.getvalue()
        rels += f'<Relationship Id="p{number}" Target="p{number}.jpg"/>'
        drawn = f'<w:r><w:drawing><wp:inline><wp:docPr id="{number}" name="x" descr="Noise {number}"/><pic:pic><pic:blipFill>'
        blocks.append(p(f'{drawn}<a:blip r:embed="p{number}"/></pic:blipFill></pic:pic></wp:inline></w:drawing></w:r>'))
    content = docx(*blocks, rels=rels, **files)
    print(f"    {len(content) / 1e6:.1f} MB", flush=True)
    (folder / "large.docx").write_bytes(content)


def hostile(folder: Path, kind: str) -> None:
    from articles.tests.papers import docx, p

    match kind:
        case "zip bomb":
            with zipfile.ZipFile(folder / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as made:
                for number in range(3):
                    made.writestr(f"{number}.md", b" " * 300_000_000)
        case "entities":
            entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "x" * 100}">' for n in range(9))
            (folder / "e.docx").write_bytes(docx(p("&e8;"), head=f"<!DOCTYPE w:document [{entities}]>"))
        case "macros":
            (folder / "m.docx").write_bytes(docx(p("x", "T"), **{"vbaProject__bin": b"x"}))
        case "pictures":
            (folder / "p.docx").write_bytes(docx(p("x", "T"), **{f"p{n}__png": b"x" * 900 for n in range(10_000)}))


def cases():
    """(name, how its files are made, seconds, MiB, files that the seconds are for)."""
    yield "200 mixed files of 1,500 words", lambda folder: mixed(folder, 200, 1500), 60, 200
    yield "10,000 plain guides at 5 ms", lambda folder: plain(folder, 10_000), 50, 1000
    yield "a Word file of 20 MB", large, 10, 1000
    for kind in ("zip bomb", "entities", "macros", "pictures"):
        yield f"hostile: {kind}", lambda folder, kind=kind: hostile(folder, kind), 10, 300


def measured(folder: Path, database: Path) -> tuple[float, float, int, str]:
    env = os.environ | {"DATABASE_URL": f"sqlite:///{database}", "MEDIA_ROOT": str(database.parent / "media")}
    command = [sys.executable, "-c", MEASURE, sys.executable, str(BASE / "manage.py"), "import_articles", str(folder)]
    return json.loads(subprocess.run(command, env=env, capture_output=True, text=True, check=True).stdout)


def main(word: str = "") -> int:
    beyond = 0
    with tempfile.TemporaryDirectory() as place:
        empty = Path(place, "empty.sqlite3")
        env = os.environ | {"DATABASE_URL": f"sqlite:///{empty}"}
        subprocess.run([sys.executable, str(BASE / "manage.py"), "migrate", "-v0"], env=env, check=True)
        for number, (name, make, seconds, most) in enumerate(cases()):
            if word not in name:
                continue
            folder, database = Path(place, f"files{number}"), Path(place, f"{number}.sqlite3")
            folder.mkdir()
            make(folder)
            database.write_bytes(empty.read_bytes())
            took, mib, _code, said = measured(folder, database)
            is_beyond = took > seconds or mib > most
            beyond += is_beyond
            last = said.strip().splitlines()[-1] if said.strip() else ""
            print(f"{'BEYOND ' if is_beyond else ''}{name}: {took:.1f} s of {seconds} s, {mib:.0f} MiB of {most}: {last[:110]}", flush=True)
    return min(beyond, 1)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
