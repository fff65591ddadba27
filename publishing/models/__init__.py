from publishing.models.editions import Addressed, Edition, EditionQuerySet
from publishing.models.frame import Frame, FrameEdition
from publishing.models.imprint import Imprint, Publisher, Sponsor
from publishing.models.ledger import Line, Touch
from publishing.models.pages import StoredPage
from publishing.models.pictures import Picture
from publishing.models.works import WorkingCopy

__all__ = [
    "Addressed",
    "Edition",
    "EditionQuerySet",
    "Frame",
    "FrameEdition",
    "Imprint",
    "Line",
    "Picture",
    "Publisher",
    "Sponsor",
    "StoredPage",
    "Touch",
    "WorkingCopy",
]
