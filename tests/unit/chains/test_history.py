"""What later steps may read of the turns before."""

from chains.history import TURNS_READ, last_turns


def _read(person):
    store = person.services.store
    thread = store.ensure_thread(person.person_id, person.thread_id)
    turn = store.begin_turn(person.person_id, person.thread_id, typed="and now?")
    return last_turns(turn, thread, store)


def test_first_turn_has_no_history(person):
    assert _read(person) == ()


def test_turns_are_read_oldest_first_and_not_all_of_them(person):
    for number in range(TURNS_READ + 2):
        person.says(f"I am {50 + number} years old")
    ages = [turn.message for turn in _read(person)]
    assert ages == [f"I am {50 + n} years old" for n in range(2, TURNS_READ + 2)]


def test_clarification_counts_as_a_question_with_its_endings(person):
    record = person.says("Because of my low neutrophils the dose was")
    last = _read(person)[-1]
    assert (last.kind, last.asked) == ("clarification", True)
    assert last.offered == record.completeness.guesses != ()


def test_answer_offers_its_related_questions(person):
    record = person.says("What helps against tiredness during treatment?")
    last = _read(person)[-1]
    assert not last.asked
    assert last.offered == tuple(r.question for r in record.answer.related_questions) != ()


def test_forgotten_words_are_not_read_again(person):
    person.says("I take letrozole and I am 52 years old")
    assert "letrozole" in _read(person)[-1].message
    person.says("forget letrozole")
    assert not any("letrozole" in turn.message.lower() for turn in _read(person))


def test_unfinished_turn_is_not_read(person):
    store = person.services.store
    store.ensure_thread(person.person_id, person.thread_id)
    store.begin_turn(person.person_id, person.thread_id, typed="I take letrozole")
    assert _read(person) == ()
