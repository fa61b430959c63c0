"""The guideline's vocabulary: terms, labels and definitions, in the guideline's order.

Source: 花巻市 協働の指針. Identifiers are what files, addresses and the database carry;
labels are what people read. Sets of terms are stored as bitmasks (decision 1): the term at
position *n* of its enumeration has the bit ``1 << n``.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Self, TypeVar


class Term(StrEnum):
    """A term: a string (its identifier) with label, definition, mark and bit.

    `mark` is a single character that accompanies the term's colour (WCAG 1.4.1, use of
    colour); empty where the vocabulary is never coloured.
    """

    label: str
    definition: str
    mark: str
    bit: int

    def __new__(cls, identifier: str, label: str, definition: str = "", mark: str = "") -> Self:
        """Create the string and set its attributes; bits follow the order of definition."""
        # An enumeration of strings sets its members' values here, not by __init__.
        term = str.__new__(cls, identifier)
        term._value_ = identifier
        term.label = label
        term.definition = definition
        term.mark = mark
        term.bit = 1 << len(cls.__members__)
        return term

    @classmethod
    def of(cls, identifier: str) -> Self:
        """Return the term with this identifier. Raises KeyError if it is unknown."""
        return cls.__members__[identifier.upper()]


def mask_of(terms: Iterable[Term]) -> int:
    """Return the bitmask of terms of one vocabulary; 0 for none."""
    return sum({term.bit for term in terms})


AnyTerm = TypeVar("AnyTerm", bound=Term)


def terms_in(vocabulary: type[AnyTerm], mask: int) -> tuple[AnyTerm, ...]:
    """Return the terms whose bits are set in `mask`, in the guideline's order."""
    return tuple(term for term in vocabulary if mask & term.bit)


class ActorType(Term):
    """主体: actor types. The first five together are 市民 (the citizens' side)."""

    INDIVIDUAL = (
        "individual",
        "個人",
        "市内に住む人、働く人、学ぶ人、市内で活動や事業をする人",
        "個",
    )
    LOCAL_GROUP = (
        "local_group",
        "地域団体",
        "その地域の人たちでつくる団体（自治会、コミュニティ会議など）",
        "地",
    )
    CIVIC_GROUP = (
        "civic_group",
        "市民活動団体",
        "共通のテーマで集まる団体（ボランティアグループ、NPO法人など）",
        "民",
    )
    BUSINESS = ("business", "事業者", "企業、社会福祉協議会、農業協同組合、商工会議所など", "事")
    SCHOOL = ("school", "学校", "大学などの高等教育機関、小・中学校、高等学校など", "学")
    CITY = ("city", "市", "市の執行機関（市長、教育委員会など）", "市")


CITIZEN_SIDE: tuple[ActorType, ...] = tuple(a for a in ActorType if a is not ActorType.CITY)


class Form(Term):
    """形態: forms of collaboration between citizens and the city."""

    CO_HOSTING = ("co_hosting", "共催", "市民と市がともに主催者となり、役割を分けて行う", "共")
    COMMITTEE = (
        "committee",
        "実行委員会・協議会",
        "市を含む複数の主体が組織をつくり、その組織が主催する",
        "実",
    )
    AGREEMENT = (
        "agreement",
        "事業協力・協定",
        "目標と役割を取り決めて協力する。場所や物品の貸与、公共施設の管理の協定を含む",
        "協",
    )
    ENDORSEMENT = (
        "endorsement",
        "後援・協賛",
        "相手の公益的な事業に、市の名義の使用を認めて支援する",
        "後",
    )
    SUBSIDY = ("subsidy", "補助・助成", "市民が主体の公益的な事業を、市がお金で支援する", "補")
    COMMISSION = ("commission", "委託", "市の事業を、契約によって市民の側にゆだねる", "委")
    UNKNOWN = ("unknown", "形態不明", "資料に形態の記載がない", "？")


KNOWN_FORMS: tuple[Form, ...] = tuple(f for f in Form if f is not Form.UNKNOWN)


