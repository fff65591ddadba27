"""How the site is kept: one file that holds all of it, restored elsewhere, with what was erased meanwhile."""

from carsite.keeping.archive import Damaged
from carsite.keeping.later import Renewing, renew_lists
from carsite.keeping.nightly import asked_for, backup_into, nightly
from carsite.keeping.progress import Bar
from carsite.keeping.restoring import NotEmpty, restore
from carsite.keeping.sealing import Unsealed, keys_in, new_key, recipients
from carsite.keeping.taking import Taken, take
