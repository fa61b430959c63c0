-- Activities of a view by the checks that they can be held to and that find something.
-- Parameters: $view, $asked (guideline/checks.py). Grain: one row per combination of checks.
SELECT applies, found, count(*) AS activities
FROM kyodo.checked($view, $asked)
GROUP BY ALL
