-- Adds the rows of `incoming` to `activity`, deriving what filters need.
-- Grain: one row an activity. Stored newest first: the newest are found without a sort, and
-- filters on years skip whole blocks. (Those on sets can't: a block knows no bits.)
INSERT INTO activity
SELECT
    i.id, i.title, i.summary, i.district_mask, i.fiscal_year, i.start_date, i.end_date,
    CASE WHEN i.stated | i.implied = 0 THEN unknown.bit ELSE i.stated | i.implied END,
    CASE WHEN i.stated = 0 THEN unknown.bit ELSE i.stated END,
    i.actor_mask, i.organisations, i.scope_recorded,
    coalesce(recorded.bit, with_implied.scope_mask),
    coalesce(recorded.bit, stated_only.scope_mask),
    i.field, field.bit, i.status, status.bit, i.participants_count, i.city_cost_yen,
    i.note, i.source, i.source_date, i.search_text, i.point_lat, i.point_lng, i.continues
FROM incoming AS i
JOIN code AS unknown ON unknown.kind = 'form' AND unknown.id = 'unknown'
JOIN code AS field ON field.kind = 'field' AND field.id = i.field
JOIN code AS status ON status.kind = 'status' AND status.id = i.status
LEFT JOIN code AS recorded ON recorded.kind = 'scope' AND recorded.id = i.scope_recorded
JOIN scope_rule AS with_implied
  ON with_implied.actor_mask = i.actor_mask AND with_implied.form_mask = i.stated | i.implied
JOIN scope_rule AS stated_only
  ON stated_only.actor_mask = i.actor_mask AND stated_only.form_mask = i.stated
ORDER BY i.fiscal_year DESC NULLS LAST, i.start_date DESC NULLS LAST, i.district_mask, i.id
