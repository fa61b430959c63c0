"""Command that checks any table file against the rules of machine readability."""

from __future__ import annotations

import typer

from kyodo_geo.cli.import_activities import File, file_content
from kyodo_geo.cli.options import REFUSED, AsJson, print_json, print_table
from kyodo_geo.machine_readability import Report, RuleResult, RuleState, selfcheck, source
from kyodo_geo.machine_readability.report import MOST_SPOTS
from kyodo_geo.tabular.findings import FOUND_SHOWN

MOST_SHOWN = 5
"""Places printed per rule; `--json` has more."""

STATE_LABELS = {
    RuleState.PASSED: "合う",
    RuleState.FAILED: "合わない",
    RuleState.UNKNOWN: "調べられない",
}


def check_file(file: File, *, as_json: AsJson = False) -> None:
    """どの表のファイルでも、機械可読性の規則に合うかを調べる（合わなければ終了コード1）。"""
    report = selfcheck(file_content(file), file.name)
    if as_json:
        print_json({"file": file.name, "source": source(), **report.as_dict()})
    else:
        _print(file.name, report)
    if not report.is_clean:
        raise typer.Exit(REFUSED)


def _print(name: str, report: Report) -> None:
    print_table(
        ["規則", "結果", "内容", "場所・理由"],
        [
            (one.rule.rule_id, STATE_LABELS[one.state], one.rule.text, _describe_result(one))
            for one in report.outcomes
        ],
    )
    if report.refusal:
        typer.echo(f"{name}: {report.refusal}", err=True)
    passed, checked = report.mark
    typer.echo(f"{name}: 調べられた{checked}の規則のうち、{passed}に合っています。")
    typer.echo(f"規則: {source()}")


def _describe_result(outcome: RuleResult) -> str:
    """Return the places where a rule is broken, or why it could not be checked."""
    shown = [f"{spot.where}{_excerpt(spot.found)}" for spot in outcome.spots[:MOST_SHOWN]]
    more = len(outcome.spots) - MOST_SHOWN
    if more > 0:
        # The check itself stops at MOST_SPOTS, so there may be more.
        at_least = "以上" if len(outcome.spots) == MOST_SPOTS else ""
        shown.append(f"ほか{more:,}か所{at_least}")
    return "\n".join(shown) or outcome.reason


def _excerpt(text: str) -> str:
    shown = text if len(text) <= FOUND_SHOWN else f"{text[:FOUND_SHOWN]}…"
    return f"「{shown}」" if text else ""
