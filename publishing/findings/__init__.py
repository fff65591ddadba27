"""What is looked for in a text before patients read it, and how easily it is read. No database."""

from publishing.findings import doses, letters, shape, standing, telling, unshown
from publishing.findings.ease import Ease, ease_of, level, school_year
from publishing.findings.letters import GREY
from publishing.findings.reading import Block, Guide, counted, short
from publishing.findings.registry import Check, Finding, Mend, Severity, beside, check, checks, run
from publishing.findings.shape import is_around, links, pictures
