"""What patients ask for: pages, pictures, the bytes that are stored of them."""

from carsite.reader import counting, machines, media, pages, printing, role, unsafe
from carsite.reader.front import Front
from carsite.reader.guard import CHECK_POLICY, PATIENTS_POLICY, guarded
from carsite.reader.kept import kept
from carsite.reader.languages import TAG, is_unwritten, language_of
from carsite.reader.made import answer_of, stored_sheet
from carsite.reader.paper import asked, foreseen, handout, sheets
from carsite.reader.proving import altered
from carsite.reader.search import words_of
from carsite.reader.stored import STORED_PATHS, release
from carsite.reader.style import guide_style, policy_hashes, printed_style, style
from carsite.reader.templating import spoken
