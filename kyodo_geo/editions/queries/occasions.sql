-- Activities of a place that may be occasions of something held again and again, newest first;
-- those of unknown year come last. Parameters: $view, $place_mask, $limit.
-- Grain: one row per activity.
SELECT
    a.id AS activity_id, a.title, a.fiscal_year, a.form_mask, a.form_mask_stated, a.continues,
    r.activity_id IS NOT NULL AS is_reviewed
FROM kyodo.filtered($view) AS a
LEFT JOIN review AS r ON r.activity_id = a.id
WHERE a.district_mask & $place_mask <> 0
ORDER BY a.fiscal_year DESC NULLS LAST, a.position
LIMIT $limit
