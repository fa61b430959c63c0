-- The activities a view is narrowed to; every other query starts from here.
-- Grain: one row an activity. Masks that are not narrowed have all their bits set.
SELECT
    id, title, summary, district_mask, fiscal_year, start_date, end_date,
    CASE WHEN $stated_only THEN form_mask_stated ELSE form_mask END AS form_mask,
    form_mask_stated, actor_mask, organisations, scope_recorded,
    CASE WHEN $stated_only THEN scope_mask_stated ELSE scope_mask END AS scope_mask,
    field, status, participants_count, city_cost_yen, note, source, source_date
FROM activity
WHERE ($any_year OR fiscal_year BETWEEN $year_from AND $year_to)
  AND district_mask & $districts <> 0
  AND district_mask & $regions <> 0
  AND CASE WHEN $stated_only THEN form_mask_stated ELSE form_mask END & $forms <> 0
  AND actor_mask & $actors <> 0
  AND CASE WHEN $stated_only THEN scope_mask_stated ELSE scope_mask END & $scopes <> 0
  AND field_mask & $fields <> 0
  AND status_mask & $statuses <> 0
  AND (len($keywords) = 0
       OR len(list_filter($keywords, lambda word: NOT contains(search_text, word))) = 0)
