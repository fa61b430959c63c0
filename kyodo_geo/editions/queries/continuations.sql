-- Which activity goes on from which, oldest first. No parameters. Grain: one row per activity
-- that goes on from another.
SELECT id, continues
FROM activity
WHERE continues IS NOT NULL
ORDER BY fiscal_year NULLS LAST, start_date NULLS LAST, id
