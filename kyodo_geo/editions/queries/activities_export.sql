-- The activities of a view as they are exported. Grain: one row an activity, in the order of
-- the table. DuckDB keeps that order for a plain scan, and streams it; after a join it does
-- not, and sorting would hold every row. So sets come as masks and terms as ids, under the
-- names of the columns that `export/writers/decode_masks.py` spells out.
SELECT
    $edition AS edition,
    id AS activity_id,
    title,
    summary,
    fiscal_year,
    start_date,
    end_date,
    district_mask AS district_ids,
    district_mask AS district_names,
    district_mask AS regions,
    form_mask_stated AS forms_stated,
    CASE WHEN form_mask_stated & $unknown_form <> 0 THEN form_mask
         ELSE form_mask & ~form_mask_stated END AS forms_implied,
    actor_mask AS actors,
    scope_mask AS scopes,
    CASE WHEN scope_mask & $kyodo_scopes <> 0 THEN 1 ELSE 0 END AS is_kyodo,
    field,
    status,
    participants_count,
    city_cost_yen,
    array_to_string(organisations, ';') AS organisations,
    note,
    source,
    source_date,
    point_lat,
    point_lng,
    continues
FROM filtered
