"""The whole live site as plain files, which work from a disk and from any server of files."""

from carsite.copying.copy import Copy, NotOurs
