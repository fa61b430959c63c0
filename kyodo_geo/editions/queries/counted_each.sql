-- The same as counted.sql without the cube, and for a view that looks into texts.
-- Grain: one row an activity.
SELECT
    fiscal_year, district_mask, form_mask, form_mask_stated, actor_mask,
    scope_recorded IS NOT NULL AS is_scope_recorded, scope_mask, scope_mask_stated, field,
    1 AS activities,
    CASE WHEN participants_count IS NULL THEN 0 ELSE 1 END AS participants_known,
    coalesce(participants_count, 0) AS participants
FROM filtered
