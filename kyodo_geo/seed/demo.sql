-- The activities of a fictional edition, as the view `incoming`.
-- Grain: one row an activity, numbered from 1 to the size in `demo`. No row depends on
-- another: `dice` makes all of it from the row's number and the seed, so the same size
-- and seed give the same edition. Shares follow those of the shipped record.

-- A number from 0 to below 1; each `salt` is a die of its own.
CREATE OR REPLACE TEMP MACRO dice(n, seed, salt) AS (hash(n, seed, salt) % 1000003) / 1000003.0;

-- One of a list; with a `slope` above 1 the first ones come up more often.
CREATE OR REPLACE TEMP MACRO pick(choices, die, slope) AS
    choices[1 + floor(len(choices) * pow(die, slope))::INTEGER];

CREATE OR REPLACE TEMP VIEW incoming AS
WITH code_of AS (
    SELECT map_from_entries(list((kind || ' ' || id, bit))) AS bits FROM code
),
place_of AS (
    SELECT any_value(mask) FILTER (kind = 'citywide') AS citywide,
           any_value(mask) FILTER (kind = 'unknown') AS unknown,
           list(mask ORDER BY ordinal) FILTER (kind = 'district') AS districts
    FROM place
),
rolled AS (
    SELECT n, seed,
           dice(n, seed, 'place') AS place,
           dice(n, seed, 'year') AS year,
           dice(n, seed, 'certainty') AS certainty,
           dice(n, seed, 'form') AS form,
           dice(n, seed, 'actors') AS actors,
           dice(n, seed, 'organisations') AS organisations,
           dice(n, seed, 'participants') AS participants
    FROM demo, range(1, activities + 1) AS numbers(n)
),
chosen AS (
    SELECT r.*,
        CASE
            WHEN place < 0.15 THEN p.citywide
            WHEN place < 0.16 THEN p.unknown
            ELSE pick(p.districts, dice(n, seed, 'district'), 1.7)
            | CASE WHEN place < 0.19 THEN pick(p.districts, dice(n, seed, 'second'), 1) ELSE 0 END
            | CASE WHEN place < 0.17 THEN pick(p.districts, dice(n, seed, 'third'), 1) ELSE 0 END
        END AS district_mask,
        CASE WHEN year >= 0.05 THEN 2007 + floor(19 * pow(dice(n, seed, 'which year'), 0.6)) END
            ::SMALLINT AS fiscal_year,
        c.bits['form ' || CASE
            WHEN form < 0.43 THEN 'committee'
            WHEN form < 0.81 THEN 'subsidy'
            WHEN form < 0.88 THEN 'agreement'
            WHEN form < 0.93 THEN 'commission'
            WHEN form < 0.97 THEN 'co_hosting'
            ELSE 'endorsement'
        END]
        | CASE WHEN dice(n, seed, 'two forms') < 0.05 THEN c.bits['form co_hosting'] ELSE 0 END
            AS forms,
        CASE WHEN actors < 0.02 THEN c.bits['actor city'] ELSE
            c.bits['actor ' || pick(['individual', 'local_group', 'business', 'school'],
                                    dice(n, seed, 'actor'), 1.5)]
            | CASE WHEN actors < 0.65 THEN c.bits['actor city'] ELSE 0 END
            | CASE WHEN dice(n, seed, 'local') < 0.6 THEN c.bits['actor local_group'] ELSE 0 END
            | CASE WHEN dice(n, seed, 'civic') < 0.4 THEN c.bits['actor civic_group'] ELSE 0 END
        END AS actor_mask,
        pick(['夏祭り', '清掃', '見守り', '防災訓練', '健康教室', '読み聞かせ', '花植え', '講演会'],
             dice(n, seed, 'theme'), 1) AS theme,
        CASE WHEN organisations < 0.93 THEN list_distinct(list_transform(
            range(1, 2 + floor(3 * organisations)::INTEGER),
            LAMBDA k: '架空の団体 ' || (1 + floor(500 * pow(dice(n, seed, k), 2)))::INTEGER
        )) ELSE [] END AS organisations_named
    FROM rolled AS r, code_of AS c, place_of AS p
),
worded AS (
    SELECT *, format('架空の活動 {:07d}', n) AS title,
           '架空データです。' || theme || 'を行ったことになっています。' AS summary,
           '架空データ' AS note,
           make_date(fiscal_year, 4, 1) + floor(365 * dice(n, seed, 'day'))::INTEGER AS day
    FROM chosen
)
SELECT
    format('F{:07d}', n) AS id, title, summary, district_mask, fiscal_year,
    CASE WHEN dice(n, seed, 'has day') < 0.6 THEN day END AS start_date,
    CASE WHEN dice(n, seed, 'has day') < 0.1 THEN day + 1 END AS end_date,
    CASE WHEN certainty < 0.28 THEN forms ELSE 0 END AS stated,
    CASE WHEN certainty BETWEEN 0.28 AND 0.5 THEN forms ELSE 0 END AS implied,
    actor_mask,
    organisations_named AS organisations,
    NULL::VARCHAR AS scope_recorded,
    pick(['culture', 'tourism', 'exchange', 'other', 'education', 'welfare', 'environment',
          'sports', 'safety', 'transport'], dice(n, seed, 'field'), 1.8) AS field,
    CASE WHEN dice(n, seed, 'status') < 0.93 THEN 'reported' ELSE 'planned' END AS status,
    CASE WHEN participants < 0.25 THEN round(10 * exp(8 * pow(4 * participants, 3))) END
        ::INTEGER AS participants_count,
    CASE WHEN dice(n, seed, 'cost') < 0.1 THEN 10000 * (1 + floor(50 * year)) END
        ::BIGINT AS city_cost_yen,
    note, '架空データ' AS source, '' AS source_date,
    concat_ws(' ', title, summary, note, nullif(array_to_string(organisations_named, ' '), ''))
        AS search_text,
    NULL::DOUBLE AS point_lat, NULL::DOUBLE AS point_lng, NULL::VARCHAR AS continues
FROM worded
