"""One simulated browser session: Streamlit's own messages over its websocket."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ButtonGroup_pb2 import ButtonGroup
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

LARGEST_MESSAGE_BYTES = 200_000_000


@dataclass
class Session:
    """A session that has opened a page; `pills` are the ids and options by label."""

    connection: ClientConnection
    page_name: str
    query: str
    page_hash: str = ""
    pills: dict[str, ButtonGroup] = field(default_factory=dict)
    chosen: dict[str, set[str]] = field(default_factory=dict)
    cached_hashes: set[str] = field(default_factory=set)

    @classmethod
    async def open(cls, address: str, page_name: str, query: str) -> Session:
        """Connect and run the page once, as a browser does."""
        socket = address.replace("http", "ws", 1) + "/_stcore/stream"
        connection = await connect(
            socket, subprotocols=["streamlit"], max_size=LARGEST_MESSAGE_BYTES, compression=None
        )
        session = cls(connection, page_name, query)
        await session._run()
        return session

    def options(self, label: str) -> list[str]:
        """The pills with this label."""
        return [option.content for option in self.pills[label].options]

    async def toggle(self, label: str, option: str) -> float:
        """Turn one pill on or off; returns seconds until the script has finished."""
        self.chosen.setdefault(label, set()).symmetric_difference_update({option})
        return await self._run()

    async def close(self) -> None:
        """Leave."""
        await self.connection.close()

    async def _run(self) -> float:
        start = time.perf_counter()
        await self.connection.send(self._request().SerializeToString())
        while True:
            message = ForwardMsg()
            message.ParseFromString(bytes(await self.connection.recv()))
            kind = message.WhichOneof("type")
            self._take(message, kind)
            if kind == "script_finished":
                if message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
                    return time.perf_counter() - start
                if message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                    raise RuntimeError(f"the script failed: {message}")

    def _request(self) -> BackMsg:
        state = ClientState(
            query_string=self.query,
            page_script_hash=self.page_hash,
            page_name="" if self.page_hash else self.page_name,
            cached_message_hashes=self.cached_hashes,
        )
        for label, options in self.chosen.items():
            widget = state.widget_states.widgets.add(id=self.pills[label].id)
            widget.string_array_value.data.extend(o for o in self.options(label) if o in options)
        return BackMsg(rerun_script=state)

    def _take(self, message: ForwardMsg, kind: str | None) -> None:
        if message.metadata.cacheable and message.hash:
            self.cached_hashes.add(message.hash)
        if kind == "new_session":
            self.page_hash = message.new_session.page_script_hash
        elif kind == "page_info_changed":
            self.query = message.page_info_changed.query_string
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            element = message.delta.new_element
            if element.WhichOneof("type") == "button_group":
                self.pills[element.button_group.label] = element.button_group
