"""Texts in pieces: short calls whole, long ones in windows with their title, honest ones as they are."""

from hypothesis import given
from hypothesis import strategies as st

from recommender.passages import MOST_PASSAGES, WINDOW, CallText, call_passages, goal_passages, sentences

WORDS = st.lists(st.sampled_from(["surgery", "rural", "hills", "nurse", "of", "the"]), max_size=600).map(" ".join)


def test_a_short_call_is_one_passage_that_says_everything() -> None:
    call = CallText("Rural surgery", "Lakeside Institute", "A year.", "Operate in hospitals.", ("surgery", "rural"))

    assert call_passages(call) == ["Rural surgery. Lakeside Institute. A year. Operate in hospitals. surgery, rural."]


def test_what_is_said_already_is_not_said_twice() -> None:
    assert call_passages(CallText("Rural surgery", "", "A year.", "A year. In hospitals.")) == [
        "Rural surgery. A year. In hospitals."
    ]
    assert call_passages(CallText("Rural surgery", "", "Rural surgery")) == ["Rural surgery"]


def test_a_long_call_is_cut_into_overlapping_windows_that_begin_with_its_title() -> None:
    body = " ".join(f"word{number}" for number in range(400))

    passages = call_passages(CallText("Rural surgery", description=body))

    assert all(passage.startswith("Rural surgery. word") for passage in passages)
    assert all(len(passage.split()) <= WINDOW + 2 for passage in passages)
    assert {f"word{number}" for number in range(400)} <= {word for passage in passages for word in passage.split()}
    assert passages[1].split()[2] in passages[0].split()


def test_pushing_oneself_up_by_saying_it_again_does_not_work() -> None:
    honest = CallText("Rural surgery", description="Learn surgery in the hills.")
    stuffed = CallText("Rural surgery", description="Learn surgery in the hills. " * 20 + "surgery " * 50)

    assert call_passages(honest) == ["Rural surgery. Learn surgery in the hills."]
    assert call_passages(stuffed) == ["Rural surgery. Learn surgery in the hills. surgery"]


@given(st.text(min_size=1).filter(str.strip), WORDS)
def test_there_is_always_a_passage_and_never_too_many(title: str, body: str) -> None:
    assert 1 <= len(call_passages(CallText(title, description=body))) <= MOST_PASSAGES


def test_a_goal_is_one_passage_with_its_abbreviations_spelled_out() -> None:
    assert goal_passages("Lead QI  on my ward") == ["Lead QI (quality improvement) on my ward"]
    assert goal_passages("Lead quality improvement (QI)") == ["Lead quality improvement (QI)"]


def test_a_cv_is_read_as_its_paragraphs() -> None:
    paper = "A paper about malaria nets in two districts and what became of them over ten years."
    text = "\n\n".join([paper] * 15)

    assert goal_passages(text) == [paper] * 15
    assert goal_passages(text.replace("\n", " ")) == [" ".join([paper] * 15)]


@given(st.text())
def test_sentences_stand_in_the_text_word_for_word(text: str) -> None:
    for sentence in sentences(text):
        assert sentence in text
        assert sentence == sentence.strip() != ""


def test_sentences_end_where_a_reader_would_end_them() -> None:
    text = "Open to residents. Apply by 3 p.m. on Monday!\nWhat for? ¿Quién puede?"

    assert sentences(text) == ["Open to residents.", "Apply by 3 p.m. on Monday!", "What for?", "¿Quién puede?"]
