-- Macros that the queries of an edition start from, in a catalog of their own (`kyodo`, attached
-- in memory): an edition file is read-only and holds no code. Tables are those of the edition.
--
-- `view` is a STRUCT of what a view is narrowed to (filters/conditions.py). A field that is NULL
-- narrows nothing, and DuckDB drops its condition before a query runs. Masks and constants of
-- the vocabulary are bound, too.

-- The conditions of a view on what activities and the cube have in common. Holds for a row of
-- either table.
CREATE MACRO IF NOT EXISTS kyodo.is_narrowed_to(view) AS
    (view['year_from'] IS NULL OR fiscal_year >= view['year_from'])
    AND (view['year_to'] IS NULL OR fiscal_year <= view['year_to'])
    AND (view['districts'] IS NULL OR district_mask & view['districts'] <> 0)
    AND (view['regions'] IS NULL OR district_mask & view['regions'] <> 0)
    AND (view['forms'] IS NULL OR CASE WHEN view['stated_only'] THEN form_mask_stated
                                       ELSE form_mask END & view['forms'] <> 0)
    AND (view['actors'] IS NULL OR actor_mask & view['actors'] <> 0)
    AND (view['scopes'] IS NULL OR CASE WHEN view['stated_only'] THEN scope_mask_stated
                                        ELSE scope_mask END & view['scopes'] <> 0)
    AND (view['fields'] IS NULL OR field_mask & view['fields'] <> 0)
    AND (view['statuses'] IS NULL OR status_mask & view['statuses'] <> 0);

-- The activities of a view. Grain: one row per activity; `position` is its place in the table,
-- which is stored newest first: a tie broken by it costs a third of one broken by the text `id`.
CREATE MACRO IF NOT EXISTS kyodo.filtered(view) AS TABLE
SELECT
    rowid AS position, id, title, summary, district_mask, fiscal_year, start_date, end_date,
    CASE WHEN view['stated_only'] THEN form_mask_stated ELSE form_mask END AS form_mask,
    form_mask_stated, actor_mask, organisations, scope_recorded,
    CASE WHEN view['stated_only'] THEN scope_mask_stated ELSE scope_mask END AS scope_mask,
    scope_mask_stated, field, status, participants_count, city_cost_yen, note, source, source_date,
    point_lat, point_lng, continues
FROM activity
WHERE kyodo.is_narrowed_to(view)
  -- Searching word by word is slow: few texts are left to look at after the first word.
  AND (view['keyword'] IS NULL OR contains(search_text, view['keyword']))
  AND (len(view['more_keywords']) = 0 OR len(list_filter(
      view['more_keywords'], LAMBDA word: NOT contains(search_text, word))) = 0);

-- What the figures of a view are added up from: the cube, or activities where an edition has no
-- cube and for views that look into texts. One side is dropped before a query runs.
-- Grain: one row per combination that occurs, with its number of activities, or per activity.
CREATE MACRO IF NOT EXISTS kyodo.counted(view) AS TABLE
SELECT
    fiscal_year, district_mask,
    CASE WHEN view['stated_only'] THEN form_mask_stated ELSE form_mask END AS form_mask,
    form_mask_stated, actor_mask, is_scope_recorded,
    CASE WHEN view['stated_only'] THEN scope_mask_stated ELSE scope_mask END AS scope_mask,
    scope_mask_stated, field, activities, participants_known, participants
FROM activity_count
WHERE view['from_cube'] AND kyodo.is_narrowed_to(view)
UNION ALL
SELECT
    fiscal_year, district_mask, form_mask, form_mask_stated, actor_mask,
    scope_recorded IS NOT NULL AS is_scope_recorded, scope_mask, scope_mask_stated, field,
    1 AS activities,
    CASE WHEN participants_count IS NULL THEN 0 ELSE 1 END AS participants_known,
    coalesce(participants_count, 0) AS participants
FROM kyodo.filtered(view)
WHERE NOT view['from_cube'];
