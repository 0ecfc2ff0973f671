import os, time, sys

sys.path.insert(0, os.getcwd())
import pytest
from sqlalchemy import text


def test_pg(lakemont_server):
    s = lakemont_server
    with s.admin.connect() as c:
        for q in (
            "select version()",
            "show jit",
            "show shared_buffers",
            "select pg_jit_available()",
            "select pg_database_size('lakemont_template')",
            "show wal_level",
            "show max_parallel_workers_per_gather",
            "show ssl",
            "show wal_compression",
        ):
            print(q, c.execute(text(q)).scalar())
        d = c.execute(text("SHOW data_directory")).scalar()
        pm = int(open(d + "/postmaster.pid").readline())

    def cpu():
        def st(p):
            f = open(f"/proc/{p}/stat").read().rsplit(")", 1)[1].split()
            return sum(map(int, f[11:15])) / 100

        import subprocess

        kids = subprocess.run(["pgrep", "-P", str(pm)], capture_output=True, text=True).stdout.split()
        t = st(pm)
        for k in kids:
            try:
                t += st(k)
            except OSError:
                pass
        return t

    for strat in ("WAL_LOG", "FILE_COPY", "WAL_LOG", "FILE_COPY"):
        a = cpu()
        w = time.time()
        for i in range(20):
            s.run(f"CREATE DATABASE x{i} TEMPLATE lakemont_template STRATEGY {strat}")
        b = cpu()
        w2 = time.time()
        for i in range(20):
            s.run(f"DROP DATABASE x{i} WITH (FORCE)")
        c = cpu()
        print(strat, "create", (b - a) / 20, (w2 - w) / 20, "drop", (c - b) / 20, (time.time() - w2) / 20)
