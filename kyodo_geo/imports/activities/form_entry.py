"""Activity written in a form: examined and published like a file with one row.

Texts are keyed by column of the export. Of an activity on record only changed cells count; all
others stay as they are, whatever others have changed meanwhile (decision 25).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from kyodo_geo.auth.roles import Person, Role, require
from kyodo_geo.editions import Edition, EditionStore, Publication
from kyodo_geo.editions.store import OnStep
from kyodo_geo.errors import IntakeError
from kyodo_geo.export.writers.decode_masks import decoded_values
from kyodo_geo.imports.activities.activity_examination import ActivityExamination, plan_table
from kyodo_geo.imports.activities.change_plan import exported_row
from kyodo_geo.imports.activities.current_rows import current_rows
from kyodo_geo.imports.activities.publish_activities import import_writer
from kyodo_geo.imports.activities.table import LABELS as COLUMN_LABELS
from kyodo_geo.imports.activities.table import ActivityTable, SourceColumn
from kyodo_geo.imports.activities.template import choices_of
from kyodo_geo.imports.table_files import csv_file
from kyodo_geo.tabular.column_arrays import DistinctTexts
from kyodo_geo.tabular.findings import Checked
from kyodo_geo.vocabulary import Scope

ROW = 1
"""Number of the only row."""

EDIT = "記録を直す"


class FieldKind(StrEnum):
    """Kind of a form field."""

    LINE = "line"
    PROSE = "prose"
    LINES = "lines"
    ONE = "one"
    SEVERAL = "several"


@dataclass(frozen=True)
class EntryField:
    """Field of the form; `name` is that of the export's column."""

    name: str
    kind: FieldKind = FieldKind.LINE
    help: str = ""
    example: str = ""
    is_required: bool = False

    @property
    def label(self) -> str:
        """Japanese label."""
        return LABELS[self.name]


LABELS = COLUMN_LABELS | {"district_ids": "地区", "scopes": "資料に記された範囲"}

SECTIONS: Mapping[str, tuple[EntryField, ...]] = {
    "何をしたか": (
        EntryField("title", help="活動の名称です。", is_required=True),
        EntryField("summary", FieldKind.PROSE, "だれが、何をしたかを短く書きます。"),
        EntryField("field", FieldKind.ONE, "空欄なら「その他」になります。"),
        EntryField("status", FieldKind.ONE, "空欄なら「実施」になります。"),
    ),
    "いつ": (
        EntryField(
            "fiscal_year", help="4月から翌年3月まで。空欄なら開始日から補います。", example="2024"
        ),
        EntryField(
            "continues", help="前の活動を引き継いだときだけ、その番号を書きます。", example="P0001"
        ),
        EntryField(
            "start_date",
            help="令和6年4月1日、R6.4.1 とも書けます。わからなければ空欄にします。",
            example="2024-04-01",
        ),
        EntryField("end_date", help="1日だけの活動は、空欄にします。", example="2024-04-02"),
    ),
    "どこで": (
        EntryField(
            "district_ids",
            FieldKind.SEVERAL,
            "複数の地区でともに行った活動は、すべて選びます。市全体の活動は「全市」です。"
            "選ばなければ地区不明になります。",
        ),
        EntryField("point_lat", help="行われた場所の緯度。空欄は記載なし。", example="39.38853"),
        EntryField("point_lng", help="行われた場所の経度。空欄は記載なし。", example="141.11693"),
    ),
    "だれと、どんな形で": (
        EntryField(
            "actors", FieldKind.SEVERAL, "参加した主体の種類をすべて選びます。", is_required=True
        ),
        EntryField("organisations", FieldKind.LINES, "1行に一つ。個人の氏名や連絡先は書きません。"),
        EntryField("forms_stated", FieldKind.SEVERAL, "資料に書かれている形態です。"),
        EntryField(
            "forms_implied", FieldKind.SEVERAL, "書かれていないが、資料から読み取れる形態です。"
        ),
        EntryField("scopes", FieldKind.ONE, "空欄なら、主体と形態から決まる範囲になります。"),
    ),
    "どれだけ": (
        EntryField("participants_count", help="数だけ。空欄は記載なし、0は参加者がなかったこと。"),
        EntryField("city_cost_yen", help="円。空欄は記載なし、0は負担がなかったこと。"),
    ),
    "何でわかるか": (
        EntryField(
            "source", help="資料のアドレスか名前です。", example="広報はなまき 2024年5月1日号"
        ),
        EntryField("source_date", help="年や年月だけでもかまいません。", example="2024-05-01"),
        EntryField("note", FieldKind.PROSE, "資料の読み取りについての注記です。"),
    ),
}
"""The form: its fields in the order in which people think of them."""

FIELDS = tuple(field for fields in SECTIONS.values() for field in fields)
NAMES = tuple(field.name for field in FIELDS)


@dataclass(frozen=True)
class Entry:
    """Texts written of one activity.

    `activity_id` is empty for a new activity. `texts` are the cells to be changed, by column;
    `before` are all cells of the record when they were written.
    """

    activity_id: str
    texts: Mapping[str, str]
    before: Mapping[str, str]

    @property
    def title(self) -> str:
        """Title of the activity after the change."""
        return self.texts.get("title", self.before.get("title", ""))


