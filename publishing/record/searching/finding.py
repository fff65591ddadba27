"""Which live texts have the words, and in which order: the databases intersect, and the order is ours."""

import math
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import NamedTuple

from django.db import connection

from publishing.models import index
from publishing.record.searching.terms import TYPED

LOOKED_AT, FOREIGN = 40, 20  # rows that are ranked, of the site's language and of others
NEWEST = 60
OFTEN = 4  # one row in so many has the words: then rows are looked at and not lists
TITLE, HEAD, GUIDE, TEXT, SIDE = 10, 5, 4, 3, 3
# How much more a rare word is worth: so much that one which a single text has, wherever it stands in it, outweighs one
# that half have in their titles; and not so much that of a whole question one odd word decides.
RARELY = 1.5
ALL = 1_000_000
PART, FEWEST = 20, 500  # a list longer than a twentieth of the rows, and than this, is never read whole
READ = 3000  # rows of all lists together: of many words the rarest are read, and the rest only count where all stand
MOST_GROUPS = 2
BITS = 30
HAS_ALL = 1 << BITS  # that a row has each term in some way; which way is not known


class Found(NamedTuple):
    """One text: its kind, its edition, and how well it answers. `surely` is the quality of its least sure word."""

    kind: str
    work: int
    edition: int
    score: float
    has_all: bool
    surely: float


@dataclass
class Group:
    """Ways of a term that are equally sure, with the bit that says that a text has one."""

    term: int
    quality: float
    ways: list
    bit: int


