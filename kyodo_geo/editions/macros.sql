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

-- The activities of a view as they are exported. DuckDB keeps the order of the table for a plain
-- scan, and streams it; after a join it does not, and sorting would hold every row. So sets come
-- as masks and terms as ids, under the names of the columns that export/writers/decode_masks.py
-- spells out. Grain: one row per activity, in the order of the table.
CREATE MACRO IF NOT EXISTS kyodo.exported(view, edition, kyodo_scopes) AS TABLE
SELECT
    edition AS edition,
    id AS activity_id,
    title,
    summary,
    fiscal_year,
    start_date,
    end_date,
    district_mask AS district_ids,
    district_mask AS district_names,
    district_mask AS regions,
    form_mask_stated AS forms_stated,
    CASE WHEN form_mask_stated & view['unknown_form'] <> 0 THEN form_mask
         ELSE form_mask & ~form_mask_stated END AS forms_implied,
    actor_mask AS actors,
    scope_mask AS scopes,
    CASE WHEN scope_mask & kyodo_scopes <> 0 THEN 1 ELSE 0 END AS is_kyodo,
    field,
    status,
    participants_count,
    city_cost_yen,
    array_to_string(organisations, ';') AS organisations,
    note,
    source,
    source_date,
    point_lat,
    point_lng,
    continues
FROM kyodo.filtered(view);

-- Whether an activity was reported and is over: its last day lies before `today` or, without a
-- day, its fiscal year before `this_year`. NULL where nobody knows.
CREATE MACRO IF NOT EXISTS kyodo.is_over(status, last_day, fiscal_year, today, this_year) AS
    status = 'reported'
    AND CASE WHEN last_day IS NULL THEN fiscal_year < this_year ELSE last_day < today END;

-- Activities of a view that are over and have no review. Grain: one row per activity.
CREATE MACRO IF NOT EXISTS kyodo.ended(view, today, this_year) AS TABLE
SELECT
    id, title, fiscal_year, district_mask, coalesce(end_date, start_date) AS last_day, position
FROM kyodo.filtered(view)
ANTI JOIN review ON review.activity_id = id
WHERE kyodo.is_over(status, coalesce(end_date, start_date), fiscal_year, today, this_year);

-- What the guideline's checks (guideline/checks.py) find in the activities of a view. `applies`
-- has the bit of every check that an activity can be held to, `found` of every one that finds
-- something: bits 1 G01, 2 G02, 4 G03 … in the order of the numbers. `asked` is a STRUCT of masks
-- and of the day. The forms a band is paired with are those that the guideline names for it,
-- none for a band that is not 協働; without a recorded band all three are tried one by one.
-- Grain: one row per activity.
CREATE MACRO IF NOT EXISTS kyodo.checked(view, asked) AS TABLE
WITH known AS (
    SELECT
        f.position, f.id, f.title, f.fiscal_year, f.district_mask, f.source, f.actor_mask,
        f.organisations, f.status, f.scope_mask, f.scope_recorded,
        coalesce(f.end_date, f.start_date) AS last_day,
        f.form_mask & ~view['unknown_form'] AS forms,
        r.activity_id IS NOT NULL AS is_reviewed,
        r.expected_mask | r.seen_mask AS effects
    FROM kyodo.filtered(view) AS f
    LEFT JOIN review AS r ON r.activity_id = f.id
),
judged AS (
    SELECT
        *,
        forms <> 0 AS has_form,
        actor_mask & asked['citizens'] <> 0 AS has_citizens,
        actor_mask & asked['groups'] <> 0 AS has_groups,
        CASE scope_recorded
            WHEN 'a' THEN forms & ~asked['forms_a'] <> 0
            WHEN 'b' THEN forms & ~asked['forms_b'] <> 0
            WHEN 'c' THEN forms & ~asked['forms_c'] <> 0
            WHEN 'citizen_only' THEN TRUE
            WHEN 'city_only' THEN TRUE
            ELSE forms & ~asked['forms_a'] <> 0 AND forms & ~asked['forms_b'] <> 0
                AND forms & ~asked['forms_c'] <> 0
        END AS is_unpaired,
        coalesce(kyodo.is_over(status, last_day, fiscal_year, asked['today'], asked['this_year']),
                 FALSE) AS is_over,
        scope_mask & asked['kyodo_scopes'] <> 0 AS is_kyodo
    FROM known
)
SELECT
    position, id, title, fiscal_year, district_mask, source,
    CASE WHEN has_form THEN 1 | 2 | 4 ELSE 0 END
    | CASE WHEN has_groups THEN 8 ELSE 0 END
    | CASE WHEN is_over THEN 16 ELSE 0 END
    | CASE WHEN is_reviewed THEN 32 ELSE 0 END
    | CASE WHEN is_kyodo THEN 64 ELSE 0 END
    | 128 AS applies,
    CASE WHEN has_form AND is_unpaired THEN 1 ELSE 0 END
    | CASE WHEN has_form AND actor_mask & asked['city'] = 0 THEN 2 ELSE 0 END
    | CASE WHEN has_form AND NOT has_citizens THEN 4 ELSE 0 END
    | CASE WHEN has_groups AND len(organisations) = 0 THEN 8 ELSE 0 END
    | CASE WHEN is_over AND NOT is_reviewed THEN 16 ELSE 0 END
    | CASE WHEN is_reviewed AND effects = 0 THEN 32 ELSE 0 END
    | CASE WHEN is_kyodo AND NOT has_form THEN 64 ELSE 0 END
    | CASE WHEN source = '' THEN 128 ELSE 0 END AS found
FROM judged;
