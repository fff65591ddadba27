"""The frame: what stands around every guide."""

import re

from conftest import hand
from publishing.models import Frame, Line


def test_the_ledger_says_when_a_clinic_switches_the_second_person_off_and_on(db, omar, client):
    frame = Frame.objects.create(pk=1)
    frame.publish(by=hand(omar), note="First words")
    assert Line.objects.head().detail == ""
    frame.needs_two_people = False
    frame.banner = "The ward is shut."
    frame.save()
    client.force_login(omar)
    page = client.get("/admin/publishing/frame/1/publish/").text
    assert re.search("gone: </span>yes</del>.*new: </span>no</ins>", page, re.DOTALL)
    frame.publish(by=hand(omar), note="Small tidy-up")
    assert "no longer needs a second person" in Line.objects.head().detail
    assert "no longer needs" in client.get(f"/admin/publishing/line/{Line.objects.head().seq}/change/").text
    frame.needs_two_people = True
    frame.save()
    frame.publish(by=hand(omar), note="As before")
    assert "change of substance needs a second person" in Line.objects.head().detail


def test_another_emergency_number_takes_a_tick(db, omar, client):
    frame = Frame.objects.create(pk=1)
    frame.publish(by=hand(omar), note="First words")
    frame.emergency_number, frame.emergency_label = "911", "Call 911"
    frame.save()
    client.force_login(omar)
    url = "/admin/publishing/frame/1/publish/"
    form = client.get(url).context["form"]
    sent = {"edits": form["edits"].value(), "note": "Small tidy-up"}
    assert "Look at each change that could hurt" in client.post(url, sent).text
    ticks = [key for key, _words in form.fields["ticks"].choices]
    assert client.post(url, sent | {"ticks": ticks}).status_code == 302
    assert '"ticked"' in Line.objects.head().detail
    assert "tel:911" in client.get("/search/").text
