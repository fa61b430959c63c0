-- Activities of a view that a check finds something in, newest first, a page at a time.
-- Parameters: $view, $asked, $check (its bit), $limit, $offset. Grain: one row per activity.
SELECT id, title, fiscal_year, district_mask, source
FROM kyodo.checked($view, $asked)
WHERE found & $check <> 0
ORDER BY fiscal_year DESC NULLS LAST, position
LIMIT $limit OFFSET $offset
