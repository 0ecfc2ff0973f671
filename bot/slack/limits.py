"""How much does Slack take? Every number of its blocks, views and messages, each with where it is written.

A text is measured as Slack's own clients do, in UTF-16 units, so that a character outside of the first plane counts
as two; a number below is never passed, whichever way the server counts.
"""

# https://docs.slack.dev/reference/block-kit/blocks
BLOCKS_OF_A_MESSAGE = 50
BLOCKS_OF_A_VIEW = 100
# https://docs.slack.dev/reference/block-kit/blocks: section, header, context and actions
SECTION_TEXT = 3_000
HEADER_TEXT = 150
ACTIONS_ELEMENTS = 25
# https://docs.slack.dev/reference/block-kit/blocks/image-block
IMAGE_ALT_TEXT = 2_000
# https://docs.slack.dev/reference/block-kit/blocks/input-block
INPUT_LABEL = 2_000
INPUT_HINT = 2_000
# https://docs.slack.dev/reference/block-kit/blocks/table-block; the header is one of the rows.
TABLE_ROWS = 100
TABLE_COLUMNS = 20
TABLES_OF_A_MESSAGE = 1
# https://docs.slack.dev/reference/block-kit/blocks/data-table-block: over all cells of a message.
TABLE_CHARACTERS = 10_000
# https://docs.slack.dev/reference/block-kit/block-elements/button-element
BUTTON_TEXT = 75
BUTTON_VALUE = 2_000
BUTTON_URL = 3_000
# https://docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element
INPUT_TEXT = 3_000
# https://docs.slack.dev/reference/block-kit/block-elements: radio buttons and checkboxes, selects, options of a select
FEW_CHOICES = 10
SELECT_OPTIONS = 100
SELECT_GROUPS = 100
OPTION_TEXT = 75
OPTION_VALUE = 150
# https://docs.slack.dev/reference/block-kit/block-elements/file-input-element
FILES_OF_AN_INPUT = 10
# https://docs.slack.dev/reference/block-kit/blocks/rich-text-block
LIST_INDENT = 8
# https://docs.slack.dev/reference/block-kit/blocks: action_id and block_id
IDENTIFIER = 255
# https://docs.slack.dev/reference/views
VIEW_TITLE = 24
VIEW_SUBMIT = 24
PRIVATE_METADATA = 3_000
CALLBACK_ID = 255
VIEW_BYTES = 250_000
# https://docs.slack.dev/reference/methods/chat.postMessage: recommended for the text beside the blocks.
MESSAGE_TEXT = 4_000
# Not documented: https://github.com/slackapi/bolt-js/issues/2509 saw ``msg_blocks_too_long`` beyond 13,297 characters
# in one block, and beyond 13,172 with a divider besides: a block costs 125 besides its text. We count all
# that is sent and these 125 on top, so that the true measure is smaller, whatever it is.
BLOCKS_CHARACTERS = 13_000
COST_OF_A_BLOCK = 125
