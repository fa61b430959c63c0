-- The aggregation that fills the cube from a record of any size: for DuckDB and Apache Spark
-- alike, so only what both understand. Grain: one row a combination of texts that occurs.
SELECT CAST(fiscal_year AS INT) AS fiscal_year, district_ids, forms_stated, forms_implied, actors,
       scope_recorded, field, status,
       count(*) AS activities,
       count(participants_count) AS participants_known,
       CAST(coalesce(sum(CAST(participants_count AS BIGINT)), 0) AS BIGINT) AS participants
FROM record
GROUP BY fiscal_year, district_ids, forms_stated, forms_implied, actors, scope_recorded, field,
         status
