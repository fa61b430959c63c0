-- Activities of a place in the order of the table, a page at a time: reading stops when the page
-- is full. Parameters: $view, $place_mask, $limit, $offset. Grain: one row per activity.
SELECT *
FROM kyodo.filtered($view)
WHERE district_mask & $place_mask <> 0
LIMIT $limit OFFSET $offset
