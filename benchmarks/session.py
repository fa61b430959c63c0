"""Simulated browser sessions: Streamlit's own messages over its websocket."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import urlencode, urlsplit

from streamlit.components.v2.bidi_component.main import _make_trigger_id
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ButtonGroup_pb2 import ButtonGroup
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from kyodo_geo.vocabulary import KNOWN_FORMS, ActorType

LARGEST_MESSAGE_BYTES = 200_000_000
FINISHED = (
    ForwardMsg.FINISHED_SUCCESSFULLY,
    ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY,
)


@dataclass
class Session:
    """A session that has opened a page; `chosen` is what is set, by filter."""

    connection: ClientConnection
    address: str
    page_name: str
    query: str = ""
    page_hash: str = ""
    fragment_id: str = ""
    chosen: dict[str, set[str]] = field(default_factory=dict)
    cached_hashes: set[str] = field(default_factory=set)

    @classmethod
    async def open(cls, address: str, page_name: str) -> Self:
        """Connect and run the page once, as a browser does."""
        socket = address.replace("http", "ws", 1) + "/_stcore/stream"
        connection = await connect(
            socket, subprotocols=["streamlit"], max_size=LARGEST_MESSAGE_BYTES, compression=None
        )
        session = cls(connection, address, page_name)
        await session._run()
        return session

    def options(self, name: str) -> Sequence[str]:
        """What can be chosen in one filter."""
        raise NotImplementedError

    def tell(self, state: ClientState) -> None:
        """Write what is chosen into a request."""
        raise NotImplementedError

    def take(self, element: Element) -> None:
        """Note what of an element the next request needs."""
        raise NotImplementedError

    async def toggle(self, name: str, option: str) -> float:
        """Turn one option on or off; returns seconds until the script has finished."""
        self.chosen.setdefault(name, set()).symmetric_difference_update({option})
        start = time.perf_counter()
        await self.look_up()
        await self._run()
        return time.perf_counter() - start

    async def look_up(self) -> None:
        """What a browser fetches before it tells the server of a click."""

    async def close(self) -> None:
        """Leave."""
        await self.connection.close()

    async def _run(self) -> None:
        await self.connection.send(self._request().SerializeToString())
        while True:
            message = ForwardMsg()
            message.ParseFromString(bytes(await self.connection.recv()))
            kind = message.WhichOneof("type")
            self._take(message, kind)
            if kind == "script_finished":
                if message.script_finished in FINISHED:
                    return
                if message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                    raise RuntimeError(f"the script failed: {message}")

    def _request(self) -> BackMsg:
        state = ClientState(
            query_string=self.query,
            page_script_hash=self.page_hash,
            page_name="" if self.page_hash else self.page_name,
            fragment_id=self.fragment_id,
            cached_message_hashes=self.cached_hashes,
        )
        if self.chosen:
            self.tell(state)
        return BackMsg(rerun_script=state)

    def _take(self, message: ForwardMsg, kind: str | None) -> None:
        if message.metadata.cacheable and message.hash:
            self.cached_hashes.add(message.hash)
        if kind == "new_session":
            self.page_hash = self.page_hash or message.new_session.page_script_hash
        elif kind == "navigation":
            self.page_hash = message.navigation.page_script_hash
        elif kind == "page_info_changed":
            self.query = message.page_info_changed.query_string
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            element = message.delta.new_element
            if element.WhichOneof("type") in ("exception", "alert"):
                raise RuntimeError(f"the page says: {element}")
            self.fragment_id = message.delta.fragment_id or self.fragment_id
            self.take(element)


@dataclass
class TutorialSession(Session):
    """Clicks Streamlit's pills: each is a widget of its own."""

    pills: dict[str, ButtonGroup] = field(default_factory=dict)

    def options(self, name: str) -> Sequence[str]:
        """The pills with this label."""
        return [option.content for option in self.pills[LABELS[name]].options]

    def tell(self, state: ClientState) -> None:
        """The values of the widgets."""
        for name, chosen in self.chosen.items():
            widget = state.widget_states.widgets.add(id=self.pills[LABELS[name]].id)
            widget.string_array_value.data.extend(o for o in self.options(name) if o in chosen)

    def take(self, element: Element) -> None:
        """The pills with their ids."""
        if element.WhichOneof("type") == "button_group":
            self.pills[element.button_group.label] = element.button_group


@dataclass
class OurSession(Session):
    """Sets filters in our row: one component tells the whole view."""

    row_id: str = ""
    changes: int = 0
    edition: int = 0

    async def look_up(self) -> None:
        """The picture of the view, which the map is painted with."""
        if self.page_name not in PICTURED:
            return
        pairs = [(name, option) for name, chosen in self.chosen.items() for option in chosen]
        await fetch(self.address, f"/kyodo/picture/{self.page_name}?{urlencode(pairs)}")

    def options(self, name: str) -> Sequence[str]:
        """What a person can click on."""
        return OPTIONS[name]

    def tell(self, state: ClientState) -> None:
        """What static/view.js tells."""
        self.changes += 1
        view = {name: sorted(chosen) for name, chosen in self.chosen.items()}
        said = {"event": "said", "value": {"n": self.changes, "view": view}}
        widget = state.widget_states.widgets.add(id=_make_trigger_id(self.row_id, "events"))
        widget.json_trigger_value = json.dumps([said])

    def take(self, element: Element) -> None:
        """The first component of a page holds the filter row; each says which edition it is of."""
        if element.WhichOneof("type") == "bidi_component":
            self.row_id = self.row_id or element.bidi_component.id
        if element.bidi_component.bytes:
            of_edition = json.loads(element.bidi_component.bytes)["edition"]
            self.edition = int(of_edition.partition("-")[0])


@dataclass
class DistrictSession(OurSession):
    """Goes from one district to another on 地区カルテ, which has no picture to fetch."""

    async def look_up(self) -> None:
        """Nothing."""

    async def go_to(self, district_id: str) -> None:
        """Another district; done when the script has finished."""
        self.chosen = {"district": {district_id}}
        await self._run()


async def fetch(address: str, path: str) -> bytes:
    """The body of what is at an address; raises RuntimeError for anything but 200."""
    parts = urlsplit(address)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    writer.write(
        f"GET {path} HTTP/1.1\r\nHost: {parts.netloc}\r\nConnection: close\r\n\r\n".encode()
    )
    answer = await reader.read()
    writer.close()
    if b" 200 " not in answer.split(b"\r\n", 1)[0]:
        raise RuntimeError(f"{path}: {answer[:200]!r}")
    return answer.partition(b"\r\n\r\n")[2]


PICTURED = ("density", "forms", "actors")
"""Pages with a map."""

LABELS = {"region": "地域", "form": "形態", "actor": "主体"}
OPTIONS: Mapping[str, Sequence[str]] = {
    "region": ("花巻", "大迫", "石鳥谷", "東和"),
    "form": [str(form) for form in KNOWN_FORMS],
    "actor": [str(actor) for actor in ActorType],
}
