"""A process that publishes editions: python publisher.py FOLDER NAME COUNT [STEP].

Each edition adds one activity, NAME-1 to NAME-COUNT. It says "ready" and waits for a
line before it starts. With STEP it kills itself at that step.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import duckdb

from kyodo_geo.editions import EditionStore, Publication

COPY = "INSERT INTO activity SELECT * REPLACE (? AS id) FROM activity WHERE id = 'P0001'"


def publish(store: EditionStore, name: str, last_step: str | None = None) -> int:
    """Publish the current edition plus one activity."""

    def change(con: duckdb.DuckDBPyConnection) -> None:
        con.execute(COPY, [name])

    def on_step(step: str) -> None:
        if step == last_step:
            os.kill(os.getpid(), signal.SIGKILL)

    return store.publish(change, Publication("test", "test", name), on_step)


def main(folder: str, name: str, count: str, last_step: str | None = None) -> None:
    store = EditionStore(Path(folder))
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    for number in range(1, int(count) + 1):
        publish(store, f"{name}-{number}", last_step)


if __name__ == "__main__":
    main(*sys.argv[1:])
