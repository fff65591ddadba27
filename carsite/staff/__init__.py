"""The site's own part of the admin."""

from carsite.staff import by_link, erasing, people, unsaved
