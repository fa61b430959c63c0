-- Activities of a view that a check finds something in, as they are exported, newest first.
-- Parameters: $view, $asked, $check (its bit), $check_id, $check_title, $edition.
-- Grain: one row per activity.
SELECT
    $edition AS edition, $check_id AS check_id, $check_title AS check_title,
    id AS activity_id, title AS activity_title, fiscal_year, district_mask AS district_ids,
    district_mask AS district_names, source
FROM kyodo.checked($view, $asked)
WHERE found & $check <> 0
ORDER BY fiscal_year DESC NULLS LAST, position
