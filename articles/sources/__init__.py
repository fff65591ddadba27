"""A file read: a text or Markdown file that becomes a working copy. No Django models."""

from articles.sources.files import SUFFIXES, parse, read, readable
from articles.sources.source import Doubt, Source, Unreadable