class Scope(Term):
    """範囲: bands between the citizens' side and the city's.

    A, B and C are the guideline's 協働の範囲. `UNDETERMINED` is not in the guideline: both
    sides take part, but the form is unknown, so that no band can be derived.
    """

    CITIZEN_ONLY = ("citizen_only", "市民の範囲", "市民が自主的に行う（協働ではない）", "民")
    A = ("a", "A 市民の主体的な取り組みに市が協力", "市民が主導し、市が協力する", "A")
    B = ("b", "B 市民と市が互いに特性を活かし協力", "市民と市が対等に協力する", "B")
    C = ("c", "C 市の取り組みに市民が協力", "市が主導し、市民が協力する", "C")
    CITY_ONLY = ("city_only", "市の範囲", "市の責任で行う（協働ではない）", "市")
    UNDETERMINED = (
        "undetermined",
        "協働（範囲は不明）",
        "市民と市が参加しているが、形態の記載がなく範囲を決められない",
        "？",
    )


KYODO_SCOPES: tuple[Scope, ...] = (Scope.A, Scope.B, Scope.C, Scope.UNDETERMINED)
CONTEXT_SCOPES: tuple[Scope, ...] = (Scope.CITIZEN_ONLY, Scope.CITY_ONLY)

SCOPE_FORMS: dict[Scope, tuple[Form, ...]] = {
    Scope.A: (Form.AGREEMENT, Form.ENDORSEMENT, Form.SUBSIDY),
    Scope.B: (Form.CO_HOSTING, Form.COMMITTEE, Form.AGREEMENT),
    Scope.C: (Form.AGREEMENT, Form.ENDORSEMENT, Form.COMMISSION),
}
"""Forms per band as the guideline pairs them (協働の指針 第2章 4)."""


class Certainty(Term):
    """確実度: minimum certainty of the forms shown (decision 2)."""

    WITH_IMPLIED = (
        "with_implied",
        "推定を含む",
        "資料に明記された形態と、資料から推定した形態の両方を使う",
    )
    STATED = ("stated", "明記のみ", "資料に明記された形態だけを使い、推定は不明として扱う")


class Status(Term):
    """実施/予定: reported or only announced."""

    REPORTED = ("reported", "実施", "行われたと資料にある")
    PLANNED = ("planned", "予定", "予告や計画の資料だけがあり、結果は確認していない")


class Field(Term):
    """分野: fields of activity in the record (not a term of the guideline)."""

    CULTURE = ("culture", "文化・生涯学習", "芸術、郷土芸能、歴史、読書、大人の学びに関する活動")
    TOURISM = ("tourism", "産業・観光", "農業や商工業、特産品、観光客を迎える催しに関する活動")
    EXCHANGE = (
        "exchange",
        "交流・移住",
        "地域の中やほかの地域・海外との交流、移住、地域おこしに関する活動",
    )
    EDUCATION = (
        "education",
        "子育て・教育",
        "保育、子どもと家庭への支援、学校での学びに関する活動",
    )
    WELFARE = (
        "welfare",
        "福祉・健康",
        "高齢者などの暮らしの支え合い、見守り、健康づくりに関する活動",
    )
    ENVIRONMENT = (
        "environment",
        "環境・美化",
        "清掃、花植え、草刈り、自然や水辺を守ることに関する活動",
    )
    SPORTS = ("sports", "スポーツ", "スポーツの大会や教室、体を動かす催しに関する活動")
    SAFETY = ("safety", "防災・防犯", "災害への備え、消防、防犯に関する活動")
    TRANSPORT = ("transport", "交通", "バスや鉄道など、人の移動の手段に関する活動")
    OTHER = ("other", "その他", "ほかの分野に当たらない活動（市政懇談会、計画づくりなど）")


