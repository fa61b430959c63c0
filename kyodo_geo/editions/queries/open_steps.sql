-- Next steps of reviews that have not been taken yet, of the activities of a place, the latest
-- look back first. Parameters: $view, $place_mask. Grain: one row per activity.
SELECT a.id AS activity_id, a.title, a.fiscal_year, r.next_step
FROM kyodo.filtered($view) AS a
JOIN review AS r ON r.activity_id = a.id
WHERE a.district_mask & $place_mask <> 0 AND r.next_step <> '' AND NOT r.is_settled
ORDER BY r.reviewed_on DESC, a.position
