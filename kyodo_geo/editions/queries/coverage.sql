-- How well each place is covered by records. Grain: one row a place, zero included.
SELECT p.place_id,
       count(f.id) AS activities,
       count(DISTINCT f.fiscal_year) AS years,
       count(DISTINCT f.source) AS sources,
       count(*) FILTER (f.form_mask & $unknown_form <> 0) AS form_unknown,
       count(f.id) - count(f.participants_count) AS participants_unknown,
       min(f.fiscal_year) AS first_year,
       max(f.fiscal_year) AS last_year
FROM place AS p
LEFT JOIN filtered AS f ON f.district_mask & p.mask <> 0
GROUP BY p.place_id
ORDER BY any_value(p.ordinal)
