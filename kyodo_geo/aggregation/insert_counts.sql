-- Adds the rows of `counted` to the cube, deriving what filters need as insert_activity.sql does
-- for activities; texts in another order are one combination. Grain: one row a combination.
INSERT INTO activity_count
SELECT
    c.fiscal_year, c.district_mask,
    CASE WHEN c.stated | c.implied = 0 THEN unknown.bit ELSE c.stated | c.implied END AS form_mask,
    CASE WHEN c.stated = 0 THEN unknown.bit ELSE c.stated END AS form_mask_stated,
    c.actor_mask, c.recorded <> 0 AS is_scope_recorded,
    CASE WHEN c.recorded <> 0 THEN c.recorded ELSE with_implied.scope_mask END AS scope_mask,
    CASE WHEN c.recorded <> 0 THEN c.recorded ELSE stated_only.scope_mask END AS scope_mask_stated,
    field.id AS field, c.field_mask, c.status_mask,
    sum(c.activities)::BIGINT AS activities,
    sum(c.participants_known)::BIGINT AS participants_known,
    sum(c.participants)::BIGINT AS participants
FROM counted AS c
JOIN code AS unknown ON unknown.kind = 'form' AND unknown.id = 'unknown'
JOIN code AS field ON field.kind = 'field' AND field.bit = c.field_mask
JOIN scope_rule AS with_implied
  ON with_implied.actor_mask = c.actor_mask AND with_implied.form_mask = c.stated | c.implied
JOIN scope_rule AS stated_only
  ON stated_only.actor_mask = c.actor_mask AND stated_only.form_mask = c.stated
GROUP BY ALL
ORDER BY c.fiscal_year DESC NULLS LAST, c.district_mask
