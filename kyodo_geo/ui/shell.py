"""The frame of every page: navigation, title, filters, messages, foot."""

from __future__ import annotations

import logging
from base64 import b64encode
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Literal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.navigation.page import StreamlitPage

from kyodo_geo.city import city
from kyodo_geo.editions import Edition
from kyodo_geo.errors import KyodoError
from kyodo_geo.graphics.context import FEW_RECORDS_NOTE, FICTIONAL
from kyodo_geo.graphics.context import foot as source_of
from kyodo_geo.model import Filters
from kyodo_geo.ui.auth import sign_in
from kyodo_geo.ui.auth.visitor import Visitor, has_sign_in, visitor
from kyodo_geo.ui.components import filter_bar, mount, open_proposals, option_bar, prose, reconnect
from kyodo_geo.ui.components.export_buttons import FILES
from kyodo_geo.ui.components.parts import Box, Head, Link, OptionItem, Part, Source
from kyodo_geo.ui.navigation import PAGES, SECTIONS, START_PAGE, PageCard
from kyodo_geo.ui.runtime import TURN, current_edition, log_detail, store
from kyodo_geo.ui.state import view_state

log = logging.getLogger(__name__)

PAGES_DIR = Path(__file__).resolve().parents[2] / "pages"


@dataclass(frozen=True)
class PageView:
    """What a page shows: the newest edition, narrowed by the filters of this session."""

    card: PageCard
    edition: Edition
    filters: Filters


_STATIC = files("kyodo_geo.ui.components").joinpath("static")
STYLES = ("tokens.css", "page.css", "accessible.css")
EMBEDDED_STYLE = "embedded.css"
SITE = f"Kyodo Geo {city().title}"
RECORD_NOTE = f"記録は公開資料と報告によります。{FEW_RECORDS_NOTE}"
UNEXPECTED = (
    "予期しないエラーで、この部分を表示できません。内容は記録しました。"
    "ページを読み込み直しても続くときは、システムの担当者に知らせてください。"
)
PAGES_OF_ACTIVITIES = ("activities", "cases", "review", "checks")
FIGURES_ONLY = (
    "この版にあるのは件数だけです。地図と表の件数は見られますが、活動の一つ一つ（一覧、事例、出典、"
    "点検、ふりかえり）は、この版では見られません。"
)


def draw() -> None:
    """Draw the page the address names."""
    st.set_page_config(page_title=SITE, layout="wide", page_icon=_icon())
    st.html(f"<style>{_style()}</style>")
    who = visitor()
    position: Literal["hidden", "top"] = "hidden" if st.context.is_embedded else "top"
    page_to_draw = st.navigation(_sections(who), position=position)
    if page_to_draw.url_path in PAGES:
        st.set_page_config(page_title=f"{PAGES[page_to_draw.url_path].title}｜{SITE}")
    sign_in.bar(who)
    page_to_draw.run()
    reconnect.draw_reconnect()


def _sections(who: Visitor) -> dict[str, list[StreamlitPage]]:
    """The pages of a visitor as the navigation takes them."""
    start = st.Page(_to_start_page, title="Kyodo Geo", default=True, visibility="hidden")
    sections = {
        _with_waiting(title, PAGES["proposals"] in cards, who): [
            _page(card, who) for card in cards if _has_address(card, who)
        ]
        for title, cards in SECTIONS.items()
    }
    first, *_ = sections.values()
    first.insert(0, start)
    return sections


def _has_address(card: PageCard, who: Visitor) -> bool:
    """Whether a page is there: where people can sign in it says so, else it is absent."""
    return who.may_use(card.role) or has_sign_in()


def _page(card: PageCard, who: Visitor) -> StreamlitPage:
    return st.Page(
        PAGES_DIR / f"{card.path}.py",
        title=_with_waiting(card.title, card.path == "proposals", who),
        url_path=card.path,
        visibility="visible" if who.may_use(card.role) else "hidden",
    )


def _with_waiting(title: str, leads_to_proposals: bool, who: Visitor) -> str:
    """What the navigation calls a page or a section: with what waits for an official."""
    waiting = open_proposals.count_waiting(who.person) if leads_to_proposals else None
    return f"{title}（{waiting:,}）" if waiting else title


def _to_start_page() -> None:
    # A default page has the address "/" alone; the start page keeps an address of its own.
    address_texts = {name: st.query_params.get_all(name) for name in st.query_params}
    st.switch_page(PAGES_DIR / f"{START_PAGE}.py", query_params=address_texts)


