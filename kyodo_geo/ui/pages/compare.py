"""Parts of the comparison: two or three districts side by side, beside the city."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kyodo_geo.editions import Edition
from kyodo_geo.measures.districts.profile import Profile
from kyodo_geo.measures.places.composition import Mix
from kyodo_geo.measures.places.time_series import highest_bar
from kyodo_geo.ui.components import prose
from kyodo_geo.ui.components.data_table import row_table, texts
from kyodo_geo.ui.components.district_figures import year_chart
from kyodo_geo.ui.components.district_picker import picker
from kyodo_geo.ui.components.image_buttons import image_buttons
from kyodo_geo.ui.components.parts import Button, Column, Link, Part
from kyodo_geo.ui.state import view_state
from kyodo_geo.vocabulary import KNOWN_FORMS, ActorType, Field, Term

CHOOSE = "比べる地区を、上の「地区」から2つか3つ選んでください。"


def chosen(edition: Edition) -> tuple[str, ...]:
    """The districts to compare, in the order of the address."""
    return tuple(id_ for id_ in view_state.places() if id_ in edition.district_by_id)


def invitation(edition: Edition, profiles: Sequence[Profile]) -> tuple[Part, ...]:
    """What to do where fewer than two districts are chosen: the ones most alike are near."""
    if len(profiles) > 1:
        return ()
    notice = prose.notice(CHOOSE)
    if not profiles:
        return notice, *picker(edition)[1:]
    here = profiles[0].district.district_id
    items = [
        Button(
            f"{kin.district.full_name}（活動が似ている）",
            {"district": [here, kin.district.district_id]},
        )
        for kin in profiles[0].similar
    ]
    return (notice, prose.buttons(*items)) if items else (notice,)


def figures(profiles: Sequence[Profile]) -> tuple[Part, ...]:
    """The figures of each district with its rank, beside the city's."""
    rows = []
    for n, figure in enumerate(profiles[0].figures):
        cells = [f"{figure.text(p.district.district_id)}　{p.rank_text(figure)}" for p in profiles]
        rows.append((str(n), (figure.label, *cells, figure.text("ALL"))))
    few = [f"{p.district.full_name}は{p.few}" for p in profiles if p.few]
    return (
        prose.section("数値"),
        row_table(
            "数値と、値のある地区の中での順位。市全体の件数と参加者数は合計です。",
            _columns("指標", profiles),
            rows,
        ),
        *(prose.paragraph(text) for text in few),
    )


def mixes(profiles: Sequence[Profile]) -> tuple[Part, ...]:
    """Forms, actor types and fields of each district: counts with their shares."""
    tables = (
        ("形態", KNOWN_FORMS, "件数は延べ、割合は形態のわかる延べ件数に占める割合です。"),
        ("主体", ActorType, "その主体が参加した活動の件数と、実件数に占める割合です。"),
        ("分野", Field, "その分野の活動の件数と、実件数に占める割合です。"),
    )
    parts: list[Part] = []
    for name, vocabulary, caption in tables:
        parts += [prose.section(name), _mix_table(name, vocabulary, caption, profiles)]
    return tuple(parts)


def years(profiles: Sequence[Profile]) -> tuple[Part, ...]:
    """The years of each district, one chart below the other on one scale."""
    highest = max(highest_bar(profile.years) for profile in profiles)
    parts: list[Part] = [prose.section("年度ごとの変化")]
    for profile in profiles:
        parts += [prose.heading(profile.district.full_name), year_chart(profile.years, highest)]
    return (*parts, *image_buttons("compare"))


def ways_on(profiles: Sequence[Profile]) -> Part:
    """Links to each district's own page and back to the map."""
    texts = {key: value for key, value in view_state.view().items() if key != "district"}
    items = [
        Link(
            f"{p.district.full_name}のカルテ",
            "district",
            texts | {"district": [p.district.district_id]},
        )
        for p in profiles
    ]
    back = Link("地図に戻る（同じ絞り込み）", "density", view_state.map_view())
    return prose.links(*items, back)


def _mix_table(
    name: str, vocabulary: Iterable[Term], caption: str, profiles: Sequence[Profile]
) -> Part:
    mixes = [*(profile.mix for profile in profiles), profiles[0].city]
    rows = [
        (str(term), (term.label, *(_count_and_share(mix, term) for mix in mixes)))
        for term in vocabulary
    ]
    return row_table(caption, _columns(name, profiles), rows)


def _count_and_share(mix: Mix, term: Term) -> str:
    share = mix.share(term)
    return "データなし" if share is None else f"{mix.count(term):,}件（{share * 100:.1f}％）"


def _columns(first: str, profiles: Sequence[Profile]) -> list[Column]:
    return texts(first, *(p.district.full_name for p in profiles), "市全体")
