"""What charts of terms say in words."""

from kyodo_geo.graphics.term_charts import summarise_years


def test_a_chart_of_years_is_summarised_in_a_sentence() -> None:
    years = [("2010年度", 3), ("2011年度", 0), ("2012年度", 3), ("2013年度", 0)]

    assert summarise_years(years) == (
        "2010年度から2013年度まで。最も多いのは2010年度と2012年度の3件。記録のないのは2か年。"
    )
    assert summarise_years([("2010年度", 0)]) == "2010年度から2010年度まで。記録のないのは1か年。"
