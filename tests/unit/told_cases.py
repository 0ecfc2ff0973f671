"""Words that officers write beside a file, and what each of them tells."""

from pathlib import Path

CASES = Path(__file__).parents[1] / "cases" / "certificates" / "told.jsonl"
