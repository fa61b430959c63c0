-- What one would write by hand for the export of half the record, filters as plain text: the
-- labels come by joins, so the rows come in no order. Grain: one row an activity.
WITH district_text AS (
    SELECT m.district_mask,
           coalesce(string_agg(p.place_id, ';' ORDER BY p.ordinal), '') AS ids,
           coalesce(string_agg(p.label, ';' ORDER BY p.ordinal), '') AS names
    FROM (SELECT DISTINCT district_mask FROM activity) AS m
    LEFT JOIN place AS p
      ON p.kind IN ('district', 'citywide') AND m.district_mask & p.mask <> 0
    GROUP BY m.district_mask
), region_text AS (
    SELECT m.district_mask, coalesce(string_agg(p.region, ';' ORDER BY p.ordinal), '') AS names
    FROM (SELECT DISTINCT district_mask FROM activity) AS m
    LEFT JOIN place AS p ON p.kind = 'region' AND m.district_mask & p.mask <> 0
    GROUP BY m.district_mask
), set_text AS (
    SELECT c.kind, r.mask, string_agg(c.label, ';' ORDER BY c.ordinal) AS labels
    FROM range(1, 128) AS r (mask)
    JOIN code AS c ON c.kind IN ('form', 'actor', 'scope') AND r.mask & c.bit <> 0
    WHERE NOT (c.kind = 'form' AND c.id = 'unknown')
    GROUP BY c.kind, r.mask
), field_text AS (
    SELECT id, label FROM code WHERE kind = 'field'
), status_text AS (
    SELECT id, label FROM code WHERE kind = 'status'
)
SELECT
    $edition AS "﻿edition", -- noqa: RF05
    f.id AS activity_id,
    f.title,
    f.summary,
    f.fiscal_year,
    f.start_date,
    f.end_date,
    d.ids AS district_ids,
    d.names AS district_names,
    r.names AS regions,
    coalesce(stated.labels, '') AS forms_stated,
    coalesce(implied.labels, '') AS forms_implied,
    actors.labels AS actors,
    scopes.labels AS scopes,
    CASE WHEN f.scope_mask & $kyodo_scopes <> 0 THEN 1 ELSE 0 END AS is_kyodo,
    field_text.label AS field,
    status_text.label AS status,
    f.participants_count,
    f.city_cost_yen,
    array_to_string(f.organisations, ';') AS organisations,
    f.note,
    f.source,
    f.source_date,
    f.point_lat,
    f.point_lng,
    f.continues
FROM activity AS f
JOIN district_text AS d ON d.district_mask = f.district_mask
JOIN region_text AS r ON r.district_mask = f.district_mask
LEFT JOIN set_text AS stated
  ON stated.kind = 'form' AND stated.mask = f.form_mask_stated
LEFT JOIN set_text AS implied
  ON implied.kind = 'form'
 AND implied.mask = CASE WHEN f.form_mask_stated & $unknown_form <> 0 THEN f.form_mask
                         ELSE f.form_mask & ~f.form_mask_stated END
LEFT JOIN set_text AS actors ON actors.kind = 'actor' AND actors.mask = f.actor_mask
LEFT JOIN set_text AS scopes ON scopes.kind = 'scope' AND scopes.mask = f.scope_mask
JOIN field_text ON field_text.id = f.field
JOIN status_text ON status_text.id = f.status
WHERE f.fiscal_year >= $year_from
