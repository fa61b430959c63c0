-- Tables of one edition (版). Sets (districts, forms, actors …) are bitmasks: bits are in
-- `code` and `place`; the views at the end spell them out as rows. Times are UTC.

CREATE TABLE edition (          -- one row: what this file is
    format         VARCHAR NOT NULL,
    schema_version INTEGER NOT NULL,
    number         INTEGER NOT NULL,
    published_at   TIMESTAMP NOT NULL,     -- UTC
    app_version    VARCHAR NOT NULL,
    is_fictional   BOOLEAN NOT NULL
);

CREATE TABLE edition_log (      -- one row an edition up to this one
    number             INTEGER NOT NULL,
    published_at       TIMESTAMP NOT NULL, -- UTC
    published_by       VARCHAR NOT NULL,
    action             VARCHAR NOT NULL,
    description        VARCHAR NOT NULL,
    source_files       VARCHAR[] NOT NULL,
    activities_added   INTEGER NOT NULL,
    activities_changed INTEGER NOT NULL,
    activities_removed INTEGER NOT NULL
);

CREATE TABLE code (             -- one row a term of the guideline's vocabulary
    kind       VARCHAR NOT NULL,
    id         VARCHAR NOT NULL,
    label      VARCHAR NOT NULL,
    definition VARCHAR NOT NULL,
    bit        BIGINT NOT NULL,
    ordinal    INTEGER NOT NULL
);

CREATE TABLE scope_rule (       -- possible bands of every combination of actors and forms
    actor_mask BIGINT NOT NULL,
    form_mask  BIGINT NOT NULL,
    scope_mask BIGINT NOT NULL
);

CREATE TABLE district (
    district_id VARCHAR NOT NULL, name VARCHAR NOT NULL, name_kana VARCHAR NOT NULL,
    region VARCHAR NOT NULL, council_name VARCHAR NOT NULL, center_name VARCHAR NOT NULL,
    center_address VARCHAR NOT NULL, council_website VARCHAR NOT NULL, note VARCHAR NOT NULL,
    source VARCHAR NOT NULL, confidence VARCHAR NOT NULL
);

CREATE TABLE boundary (         -- GeoJSON of all districts, WGS84, as it was handed in
    geojson VARCHAR NOT NULL
);

CREATE TABLE place (            -- what figures are given for; an activity counts once in each
    place_id VARCHAR NOT NULL,  -- C01… district, C00 全市, C99 地区不明, R1… region, ALL
    kind     VARCHAR NOT NULL,  -- district, citywide, unknown, region, all
    label    VARCHAR NOT NULL,
    region   VARCHAR NOT NULL,
    mask     BIGINT NOT NULL,
    ordinal  INTEGER NOT NULL
);

CREATE TABLE population (
    level VARCHAR NOT NULL, name VARCHAR NOT NULL, as_of DATE NOT NULL,
    population INTEGER NOT NULL, households INTEGER, source VARCHAR NOT NULL
);

CREATE TABLE town (
    town VARCHAR NOT NULL, koaza VARCHAR NOT NULL, district_id VARCHAR NOT NULL,
    lat DOUBLE NOT NULL, lng DOUBLE NOT NULL, confidence VARCHAR NOT NULL,
    basis VARCHAR NOT NULL, source VARCHAR NOT NULL
);

CREATE TABLE city_action (
    fiscal_year SMALLINT, effort VARCHAR NOT NULL, title VARCHAR NOT NULL,
    summary VARCHAR NOT NULL, amount_yen BIGINT, source VARCHAR NOT NULL
);

CREATE TABLE source (           -- source cards as JSON, shown on the About page
    card VARCHAR NOT NULL
);

