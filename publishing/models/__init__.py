from publishing.models.acts import keep_new, publish_new
from publishing.models.addresses import Addressed
from publishing.models.asked import Reminder, ReviewLink
from publishing.models.editions import Edition, EditionQuerySet
from publishing.models.following import Check, Following, FollowingQuerySet
from publishing.models.frame import Frame, FrameEdition
from publishing.models.imprint import Imprint, Publisher, Sponsor
from publishing.models.ledger import Line, Touch
from publishing.models.pictures import Picture
from publishing.models.reviewed import ReviewedCopy
from publishing.models.reviews import Review, ReviewQuerySet
from publishing.models.savings import Saving
from publishing.models.stored import StoredPage
from publishing.models.works import WorkingCopy

__all__ = [
    "Addressed",
    "Check",
    "Edition",
    "EditionQuerySet",
    "Following",
    "FollowingQuerySet",
    "Frame",
    "FrameEdition",
    "Imprint",
    "Line",
    "Picture",
    "Publisher",
    "Reminder",
    "Review",
    "ReviewLink",
    "ReviewQuerySet",
    "ReviewedCopy",
    "Saving",
    "Sponsor",
    "StoredPage",
    "Touch",
    "WorkingCopy",
    "keep_new",
    "publish_new",
]
