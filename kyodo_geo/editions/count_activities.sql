-- Fills the cube from the activities. Grain: one row a combination that occurs. Newest years
-- first: filters on years skip whole blocks.
INSERT INTO activity_count
SELECT fiscal_year, district_mask, form_mask, form_mask_stated, actor_mask,
       scope_recorded IS NOT NULL AS is_scope_recorded, scope_mask, scope_mask_stated,
       field, field_mask, status_mask,
       count(*) AS activities,
       count(participants_count) AS participants_known,
       coalesce(sum(participants_count), 0)::BIGINT AS participants
FROM activity
GROUP BY ALL
ORDER BY fiscal_year DESC NULLS LAST, district_mask
