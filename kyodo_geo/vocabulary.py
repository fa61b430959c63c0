"""The guideline's vocabulary: terms, labels and definitions, in the guideline's order.

Source: 花巻市 協働の指針. Identifiers are what files, addresses and the database carry;
labels are what people read. Sets of terms are stored as bitmasks: the term at position
*n* of its enumeration has the bit ``1 << n``.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Self, TypeVar


class Term(StrEnum):
    """One term: its value is the identifier; label, mark, definition and bit hang on it.

    `mark` is a single character that stands beside the term's colour wherever colour
    alone would have to carry the meaning.
    """

    label: str
    mark: str
    definition: str
    bit: int

    def __new__(cls, identifier: str, label: str, mark: str = "", definition: str = "") -> Self:
        """A string with its label, mark and definition as attributes."""
        term = str.__new__(cls, identifier)
        term._value_ = identifier
        term.label = label
        term.mark = mark
        term.definition = definition
        term.bit = 1 << len(cls.__members__)
        return term

    @classmethod
    def of(cls, identifier: str) -> Self:
        """The term with this identifier. Raises KeyError for an unknown one."""
        return cls.__members__[identifier.upper()]


def mask_of(terms: Iterable[Term]) -> int:
    """The bitmask of several terms of one enumeration; 0 for none."""
    mask = 0
    for term in terms:
        mask |= term.bit
    return mask


AnyTerm = TypeVar("AnyTerm", bound=Term)


def terms_in(vocabulary: type[AnyTerm], mask: int) -> tuple[AnyTerm, ...]:
    """The terms whose bits are set in `mask`, in the guideline's order."""
    return tuple(term for term in vocabulary if mask & term.bit)


class ActorType(Term):
    """主体: who takes part. The first five together are 市民 (the citizens' side)."""

    INDIVIDUAL = (
        "individual",
        "個人",
        "個",
        "市内に住む人、働く人、学ぶ人、市内で活動や事業をする人",
    )
    LOCAL_GROUP = (
        "local_group",
        "地域団体",
        "地",
        "その地域の人たちでつくる団体（自治会、コミュニティ会議など）",
    )
    CIVIC_GROUP = (
        "civic_group",
        "市民活動団体",
        "民",
        "共通のテーマで集まる団体（ボランティアグループ、NPO法人など）",
    )
    BUSINESS = (
        "business",
        "事業者",
        "事",
        "企業、社会福祉協議会、農業協同組合、商工会議所など",
    )
    SCHOOL = ("school", "学校", "学", "大学などの高等教育機関、小・中学校、高等学校など")
    CITY = ("city", "市", "市", "市の執行機関（市長、教育委員会など）")


CITIZEN_SIDE: tuple[ActorType, ...] = tuple(a for a in ActorType if a is not ActorType.CITY)


class Form(Term):
    """形態: in which form citizens and the city work together."""

    CO_HOSTING = ("co_hosting", "共催", "共", "市民と市がともに主催者となり、役割を分けて行う")
    COMMITTEE = (
        "committee",
        "実行委員会・協議会",
        "実",
        "市を含む複数の主体が組織をつくり、その組織が主催する",
    )
    AGREEMENT = (
        "agreement",
        "事業協力・協定",
        "協",
        "目標と役割を取り決めて協力する。場所や物品の貸与、公共施設の管理の協定を含む",
    )
    ENDORSEMENT = (
        "endorsement",
        "後援・協賛",
        "後",
        "相手の公益的な事業に、市の名義の使用を認めて支援する",
    )
    SUBSIDY = ("subsidy", "補助・助成", "補", "市民が主体の公益的な事業を、市がお金で支援する")
    COMMISSION = ("commission", "委託", "委", "市の事業を、契約によって市民の側にゆだねる")
    UNKNOWN = ("unknown", "形態不明", "？", "資料に形態の記載がない")


KNOWN_FORMS: tuple[Form, ...] = tuple(f for f in Form if f is not Form.UNKNOWN)


