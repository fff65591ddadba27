"""The staff's pages: the only room of the press that knows requests."""

from publishing.staff import duties, editor, erasing, recalling
from publishing.staff.acting import Preview
from publishing.staff.addresses import called, list_url, staff_url, tool_url
from publishing.staff.beside import written_below
from publishing.staff.buffering import offered
from publishing.staff.checking import Checker, CheckForm, answer_to, record
from publishing.staff.coming import days_of
from publishing.staff.desk import WorkingCopyAdmin
from publishing.staff.doings import doings
from publishing.staff.editor import ShortEditor
from publishing.staff.forms import ticks_field
from publishing.staff.handing import hand_over, owning
from publishing.staff.library import PictureAdmin
from publishing.staff.lists import suggested
from publishing.staff.moments import moment_field
from publishing.staff.needs import NOW, to_check, with_others
from publishing.staff.pages import led_on, may, sent, streamed_table, tool_page
from publishing.staff.pairing import PairAdmin
from publishing.staff.reading import open_remarks
from publishing.staff.records import RecordAdmin, Told, acts, entries
from publishing.staff.saving import WorkingCopyForm
from publishing.staff.still_fit import still_fit
from publishing.staff.unfound import unfound
from publishing.staff.worklist import Desk, rows_of
from publishing.staff.written import RowForm, Written, WrittenForm
