from chains.visit.edits import MOST_QUESTIONS, SheetEdits
from chains.visit.questions import SheetQuestion, first_choice, not_chosen


def question(name, text=None, origin="answer"):
    return SheetQuestion(question_id=f"t:{name}", text=text or f"{name}?", origin=origin)


ABC = SheetEdits(questions=(question("a"), question("b"), question("c")))


def order(edits):
    return "".join(one.text[0] for one in edits.questions)


def test_question_moves_and_stops_at_the_ends():
    assert order(ABC.moved("t:b", -1)) == "bac"
    assert order(ABC.moved("t:b", 1)) == "acb"
    assert order(ABC.moved("t:a", -1)) == "abc"
    assert order(ABC.moved("t:gone", 1)) == "abc"


def test_question_is_reworded_but_never_emptied():
    assert ABC.reworded("t:a", "  a   new one ").questions[0].text == "a new one"
    assert ABC.reworded("t:a", "  ") == ABC


def test_own_question_stands_first_and_a_collected_one_last_and_once():
    assert ABC.with_own("Own?").questions[0].origin == "own"
    more = ABC.with_question(question("d"))
    assert order(more) == "abcd"
    assert more.with_question(question("d")) == more
    assert ABC.with_own(" ") == ABC


def test_list_does_not_grow_without_end():
    edits = ABC
    for number in range(2 * MOST_QUESTIONS):
        edits = edits.with_own(f"Number {number}?")
    assert len(edits.questions) == MOST_QUESTIONS


def test_same_question_in_other_words_is_not_offered_again():
    chosen = (question("x", "What will we do if this treatment stops working?"),)
    alike = question("y", "What will we do if this treatment stops working"), question("z", "Why?")
    assert [one.text for one in not_chosen(alike, chosen)] == ["Why?"]


def test_first_choice_fits_a_page_and_begins_with_what_was_asked():
    many = [question(f"a{n}", origin="asked") for n in range(9)]
    many += [question(f"o{n}") for n in range(9)]
    chosen = first_choice(many)
    assert len(chosen) == 8
    assert [one.origin for one in chosen] == ["asked"] * 4 + ["answer"] * 4
