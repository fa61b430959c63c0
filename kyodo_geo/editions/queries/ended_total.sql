-- How many activities of a view are over and have no review. Parameters: $view, $today,
-- $this_year. Grain: one row.
SELECT count(*) AS total
FROM kyodo.ended($view, $today, $this_year)
