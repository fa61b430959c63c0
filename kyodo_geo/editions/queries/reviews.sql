-- Reviews of the activities of a view, the latest look back first. Parameters: $view.
-- Grain: one row per review.
SELECT f.id, f.title, f.fiscal_year, f.district_mask
FROM kyodo.filtered($view) AS f
JOIN review AS r ON r.activity_id = f.id
ORDER BY r.reviewed_on DESC, f.position
