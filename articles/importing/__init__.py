"""Sources taken in as working copies, once and again."""

from articles.importing.coming_out import as_seen, brought_in, coming_out, publish_some, settle
from articles.importing.filling import topic_called
from articles.importing.going_out import write_out
from articles.importing.importer import take, take_all
from articles.importing.understanding import NEW, NEXT, look_again
from articles.importing.waiting import is_ready, may_be_asked, needs_choice, read_some, take_some