CREATE TABLE activity (         -- one row an activity; every mask has at least one bit
    id                 VARCHAR NOT NULL,
    title              VARCHAR NOT NULL,
    summary            VARCHAR NOT NULL,
    district_mask      BIGINT NOT NULL,
    fiscal_year        SMALLINT,
    start_date         DATE,
    end_date           DATE,
    form_mask          BIGINT NOT NULL,   -- stated and implied forms, else the unknown bit
    form_mask_stated   BIGINT NOT NULL,   -- stated forms alone, else the unknown bit
    actor_mask         BIGINT NOT NULL,
    organisations      VARCHAR[] NOT NULL,
    scope_recorded     VARCHAR,
    scope_mask         BIGINT NOT NULL,   -- recorded band, else possible ones from form_mask
    scope_mask_stated  BIGINT NOT NULL,   -- the same from form_mask_stated
    field              VARCHAR NOT NULL,
    field_mask         BIGINT NOT NULL,
    status             VARCHAR NOT NULL,
    status_mask        BIGINT NOT NULL,
    participants_count INTEGER,
    city_cost_yen      BIGINT,
    note               VARCHAR NOT NULL,
    source             VARCHAR NOT NULL,
    source_date        VARCHAR NOT NULL,
    search_text        VARCHAR NOT NULL,
    point_lat          DOUBLE,            -- where it took place (WGS84, degrees); both or none
    point_lng          DOUBLE,
    continues          VARCHAR            -- id of the activity it goes on from
);

CREATE TABLE activity_count (   -- the cube: activities counted by all that figures are narrowed by;
    fiscal_year        SMALLINT,       -- empty where a record is small (editions/aggregate.py)
    district_mask      BIGINT NOT NULL,
    form_mask          BIGINT NOT NULL,
    form_mask_stated   BIGINT NOT NULL,
    actor_mask         BIGINT NOT NULL,
    is_scope_recorded  BOOLEAN NOT NULL,
    scope_mask         BIGINT NOT NULL,
    scope_mask_stated  BIGINT NOT NULL,
    field              VARCHAR NOT NULL,
    field_mask         BIGINT NOT NULL,
    status_mask        BIGINT NOT NULL,
    activities         BIGINT NOT NULL,
    participants_known BIGINT NOT NULL, -- how many of them state participants
    participants       BIGINT NOT NULL
);

CREATE TABLE review (           -- ふりかえり: one row an activity that has been looked back on
    activity_id   VARCHAR NOT NULL,
    reviewed_on   DATE NOT NULL,
    reviewed_by   VARCHAR NOT NULL,
    expected_mask BIGINT NOT NULL,   -- effects that were hoped for; 0 for none named
    seen_mask     BIGINT NOT NULL,   -- effects that were seen
    lesson        VARCHAR NOT NULL,
    next_step     VARCHAR NOT NULL,
    is_settled    BOOLEAN NOT NULL   -- whether the next step has been taken
);

CREATE TABLE rating (           -- one row a principle of a review
    activity_id VARCHAR NOT NULL,
    principle   VARCHAR NOT NULL,
    step        TINYINT,             -- 1 to 4; NULL where the principle does not apply
    word        VARCHAR NOT NULL
);

-- The sets spelt out, for readers who come with their own SQL.
CREATE VIEW activity_district AS
SELECT a.id AS activity_id, p.place_id AS district_id
FROM activity AS a JOIN place AS p
  ON p.kind IN ('district', 'citywide', 'unknown') AND a.district_mask & p.mask <> 0;

CREATE VIEW activity_form AS
SELECT a.id AS activity_id, c.id AS form,
       CASE WHEN a.form_mask_stated & c.bit <> 0 THEN 'stated' ELSE 'implied' END AS certainty
FROM activity AS a JOIN code AS c
  ON c.kind = 'form' AND c.id <> 'unknown' AND a.form_mask & c.bit <> 0;

CREATE VIEW activity_actor AS
SELECT a.id AS activity_id, c.id AS actor_type
FROM activity AS a JOIN code AS c ON c.kind = 'actor' AND a.actor_mask & c.bit <> 0;
