"""Which reasons can a table reading give? Codes only; the catalogue says ``row-<code>`` in words."""

from dataclasses import dataclass
from enum import StrEnum

Facts = tuple[tuple[str, str], ...]


class FileCode(StrEnum):
    """Why a whole file is refused."""

    EMPTY = "file-empty"  # no bytes, or nothing but blank lines
    NOT_A_TABLE = (
        "file-not-a-table"  # looks_like: the content is a PDF, a workbook, a picture, a web page ...
    )
    TOO_LARGE = "file-too-large"  # limit (MB)
    TOO_MANY_ROWS = "file-too-many-rows"  # limit
    TOO_MANY_COLUMNS = "file-too-many-columns"  # line, columns, limit
    LINE_TOO_LONG = "file-line-too-long"  # line, limit: no spreadsheet writes such a line
    ENCRYPTED = "file-encrypted"  # protected with a password
    DAMAGED = "file-damaged"  # the beginning of a workbook, and not the rest of one
    UNPACKS_TOO_LARGE = "file-unpacks-too-large"  # limit (MB): small when packed and enormous when opened
    TOO_MANY_PARTS = "file-too-many-parts"  # parts, limit: far more files than a workbook is made of
    TOO_MANY_CELLS = "file-too-many-cells"  # limit
    HEADER_MERGED = "file-header-merged"  # line, header: one header over several columns
    TOO_MANY_SHEETS = "file-too-many-sheets"  # sheets, limit
    SHEET_UNKNOWN = "sheet-unknown"  # sheet, sheets: --sheet names one that the workbook does not have
    NO_SHEETS_HERE = "sheet-of-no-workbook"  # sheet: --sheet was said and the file is no workbook
    CALENDAR_DAMAGED = "calendar-damaged"  # it begins as an iCalendar file and is none
    CALENDAR_TOO_MANY = "calendar-too-many"  # events, limit: of events, or of rows once they are spelled out
    NO_ROWS = "file-only-header"  # line: a header and nothing under it
    COLUMNS_MISSING = "file-columns-missing"  # missing, found: the usual sign of the wrong table for the kind
    MAPPING_COLUMN_UNKNOWN = (
        "mapping-column-unknown"  # column: --map names a column that the kind does not have
    )
    MAPPING_HEADER_UNKNOWN = "mapping-header-unknown"  # column, header: --map names a header not in the file
    ANSWER_UNKNOWN = "date-answer-unknown"  # column, answer: not one of the answers a question offers


class QuestionCode(StrEnum):
    """What only a person can settle before any row is read."""

    COLUMN_TWICE = "column-twice"  # column, headers: two headers fit one column
    HEADER_FITS_TWO = "header-fits-two"  # header, columns: one header fits two columns
    HEADER_UNSURE = "header-unsure"  # header, column: the header may mean the column in another unit
    DATE_ORDER = "date-order-unclear"  # column, example, line: every date reads both ways
    DATE_ORDER_MIXED = "date-order-mixed"  # column, mdy_line, mdy_example, dmy_line, dmy_example
    YEARS_TWO_DIGITS = "years-two-digits"  # column, example, line: no date of the column names its century
    SHEET_UNCLEAR = "sheet-unclear"  # sheets: more than one sheet has the columns of the kind
    DATE_SERIALS = "date-serials"  # column, example, line: every cell is a bare day number of a spreadsheet


class FileNote(StrEnum):
    """What was noticed about the file and did not stop the reading."""

    ENCODING_FALLBACK = "file-encoding-fallback"  # encoding: not UTF-8, read as the old Windows alphabet
    ENCODING_MIXED = "file-encoding-mixed"  # lines: most of the file is UTF-8, these lines are not
    LETTERS_LOST = "file-letters-lost"  # lines: bytes that no alphabet we try can explain
    NUL_REMOVED = "file-nul-removed"  # count: NUL characters were dropped
    COLUMNS_LEFT_OUT = "file-columns-left-out"  # headers: such a table may name health reasons
    SHEET_READ = "file-sheet-read"  # sheet, others: which of several sheets was read
    HIDDEN_ROWS_READ = "file-hidden-rows-read"  # count: a filter left on must not lose records
    HIDDEN_COLUMNS_READ = "file-hidden-columns-read"  # columns: their letters
    MERGED_FILLED = "file-merged-filled"  # count: rows that got the value of a cell merged over them
    FORMULAS_SHOWN = "file-formulas-shown"  # count: the value that each showed when the file was saved
    LINKS_NOT_FOLLOWED = "file-links-not-followed"  # values from other workbooks stay as they were saved
    LINES_ABOVE_HEADER = "file-lines-above-header"  # line: the header stands below a title


