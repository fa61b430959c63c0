-- The city's actions, newest first. No parameters. Grain: one row per action.
SELECT fiscal_year, effort, title, summary, amount_yen, source
FROM city_action
ORDER BY fiscal_year DESC NULLS LAST, effort, title