@dataclass(frozen=True)
class ComparedCell:
    """Cell that would change: on record when the entry was written, now, and after the change.

    Texts are those of our export; empty where nothing is on record.
    """

    column: str
    before: str
    now: str
    new: str

    @property
    def label(self) -> str:
        """Japanese label of the column."""
        return LABELS[self.column]

    @property
    def is_conflict(self) -> bool:
        """Whether somebody else has changed the cell meanwhile, to something else."""
        return self.now not in (self.before, self.new)


def choices(edition: Edition) -> Mapping[str, Sequence[str]]:
    """List the texts to choose from, per field of kind ONE or SEVERAL."""
    bands = [band.label for band in Scope if band is not Scope.UNDETERMINED]
    return {**choices_of(edition), "scopes": bands}


def on_record(edition: Edition, activity_id: str) -> dict[str, str]:
    """Return the texts of an activity on record, by column (NAMES).

    Raises IntakeError for an activity that is not there.
    """
    current = current_rows(edition, [activity_id])
    if not current.is_there[0]:
        raise IntakeError(
            where=f"活動「{activity_id[:40]}」",
            found=f"{edition.info.label}の記録にありません",
            next_step="活動一覧から選んでください",
        )
    texts = exported_row(current.values, decoded_values(edition))
    return {name: texts[name] for name in NAMES}


def entry_from_form(texts: Mapping[str, str], activity_id: str, before: Mapping[str, str]) -> Entry:
    """Build the entry of a filled-in form from the cells that differ from those before."""
    differing = {
        name: texts[name]
        for name in NAMES
        if name in texts and texts[name].strip() != before.get(name, "").strip()
    }
    return Entry(activity_id, differing, before)


def examine_entry(entry: Entry, edition: Edition, file_name: str = "") -> ActivityExamination:
    """Examine an entry and plan its publication; changes nothing.

    Findings name the field in `column` as LABELS has it. Raises IntakeError for an activity
    that is no longer on record.
    """
    if entry.activity_id:
        on_record(edition, entry.activity_id)
    read = partial(plan_table, Checked(_table(entry)), edition, lambda name: None)
    return ActivityExamination.of(read, as_csv(entry), file_name, edition)


def compared(
    entry: Entry, examination: ActivityExamination, edition: Edition
) -> tuple[ComparedCell, ...]:
    """List the cells that would change, in the order of the form.

    Where the entry is refused, `new` is the text as it was written.
    """
    now = on_record(edition, entry.activity_id) if entry.activity_id else {}
    new = _texts_after(entry, examination, edition)
    return tuple(
        ComparedCell(name, entry.before.get(name, ""), now.get(name, ""), new[name])
        for name in NAMES
        if name in new
    )


def publish_entry(
    store: EditionStore,
    entry: Entry,
    examination: ActivityExamination,
    person: Person,
    on_step: OnStep | None = None,
) -> int:
    """Publish an examined entry; returns the number of the new edition.

    Raises AccessError for anyone but an official, and what `publish_activities.publish` raises.
    """
    require(person, Role.OFFICIAL, EDIT)
    change = import_writer(examination)
    publication = Publication(person.name, EDIT, describe_entry(entry, examination))
    return store.publish(change, publication, on_step)


def describe_entry(entry: Entry, examination: ActivityExamination) -> str:
    """Describe what an entry changes, for the log of editions."""
    assert examination.plan is not None
    activity_id = examination.plan.records.ids[0]
    title = examination.plan.records.values["title"][0]
    if not entry.activity_id:
        return f"{activity_id}「{title}」を追加"
    columns = dict.fromkeys(LABELS[change.column] for change in examination.plan.changes)
    return f"{activity_id}「{title}」を変更（{'、'.join(columns)}）"


def as_csv(entry: Entry) -> bytes:
    """Write an entry as a file that could be imported."""
    rows = [["activity_id", *entry.texts], [entry.activity_id, *entry.texts.values()]]
    return csv_file(rows, "utf-8")


def _table(entry: Entry) -> ActivityTable:
    """The one row: of a new activity all cells, of one on record those that are to change."""
    texts = entry.texts if entry.activity_id else dict.fromkeys(NAMES, "") | dict(entry.texts)
    cells = {"activity_id": entry.activity_id, **texts}
    columns = [
        SourceColumn(LABELS[name], name, DistinctTexts.of([text])) for name, text in cells.items()
    ]
    return ActivityTable("", "", [ROW], columns)


def _texts_after(
    entry: Entry, examination: ActivityExamination, edition: Edition
) -> Mapping[str, str]:
    """The columns that would change, with their texts after the change."""
    assert examination.plan is not None
    if examination.plan.counts["refused"]:
        return entry.texts
    texts = exported_row(examination.plan.records.values, decoded_values(edition))
    if not entry.activity_id:
        return {name: text for name, text in texts.items() if text}
    changed = {change.column for change in examination.plan.changes}
    return {name: text for name, text in texts.items() if name in entry.texts or name in changed}
