-- Activities by place and field. Grain: one row a place and field that occurs.
, grouped AS (
    SELECT district_mask, field, sum(activities) AS activities
    FROM counted
    GROUP BY ALL
)
SELECT p.place_id, g.field, sum(g.activities)::BIGINT AS activities
FROM place AS p
JOIN grouped AS g ON g.district_mask & p.mask <> 0
GROUP BY p.place_id, g.field
ORDER BY any_value(p.ordinal), g.field
