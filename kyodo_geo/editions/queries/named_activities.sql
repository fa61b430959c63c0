-- Activities by their ids, in no order. Grain: one row an activity that is there.
SELECT id, title, summary, district_mask, fiscal_year, start_date, end_date, form_mask,
       form_mask_stated, actor_mask, organisations, scope_mask, field, status,
       participants_count, city_cost_yen, note, source, source_date,
       point_lat, point_lng, continues
FROM filtered
WHERE list_contains($ids, id)
