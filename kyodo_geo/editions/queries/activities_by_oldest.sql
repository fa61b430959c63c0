-- Activities of a place, oldest first, a page at a time.
-- Parameters: $view, $place_mask, $limit, $offset. Grain: one row per activity.
SELECT *
FROM kyodo.filtered($view)
WHERE district_mask & $place_mask <> 0
ORDER BY fiscal_year NULLS LAST, start_date NULLS LAST, position
LIMIT $limit OFFSET $offset
