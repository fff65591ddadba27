"""What patients were ever told, put right everywhere, and proved outside the machine."""

from publishing.staff.recalling.found import may_replace, recall
from publishing.staff.recalling.outside import proof
from publishing.staff.recalling.replacing import replace, replace_url
