-- From schema 1 to 2: points and continuations of activities, reviews and their grades. New
-- columns come last, as in schema.sql: rows are compared by a hash of all columns in their order.
ALTER TABLE activity ADD COLUMN point_lat DOUBLE;
ALTER TABLE activity ADD COLUMN point_lng DOUBLE;
ALTER TABLE activity ADD COLUMN continues VARCHAR;
CREATE TABLE review (
    activity_id VARCHAR NOT NULL, reviewed_on DATE NOT NULL, reviewed_by VARCHAR NOT NULL,
    expected_mask BIGINT NOT NULL, seen_mask BIGINT NOT NULL,
    lesson VARCHAR NOT NULL, next_step VARCHAR NOT NULL, is_settled BOOLEAN NOT NULL
);
CREATE TABLE rating (
    activity_id VARCHAR NOT NULL, principle VARCHAR NOT NULL, step TINYINT, word VARCHAR NOT NULL
);
INSERT INTO code VALUES
    ('grade', 'not_done', 'できなかった', 'この考え方に沿って進められなかった', 1, 0),
    ('grade', 'little_done', 'あまりできなかった',
     'できたところより、できなかったところが多かった', 2, 1),
    ('grade', 'mostly_done', 'おおむねできた',
     'できなかったところより、できたところが多かった', 4, 2),
    ('grade', 'well_done', 'よくできた', 'この考え方に沿って進められた', 8, 3);
UPDATE edition SET schema_version = 2;