class Scope(Term):
    """範囲: the bands from the citizens' side to the city's.

    A, B and C are the guideline's 協働の範囲. `UNDETERMINED` is ours: citizens and the
    city both take part, but no source says in which form, so no band can be named.
    """

    CITIZEN_ONLY = ("citizen_only", "市民の範囲", "民", "市民が自主的に行う（協働ではない）")
    A = ("a", "A 市民の主体的な取り組みに市が協力", "A", "市民が主導し、市が協力する")
    B = ("b", "B 市民と市が互いに特性を活かし協力", "B", "市民と市が対等に協力する")
    C = ("c", "C 市の取り組みに市民が協力", "C", "市が主導し、市民が協力する")
    CITY_ONLY = ("city_only", "市の範囲", "市", "市の責任で行う（協働ではない）")
    UNDETERMINED = (
        "undetermined",
        "協働（範囲は不明）",
        "？",
        "市民と市が参加しているが、形態の記載がなく範囲を決められない",
    )


KYODO_SCOPES: tuple[Scope, ...] = (Scope.A, Scope.B, Scope.C, Scope.UNDETERMINED)
CONTEXT_SCOPES: tuple[Scope, ...] = (Scope.CITIZEN_ONLY, Scope.CITY_ONLY)

SCOPE_FORMS: dict[Scope, tuple[Form, ...]] = {
    Scope.A: (Form.AGREEMENT, Form.ENDORSEMENT, Form.SUBSIDY),
    Scope.B: (Form.CO_HOSTING, Form.COMMITTEE, Form.AGREEMENT),
    Scope.C: (Form.AGREEMENT, Form.ENDORSEMENT, Form.COMMISSION),
}
"""The forms the guideline names for each band."""


class Certainty(Term):
    """確実度: how sure the forms that are shown have to be."""

    WITH_IMPLIED = (
        "with_implied",
        "推定を含む",
        "",
        "資料に明記された形態と、資料から推定した形態の両方を使う",
    )
    STATED = ("stated", "明記のみ", "", "資料に明記された形態だけを使い、推定は不明として扱う")


class Status(Term):
    """実施/予定: whether the activity was reported or only announced."""

    REPORTED = ("reported", "実施", "", "行われたと資料にある")
    PLANNED = ("planned", "予定", "", "予告や計画の資料だけがあり、結果は確認していない")


class Field(Term):
    """分野: the fields of activity used in the record (not a term of the guideline)."""

    CULTURE = (
        "culture",
        "文化・生涯学習",
        "",
        "芸術、郷土芸能、歴史、読書、大人の学びに関する活動",
    )
    TOURISM = ("tourism", "産業・観光", "", "農業や商工業、特産品、観光客を迎える催しに関する活動")
    EXCHANGE = (
        "exchange",
        "交流・移住",
        "",
        "地域の中やほかの地域・海外との交流、移住、地域おこしに関する活動",
    )
    EDUCATION = (
        "education",
        "子育て・教育",
        "",
        "保育、子どもと家庭への支援、学校での学びに関する活動",
    )
    WELFARE = (
        "welfare",
        "福祉・健康",
        "",
        "高齢者などの暮らしの支え合い、見守り、健康づくりに関する活動",
    )
    ENVIRONMENT = (
        "environment",
        "環境・美化",
        "",
        "清掃、花植え、草刈り、自然や水辺を守ることに関する活動",
    )
    SPORTS = ("sports", "スポーツ", "", "スポーツの大会や教室、体を動かす催しに関する活動")
    SAFETY = ("safety", "防災・防犯", "", "災害への備え、消防、防犯に関する活動")
    TRANSPORT = ("transport", "交通", "", "バスや鉄道など、人の移動の手段に関する活動")
    OTHER = ("other", "その他", "", "ほかの分野に当たらない活動（市政懇談会、計画づくりなど）")


