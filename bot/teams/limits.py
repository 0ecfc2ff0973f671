"""How much does Teams take? Every number of its messages, cards and dialogs, each with where it is written.

Sizes are counted as Teams counts them, in UTF-16; one unit is two bytes.
"""

# https://learn.microsoft.com/microsoftteams/platform/bots/how-to/format-your-bot-messages: about 100 KB in UTF-16, with
# everything around it. Some clients and clouds held on to the older 28 KB, and nobody reads more at once.
ACTIVITY_UNITS = 28 * 1_024 // 2
# What an activity carries besides its card: who, where, answer to what, the summary.
AROUND_A_CARD = 1_500
CARD_UNITS = ACTIVITY_UNITS - AROUND_A_CARD
# A dialog is no message: of the same 100 KB, with room to spare. Long lists of choices need more than 28.
DIALOG_UNITS = 80 * 1_024 // 2
# https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/cards-reference: more are hidden.
ACTIONS_OF_A_CARD = 6
# Not documented: one line, which is cut off where the button ends; a phone shows about this much.
BUTTON_TEXT = 40
# Ours: what a button carries is an id. It goes out twice, for newer and for older clients.
BUTTON_VALUE = 500
ROUTE = 64
# Ours: a longer address is none that a person would follow.
ADDRESS = 2_000
# Ours: what a list of chats or a toast shows of a message, and a client that shows no card.
SUMMARY = 250
FALLBACK = 500
# Ours: a message of words alone; anything longer is drawn, so that it can end with MORE.
MESSAGE_TEXT = 4_000
# Ours: up to here all choices are seen at once, without opening a list, on a phone as well.
FEW_CHOICES = 6
INPUT_TEXT = 3_000
# Ours: longer than any label, hint or choice that can be read through on a phone.
INPUT_LABEL = 300
BESIDE_AN_INPUT = 600
CHOICE_TEXT = 120
DIALOG_TITLE = 60
