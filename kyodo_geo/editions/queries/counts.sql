-- Activities counted by their sets: one look at the table for all figures of a page. Where no
-- activity states participants their sum is zero and `participants_known` too. Parameters: $view.
-- Grain: one row per combination of districts, actor types, forms and bands that occurs.
SELECT
    district_mask, actor_mask, form_mask, form_mask_stated, scope_mask, scope_mask_stated,
    sum(activities)::BIGINT AS activities,
    sum(participants_known)::BIGINT AS participants_known,
    sum(participants)::BIGINT AS participants,
    coalesce(sum(activities) FILTER (fiscal_year IS NULL), 0)::BIGINT AS year_unknown
FROM kyodo.counted($view)
GROUP BY ALL
