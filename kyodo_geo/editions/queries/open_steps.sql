-- Next steps of reviews that have not been taken yet, of the activities of a place, the latest
-- look back first. Grain: one row an activity.
SELECT a.id, a.title, a.fiscal_year, r.next_step
FROM filtered AS a JOIN review AS r ON r.activity_id = a.id
WHERE a.district_mask & $place_mask <> 0 AND r.next_step <> '' AND NOT r.is_settled
ORDER BY r.reviewed_on DESC, a.position
