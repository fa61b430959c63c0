-- Activities of a place, newest first, a page at a time.
-- Parameters: $view, $place_mask, $limit, $offset. Grain: one row per activity.
SELECT *
FROM kyodo.filtered($view)
WHERE district_mask & $place_mask <> 0
ORDER BY fiscal_year DESC NULLS LAST, start_date DESC NULLS LAST, position
LIMIT $limit OFFSET $offset
