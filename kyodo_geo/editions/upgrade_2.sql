-- From schema 2 to 3: the cube, filled afterwards where a record is large (editions/aggregate.py).
CREATE TABLE activity_count (
    fiscal_year SMALLINT, district_mask BIGINT NOT NULL,
    form_mask BIGINT NOT NULL, form_mask_stated BIGINT NOT NULL, actor_mask BIGINT NOT NULL,
    is_scope_recorded BOOLEAN NOT NULL, scope_mask BIGINT NOT NULL,
    scope_mask_stated BIGINT NOT NULL, field VARCHAR NOT NULL, field_mask BIGINT NOT NULL,
    status_mask BIGINT NOT NULL, activities BIGINT NOT NULL, participants_known BIGINT NOT NULL,
    participants BIGINT NOT NULL
);
UPDATE edition SET schema_version = 3;
