"""What there is to bring in: from folders on the machine, and as files that a person gives."""

from articles.sources.gathering.folders import Addresses, Piece, gathered
from articles.sources.gathering.given import MOST_GIVEN, PASSED, PICTURE, POST, TABLE, TEXT, Given, given, piece_of
