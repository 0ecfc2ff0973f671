"""A file into which nobody might write when it was opened: once they may, this process writes without a new start."""

from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from db.engine import make_engine


def test_a_connection_that_may_not_write_is_given_up_with_all_beside_it(tmp_path: Path) -> None:
    """Nobody may write through it for good; ``make faults`` has the same with the mode of a real file."""
    engine = make_engine(f"sqlite:///{tmp_path / 'record.db'}")
    with engine.connect() as beside:
        beside.exec_driver_sql("SELECT 1")
    before = engine.pool
    with engine.connect() as conn:
        conn.exec_driver_sql("PRAGMA query_only = ON")
        with pytest.raises(OperationalError):
            conn.exec_driver_sql("CREATE TABLE anything (id INTEGER)")
        assert conn.invalidated
    assert engine.pool is not before
    with engine.begin() as conn:
        conn.exec_driver_sql("PRAGMA query_only = OFF")
        conn.exec_driver_sql("CREATE TABLE anything (id INTEGER)")
    engine.dispose()
