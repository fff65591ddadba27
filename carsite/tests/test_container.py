"""The container's two files say what the operator's guide promises of them, and name nothing that is not here."""

import os
import re

import pytest
import yaml
from django.conf import settings

from carsite.reader.parts import PARTS

DEPLOY = settings.BASE_DIR / "deploy"


@pytest.fixture(scope="module")
def compose():
    return yaml.safe_load((DEPLOY / "compose.yaml").read_text())


@pytest.fixture(scope="module")
def steps():
    """The Containerfile's instructions in order: (word, what it is told)."""
    text = (DEPLOY / "Containerfile").read_text().replace("\\\n", " ")
    return [tuple(line.split(None, 1)) for line in text.splitlines() if line and not line.startswith("#")]


def variables():
    """Those that the operator's guide explains."""
    guide = (settings.BASE_DIR / "docs" / "operator.md").read_text()
    rows = re.findall(r"^\| (`[A-Z_]+`(?:, `[A-Z_]+`)*) \|", guide, re.MULTILINE)
    return {name for row in rows for name in re.findall("[A-Z_]+", row)}


@pytest.mark.parametrize("name", ["nginx.conf", "nginx-many.conf"])
def test_each_way_through_nginx_has_a_limit(name):
    """Bringing files in too, of which the site would take a hundred megabytes."""
    places = re.findall(r"^    location [^{]*\{(.*?)^    \}", (DEPLOY / name).read_text(), re.MULTILINE | re.DOTALL)
    passed = [place for place in places if "proxy_pass" in place]
    assert len(passed) >= 2 and [place for place in passed if "limit_req " not in place] == []


def test_each_service_runs_with_no_right_too_many(compose):
    for name, service in compose["services"].items():
        assert service["cap_drop"] == ["ALL"] and "no-new-privileges:true" in service["security_opt"], name
        assert not service.keys() & {"privileged", "network_mode", "pid", "devices"}, name
        assert all(port.startswith("127.0.0.1:") for port in service.get("ports", [])), name
        named = [volume.partition(":")[0] for volume in service.get("volumes", [])]
        assert named and set(named) <= compose["volumes"].keys(), f"{name} writes into the machine's own folders"
    site = compose["services"]["site"]
    assert site["read_only"] is True and site["tmpfs"] == ["/tmp"] and "cap_add" not in site
    assert "ports" not in compose["services"]["database"]


def test_the_site_waits_for_its_database_and_is_told_only_what_is_explained(compose):
    site, database = compose["services"]["site"], compose["services"]["database"]
    assert site["depends_on"] == {"database": {"condition": "service_healthy"}} and database["healthcheck"]["test"]
    assert "@database/" in site["environment"]["DATABASE_URL"]
    assert re.search(r"\$\{POSTGRES_PASSWORD:\?", site["environment"]["DATABASE_URL"]), "without one nothing may start"
    told = set(re.findall("^([A-Z_]+)=", (DEPLOY / site["env_file"]).read_text(), re.MULTILINE))
    assert told and told | set(site["environment"]) <= variables()


def test_the_image_is_what_compose_builds_and_its_folder_is_the_one_that_is_kept(compose, steps):
    build, told = compose["services"]["site"]["build"], dict(steps)
    assert (DEPLOY / build["context"]).resolve() == settings.BASE_DIR
    assert (settings.BASE_DIR / build["dockerfile"]).is_file()
    assert steps[0][0] == "FROM" and re.search(r":[0-9.]+", told["FROM"])
    assert told["USER"] == "10001:10001" and [word for word, _rest in steps][-1] == "CMD"
    assert (
        compose["services"]["site"]["volumes"] == [f"site:{told['VOLUME']}"] and f"VAR={told['VOLUME']} " in told["ENV"]
    )
    set_there = set(re.findall("([A-Z_]+)=", told["ENV"])) - {"PYTHONDONTWRITEBYTECODE"}
    assert set_there <= variables()
    start = settings.BASE_DIR / yaml.safe_load(told["CMD"])[0]
    assert start.is_file() and os.access(start, os.X_OK)


def test_the_image_has_what_prints_guides_and_the_folder_for_backups(compose, steps):
    ran = " ".join(rest for word, rest in steps if word == "RUN")
    assert [name for name in PARTS if name not in ran] == []
    assert f"{compose['services']['site']['environment']['BACKUPS']} " in ran, "daily would fail each night"


def test_one_machine_installs_what_prints_guides_and_its_cron_names_the_folder_of_the_site():
    guide = (settings.BASE_DIR / "docs" / "operator.md").read_text()
    installed = re.search("^apt-get install .* git .*$", guide, re.MULTILINE)[0]
    assert [name for name in PARTS if name not in installed] == []
    timed = re.findall(r"^[0-9]+ [0-9]+ \S+ \S+ \S+ .*$", guide, re.MULTILINE)
    assert len(timed) >= 2 and [line for line in timed if " VAR=/var/lib/guides " not in line] == []


def test_no_secret_and_nothing_of_this_machine_comes_into_the_image(steps):
    left_out = (settings.BASE_DIR / ".dockerignore").read_text().split()
    assert {".git", "var", ".venv", "deploy/guides.env"} <= set(left_out)
    installed = next(rest for word, rest in steps if word == "RUN" and "pip install" in rest)
    assert "--require-hashes" in installed and "requirements.lock" in installed
    assert [rest for word, rest in steps if word in ("ADD", "ARG") and rest != "MORE="] == []


def test_both_units_may_write_where_the_settings_put_backups():
    """What is erased by law stands beside the backups within a minute: the server writes it, not only the night."""
    backups = re.search(r"^BACKUPS='(.+)'$", (DEPLOY / "guides.env").read_text(), re.MULTILINE)[1]
    for unit in ("guides.service", "guides-daily.service"):
        assert f"ReadWritePaths=-{backups}\n" in (DEPLOY / unit).read_text(), unit
