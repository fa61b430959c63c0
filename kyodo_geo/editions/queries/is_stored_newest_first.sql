-- Whether no row of the table is newer than the one before it, missing years and dates being the
-- oldest. No parameters. Grain: one row.
WITH dated AS (
    SELECT (coalesce(fiscal_year, 0), coalesce(start_date, DATE '-infinity')) AS moment
    FROM activity
),
neighbours AS (
    SELECT moment, lag(moment) OVER () AS before FROM dated
)
SELECT bool_and(moment <= before) AS is_newest_first
FROM neighbours
