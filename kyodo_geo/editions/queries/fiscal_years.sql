-- The fiscal years on record, ascending. No parameters. Grain: one row per year.
SELECT fiscal_year FROM activity WHERE fiscal_year IS NOT NULL
UNION
SELECT fiscal_year FROM activity_count WHERE fiscal_year IS NOT NULL
ORDER BY fiscal_year
