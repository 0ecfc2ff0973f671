"""Twenty faults against real processes and databases: ``python -m tests.faults`` makes them and says what became of it.

Not collected with the tests, but for a small part; docs/faults.md says what each scenario does and what it takes to
pass.
"""
