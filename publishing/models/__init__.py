"""What the press keeps: working copies, editions, acts in one ledger, reviews, stored pages."""

from publishing.models import erasing, kinds
from publishing.models.chained import access, ledger
from publishing.models.chained.access import Access
from publishing.models.chained.chain import BEGINNING, Chained
from publishing.models.chained.hand import Hand, name_of
from publishing.models.chained.ledger import Line, Touch
from publishing.models.chained.owed import Owed, OwedUnderTopic, concerned
from publishing.models.checks import vouched
from publishing.models.checks.asked import Reminder, Reviewer, ReviewLink
from publishing.models.checks.askings import Asking, askings_open, openly
from publishing.models.checks.carried import carried_to, standing_carried, told_for, with_carried
from publishing.models.checks.held import TEXT, held_for, standing_of
from publishing.models.checks.remarks import Answer, Remark
from publishing.models.checks.reviews import (
    OlderDigest,
    Review,
    ReviewQuerySet,
    Standing,
    checks_of,
    judgements_of,
    older_digests,
    reviews_for,
    start_of,
)
from publishing.models.chores import LOST, Chore
from publishing.models.found import linked
from publishing.models.found.elsewhere import Tried, links_elsewhere
from publishing.models.found.findings import Findings, findings_of
from publishing.models.frozen.addresses import Addressed, how_to_list, is_listed, unlisted
from publishing.models.frozen.editions import ERASED, FORMAT, JUDGED, LISTED, Edition, EditionQuerySet, live_edition
from publishing.models.frozen.imprint import Imprint, Publisher, Sponsor
from publishing.models.frozen.savings import Saving
from publishing.models.prepared import Among, Newest, as_moment, note, noted, prepared
from publishing.models.search import index
from publishing.models.search.index import Form, Indexed, IndexedText, Word
from publishing.models.search.pairs import (
    MOST_PAIRS,
    MOST_TOGETHER,
    PAIRING,
    PAIRS,
    Pair,
    Sides,
    Unpairable,
    say_pairs,
)
from publishing.models.search.unfound import Unfound
from publishing.models.shelf import media
from publishing.models.shelf.consents import (
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
from publishing.models.shelf.media import NAME
from publishing.models.shelf.pictures import FOLDER, UNDESCRIBED, Picture, Rendition
from publishing.models.shelf.uses import Use
from publishing.models.stored import ENCODINGS, STORABLE, StoredPage, differences_of, in_no_hurry, microseconds, page_of
from publishing.models.surround import calling
from publishing.models.surround.around import SAID, Around, phone_of, said
from publishing.models.surround.frame import SWITCHES, Frame, FrameEdition
from publishing.models.surround.languages import home_of, in_order, said_in
from publishing.models.typed.buffers import BESIDE, Buffer
from publishing.models.typed.sent import SentForm
from publishing.models.verified import Verified
from publishing.models.works import WorkingCopy, forget_pictures, pictures_only_in
from publishing.models.works.acts import judged_together, keep_new, publish_all
from publishing.models.works.comparing import Comparison
from publishing.models.works.following import HELD_BACK, Check, Following, FollowingQuerySet
from publishing.models.works.judging import Second, open_emergencies
from publishing.models.works.reviewed import ReviewedCopy, sum_up_all
