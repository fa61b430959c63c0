-- How well each place is covered by records. Parameters: $view.
-- Grain: one row per place, zero included.
SELECT
    p.place_id,
    coalesce(sum(c.activities), 0)::BIGINT AS activities,
    count(DISTINCT c.fiscal_year) AS years,
    coalesce(sum(c.activities) FILTER (c.form_mask & $view['unknown_form'] <> 0), 0)::BIGINT
        AS form_unknown,
    coalesce(sum(c.activities - c.participants_known), 0)::BIGINT AS participants_unknown,
    min(c.fiscal_year) AS first_year,
    max(c.fiscal_year) AS last_year
FROM place AS p
LEFT JOIN kyodo.counted($view) AS c ON c.district_mask & p.mask <> 0
GROUP BY p.place_id
ORDER BY any_value(p.ordinal)
