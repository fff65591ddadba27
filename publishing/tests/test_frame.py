"""The frame: what stands around every guide."""

from publishing.models import Frame, Line


def test_the_ledger_says_when_a_clinic_switches_the_second_person_off_and_on(db, omar, client):
    frame = Frame.objects.create(pk=1)
    frame.publish(by=omar, note="First words")
    assert Line.objects.head().detail == ""
    frame.needs_two_people = False
    frame.banner = "Ward 3 is closed."
    frame.save()
    client.force_login(omar)
    assert "<del>yes</del><ins>no</ins>" in client.get("/admin/publishing/frame/1/publish/").text
    frame.publish(by=omar, note="Small tidy-up")
    assert "no longer needs a second person" in Line.objects.head().detail
    assert "no longer needs" in client.get(f"/admin/publishing/line/{Line.objects.head().seq}/change/").text
    frame.needs_two_people = True
    frame.save()
    frame.publish(by=omar, note="As before")
    assert "change of substance needs a second person" in Line.objects.head().detail
