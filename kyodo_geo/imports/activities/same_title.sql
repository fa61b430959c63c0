-- Rows of a file (`incoming`) with the title, places and year of an activity on record.
-- No parameters. Grain: one row per pair.
SELECT n.row, a.id
FROM incoming AS n
JOIN activity AS a
  ON a.title = n.title AND a.district_mask = n.district_mask
 AND a.fiscal_year IS NOT DISTINCT FROM n.fiscal_year
ORDER BY n.row, a.id
