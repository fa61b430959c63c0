-- Activities by place and field. Parameters: $view.
-- Grain: one row per place and field that occurs.
WITH grouped AS (
    SELECT district_mask, field, sum(activities) AS activities
    FROM kyodo.counted($view)
    GROUP BY ALL
)
SELECT p.place_id, g.field, sum(g.activities)::BIGINT AS activities
FROM place AS p
JOIN grouped AS g ON g.district_mask & p.mask <> 0
GROUP BY p.place_id, g.field
ORDER BY any_value(p.ordinal), g.field
