"""Every lesson agrees with the review of its sample, a doctored one does not, and quizzes are graded as they say."""

from __future__ import annotations

from pathlib import Path

import pytest

import playbook
from playbook.authoring.check import check
from playbook.cli.main import main
from playbook.knowledge.lessons import Lesson
from playbook.knowledge.load import CONTENT
from playbook.training.answers import overlap, run_all
from playbook.training.lessons import Answer, grade, is_right, right_words, shuffled

KNOWLEDGE = playbook.load()
RESULTS = run_all(KNOWLEDGE)
LESSONS = list(KNOWLEDGE.lessons.values())


@pytest.mark.parametrize("result", RESULTS, ids=lambda each: f"{each.strategy} / {each.name}")
def test_s30_the_review_gives_each_answer(result) -> None:
    assert result.passed, str(result)


def test_s30_the_course_has_twelve_lessons_each_checked_more_than_once() -> None:
    assert len(LESSONS) >= 12
    assert [each.order for each in LESSONS] == sorted(each.order for each in LESSONS)
    for lesson in LESSONS:
        assert sum(each.strategy == lesson.id for each in RESULTS) >= 1, lesson.id
    assert {each.kind for lesson in LESSONS for each in lesson.quiz} == {"choice", "number", "dip", "strategy", "order"}


def own(tmp_path: Path, name: str, *changes: tuple[str, str]) -> Path:
    """A folder of one's own with a changed copy of a built-in lesson."""
    folder = tmp_path / "own" / "lessons"
    folder.mkdir(parents=True)
    text = next((CONTENT / "lessons").glob(f"{name}.*")).read_text(encoding="utf-8")
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    suffix = ".md" if text.startswith("---") else ".yaml"
    (folder / f"{name}{suffix}").write_text(text, encoding="utf-8")
    return tmp_path / "own"


@pytest.mark.parametrize(
    ("name", "before", "after", "says"),
    [
        ("raising_err", "right: 60-85", "right: 100-120", "the answer says 100-120, the review of the sample says 60"),
        ("raising_err", "right: err_billboard", "right: share_reason", "the answer says share_reason, the review"),
        ("three_dimensions", "right: 7.94%", "right: 9%", "the answer says 9.0%, the review of the sample says 7.9%"),
        ("repeat_offenders", "right: repeat offender", "right: new", "the review of the sample says repeat offender"),
        ("repeat_offenders", "seed: 9", "seed: 10", "the review of the sample says"),
        ("the_routine", "[Follow rate, Average viewing duration, Click-to-order rate]",
         "[Average viewing duration, Follow rate, Click-to-order rate]", "the review of the sample says Follow"),
        ("channels_and_followers", "[12%, 6%]", "[12%, 12%]", "smaller than usual, the review of the sample says as"),
        ("what_traffic_is", "folder: fewer_came_in", "folder: gone", "there is no folder data/samples/gone; there"),
    ],
)  # fmt: skip
def test_a_doctored_lesson_fails_at_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, before: str, after: str, says: str
) -> None:
    folder = own(tmp_path, name, (before, after))
    assert main(["test", str(folder)]) == 1
    lines = [line for line in capsys.readouterr().out.splitlines() if says in line]
    assert lines, says
    file, line, *_ = lines[0].split(":")
    assert (folder / file).is_file()
    assert 1 <= int(line) <= len((folder / file).read_text(encoding="utf-8").splitlines())


def test_an_own_lesson_takes_the_place_of_a_built_in_one(tmp_path: Path) -> None:
    folder = own(tmp_path, "the_routine", ("title: The routine", "title: Our routine"))
    mine = playbook.load(folder)
    assert mine.problems == []
    assert mine.lessons["the_routine"].title == "Our routine"
    assert mine.own_lessons == {"the_routine"}
    assert len(mine.lessons) == len(LESSONS)
    assert check(folder) == []


