"""What the process has read that programs are forked from: the modules that they run, and the sentences."""

from importlib import import_module

from messages.words import load

for module in (
    "bot.commands.demo",
    "bot.commands.serve",
    "bot.commands.work",
    "tests.integration.service_with_a_door",
    "tests.integration.service_with_an_odd_reader",
):
    import_module(module)
load()
