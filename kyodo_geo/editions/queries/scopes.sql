-- Activities by place and set of possible bands (範囲); several bits in `scope_mask` mean the
-- band is ambiguous. Parameters: $view. Grain: one row per place and set that occurs.
WITH grouped AS (
    SELECT
        district_mask, scope_mask, is_scope_recorded AS is_recorded, sum(activities) AS activities
    FROM kyodo.counted($view)
    GROUP BY ALL
)
SELECT p.place_id, g.scope_mask, g.is_recorded, sum(g.activities)::BIGINT AS activities
FROM place AS p
JOIN grouped AS g ON g.district_mask & p.mask <> 0
GROUP BY p.place_id, g.scope_mask, g.is_recorded
ORDER BY any_value(p.ordinal), g.scope_mask, g.is_recorded
