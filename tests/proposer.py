"""A process that proposes or decides: python proposer.py WHAT FOLDER ARGUMENT [STEP].

WHAT is propose (ARGUMENT: how many), approve or send_back (ARGUMENT: number). It says "ready"
and waits for a line before it starts. With STEP it kills itself at that step of the publication.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from kyodo_geo.auth.roles import Person, Role, official
from kyodo_geo.editions import EditionStore
from kyodo_geo.errors import KyodoError
from kyodo_geo.imports.activities.form_entry import entry_from_form
from kyodo_geo.proposals.decide import approve, send_back
from kyodo_geo.proposals.submit import propose

NEW = {"fiscal_year": "2024", "district_ids": "C03", "actors": "地域団体;市", "field": "環境・美化"}


def main(what: str, folder: str, argument: str, last_step: str | None = None) -> None:
    store = EditionStore(Path(folder))

    def on_step(step: str) -> None:
        if step == last_step:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    me = f"{what}-{os.getpid()}"
    if what == "propose":
        for n in range(int(argument)):
            entry = entry_from_form(NEW | {"title": f"{me}の{n}番目"}, "", {})
            propose(store, entry, Person(me, Role.COUNCIL, "C03"), "見てください")
        return
    try:
        if what == "approve":
            approve(store, int(argument), official(me), store.current().info.number, "", on_step)
        else:
            send_back(store, int(argument), official(me), "直してください")
    except KyodoError as error:
        sys.stdout.write(error.sentence)
        sys.exit(1)


if __name__ == "__main__":
    main(*sys.argv[1:])
