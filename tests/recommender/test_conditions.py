"""What a quote asks for beyond what was read of it."""

from recommender.conditions import left_over


def test_what_a_fellowship_is_about_is_no_condition() -> None:
    assert left_over("Postdoctoral Fellowship in the Genomics of Antimicrobial Resistance") == ()


def test_a_fellowship_that_must_have_been_completed_is_one() -> None:
    assert "cardiology" in left_over("Applicants must have completed a fellowship in interventional cardiology")