class Search:
    """One search: the terms, what is counted of their words, and the moment."""

    def __init__(self, terms, reading, total, following):
        self.terms, self.reading, self.total, self.following = terms, reading, max(total, 1), following
        reading.count({word for term in terms for way in term.ways for word in way.words})
        self.groups = self._grouped()
        self.rarity = [self._rarity(term) for term in terms]
        self.longest = max(self.total / PART, FEWEST)
        self.neighbours = [self._neighbours(number) for number in range(len(terms) - 1)]

    def _grouped(self):
        found = []
        for number, term in enumerate(self.terms):
            for qualities in _parted(sorted({way.quality for way in term.ways}, reverse=True)):
                ways = [way.words for way in term.ways if way.quality in qualities]
                found.append(Group(number, qualities[0], ways, len(found)))
        return found[:BITS]

    def _rarity(self, term):
        typed = [way for way in term.ways if way.kind == TYPED] or term.ways
        n = max((self._n(way.words) for way in typed), default=0)
        return math.log(1 + self.total / max(n, 1)) ** RARELY

    def _n(self, words, sign=""):
        return min(self.reading.counts.get(f"{sign}{word}", 0) for word in words)

    def _size(self, group, sign=""):
        return sum(self._n(way, sign) for way in group.ways)

    def _of_term(self, number, sign=""):
        ways = [tuple(f"{sign}{word}" for word in way.words) for way in self.terms[number].ways]
        return index.tables.match(ways)

    def _expected(self, sign=""):
        """How many rows probably have all terms."""
        sizes = [
            min(sum(self._size(group, sign) for group in self.groups if group.term == number), self.total)
            for number in range(len(self.terms))
        ]
        return math.prod(size / self.total for size in sizes) * self.total, min(sizes, default=0)

    def run(self):
        """Two lists, of the site's language and of the others, each the best first."""
        everywhere = index.tables.match_all([self._of_term(number) for number in range(len(self.terms))])
        in_titles, fewest = self._expected("!")
        rows = []
        if fewest >= LOOKED_AT:
            titles = index.tables.match_all([self._of_term(number, "!") for number in range(len(self.terms))])
            rows = self._ask([(titles, ALL, 0)])
        if self._own(rows) < LOOKED_AT:
            rows = self._everywhere(everywhere)
        return self._ranked(rows)

    def _everywhere(self, everywhere):
        """Rows that have the words in any place. Where enough have all, it is not read which have some: of those that
        have all, there are ranked the ones that have them in title or headings, and the newest."""
        expected, fewest = self._expected()
        lines, rows = self._lines(), []
        together = [(everywhere, ALL, HAS_ALL)] if expected <= self.longest else []
        newest = self._newest(everywhere) if len(self.terms) > 1 and fewest >= LOOKED_AT else []
        if self._own(newest) >= LOOKED_AT:
            placed = [
                (index.tables.match_all([everywhere, query]), weight, 0) for query, weight, bit in lines if not bit
            ]
            rows = newest + (self._ask(placed) if placed else [])
            return [(*row[:6], ALL, HAS_ALL, *row[8:]) for row in {row[0]: row for row in rows}.values()]
        return self._ask([*lines, *together]) if lines or together else self._newest(everywhere)

    @staticmethod
    def _own(rows):
        return sum(row[8] for row in rows)

    def _lines(self):
        """(query, weight, bit) of each group of ways and each place in a text that is not too long to be read."""
        found = []
        for group in self.groups:
            rarity = self.rarity[group.term]
            for sign, worth in (("", TEXT), ("~", HEAD - TEXT), ("!", TITLE - HEAD)):
                size = self._size(group, sign)
                if 0 < size <= self.longest:
                    query = index.tables.match([tuple(f"{sign}{word}" for word in way) for way in group.ways])
                    weight = max(round(100 * worth * rarity * group.quality), 1)
                    found.append((size, query, weight, 0 if sign else 1 << group.bit))
        found.sort(key=lambda one: one[0])
        read = accumulate(size for size, *_line in found)
        return [line for (_size, *line), sum_so_far in zip(found, read, strict=True) if sum_so_far <= READ]

    def _ask(self, lines):
        column, condition = index.tables.found(index.tables.WORDS)
        number = "" if index.tables.is_sqlite() else "::bigint"
        one = f"SELECT {column} AS id, %s{number} AS w, %s{number} AS b FROM {index.tables.WORDS} WHERE {condition}"
        sql = (
            f"WITH score AS MATERIALIZED (SELECT id, SUM(w){number} AS s, SUM(b){number} AS b FROM ("
            + " UNION ALL ".join([one] * len(lines))
            + ") AS l GROUP BY id), seen AS MATERIALIZED (SELECT i.id, i.kind, i.work, i.edition, i.is_notice, i.size, "
            "s.s, s.b, CASE WHEN i.language = %s THEN 1 ELSE 0 END AS own FROM score s JOIN publishing_indexed i "
            "ON i.id = s.id WHERE i.since <= %s AND (i.until IS NULL OR i.until > %s)) SELECT o.*, t.heads FROM ("
            + " UNION ALL ".join(
                f"SELECT * FROM (SELECT * FROM seen WHERE own = {own} "
                f"ORDER BY s DESC, size, id DESC LIMIT {most}) AS o{own}"
                for own, most in ((1, LOOKED_AT), (0, FOREIGN))
            )
            + ") AS o JOIN publishing_indexedtext t ON t.row_id = o.id"
        )
        told = [value for query, weight, bit in lines for value in (weight, bit, query)]
        return self._rows(sql, told)

    def _newest(self, everywhere):
        """The newest of what so many texts have: nobody reads a list so long.

        PostgreSQL, which cannot tell how often words stand together, is told which way to go. Where most texts have
        them, backwards through the rows, by their words as they are kept; else by the index of words, from which it
        takes the newest first, and all only where too few of these are live.
        """
        column, condition = index.tables.found(index.tables.WORDS)
        ways = [[way.words for way in term.ways] for term in self.terms]
        if index.tables.is_sqlite():
            return self._live(index.tables.WORDS, column, condition, [everywhere])
        if self._expected()[0] * OFTEN >= self.total:
            return self._live(index.tables.LINE, "t.row_id", *index.tables.spelled(ways))
        held = f"WITH held AS MATERIALIZED (SELECT {column} AS id FROM {index.tables.WORDS} WHERE {condition}) "
        newest = f"{held} SELECT id FROM held ORDER BY id DESC LIMIT {2 * NEWEST}"
        ids = [pk for (pk,) in index.tables.asked(newest, [everywhere])]
        rows = self._live("publishing_indexedtext t", "t.row_id", "t.row_id = ANY(%s)", [ids]) if ids else []
        if self._own(rows) >= LOOKED_AT or len(ids) < 2 * NEWEST:
            return rows
        return self._live(index.tables.WORDS, column, condition, [everywhere])

    def _live(self, table, column, condition, values):
        heads = "(SELECT h.heads FROM publishing_indexedtext h WHERE h.row_id = i.id)"
        return self._rows(
            f"SELECT i.id, i.kind, i.work, i.edition, i.is_notice, i.size, {ALL}, {HAS_ALL}, 1, {heads} "
            f"FROM {table} JOIN publishing_indexed i ON i.id = {column} "
            f"WHERE {condition} AND i.language = %s AND i.since <= %s AND (i.until IS NULL OR i.until > %s) "
            f"ORDER BY {column} DESC LIMIT {NEWEST}",
            values,
        )

    def _rows(self, sql, told):
        at = connection.ops.adapt_datetimefield_value(self.reading.at)
        return index.tables.asked(sql, [*told, self.reading.language, at, at])

    def _ranked(self, rows):
        scored = [(*self._score(row), row) for row in rows]
        scored.sort(key=lambda one: (-one[1], -round(one[0], 6), one[-1][4], one[-1][1] in self.following, -one[-1][0]))
        found = ([], [])
        for score, has_all, surely, (_id, kind, work, edition, *_told, own, _heads) in scored:
            found[0 if own else 1].append(Found(kind, work, edition, score, has_all, surely))
        return found

    def _score(self, row):
        _id, kind, _work, _edition, is_notice, size, s, bits, _own, heads = row
        title, _bar, head = heads.partition("|")
        ordered = [title.split(), head.split()]
        in_title, in_head = map(set, ordered)
        best, covered = [0.0] * len(self.terms), set()
        surely = [0.0] * len(self.terms)
        for group in self.groups:
            for way in group.ways:
                where = 0
                if in_title.issuperset(way):
                    where, covered = TITLE, covered | set(way)
                elif (in_head | in_title).issuperset(way):
                    where = GUIDE if kind in self.following else HEAD
                elif bits & 1 << group.bit:
                    where = TEXT
                if where:
                    best[group.term] = max(best[group.term], where * group.quality)
                    surely[group.term] = max(surely[group.term], group.quality)
        has_all = s >= ALL or all(best)
        if has_all:
            best = [one or TEXT * 0.75 for one in best]
        score = sum(one * rarity for one, rarity in zip(best, self.rarity, strict=True))
        score *= 1 + (0.3 * len(covered) / size if size else 0)
        score += sum(self._side_by_side(words) for words in ordered)
        return score, has_all, min((one for one in surely if one), default=1.0)

    def _neighbours(self, number):
        """(what a term and the next one add where they stand beside each other, the words that may stand so)."""
        one, two = self.terms[number : number + 2]
        pairs = {(before.words[-1], after.words[0]) for before in one.ways for after in two.ways}
        return SIDE * min(self.rarity[number : number + 2]), pairs

    def _side_by_side(self, words):
        """What neighbours add that stand beside each other in the text as well."""
        beside = set(pairwise(words)) if self.neighbours else ()
        return sum(added for added, pairs in self.neighbours if not pairs.isdisjoint(beside))


def _parted(qualities):
    """Qualities in so many groups that each may have a bit."""
    groups = [[one] for one in qualities[: MOST_GROUPS - 1]]
    return [*groups, qualities[MOST_GROUPS - 1 :]] if qualities[MOST_GROUPS - 1 :] else groups
