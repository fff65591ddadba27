"""Guides and topics, and where a guide was taken in from."""

from articles.models import alike
from articles.models.articles import Article, ArticleEdition, ArticleReview, validate_length
from articles.models.intakes import Intake
from articles.models.topics import Topic, TopicEdition, live_topics, topic_at
