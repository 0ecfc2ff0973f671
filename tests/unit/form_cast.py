"""A form with a field of every kind."""

from datetime import date
from decimal import Decimal

from messages import model

FORM = model.Form(
    title="Completion",
    route="record",
    submit="Send",
    fields=(
        model.TextField(name="title", label="Title", value="Autism Response"),
        model.DateField(name="on", label="Date", value=date(2027, 3, 9), error="That day has not come yet."),
        model.NumberField(name="hours", label="Hours", value=Decimal("4.0")),
        model.ChoiceField(
            name="topic",
            label="Topic",
            choices=(model.Choice("autism", "Autism"), model.Choice("evoc", "Emergency driving")),
            value=("autism",),
        ),
        model.FileField(name="file", label="Certificate"),
    ),
)
