"""Fictional records of any size, made once: as an edition, and as a file for pandas."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from kyodo_geo.editions import Edition, EditionStore
from kyodo_geo.editions.migrations import needs_upgrade, upgrade
from kyodo_geo.seed.demo import publish_demo
from kyodo_geo.vocabulary import KNOWN_FORMS, ActorType

ROOT = Path(__file__).parents[1]
CACHE = Path(os.environ.get("KYODO_BENCH_DIR", Path.home() / ".cache" / "kyodo-bench"))

# One row an activity and district, sets as one true-or-false column a term: the shape in
# which pandas filters fastest. Text columns of few values are categories once loaded.
FOR_PANDAS = """
COPY (
    SELECT a.id, a.title, p.place_id AS district_id, p.label AS district, p.region,
           a.fiscal_year, a.start_date, a.participants_count, a.source, {flags}
    FROM activity AS a
    JOIN place AS p ON p.kind = 'district' AND a.district_mask & p.mask <> 0
    JOIN code AS kyodo ON kyodo.kind = 'scope' AND kyodo.id = 'citizen_only'
    JOIN code AS city ON city.kind = 'scope' AND city.id = 'city_only'
    WHERE a.scope_mask & ~(kyodo.bit | city.bit) <> 0
) TO '{target}' (FORMAT parquet)
"""


def data_dir(activities_count: int) -> Path:
    """A data folder with a fictional edition of that size."""
    folder = CACHE / f"demo-{activities_count}"
    store = EditionStore(folder / "editions")
    if not store.numbers():
        print(f"making {activities_count:,} fictional activities in {folder} …", flush=True)
        publish_demo(store, activities_count)
    elif needs_upgrade(store):
        print(f"upgrading {folder} …", flush=True)
        upgrade(store)
    return folder


def open_edition(activities_count: int) -> Edition:
    """That edition, open."""
    return EditionStore(data_dir(activities_count) / "editions").current()


def pandas_dir(activities_count: int) -> Path:
    """The same activities for the tutorial: `activities.parquet`, `districts.geojson`."""
    folder = CACHE / f"pandas-{activities_count}"
    target = folder / "activities.parquet"
    if not target.exists():
        folder.mkdir(parents=True, exist_ok=True)
        draft = target.with_suffix(".draft")
        query = FOR_PANDAS.format(flags=", ".join(_flags()), target=draft)
        open_edition(activities_count).cursor().execute(query)
        draft.rename(target)
    shutil.copyfile(ROOT / "data" / "districts.geojson", folder / "districts.geojson")
    return folder


def _flags() -> list[str]:
    columns = (("form_mask", KNOWN_FORMS), ("actor_mask", tuple(ActorType)))
    return [
        f'a.{mask} & {term.bit} <> 0 AS "{term.label}"' for mask, terms in columns for term in terms
    ]
