"""What can be looked at over a link in this release? A new kind is a line here."""

from training.links.looks import OWN_FILE, kinds_by_name
from training.own_transcripts import OWN_TRANSCRIPT
from training.reminders.proof import REMINDER_PROOF
from training.requests.class_file import CLASS_FILE
from training.uploads.review import REVIEWED
from training.uploads.second_looks import SECOND_LOOK

KINDS = kinds_by_name((CLASS_FILE, OWN_FILE, OWN_TRANSCRIPT, REMINDER_PROOF, REVIEWED, SECOND_LOOK))
