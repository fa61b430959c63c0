"""事例: what collaboration looks like, to browse and to hand out."""

from kyodo_geo.ui import shell
from kyodo_geo.ui.components import mount
from kyodo_geo.ui.pages import cases


def draw(view: shell.PageView) -> None:
    """Cards of the view, or one case in full with those like it; what is chosen for paper."""
    chosen = cases.bar(view.edition)
    case = cases.requested_case(view.edition)
    if case is None:
        shell.top(view, *cases.choices(view.edition, view.filters), notes=(chosen,))
        mount.draw(view.edition, "kg_cases", *cases.grid(view.edition, view.filters))
        shell.end(view)
        return
    ways = cases.ways(view.edition, view.filters, case)
    shell.top(view, notes=(chosen, *ways))
    with shell.beside():
        mount.draw(view.edition, "kg_case", *cases.story(view.edition, case))
        mount.draw(view.edition, "kg_facts", *cases.facts(view.edition, case.activity))
    mount.draw(view.edition, "kg_alike", *cases.alike(view.edition, case.activity))
    shell.end(view)


shell.show("cases", draw)
