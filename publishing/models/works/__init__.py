"""Working copies, and what the law has erased of what was made of them."""

from publishing.models.works.copies import WorkingCopy
from publishing.models.works.redaction import forget_pictures, pictures_only_in
