-- Activities of one kind of difference as people read them, from the edition in use: sets in
-- the words of its own vocabulary and places. Grain: one row an activity, by id.
WITH wanted AS (
    SELECT id FROM temp.difference WHERE kind = $kind ORDER BY id LIMIT $limit
),
spelt AS (
    SELECT kind, bit, label, ordinal FROM code WHERE id <> 'unknown' OR kind <> 'form'
    UNION ALL
    SELECT 'place', mask, label, ordinal FROM place
    WHERE kind IN ('district', 'citywide', 'unknown')
)
SELECT
    a.id,
    a.title,
    (SELECT string_agg(s.label, '、' ORDER BY s.ordinal) FROM spelt AS s
     WHERE s.kind = 'place' AND s.bit & a.district_mask <> 0) AS districts,
    a.fiscal_year,
    a.summary,
    a.start_date,
    a.end_date,
    (SELECT string_agg(s.label, '、' ORDER BY s.ordinal) FROM spelt AS s
     WHERE s.kind = 'form' AND s.bit & a.form_mask_stated <> 0) AS forms_stated,
    (SELECT string_agg(s.label, '、' ORDER BY s.ordinal) FROM spelt AS s
     WHERE s.kind = 'form' AND s.bit & a.form_mask & ~a.form_mask_stated <> 0) AS forms_implied,
    (SELECT string_agg(s.label, '、' ORDER BY s.ordinal) FROM spelt AS s
     WHERE s.kind = 'actor' AND s.bit & a.actor_mask <> 0) AS actors,
    array_to_string(a.organisations, '、') AS organisations,
    (SELECT any_value(s.label) FROM spelt AS s
     WHERE s.kind = 'scope' AND s.bit & a.scope_mask <> 0 AND a.scope_recorded IS NOT NULL)
        AS scope_recorded,
    (SELECT string_agg(s.label, '、' ORDER BY s.ordinal) FROM spelt AS s
     WHERE s.kind = 'scope' AND s.bit & a.scope_mask <> 0) AS scopes,
    (SELECT any_value(s.label) FROM spelt AS s
     WHERE s.kind = 'field' AND s.bit & a.field_mask <> 0) AS field,
    (SELECT any_value(s.label) FROM spelt AS s
     WHERE s.kind = 'status' AND s.bit & a.status_mask <> 0) AS status,
    a.participants_count,
    a.city_cost_yen,
    a.note,
    a.source,
    a.source_date,
    a.point_lat,
    a.point_lng,
    a.continues
FROM wanted
JOIN activity AS a ON a.id = wanted.id
ORDER BY a.id
