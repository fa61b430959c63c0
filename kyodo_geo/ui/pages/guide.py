"""Parts of 協働の指針: the list of its parts, a part's texts, its terms with the record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from kyodo_geo.editions import Edition
from kyodo_geo.filters.query_string import texts_from_filters
from kyodo_geo.graphics.guideline_charts import BANDS_SIDES, band_slopes
from kyodo_geo.guideline import guide_text
from kyodo_geo.guideline.guide_text import (
    Block,
    TermRun,
    shipped_guide,
)
from kyodo_geo.guideline.guide_text import Ruby as GuideRuby
from kyodo_geo.guideline.term_counts import activities_in, band_share, view_of
from kyodo_geo.measures.places.forms import bands_of
from kyodo_geo.ui.components import charts, option_bar, prose
from kyodo_geo.ui.components.form_choice import dialogue
from kyodo_geo.ui.components.image_buttons import image_buttons
from kyodo_geo.ui.components.parts import (
    Box,
    Button,
    Contents,
    Entries,
    Entry,
    Link,
    List,
    Part,
    Ruby,
    Steps,
    Text,
)
from kyodo_geo.ui.components.parts import Term as TermName
from kyodo_geo.ui.state import view_state
from kyodo_geo.ui.state.page_options import PLAIN
from kyodo_geo.vocabulary import (
    CONTEXT_SCOPES,
    SCOPE_FORMS,
    VOCABULARIES,
    ActorType,
    Form,
    Scope,
    Term,
)

CHOOSE, BANDS = "choose", "bands"
NOT_ON_RECORD = "記録にはまだありません。"


def chosen_part() -> guide_text.GuidePart:
    """The part that the address names, else the first."""
    guide = shipped_guide()
    known = [part.part_id for part in guide.parts]
    return guide.part(view_state.option("part", known, known[0]))


def contents() -> Part:
    """The list of the parts, the one shown marked."""
    items = [(part.part_id, part.title) for part in shipped_guide().parts]
    return Contents(items, chosen_part().part_id)


def part_content(edition: Edition) -> tuple[Part, ...]:
    """The chosen part: its texts, and its terms or the questions of 形態えらび."""
    part, is_plain = chosen_part(), _is_plain()
    blocks = [_block(block, is_plain) for block in (part.plain if is_plain else part.text)]
    heading = Text([part.title, prose.small(part.chapter)], "h2")
    guide_text = Box([heading, *blocks], "kg-prose", part.title)
    if part.part_id == CHOOSE:
        return guide_text, *dialogue(edition, is_plain)
    terms = [term for name in part.vocabularies for term in VOCABULARIES[name]]
    chosen = next((term for term in terms if str(term) == view_state.text_option("term")), None)
    if part.part_id == BANDS:
        return guide_text, *_bands(edition, terms, chosen, is_plain)
    if not terms:
        return (guide_text,)
    return guide_text, _entries(edition, terms, chosen, is_plain, scrolls="center")


def steps() -> Part:
    """The ways to the part before and to the one after."""
    parts = shipped_guide().parts
    here = parts.index(chosen_part())
    items = []
    if here > 0:
        before = parts[here - 1]
        items.append((before.part_id, f"← 前へ　{before.title}"))
    if here + 1 < len(parts):
        after = parts[here + 1]
        items.append((after.part_id, f"次へ　{after.title} →"))
    return Steps(items)


def _is_plain() -> bool:
    return bool(option_bar.chosen(PLAIN))


def _bands(
    edition: Edition, terms: Sequence[Term], chosen: Term | None, is_plain: bool
) -> tuple[Part, ...]:
    """The picture of the bands; below it the band that is chosen, else all."""
    picture = charts.slopes(band_slopes(chosen), reversed(BANDS_SIDES))
    shown = [chosen] if chosen else terms
    listed = _entries(edition, shown, chosen, is_plain, scrolls="nearest")
    if not chosen:
        return picture, *image_buttons("guide"), listed
    every = prose.buttons(Button("すべての範囲を見る", {"term": []}))
    return picture, *image_buttons("guide"), listed, every


def _entries(
    edition: Edition,
    terms: Iterable[Term],
    chosen: Term | None,
    is_plain: bool,
    *,
    scrolls: Literal["center", "nearest"],
) -> Part:
    """Terms with what is on record; `scrolls` is where in the window the chosen one goes."""
    items = [_entry(edition, term, is_plain, term is chosen) for term in terms]
    title = "用語と記録" if any(view_of(term) is not None for term in terms) else "用語"
    return Entries("ことばの 意味" if is_plain else title, items, scrolls)


def _entry(edition: Edition, term: Term, is_plain: bool, is_marked: bool) -> Entry:
    text = shipped_guide().text_of(term)
    lines = (text.plain,) if is_plain else (f"{term.definition}。", text.more)
    content = [
        *(prose.paragraph(line) for line in lines if line),
        *_facts(term),
        *_on_record(edition, term),
    ]
    return Entry(prose.term_key(term), text.yomi if is_plain else "", content, is_marked)


def _facts(term: Term) -> tuple[Part, ...]:
    """What the guideline pairs with a form or a band, as terms."""
    if isinstance(term, Scope) and (forms := SCOPE_FORMS.get(term)):
        return (prose.notes([("指針が挙げる形態", prose.term_names(forms))]),)
    if isinstance(term, Form) and (bands := bands_of(term)):
        return (prose.notes([("範囲", prose.term_names(bands))]),)
    return ()


def _on_record(edition: Edition, term: Term) -> tuple[Part, ...]:
    """How many activities carry a term, in words, and the way to them; empty where none can."""
    filters = view_of(term)
    if filters is None:
        return ()
    count = activities_in(edition, filters)
    if not count:
        return (Text(NOT_ON_RECORD, style="kg-count"),)
    link = Link(f"{count:,}件の活動を見る", "activities", texts_from_filters(filters))
    return (Text([_count(edition, term, count), link], style="kg-count"),)


def _count(edition: Edition, term: Term, count: int) -> str:
    if isinstance(term, Form):
        implied = "" if term is Form.UNKNOWN else "（推定を含みます）"
        return f"記録は{count:,}件です{implied}。"
    if isinstance(term, ActorType):
        return f"この主体が加わった協働は{count:,}件です。"
    if term in CONTEXT_SCOPES:
        return f"記録は{count:,}件です（参考。協働の件数には入りません）。"
    if isinstance(term, Scope) and term in SCOPE_FORMS:
        share = band_share(edition, term)
        return (
            f"この範囲に入りうる協働は{share.possible:,}件です。この範囲だけに決まるのは"
            f"{share.only:,}件（うち資料に範囲の記載があるもの{share.recorded:,}件）です。"
        )
    return f"記録は{count:,}件です。"


def _block(block: Block, is_plain: bool) -> Part:
    lines = [[_run(run, is_plain) for run in runs] for runs in block.items]
    if block.kind == "list":
        return List(lines)
    return Text(lines[0], "h3" if block.kind == "heading" else "p")


def _run(run: str | TermRun | GuideRuby, is_plain: bool) -> str | Part:
    if isinstance(run, str):
        return run
    if isinstance(run, GuideRuby):
        return Ruby(run.base, run.kana)
    yomi = shipped_guide().text_of(run.term).yomi if is_plain and not run.words else ""
    return TermName(prose.term_key(run.term), run.words, yomi)