@pytest.mark.parametrize(
    ("name", "before", "after", "message"),
    [
        ("the_routine", "level: seasoned", "level: expert", "level: 'expert' is not one of: new, growing, seasoned"),
        ("the_routine", "pass_mark: 75%", "pass_mark: 75", "pass_mark: write a percentage with its sign, like 15%"),
        ("the_routine", "id: the_routine", "id: routine", "id: 'routine' is not the file's name; call the file"),
        ("the_routine", "teaches: [gmv_per_hour", "teaches: [gmv_hour", "no metric 'gmv_hour'; did you mean"),
        ("the_routine", "[err_billboard]", "[err_bilboard]", "no strategy 'err_bilboard'; did you mean"),
        ("raising_err", "right: 60-85", "right: 85-60", "write the first and the last minute, like 41-63"),
        ("raising_err", "right: They doubled", "right: Doubled", "right is not one of the choices; copy it letter by"),
        ("three_dimensions", "right: 7.94%", "right: 7.94", "with unit: percent write right and tolerance with the"),
        ("three_dimensions", "feel: [err,", "feel: [avg_viewing_duration,", "no metric with a formula 'avg_viewing"),
        ("what_traffic_is", "---\nTraffic is", "Traffic is", "the head is not closed; put --- on a line of its own"),
        ("what_traffic_is", "minutes: 5", "minutes: 5\nread: text", "read: the text below the second --- is the"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_lesson_is_told_at_its_place(
    tmp_path: Path, name: str, before: str, after: str, message: str
) -> None:
    found = playbook.load(own(tmp_path, name, (before, after))).problems
    assert found
    assert any(message in str(each) for each in found), [str(each) for each in found]
    assert all(each.file.startswith("lessons/") for each in found)


def right_answer(lesson: Lesson, index: int) -> Answer:
    question = lesson.quiz[index]
    return tuple(question.right) if question.kind in ("order", "dip") else question.right


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda each: each.id)
def test_right_answers_pass_and_none_do_not(lesson: Lesson) -> None:
    answers = {index: right_answer(lesson, index) for index in range(len(lesson.quiz))}
    best, worst = grade(lesson, answers), grade(lesson, {})
    assert (best.score, best.passed) == (1.0, True)
    assert (worst.score, worst.passed) == (0.0, False)
    assert all(each.why and each.right for each in best.feedback)
    assert not any(each.answered for each in worst.feedback)


def test_the_pass_mark_decides() -> None:
    lesson = KNOWLEDGE.lessons["the_tools"]  # four questions, 75 %
    answers = {index: right_answer(lesson, index) for index in range(3)}
    assert grade(lesson, answers).passed
    assert not grade(lesson, {0: answers[0], 1: answers[1]}).passed


def test_numbers_have_their_tolerance_and_dips_need_not_be_exact() -> None:
    number = KNOWLEDGE.lessons["three_dimensions"].quiz[0]
    assert is_right(number, 0.0794)
    assert is_right(number, 0.0790)
    assert not is_right(number, 7.94)  # percent typed as a fraction of one hundred
    assert not is_right(number, "as usual")
    dip = KNOWLEDGE.lessons["raising_err"].quiz[0]
    assert right_words(dip) == "minutes 60 to 85"
    assert is_right(dip, (55.0, 90.0))
    assert not is_right(dip, (0.0, 159.0))
    assert not is_right(dip, (90.0, 120.0))


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda each: each.id)
def test_nothing_is_shown_in_the_right_order(lesson: Lesson) -> None:
    for question in lesson.quiz:
        if question.kind == "order":
            assert shuffled(question) != question.right
            assert sorted(shuffled(question)) == sorted(question.right)


def test_overlap_is_shared_minutes_over_all_minutes() -> None:
    assert overlap((10, 20), (10, 20)) == 1
    assert overlap((10, 20), (15, 25)) == pytest.approx(1 / 3)
    assert overlap((10, 20), (30, 40)) == 0