class Effect(Term):
    """期待される効果: expected effects of collaboration."""

    BETTER_SERVICES = (
        "better_services",
        "公共サービスの向上",
        "ニーズに沿ったきめ細かな対応ができ、費用の削減にもつながる",
        "①",
    )
    COMMUNITY_STRENGTH = (
        "community_strength",
        "地域の一体感・地域の力",
        "地域の課題を話し合い、取り組むことで一体感と力が高まる",
        "②",
    )
    ACTIVE_GROUPS = (
        "active_groups",
        "市民活動団体等の活性化",
        "地域に貢献する機会が増え、理解や信頼が高まる",
        "③",
    )


class Principle(Term):
    """考え方: the guideline's seven principles of collaboration."""

    OPENNESS = ("openness", "情報公開・共有", "互いの活動の情報を公開し、共有する", "1")
    UNDERSTANDING = ("understanding", "相互理解", "互いの立場や特性を理解し、信頼を築く", "2")
    SHARED_GOAL = ("shared_goal", "目的・目標の共有", "目的と目標を明確にし、共有する", "3")
    AUTONOMY = ("autonomy", "自主性・自立性の尊重", "互いの自主性と自立性を尊重する", "4")
    EQUALITY = ("equality", "対等の関係", "資源の大きさが違っても、対等の立場で話し合う", "5")
    CLEAR_ROLES = ("clear_roles", "役割分担の明確化", "特性を発揮できるよう役割を分担する", "6")
    LEARNING = ("learning", "課題整理・改善", "課題を整理し、改善して次の協働につなげる", "7")


class Grade(Term):
    """ふりかえりの段階: rating of a principle, ascending (not a term of the guideline).

    該当しない is no grade but None (see `model.Rating`).
    """

    NOT_DONE = ("not_done", "できなかった", "この考え方に沿って進められなかった", "1")
    LITTLE_DONE = (
        "little_done",
        "あまりできなかった",
        "できたところより、できなかったところが多かった",
        "2",
    )
    MOSTLY_DONE = (
        "mostly_done",
        "おおむねできた",
        "できなかったところより、できたところが多かった",
        "3",
    )
    WELL_DONE = ("well_done", "よくできた", "この考え方に沿って進められた", "4")

    @property
    def step(self) -> int:
        """Ordinal number, 1 to 4."""
        return int(self.mark)


class Effort(Term):
    """推進方針: the city's three lines of promotion."""

    INFORMATION = ("information", "情報発信", "協働の指針や事例、支援制度を市民に知らせる", "①")
    ENVIRONMENT = ("environment", "環境整備", "市民が協働に取り組みやすい環境をつくる", "②")
    STAFF = ("staff", "職員育成", "職員の意識を変え、人材を育てる", "③")


VOCABULARIES: dict[str, type[Term]] = {
    "actor": ActorType,
    "form": Form,
    "scope": Scope,
    "certainty": Certainty,
    "status": Status,
    "field": Field,
    "effect": Effect,
    "principle": Principle,
    "grade": Grade,
    "effort": Effort,
}
"""Vocabularies by the name that files, texts and addresses use for them."""


def vocabulary_of(term: Term) -> str:
    """Return the name of a term's vocabulary in VOCABULARIES."""
    return next(name for name, terms in VOCABULARIES.items() if terms is type(term))


def possible_scopes(actors: Iterable[ActorType], forms: Iterable[Form]) -> tuple[Scope, ...]:
    """Derive the possible bands of an activity from its actors and known forms.

    With forms: all bands the guideline pairs with any of them (several: ambiguous); without:
    UNDETERMINED. One side alone: CITIZEN_ONLY or CITY_ONLY, which are not 協働.
    Source: 協働の指針 第2章 4 協働の範囲.
    """
    actors, forms = set(actors), set(forms) - {Form.UNKNOWN}
    if not actors & set(CITIZEN_SIDE):
        return (Scope.CITY_ONLY,)
    # A known form implies that the city takes part, whether or not it is recorded.
    if not forms and ActorType.CITY not in actors:
        return (Scope.CITIZEN_ONLY,)
    bands = tuple(scope for scope, named in SCOPE_FORMS.items() if forms & set(named))
    return bands or (Scope.UNDETERMINED,)
