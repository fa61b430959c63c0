-- The activities a view is narrowed to; every other query starts from here.
-- Grain: one row an activity; `position` is its place in the table, which is stored newest
-- first: a tie broken by it costs a third of one broken by the text `id`.
SELECT
    rowid AS position, id, title, summary, district_mask, fiscal_year, start_date, end_date,
    CASE WHEN $stated_only THEN form_mask_stated ELSE form_mask END AS form_mask,
    form_mask_stated, actor_mask, organisations, scope_recorded,
    CASE WHEN $stated_only THEN scope_mask_stated ELSE scope_mask END AS scope_mask,
    scope_mask_stated, field, status, participants_count, city_cost_yen, note, source, source_date,
    point_lat, point_lng, continues
FROM activity
WHERE
{narrowed}  -- Searching word by word is slow: few texts are left to look at after the first word.
  AND ($keyword IS NULL OR contains(search_text, $keyword))
  AND (len($more_keywords) = 0
       OR len(list_filter($more_keywords, lambda word: NOT contains(search_text, word))) = 0)
