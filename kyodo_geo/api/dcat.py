"""The record as an entry of a data catalogue: DCAT as JSON-LD."""

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
"""Formats in which the pages have the record, and the API has not."""


def catalogue(edition: Edition, settings: Settings, base_address: str) -> dict[str, Any]:
    """A catalogue of one dataset, with one distribution an address and the API as a service.

    What describes a distribution column by column is what it conforms to.
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
        "dct:spatial": {"@type": "dct:Location", "dct:title": _ja(_municipality())},
        **_period(edition),
        **_dates(edition),
        "dcat:version": str(edition.info.number),
        "dcat:keyword": [_ja(word) for word in ("協働", *(field.label for field in Field))],
        "dcat:landingPage": {"@id": f"{base_address}/about"},
        "dcat:distribution": _distributions(edition, base_address),
    }


def _distributions(edition: Edition, base_address: str) -> list[dict[str, Any]]:
    """The addresses of the API, and the formats that only the pages' files have."""
    of_api = [
        _distribution(
            edition,
            address_of(base_address, one.path),
            f"{one.title}（{one.path}）",
            one.media_type,
            one.tables,
        )
        for one in data_of(edition)
    ]
    if edition.holds_figures_only:
        return of_api
    of_pages = [
        _distribution(
            edition,
            f"{base_address}{EXPORTS}/{name}",
            FORMATS[name].label,
            FORMATS[name].mime,
            TABLES_IN[name],
        )
        for name in ONLY_OF_PAGES
    ]
    return of_api + of_pages


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
    """When the first edition was published, and this one."""
    first = edition.log[-1].published_at
    moments = {"dct:issued": first, "dct:modified": edition.info.published_at}
    return {
        name: {"@type": "xsd:dateTime", "@value": moment.isoformat(timespec="seconds")}
        for name, moment in moments.items()
    }


def _period(edition: Edition) -> dict[str, Any]:
    """The fiscal years on record, as days; nothing where no activity has a year."""
    years = edition.fiscal_years
    if not years:
        return {}
    days = {"dcat:startDate": f"{years[0]}-04-01", "dcat:endDate": f"{years[-1] + 1}-03-31"}
    ends = {name: {"@type": "xsd:date", "@value": day} for name, day in days.items()}
    return {"dct:temporal": {"@type": "dct:PeriodOfTime", **ends}}


def _municipality() -> str:
    return f"{city().prefecture}{city().name}（全国地方公共団体コード {city().code}）"


def _dataset_id(base_address: str) -> str:
    return address_of(base_address, "catalog.json") + "#dataset"


def _ja(text: str) -> dict[str, str]:
    return {"@language": "ja", "@value": text}
