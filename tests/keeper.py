"""A process that undoes, backs up or restores: python keeper.py WHAT FOLDER ARGUMENT [STEP].

WHAT is undo (ARGUMENT: number), back_up or restore (ARGUMENT: file). It says "ready" and
waits for a line before it starts. With STEP it kills itself the first time it is there.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from kyodo_geo.auth.roles import official
from kyodo_geo.editions import EditionStore
from kyodo_geo.editions.backup import back_up, restore
from kyodo_geo.editions.diff import undo


def main(what: str, folder: str, argument: str, last_step: str | None = None) -> None:
    store = EditionStore(Path(folder))

    def on_step(step: str) -> None:
        if step == last_step:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    if what == "undo":
        undo(store, int(argument), official("test"), on_step)
    elif what == "back_up":
        back_up(store, Path(argument), on_step=on_step)
    else:
        restore(store, Path(argument), on_step=on_step)


if __name__ == "__main__":
    main(*sys.argv[1:])
