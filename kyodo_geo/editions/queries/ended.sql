-- Activities of a view that are over and have no review, newest first, a page at a time.
-- Parameters: $view, $today, $this_year (the fiscal year of that day), $limit, $offset.
-- Grain: one row per activity.
SELECT id, title, fiscal_year, district_mask
FROM kyodo.ended($view, $today, $this_year)
ORDER BY fiscal_year DESC NULLS LAST, last_day DESC NULLS LAST, position
LIMIT $limit OFFSET $offset
