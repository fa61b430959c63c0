"""Frame of every page: navigation, title, filters, messages, foot."""

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
from kyodo_geo.ui.components import filter_bar, mount, open_proposals, option_bar, prose
from kyodo_geo.ui.components.export_buttons import FILES
from kyodo_geo.ui.components.parts import Box, Head, Link, OptionItem, Part, Source
from kyodo_geo.ui.navigation import PAGES, SECTIONS, START_PAGE, PageCard
from kyodo_geo.ui.runtime import TURN, current_edition, log_detail, store
from kyodo_geo.ui.state import view_state

log = logging.getLogger(__name__)

PAGES_DIR = Path(__file__).resolve().parents[2] / "pages"


@dataclass(frozen=True)
class PageView:
    """View of a page: the newest edition under the filters of this session."""

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
    mount.draw_reconnect()


def _sections(who: Visitor) -> dict[str, list[StreamlitPage]]:
    """Return the pages of a visitor by section."""
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
    """Return whether a page exists: without sign-in, pages a visitor may not use do not."""
    return who.may_use(card.role) or has_sign_in()


def _page(card: PageCard, who: Visitor) -> StreamlitPage:
    return st.Page(
        PAGES_DIR / f"{card.path}.py",
        title=_with_waiting(card.title, card.path == "proposals", who),
        url_path=card.path,
        visibility="visible" if who.may_use(card.role) else "hidden",
    )


def _with_waiting(title: str, leads_to_proposals: bool, who: Visitor) -> str:
    """Return a title with the number of proposals waiting for this visitor, if any."""
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
    """Draw messages and `draw_page`; `draw_picture` instead in a page that is embedded."""
    # Decision 11: a fragment, so that a click runs this alone; navigation and styles stay.
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
    """Return the newest edition; draw the heading before the error if there is none."""
    try:
        return current_edition()
    except KyodoError:
        st.html(f"<h1>{title}</h1>")
        raise


def _empty(view: PageView) -> None:
    """Draw head and foot alone: an edition of figures has no activities (FIGURES_ONLY)."""
    mount.draw(view.edition, "kg_top", head(view))
    mount.draw(view.edition, "kg_end", foot(view))


def _closed(view: PageView, who: Visitor) -> None:
    """Draw why a page does not open for this visitor, and the button to sign in."""
    why = sign_in.why_closed(who, view.card.title, view.card.role)
    mount.draw(view.edition, "kg_top", head(view), prose.notice(why))
    sign_in.draw_sign_in_button(who, "kg_way_in")
    mount.draw(view.edition, "kg_end", foot(view))


def top(
    view: PageView, *items: OptionItem, without: Sequence[str] = (), notes: Sequence[Part] = ()
) -> None:
    """Draw head, filter row, the sentence on the view, and the page's options.

    `without` are filters the page has no use for, `notes` stand below the options.
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
    """Return a container for a picture; what is drawn last in it stands beside the picture."""
    return st.container(key="kg_main")


def end(view: PageView, *notes: Part) -> None:
    """Draw what stays the same while filters change: notes, files, foot."""
    mount.draw(view.edition, "kg_end", *notes, FILES, foot(view))


def embedded_top(view: PageView) -> None:
    """Draw head and view above an embedded picture."""
    sentence = filter_bar.sentence(view.edition, view.filters)
    mount.draw(view.edition, "kg_top", head(view), sentence, holds_view=True)


def embedded_end(view: PageView, *, has_map: bool = False, source: str = "") -> None:
    """Draw the source of an embedded picture and the link to its page."""
    text = " ".join(source_of(view.edition, has_map=has_map, source=source))
    mount.draw(view.edition, "kg_end", Source(view.card.path, text))


def foot(view: PageView) -> Part:
    """Return the last line of a page."""
    text = f"Kyodo Geo　{view.edition.info.label}　{RECORD_NOTE}　"
    policy = Link(PAGES["accessibility"].title, "accessibility", {})
    return Box([text, policy], "kg-foot", tag="footer")


def head(view: PageView) -> Part:
    """Return title, question and edition of a page."""
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
    """Show our message for an error outside a page's own part; return True: it is handled.

    Streamlit's would be English with links to other hosts; it has logged the error already.
    """
    st.error(UNEXPECTED)
    return True


def _draw_reset_button() -> None:
    st.button("絞り込みを解除して表示し直す", on_click=_start_over)


def _start_over() -> None:
    st.session_state.clear()
    st.query_params.clear()


def _icon() -> str:
    """Return the icon as a data URL: Streamlit takes an address for the name of a file."""
    drawn = b64encode(_STATIC.joinpath("icon.svg").read_bytes()).decode()
    return f"data:image/svg+xml;base64,{drawn}"


def _style() -> str:
    names = (*STYLES, *([EMBEDDED_STYLE] if st.context.is_embedded else []))
    return "".join(_STATIC.joinpath(name).read_text("utf-8") for name in names)
