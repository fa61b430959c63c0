-- What figures are added up from, narrowed to a view, where an edition has the cube.
-- Grain: one row a combination that occurs, with its number of activities.
SELECT
    fiscal_year, district_mask,
    CASE WHEN $stated_only THEN form_mask_stated ELSE form_mask END AS form_mask,
    form_mask_stated, actor_mask, is_scope_recorded,
    CASE WHEN $stated_only THEN scope_mask_stated ELSE scope_mask END AS scope_mask,
    scope_mask_stated, field, activities, participants_known, participants
FROM activity_count
WHERE
{narrowed}