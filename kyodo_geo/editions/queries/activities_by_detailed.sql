-- Activities of a place, those of which most is recorded first, then the newest, a page at a time.
-- Parameters: $view, $place_mask, $limit, $offset. Grain: one row per activity.
SELECT *
FROM kyodo.filtered($view)
WHERE district_mask & $place_mask <> 0
ORDER BY
    (summary <> '')::INT + (participants_count IS NOT NULL)::INT + (len(organisations) > 0)::INT
    + (form_mask_stated <> $view['unknown_form'])::INT + (source <> '')::INT DESC,
    fiscal_year DESC NULLS LAST, start_date DESC NULLS LAST, position
LIMIT $limit OFFSET $offset
