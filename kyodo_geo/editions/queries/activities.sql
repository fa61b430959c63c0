-- Activities of a place in the order of a list, a page at a time. Parameters: $view, $sort (an
-- order_id), $unknown_form, $place_mask, $limit, $offset. Grain: one row per activity.
SELECT *
FROM kyodo.sorted($view, $sort, $unknown_form)
WHERE district_mask & $place_mask <> 0
LIMIT $limit OFFSET $offset
