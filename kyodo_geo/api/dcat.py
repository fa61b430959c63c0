"""Entry of the record for data catalogues: DCAT as JSON-LD."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kyodo_geo.api.resources import address_of, data_of
from kyodo_geo.city import city
from kyodo_geo.editions import Edition
from kyodo_geo.export import FORMATS
from kyodo_geo.export.metadata.descriptors import standards_for
from kyodo_geo.export.metadata.manifest import CAVEAT, COUNTING_RULE, LICENCE_ADDRESS
from kyodo_geo.export.schema.tables import TABLES_IN, TableSchema
from kyodo_geo.export.writers.geojson import attribution
from kyodo_geo.settings import Settings
from kyodo_geo.vocabulary import Field
from kyodo_geo.web.api_contract import PATH
from kyodo_geo.web.descriptor_links import EXPORTS

CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
JAPANESE = "http://id.loc.gov/vocabulary/iso639-1/ja"
ONLY_OF_PAGES = ("csv-cp932", "xlsx", "zip")
"""Formats that the pages offer and the API does not."""


def catalogue(edition: Edition, settings: Settings, base_address: str) -> dict[str, Any]:
    """Return a catalogue (DCAT) of one dataset, one distribution per address, and the API.

    `dct:conformsTo` of a distribution is its description column by column.
    """
    publisher = {"@type": "foaf:Organization", "foaf:name": _ja(settings.contact_office)}
    service = address_of(base_address, "openapi.json")
    return {
        "@context": CONTEXT,
        "@id": address_of(base_address, "catalog.json"),
        "@type": "dcat:Catalog",
        "dct:title": _ja(f"{city().title} データカタログ"),
        "dct:publisher": publisher,
        "dct:language": {"@id": JAPANESE},
        **_dates(edition),
        "dcat:dataset": [_dataset(edition, settings, base_address, publisher)],
        "dcat:service": [
            {
                "@type": "dcat:DataService",
                "@id": service,
                "dct:title": _ja(f"{city().title} API"),
                "dcat:endpointURL": {"@id": f"{base_address}{PATH}"},
                "dcat:endpointDescription": {"@id": service},
                "dcat:servesDataset": {"@id": _dataset_id(base_address)},
            }
        ],
    }


def _dataset(
    edition: Edition, settings: Settings, base_address: str, publisher: dict[str, Any]
) -> dict[str, Any]:
    fictional = "【架空データ】" if edition.info.is_fictional else ""
    place = f"{city().prefecture}{city().name}（全国地方公共団体コード {city().code}）"
    return {
        "@id": _dataset_id(base_address),
        "@type": "dcat:Dataset",
        "dct:title": _ja(f"{fictional}{city().title}の記録"),
        "dct:description": _ja(f"{COUNTING_RULE}{CAVEAT}{attribution(edition)}"),
        "dct:publisher": publisher,
        "dcat:contactPoint": {
            "@type": "vcard:Organization",
            "vcard:fn": settings.contact_office,
            "vcard:hasEmail": {"@id": f"mailto:{settings.contact_mail}"},
        },
        "dct:license": {"@id": LICENCE_ADDRESS},
        "dct:language": {"@id": JAPANESE},
        "dct:spatial": {"@type": "dct:Location", "dct:title": _ja(place)},
        **_period(edition),
        **_dates(edition),
        "dcat:version": str(edition.info.number),
        "dcat:keyword": [_ja(word) for word in ("協働", *(field.label for field in Field))],
        "dcat:landingPage": {"@id": f"{base_address}/about"},
        "dcat:distribution": _distributions(edition, base_address),
    }


def _distributions(edition: Edition, base_address: str) -> list[dict[str, Any]]:
    """Return the addresses of the API, and of the formats that only the pages offer."""
    offered: list[tuple[str, str, str, Sequence[TableSchema]]] = [
        (address_of(base_address, r.path), f"{r.title}（{r.path}）", r.media_type, r.tables)
        for r in data_of(edition)
    ]
    # The pages' files list activities, which an edition of figures lacks (decision 39).
    if not edition.holds_figures_only:
        offered += [
            (f"{base_address}{EXPORTS}/{name}", form.label, form.mime, TABLES_IN[name])
            for name, form in FORMATS.items()
            if name in ONLY_OF_PAGES
        ]
    return [_distribution(edition, *one) for one in offered]


def _distribution(
    edition: Edition, address: str, title: str, media_type: str, tables: Sequence[TableSchema]
) -> dict[str, Any]:
    described = [{"@id": f"{address}{standard.ending}"} for standard in standards_for(tables)]
    return {
        "@type": "dcat:Distribution",
        "@id": address,
        "dct:title": _ja(title),
        "dcat:accessURL": {"@id": address},
        "dcat:downloadURL": {"@id": address},
        "dcat:mediaType": {"@id": f"{MEDIA_TYPES}{media_type}"},
        **({"dct:conformsTo": described} if described else {}),
        "dct:license": {"@id": LICENCE_ADDRESS},
        **_dates(edition),
    }


def _dates(edition: Edition) -> dict[str, Any]:
    """Return when the first edition was published, and this one."""
    first = edition.log[-1].published_at
    moments = {"dct:issued": first, "dct:modified": edition.info.published_at}
    return {
        name: {"@type": "xsd:dateTime", "@value": moment.isoformat(timespec="seconds")}
        for name, moment in moments.items()
    }


def _period(edition: Edition) -> dict[str, Any]:
    """Return first and last day of the fiscal years on record; empty without any year."""
    years = edition.fiscal_years
    if not years:
        return {}
    days = {"dcat:startDate": f"{years[0]}-04-01", "dcat:endDate": f"{years[-1] + 1}-03-31"}
    ends = {name: {"@type": "xsd:date", "@value": day} for name, day in days.items()}
    return {"dct:temporal": {"@type": "dct:PeriodOfTime", **ends}}


def _dataset_id(base_address: str) -> str:
    return address_of(base_address, "catalog.json") + "#dataset"


def _ja(text: str) -> dict[str, str]:
    return {"@language": "ja", "@value": text}
