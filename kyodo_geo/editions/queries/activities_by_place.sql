-- Activities of a place, by place, then the newest first, a page at a time.
-- Parameters: $view, $place_mask, $limit, $offset. Grain: one row per activity.
SELECT *
FROM kyodo.filtered($view)
WHERE district_mask & $place_mask <> 0
ORDER BY district_mask, fiscal_year DESC NULLS LAST, position
LIMIT $limit OFFSET $offset
