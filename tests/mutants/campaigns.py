"""Which modules are broken, and which tests have to notice?"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Campaign:
    """``modules`` and ``tests`` are paths or patterns; ``sample`` is how many are drawn, 0 for all there are."""

    modules: tuple[str, ...]
    tests: tuple[str, ...]
    sample: int


CAMPAIGNS: Mapping[str, Campaign] = {
    "rules": Campaign(
        modules=("rules/**/*.py",),
        # Not test_rules_reasons and test_rules_version, which read the code itself, and would find all mutants in it at
        # once; nor the properties, which take a minute for each mutant and are only asked about what survives.
        tests=(
            "tests/unit/test_rules_by_year.py",
            "tests/unit/test_rules_calendar.py",
            "tests/unit/test_rules_cases.py",
            "tests/unit/test_rules_diff.py",
            "tests/unit/test_rules_edges.py",
            "tests/unit/test_rules_false_alarm.py",
            "tests/unit/test_rules_false_yes.py",
            "tests/unit/test_rules_hostile.py",
            "tests/unit/test_rules_list.py",
            "tests/unit/test_rules_returns.py",
            "tests/unit/test_rules_told.py",
            "tests/unit/test_rules_working.py",
            "tests/unit/test_cases_read.py",
            "tests/unit/test_packs_*.py",
            "tests/unit/test_told_cases.py",
        ),
        sample=500,
    ),
    "permissions": Campaign(
        modules=(
            "training/access.py",
            "training/grants.py",
            "training/permission_table.py",
            "training/permissions.py",
            "training/walls.py",
        ),
        tests=(
            "tests/scenario/test_asking_about_others.py",
            "tests/scenario/test_lateral_walls.py",
            "tests/scenario/test_one_record.py",
            "tests/scenario/test_opened_records.py",
            "tests/scenario/test_protected_people.py",
            "tests/scenario/test_roles_granted.py",
            "tests/scenario/test_walls_grid.py",
            "tests/unit/test_permissions.py",
        ),
        sample=0,
    ),
    "decisions": Campaign(
        modules=(
            "training/content/custody.py",
            "training/content/disposal.py",
            "training/content/holds.py",
            "training/twins/duplicates.py",
            "training/openings.py",
            "training/pack_adoption.py",
            "training/laterals/releases.py",
            "training/tickets.py",
            "training/uploads/review.py",
            "training/uploads/review_rules.py",
            "training/uploads/reviewers.py",
            "training/uploads/second_looks.py",
        ),
        tests=(
            "tests/scenario/test_asking_a_person.py",
            "tests/scenario/test_custody.py",
            "tests/scenario/test_duplicates.py",
            "tests/scenario/test_holds.py",
            "tests/scenario/test_kept_files.py",
            "tests/scenario/test_lateral_intake.py",
            "tests/scenario/test_opened_records.py",
            "tests/scenario/test_pack_adoption.py",
            "tests/scenario/test_protected_people.py",
            "tests/scenario/test_review_rules.py",
            "tests/scenario/test_reviews.py",
            "tests/scenario/test_second_looks.py",
        ),
        sample=200,
    ),
}
