-- Activities by place and form, stated and implied apart.
-- Grain: one row a place and form, zero included. An activity with several forms counts
-- once in each (延べ). For the unknown form, both columns say the same.
, grouped AS (
    SELECT district_mask, form_mask, form_mask_stated, count(*) AS activities
    FROM filtered
    GROUP BY ALL
)
SELECT p.place_id, c.id AS form,
       coalesce(
           sum(g.activities) FILTER (g.form_mask & g.form_mask_stated & c.bit <> 0), 0
       )::BIGINT AS stated,
       coalesce(sum(g.activities) FILTER (g.form_mask & c.bit <> 0), 0)::BIGINT AS activities
FROM place AS p
CROSS JOIN code AS c
LEFT JOIN grouped AS g ON g.district_mask & p.mask <> 0
WHERE c.kind = 'form'
GROUP BY p.place_id, c.id
ORDER BY any_value(p.ordinal), any_value(c.ordinal)
