"""Tries the addresses elsewhere that live guides lead to, once a night: few of one host, for some minutes at most."""

import time
from collections import Counter
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from publishing import record
from publishing.models import Tried, kinds, links_elsewhere

MOST, OF_ONE_HOST, SECONDS = 500, 20, 600


class Command(BaseCommand):
    help = "Try the links to other sites that patients read; does nothing unless TRIES_LINKS is on."

    def handle(self, **options):
        if not settings.TRIES_LINKS:
            self.stdout.write("No link was tried: TRIES_LINKS is off.")
            return
        now, began, hosts, faults = timezone.now(), time.monotonic(), Counter(), 0
        wanted = self.wanted(now)
        known = {one.address: one for one in Tried.objects.all()}
        for address in known.keys() - wanted:
            known.pop(address).delete()
        # Those that wait longest come first.
        order = sorted(wanted, key=lambda one: (one in known, known[one].tried_at.timestamp() if one in known else 0))
        tried = []
        for address in order:
            host = urlsplit(address).hostname
            if len(tried) == MOST or time.monotonic() - began > SECONDS:
                break
            if hosts[host] < OF_ONE_HOST:
                hosts[host] += 1
                tried.append(self.told(address, record.fault_of(address), known.get(address), now))
                faults += bool(tried[-1].fault)
        self.stdout.write(f"{len(tried)} of {len(wanted)} links were tried; {faults} lead nowhere.")

    @staticmethod
    def wanted(now):
        """Every address elsewhere that a live text leads to."""
        found = set()
        for model in kinds.works():
            if model.edition_model().CHECKED:
                for edition in model.edition_model().objects.live(now).readable().iterator(100):
                    found |= links_elsewhere(edition, now)
        return found

    @staticmethod
    def told(address, fault, known, now):
        times = (known.times if known else 0) + 1 if fault else 0
        told = {"tried_at": now, "fault": fault, "times": min(times, 100)}
        return Tried.objects.update_or_create(address=address, defaults=told)[0]
