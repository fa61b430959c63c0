-- Activities counted by their sets: one look at the table for all figures of a page.
-- Grain: one row a combination of districts, actor types, forms and bands that occurs. Where
-- no activity states participants their sum is zero and `participants_known` too.
SELECT district_mask, actor_mask, form_mask, form_mask_stated, scope_mask, scope_mask_stated,
       count(*) AS activities,
       count(participants_count) AS participants_known,
       coalesce(sum(participants_count), 0)::BIGINT AS participants,
       count(*) - count(fiscal_year) AS year_unknown
FROM filtered
GROUP BY ALL
