"""What patients ask for: pages, pictures, the bytes that are stored of them."""

from carsite.reader import counting, handout, media, pages, printing, sheets, unsafe
from carsite.reader.front import Front
from carsite.reader.guard import CHECK_POLICY, PATIENTS_POLICY, guarded
from carsite.reader.languages import FOREIGN, language_of
from carsite.reader.made import answer_of, stored_sheet
from carsite.reader.proving import altered
from carsite.reader.search import words_of
from carsite.reader.stored import STORED_PATHS, release
from carsite.reader.style import policy_hash, printed_style, style