class RowCode(StrEnum):
    """Why one row was corrected, doubted, noted, rejected or skipped."""

    # Rejected: the shape of the row.
    QUOTES_UNBALANCED = "quotes-unbalanced"  # a quotation mark is opened and never closed
    ROW_TOO_LONG = "row-too-long"  # cells, columns: more cells than headers, so the cells may be shifted
    CELL_TOO_LONG = "cell-too-long"  # column, characters, limit
    FORMULA_WITHOUT_VALUE = "formula-without-value"  # column: never computed by the program that saved it
    CELL_ERROR = "cell-error"  # column, value: a spreadsheet's own #REF! or #VALUE!
    # Rejected: a value the row cannot do without.
    VALUE_MISSING = "value-missing"  # column
    BADGE_UNREADABLE = "badge-unreadable"  # value: not a badge number
    BADGE_REPEATED = (
        "badge-repeated"  # badge, line: another row of a roster has this badge and says otherwise
    )
    NAME_UNREADABLE = "name-unreadable"  # value
    # Rejected: dates.
    DATE_UNREADABLE = "date-unreadable"  # column, value
    DATE_IMPOSSIBLE = "date-impossible"  # column, value: no such day, such as 2/30
    DATE_NOT_IN_ORDER = "date-not-in-order"  # column, value, order: a day only in the other order
    DATE_INCOMPLETE = "date-incomplete"  # column, value: a month or a year without a day
    DATE_IS_RANGE = "date-is-range"  # column, value
    YEAR_TWO_DIGITS = "year-two-digits"  # column, value: the century is never guessed
    WINDOW_REVERSED = "window-reversed"  # start_column, start, end_column, end: ends before it starts
    # Rejected: hours.
    HOURS_UNREADABLE = "hours-unreadable"  # value
    HOURS_NEGATIVE = "hours-negative"  # value
    HOURS_TOO_MANY = "hours-too-many"  # value, limit
    HOURS_MERGED = "hours-merged"  # one cell of hours over several rows: how they divide is not said
    HOURS_SEPARATOR_UNCLEAR = "hours-separator-unclear"  # value: 1,250 is one thousand or one and a quarter
    # Rejected: leave.
    RETURN_WITHOUT_LEAVE = "return-without-leave"  # badge, on
    # Rejected: shifts and rotations.
    TIME_UNREADABLE = "time-unreadable"  # column, value
    TIME_ZONE_UNKNOWN = "time-zone-unknown"  # value: an hour off is worse than a row to mend
    WORK_UNKNOWN = "work-unknown"  # kind
    SHIFT_TOO_LONG = "shift-too-long"  # hours, limit
    CYCLE_UNREADABLE = "cycle-unreadable"  # value, limit
    EVENT_UNREADABLE = "event-unreadable"  # an event without a beginning that can be read
    EVENT_ZONE_UNKNOWN = "event-zone-unknown"
    RECURRENCE_REFUSED = "recurrence-refused"  # neither every so many days nor every so many weeks
    # Rejected: classes.
    SESSIONS_UNREADABLE = "sessions-unreadable"  # value
    TOPIC_HOURS_UNREADABLE = "topic-hours-unreadable"  # value
    TOPIC_HOURS_TOO_MANY = "topic-hours-too-many"  # value, limit: more than the class has
    SESSION_OUTSIDE = "session-outside"  # on, start, end: a session on a day on which there is no class
    CLASS_TOO_LONG = "class-too-long"  # days, limit
    CLASS_STATUS_UNKNOWN = "class-status-unknown"  # status
    # Rejected: rotations.
    WORKS_UNREADABLE = "works-unreadable"  # value: neither days of the week nor days of the rotation
    # Corrected: the row is kept, with another value than the cell; facts are column, old, new.
    HIDDEN_CHARACTERS_REMOVED = "hidden-characters-removed"  # control, direction or zero-width characters
    BADGE_TIDIED = "badge-tidied"  # "#214" or "214.0" for 214
    HOURS_FROM_MINUTES = "hours-from-minutes"  # "240 min"
    HOURS_FROM_CLOCK = "hours-from-clock"  # "1:30"
    HOURS_DECIMAL_COMMA = "hours-decimal-comma"  # "4,5"
    HOURS_FROM_FRACTION = "hours-from-fraction"  # "1 1/2"
    DATE_FROM_SERIAL = "date-from-serial"  # a spreadsheet's day number, after a person said so
    CENTURY_FROM_ANSWER = "century-from-answer"  # a two-digit year, after a person said which century
    EXPIRY_AT_MONTH_END = "expiry-at-month-end"  # "02/2028" on a card runs to the end of the month
    WINDOW_END_CLOSED = "window-end-closed"  # an end of 1/1/1950 is the state's way to write closed
    RANK_TAKEN_FROM_NAME = "rank-taken-from-name"  # "Sgt. Kim Okafor"
    EMAIL_LEFT_OUT = "email-left-out"  # not an address
    DIRECTORY_ID_LEFT_OUT = "directory-id-left-out"  # not an id of the Microsoft directory
    PHONE_LEFT_OUT = "phone-left-out"  # not a number that can be dialled
    ROLE_LEFT_OUT = "role-left-out"  # not one of the roles
    STATE_LEFT_OUT = "state-left-out"  # not a state of the United States
    TIME_ZONE_LEFT_OUT = "time-zone-left-out"  # not a zone of the time-zone database
    APPROVAL_LEFT_OUT = "approval-left-out"  # neither yes nor no
    SEATS_LEFT_OUT = "seats-left-out"  # not a number of seats
    COST_LEFT_OUT = "cost-left-out"  # not an amount of dollars
    MILES_LEFT_OUT = "miles-left-out"  # not a whole number of miles
    LINK_LEFT_OUT = "link-left-out"  # not an address of the web
    SUPERVISOR_LEFT_OUT = "supervisor-left-out"  # not a badge number, or the person's own
    # Doubtful: the row is kept and taken both ways.
    DATE_MISSING = "date-missing"  # column
    DATE_TOO_OLD = "date-too-old"  # column, value: before anyone now in service could have trained
    DATE_FAR_FUTURE = "date-far-future"  # column, value
    DATE_IN_FUTURE = "date-in-future"  # column, value: something that has happened cannot lie ahead
    DATE_ZONE_UNCLEAR = "date-zone-unclear"  # column, value: a UTC instant may be the next local day
    DUPLICATE_SUSPECTED = "duplicate-suspected"  # line: the same class is on an earlier line
    MARKED_FOR_DELETION = "marked-for-deletion"  # course_number: the state means to drop this row
    STATUS_MISSING = "status-missing"  # other rows of the file have a status
    STATUS_UNKNOWN = "status-unknown"  # status
    CARD_DATES_DOUBTFUL = "card-dates-doubtful"  # issued_on, expires_on: equal or swapped
    CERTIFICATE_STATUS_UNCLEAR = "certificate-status-unclear"  # status
    CLAIMED = "claimed"  # status: somebody says so, and no evidence of it is held
    ACTION_UNKNOWN = "action-unknown"  # action
    LEAVE_NOT_CLOSED = "leave-not-closed"  # line: a second leave began and no return stands between
    # Noted: nothing about the row is in doubt.
    TAUGHT = "taught"  # status: the person instructed; the state gives no credit for it
    NOT_FINISHED = "status-not-finished"  # status: registered, required, in progress
    NOT_PASSED = "status-not-passed"  # status: failed, no show, cancelled
    BOOKKEEPING = "bookkeeping"  # course_number: the state's own ledger row, not training
    TOOK_AND_TAUGHT = "took-and-taught"  # line: the other half of the day
    LEAVE_ENDED_BY_SEPARATION = "leave-ended-by-separation"  # on
    CARD_UNKNOWN = "card-unknown"  # card: kept under the words given
    FORMULA_AS_TEXT = "formula-as-text"  # column: kept as text, never computed
    # Skipped: understood, and not for this table.
    HEADER_REPEATED = "header-repeated"
    TOTALS_LINE = "totals-line"
    ROW_REPEATED = "row-repeated"  # line: a roster row that says the same as an earlier one
    NOT_A_CARD = "not-a-card"  # card: a signed code of ethics is evidence, not a card
    NOT_LEAVE = "not-leave"  # action: belongs to the employment table
    LEAVE_RETURN_USED = "leave-return-used"  # line: this return closed the leave on that line
    CLASS_OVER = "class-over"  # on: nobody can take it any more
    SHIFT_FAR = "shift-far"  # on: too long ago, or too far ahead, to be anybody's next shift


@dataclass(frozen=True, slots=True)
class RowReason:
    """One code with its facts, ready for the catalogue."""

    code: RowCode
    facts: Facts = ()


@dataclass(frozen=True, slots=True)
class TableRefusal:
    """Why nothing of the file was read."""

    code: FileCode
    facts: Facts = ()


@dataclass(frozen=True, slots=True)
class Noticed:
    """Something about the file that the preview shows and that stops nothing."""

    code: FileNote
    facts: Facts = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FileQuestion:
    """One thing to ask before rows are read; ``options`` are ready to be given back.

    For columns an option is ``COLUMN=HEADER`` (``COLUMN=`` means none of them), for dates ``COLUMN=ANSWER``.
    """

    code: QuestionCode
    column: str
    options: tuple[str, ...]
    facts: Facts = ()
