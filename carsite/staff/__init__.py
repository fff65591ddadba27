"""The site's own part of the admin."""

from carsite.staff import accounts, by_link, erasing, factor, forgotten, people, unsaved
