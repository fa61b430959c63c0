-- Activities by place, field and set of forms. Parameters: $view.
-- Grain: one row per combination that occurs.
WITH grouped AS (
    SELECT district_mask, field, form_mask, sum(activities) AS activities
    FROM kyodo.counted($view)
    GROUP BY ALL
)
SELECT p.place_id, g.field, g.form_mask, sum(g.activities)::BIGINT AS activities
FROM place AS p
JOIN grouped AS g ON g.district_mask & p.mask <> 0
GROUP BY p.place_id, g.field, g.form_mask
ORDER BY any_value(p.ordinal), g.field, g.form_mask
