"""The staff's pages: the only room of the press that knows requests."""

from publishing.staff import recalling
from publishing.staff.acts import erasing
from publishing.staff.acts.acting import Preview
from publishing.staff.acts.forms import ticks_field
from publishing.staff.addresses import called, list_url, staff_url, tool_url
from publishing.staff.beside import written_below
from publishing.staff.checks.asking import is_told_at_once
from publishing.staff.checks.checking import Checker, CheckForm, answer_to, record
from publishing.staff.checks.reading import open_remarks
from publishing.staff.desk import WorkingCopyAdmin
from publishing.staff.form import buffering, editor
from publishing.staff.form.buffering import offered
from publishing.staff.form.editor import ShortEditor
from publishing.staff.form.saving import WorkingCopyForm
from publishing.staff.home import duties
from publishing.staff.home.coming import days_of
from publishing.staff.home.doings import doings
from publishing.staff.home.gathered import names_in, rows_of
from publishing.staff.home.needs import NOW, to_check, with_others
from publishing.staff.home.still_fit import still_fit
from publishing.staff.home.worklist import Desk, Row, at_said, row
from publishing.staff.library import PictureAdmin
from publishing.staff.listing.handing import hand_over, owning
from publishing.staff.listing.lists import suggested
from publishing.staff.moments import moment_field
from publishing.staff.pages import led_on, may, page_number, sent, streamed_table, tool_page
from publishing.staff.people import Person, people
from publishing.staff.records import RecordAdmin, Told, acts, entries
from publishing.staff.search.pairing import PairAdmin
from publishing.staff.search.unfound import unfound
from publishing.staff.written import RowForm, SharedRowForm, Written, WrittenForm
