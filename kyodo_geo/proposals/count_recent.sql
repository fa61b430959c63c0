-- How many proposals of a district wait for a decision, and how many it has made lately.
-- Parameters: :open (their state), :since, :district. Grain: one row.
-- sqlfluff:dialect:sqlite
SELECT
    count(*) FILTER (WHERE state = :open) AS waiting,
    count(*) FILTER (WHERE proposed_at > :since) AS recent
FROM proposal
WHERE district_id = :district