@st.fragment
def show(
    path: str,
    draw_page: Callable[[PageView], None],
    draw_picture: Callable[[PageView], None] | None = None,
) -> None:
    """Draw a page: messages, then what `draw_page` draws; `draw_picture` alone where the page
    is embedded in one of somebody else.

    A fragment, because a click inside it runs this alone: navigation and styles stay.
    """
    with _messages(), TURN:
        edition = _edition_under(PAGES[path].title)
        view_state.open_page(edition, path)
        view_state.write_address()
        for problem in store().problems:
            st.warning(f"{problem.sentence} 代わりに{edition.info.label}を表示しています。")
        if edition.holds_figures_only:
            st.info(FIGURES_ONLY)
        for notice in view_state.notices():
            st.warning(f"アドレスの指定を読み飛ばしました。{notice.sentence}")
        view, who = PageView(PAGES[path], edition, view_state.filters()), visitor()
        if draw_picture and st.context.is_embedded:
            draw_picture(view)
        elif edition.holds_figures_only and path in PAGES_OF_ACTIVITIES:
            _empty(view)
        elif who.may_use(view.card.role):
            draw_page(view)
        else:
            _closed(view, who)
        view_state.write_address()


def _edition_under(title: str) -> Edition:
    """The newest edition; a page of which there is none has its heading all the same."""
    try:
        return current_edition()
    except KyodoError:
        st.html(f"<h1>{title}</h1>")
        raise


def _empty(view: PageView) -> None:
    """A page about activities that an edition of figures does not hold: the message says so."""
    mount.draw(view.edition, "kg_top", head(view))
    mount.draw(view.edition, "kg_end", foot(view))


def _closed(view: PageView, who: Visitor) -> None:
    """A page that does not open for this visitor: why, and the way in."""
    why = sign_in.why_closed(who, view.card.title, view.card.role)
    mount.draw(view.edition, "kg_top", head(view), prose.notice(why))
    sign_in.draw_sign_in_button(who, "kg_way_in")
    mount.draw(view.edition, "kg_end", foot(view))


def top(
    view: PageView, *items: OptionItem, without: Sequence[str] = (), notes: Sequence[Part] = ()
) -> None:
    """Head, filter row and the sentence that says what it holds; the page's choices.

    `without` are filters the page has no use for, `notes` stand below the choices.
    """
    rows = [option_bar.row(*items)] if items else []
    mount.draw(
        view.edition,
        "kg_top",
        head(view),
        filter_bar.row(without),
        filter_bar.sentence(view.edition, view.filters),
        *filter_bar.empty_state(view.edition, view.filters, without),
        *rows,
        *notes,
        holds_view=True,
    )


def beside() -> DeltaGenerator:
    """A container for a picture, with what is drawn last in it beside the picture."""
    return st.container(key="kg_main")


def end(view: PageView, *notes: Part) -> None:
    """What stays the same while filters change: notes of a picture, files, foot."""
    mount.draw(view.edition, "kg_end", *notes, FILES, foot(view))


def embedded_top(view: PageView) -> None:
    """What stands above a picture that is alone in a page of somebody else."""
    sentence = filter_bar.sentence(view.edition, view.filters)
    mount.draw(view.edition, "kg_top", head(view), sentence, holds_view=True)


def embedded_end(view: PageView, *, has_map: bool = False, source: str = "") -> None:
    """Its source (graphics/context.py), and the way to the whole page."""
    text = " ".join(source_of(view.edition, has_map=has_map, source=source))
    mount.draw(view.edition, "kg_end", Source(view.card.path, text))


def foot(view: PageView) -> Part:
    """The last line of a page."""
    text = f"Kyodo Geo　{view.edition.info.label}　{RECORD_NOTE}　"
    policy = Link(PAGES["accessibility"].title, "accessibility", {})
    return Box([text, policy], "kg-foot", tag="footer")


def head(view: PageView) -> Part:
    """Title of the page, the question it answers, the edition."""
    info = view.edition.info
    warning = FICTIONAL if info.is_fictional else ""
    record = f"{city().title}　{info.label}"
    return Head(view.card.title, view.card.question, record, warning)


@contextmanager
def _messages() -> Iterator[None]:
    try:
        yield
    except KyodoError as error:
        log_detail(error)
        st.error(error.sentence)
        _draw_reset_button()
    except Exception:
        log.exception("a page failed")
        st.error(UNEXPECTED)
        _draw_reset_button()


def show_unexpected_error(_: Exception) -> bool:
    """Say in our words what Streamlit would say in English with links to other hosts.

    For what is raised outside a page's own part; Streamlit writes it to the log before.
    """
    st.error(UNEXPECTED)
    return True


def _draw_reset_button() -> None:
    st.button("絞り込みを解除して表示し直す", on_click=_start_over)


def _start_over() -> None:
    st.session_state.clear()
    st.query_params.clear()


def _icon() -> str:
    """The icon of the tab; an address of its own would be taken for the name of a file."""
    drawn = b64encode(_STATIC.joinpath("icon.svg").read_bytes()).decode()
    return f"data:image/svg+xml;base64,{drawn}"


def _style() -> str:
    names = (*STYLES, *([EMBEDDED_STYLE] if st.context.is_embedded else []))
    return "".join(_STATIC.joinpath(name).read_text("utf-8") for name in names)
