"""オープンデータ: addresses for other programs, and how to read them there."""

from kyodo_geo.ui import open_data, parts, shell


def draw(view: shell.View) -> None:
    """The addresses under the filters of the view, what they take, recipes."""
    shell.top(view, notes=(open_data.introduction(),))
    parts.draw(
        view.edition,
        "kg_api",
        *open_data.addresses(),
        *open_data.recipes(),
        *open_data.parameters(),
        shell.foot(view),
    )


shell.show("api", draw)
