"""Commands on the councils' proposals: list, approve, return."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any, TypeAlias

import typer

from kyodo_geo.cli.options import (
    AsJson,
    DataDir,
    edition_store,
    operator,
    print_json,
    print_table,
)
from kyodo_geo.errors import ProposalError
from kyodo_geo.proposals.comparison import ProposalComparison, compare_proposal
from kyodo_geo.proposals.decide import approve, send_back
from kyodo_geo.proposals.proposal import Proposal
from kyodo_geo.proposals.query import list_proposals

Number: TypeAlias = Annotated[int, typer.Argument(metavar="番号", help="提案の番号", min=1)]
By: TypeAlias = Annotated[
    str | None, typer.Option("--by", metavar="名前", help="履歴に残す、決めた人の名前")
]


def proposals(*, as_json: AsJson = False, data_dir: DataDir = None) -> None:
    """地区からの提案を、返事を待つものから順に示す。"""
    store = edition_store(data_dir)
    found = list_proposals(store, operator())
    if as_json:
        print_json([_plain(proposal) for proposal in found])
    elif found:
        columns = ["番号", "状態", "種類", "活動", "地区", "提案した人", "提案した日", "ひとこと"]
        print_table(columns, (_row(proposal) for proposal in found))
    else:
        typer.echo("提案はまだありません。")


def approve_proposal(
    number: Number,
    *,
    word: Annotated[str, typer.Option(metavar="ことば", help="地区の方へのことば")] = "",
    by: By = None,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="提案のあとのほかの人の変更を、置き換える")
    ] = False,
    data_dir: DataDir = None,
) -> None:
    """提案を承認し、新しい版として公開する。"""
    store = edition_store(data_dir)
    who = operator(by)
    seen = compare_proposal(store, number, who)
    _print_review(seen)
    if seen.conflicts and not overwrite:
        raise ProposalError(
            where=seen.proposal.name,
            found="提案のあとに、同じ項目をほかの人が変えています",
            expected="何も変えていません",
            next_step="置き換えてよければ、--overwrite をつけて実行してください",
        )
    made = approve(store, number, who, seen.edition_number, word)
    typer.echo(f"提案第{number}号を承認し、第{made}版を公開しました。")


def return_proposal(
    number: Number,
    *,
    word: Annotated[str, typer.Option(metavar="ことば", help="地区の方へのことば（必須）")],
    by: By = None,
    data_dir: DataDir = None,
) -> None:
    """提案を、ことばを添えて差し戻す。"""
    store = edition_store(data_dir)
    send_back(store, number, operator(by), word)
    typer.echo(f"提案第{number}号を差し戻しました。")


def _row(proposal: Proposal) -> tuple[str, ...]:
    return (
        str(proposal.number),
        proposal.state,
        proposal.kind,
        f"{proposal.entry.activity_id} {proposal.entry.title}".strip(),
        proposal.district_id,
        proposal.proposed_by,
        f"{proposal.proposed_at:%Y-%m-%d}",
        proposal.word,
    )


def _plain(proposal: Proposal) -> dict[str, Any]:
    """Return a proposal as plain values, those of its entry on the same level."""
    plain = asdict(proposal)
    entry: dict[str, Any] = plain.pop("entry")
    return plain | entry


def _print_review(seen: ProposalComparison) -> None:
    typer.echo(f"{seen.proposal.name} {seen.proposal.kind} {seen.proposal.entry.title}")
    print_table(
        ["項目", "提案したとき", f"いま（第{seen.edition_number}版）", "提案", ""],
        [
            (c.label, c.before, c.now, c.new, "ほかの変更あり" if c.is_conflict else "")
            for c in seen.cells
        ],
    )
    for finding in seen.findings:
        typer.echo(f"{finding.severity.label} {finding.column} {finding.sentence}")
