-- Activities of a place by fiscal year. Grain: one row a fiscal year that occurs; the row
-- without a year holds activities whose year is not known.
SELECT fiscal_year, count(*) AS activities
FROM filtered
WHERE district_mask & $place_mask <> 0
GROUP BY fiscal_year
ORDER BY fiscal_year NULLS LAST
