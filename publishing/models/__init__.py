"""What the press keeps: working copies, editions, acts in one ledger, reviews, stored pages."""

from publishing.models import access, erasing, index, kinds, ledger, linked, media, vouched
from publishing.models.access import Access
from publishing.models.acts import judged_together, keep_new, publish_all
from publishing.models.addresses import Addressed
from publishing.models.around import SAID, Around, phone_of, said
from publishing.models.asked import Reminder, Reviewer, ReviewLink
from publishing.models.askings import Asking, askings_open
from publishing.models.buffers import Buffer
from publishing.models.carried import carried_to, standing_carried, told_for, with_carried
from publishing.models.chain import BEGINNING, Chained
from publishing.models.chores import Chore
from publishing.models.comparing import Comparison
from publishing.models.consents import (
    PICTURES,
    SAYING,
    Consent,
    all_consents,
    consents_ending,
    consents_to,
    name_in_ledger,
    say,
    sizes_shown,
)
from publishing.models.editions import ERASED, FORMAT, JUDGED, LISTED, Edition, EditionQuerySet, live_edition
from publishing.models.elsewhere import Tried, links_elsewhere
from publishing.models.findings import Findings, findings_of
from publishing.models.following import HELD_BACK, Check, Following, FollowingQuerySet
from publishing.models.frame import Frame, FrameEdition
from publishing.models.hand import Hand, name_of
from publishing.models.held import TEXT, held_for
from publishing.models.imprint import Imprint, Publisher, Sponsor
from publishing.models.index import Form, Indexed, IndexedText, Word
from publishing.models.judging import Second, open_emergencies
from publishing.models.languages import home_of, said_in
from publishing.models.ledger import Line, Touch
from publishing.models.media import NAME
from publishing.models.pairs import (
    MOST_PAIRS,
    MOST_TOGETHER,
    PAIRING,
    PAIRS,
    Pair,
    Sides,
    Unpairable,
    newest_pair,
    say_pairs,
)
from publishing.models.pictures import FOLDER, UNDESCRIBED, Picture, Rendition
from publishing.models.prepared import Among, Newest, note, noted, prepared
from publishing.models.remarks import Answer, Remark
from publishing.models.reviewed import ReviewedCopy, sum_up_all
from publishing.models.reviews import (
    OlderDigest,
    Review,
    ReviewQuerySet,
    Standing,
    checks_of,
    judgements_of,
    older_digests,
    reviews_for,
)
from publishing.models.savings import Saving
from publishing.models.sent import SentForm
from publishing.models.stored import ENCODINGS, STORABLE, StoredPage, in_no_hurry, page_of
from publishing.models.unfound import Unfound
from publishing.models.uses import Use
from publishing.models.verified import Verified
from publishing.models.works import WorkingCopy, forget_pictures, pictures_only_in
