"""The guide for staff inside the desk."""

import re

from django.urls import get_resolver

from carsite.staff import help as guide


def test_each_page_of_the_desk_leads_to_the_part_of_the_guide_that_speaks_of_it(asha, make_article, client):
    article = make_article()
    client.force_login(asha)
    whole = client.get("/admin/help/").text
    assert 'class="ways"' in whole  # a page of the desk, with its menu
    parts = set(re.findall(r'id="([^"]+)"', whole))
    for name in get_resolver().namespace_dict["admin"][1].reverse_dict:
        if isinstance(name, str):
            asked = guide.url_for(name).partition("#")[2]
            assert not asked or asked in parts, name
    change = f"/admin/articles/article/{article.pk}/change/"
    for path, part in (
        ("/admin/", "your-work"),
        (change, "write-a-guide"),
        ("/admin/recall/", "something-patients-read"),
    ):
        assert f'href="/admin/help/#{part}' in client.get(path).text, path


def test_the_guide_leads_nowhere_that_is_not_there(asha, client):
    client.force_login(asha)
    whole = client.get("/admin/help/").text
    parts = set(re.findall(r'id="([^"]+)"', whole))
    assert set(re.findall(r'href="#([^"]+)"', whole)) <= parts
    assert ".md" not in re.findall(r'href="([^"]+)"', whole)
    for address in re.findall(r'src="(/admin/help/[^"]+)"', whole):
        answer = client.get(address)
        assert answer["Content-Type"] == "image/png" and b"".join(answer.streaming_content)[:4] == b"\x89PNG"
    assert client.get("/admin/help/none.png").status_code == 404
