-- Activities of a place, by title, a page at a time.
-- Parameters: $view, $place_mask, $limit, $offset. Grain: one row per activity.
SELECT *
FROM kyodo.filtered($view)
WHERE district_mask & $place_mask <> 0
ORDER BY title, position
LIMIT $limit OFFSET $offset
