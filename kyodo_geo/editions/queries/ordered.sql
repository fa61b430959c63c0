-- A view in the order of a list, as in activities_by_….sql. Parameters: $view, $sort (order_id).
-- A page has a statement per order, as DuckDB skips blocks by a leading column, not by a CASE;
-- here all rows are sorted anyway. Grain: one row per activity, by its place in the table.
SELECT position
FROM kyodo.filtered($view)
ORDER BY
    CASE WHEN $sort = 'title' THEN title END,
    CASE WHEN $sort = 'place' THEN district_mask END,
    CASE WHEN $sort = 'participants' THEN participants_count END DESC NULLS LAST,
    CASE WHEN $sort = 'detailed' THEN (summary <> '')::INT
        + (participants_count IS NOT NULL)::INT + (len(organisations) > 0)::INT
        + (form_mask_stated <> $view['unknown_form'])::INT + (source <> '')::INT END DESC,
    CASE WHEN $sort = 'oldest' THEN fiscal_year END NULLS LAST,
    CASE WHEN $sort = 'oldest' THEN start_date END NULLS LAST,
    CASE WHEN $sort IN ('newest', 'place', 'detailed') THEN fiscal_year END DESC NULLS LAST,
    CASE WHEN $sort IN ('newest', 'detailed') THEN start_date END DESC NULLS LAST,
    position
