"""Guides and topics, where a guide was taken in from, and what stands beside guides: the word list, pages."""

from articles.models import alike, saying
from articles.models.articles import Article, ArticleEdition, ArticleReview
from articles.models.brought import MOST_BYTES, MOST_FILES, Brought
from articles.models.fields import said_by, validate_length
from articles.models.heard import Heard
from articles.models.intakes import Intake, OldAddress, old_path
from articles.models.letters import FirstSign, Told
from articles.models.months import MonthChecked
from articles.models.reopened import Reopened
from articles.models.seen import Seen
from articles.models.site import OWN, TAKEN, Page, PageEdition, live_pages, pages_around
from articles.models.terms import MANY, Term, TermEdition, holding
from articles.models.topics import Topic, TopicEdition, live_topics, topic_at
from articles.models.translating import TRANSLATED, BesideOriginal, Settled, TranslatedEdition
from articles.models.voices import LONGEST_VOICE, NoRoom, Pace, Voice
