-- Forms of the activities of a view in long form. Parameters: $view.
-- Grain: one row per activity and known form.
SELECT
    f.id AS activity_id, c.id AS form,
    CASE WHEN f.form_mask_stated & c.bit <> 0 THEN 'stated' ELSE 'implied' END AS certainty
FROM kyodo.filtered($view) AS f
JOIN code AS c ON c.kind = 'form' AND c.id <> 'unknown' AND f.form_mask & c.bit <> 0
ORDER BY f.position, c.ordinal