class Effect(Term):
    """期待される効果: what collaboration is expected to bring."""

    BETTER_SERVICES = (
        "better_services",
        "公共サービスの向上",
        "①",
        "ニーズに沿ったきめ細かな対応ができ、費用の削減にもつながる",
    )
    COMMUNITY_STRENGTH = (
        "community_strength",
        "地域の一体感・地域の力",
        "②",
        "地域の課題を話し合い、取り組むことで一体感と力が高まる",
    )
    ACTIVE_GROUPS = (
        "active_groups",
        "市民活動団体等の活性化",
        "③",
        "地域に貢献する機会が増え、理解や信頼が高まる",
    )


class Principle(Term):
    """考え方: the seven principles of working together."""

    OPENNESS = ("openness", "情報公開・共有", "1", "互いの活動の情報を公開し、共有する")
    UNDERSTANDING = ("understanding", "相互理解", "2", "互いの立場や特性を理解し、信頼を築く")
    SHARED_GOAL = ("shared_goal", "目的・目標の共有", "3", "目的と目標を明確にし、共有する")
    AUTONOMY = ("autonomy", "自主性・自立性の尊重", "4", "互いの自主性と自立性を尊重する")
    EQUALITY = ("equality", "対等の関係", "5", "資源の大きさが違っても、対等の立場で話し合う")
    CLEAR_ROLES = ("clear_roles", "役割分担の明確化", "6", "特性を発揮できるよう役割を分担する")
    LEARNING = ("learning", "課題整理・改善", "7", "課題を整理し、改善して次の協働につなげる")


class Grade(Term):
    """ふりかえりの段階: how well a principle was followed (not a term of the guideline).

    Ascending, so that `step` counts from 1; that a principle does not apply is no grade.
    """

    NOT_DONE = ("not_done", "できなかった", "1", "この考え方に沿って進められなかった")
    LITTLE_DONE = (
        "little_done",
        "あまりできなかった",
        "2",
        "できたところより、できなかったところが多かった",
    )
    MOSTLY_DONE = (
        "mostly_done",
        "おおむねできた",
        "3",
        "できなかったところより、できたところが多かった",
    )
    WELL_DONE = ("well_done", "よくできた", "4", "この考え方に沿って進められた")

    @property
    def step(self) -> int:
        """Its number, 1 to 4."""
        return int(self.mark)


class Effort(Term):
    """推進方針: the three efforts the city promises."""

    INFORMATION = ("information", "情報発信", "①", "協働の指針や事例、支援制度を市民に知らせる")
    ENVIRONMENT = ("environment", "環境整備", "②", "市民が協働に取り組みやすい環境をつくる")
    STAFF = ("staff", "職員育成", "③", "職員の意識を変え、人材を育てる")


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
"""All vocabularies by the names that files, texts and addresses use for them."""

_NAMES = {vocabulary: name for name, vocabulary in VOCABULARIES.items()}


def vocabulary_of(term: Term) -> str:
    """The name of the vocabulary a term belongs to."""
    return _NAMES[type(term)]


def possible_scopes(actors: Iterable[ActorType], forms: Iterable[Form]) -> tuple[Scope, ...]:
    """The bands an activity may lie in, from who takes part and in which known forms.

    協働 needs a citizen-side actor and the city; a known form implies the city. With
    forms the bands are those the guideline names for any of them (several: ambiguous);
    without, the band is undetermined. Activities of one side alone are context, never
    協働. Source: 協働の指針 第2章 4 協働の範囲.
    """
    actors, forms = set(actors), set(forms) - {Form.UNKNOWN}
    has_citizens = bool(actors & set(CITIZEN_SIDE))
    if not has_citizens:
        return (Scope.CITY_ONLY,)
    if not forms and ActorType.CITY not in actors:
        return (Scope.CITIZEN_ONLY,)
    bands = tuple(scope for scope, named in SCOPE_FORMS.items() if forms & set(named))
    return bands or (Scope.UNDETERMINED,)
