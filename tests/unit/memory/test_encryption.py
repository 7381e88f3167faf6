import base64
import stat

import pytest

from memory.encryption import Sealed, make_key_file, read_key_file
from memory.errors import ConfigurationError


@pytest.fixture
def key_file(tmp_path):
    make_key_file(tmp_path / "key")
    return read_key_file(tmp_path / "key")


def cipher(key_file, person_key="person"):
    return key_file.cipher(key_file.new_wrapped_key(person_key), person_key)


@pytest.mark.parametrize("text", ["", "low neutrophils", "naïve 🙂", "cut \ud83d", "nul \x00"])
def test_sealed_text_opens_as_it_was_written(key_file, text):
    box = cipher(key_file)
    assert box.unseal(box.seal(text)) == text


def test_sealed_text_does_not_show_its_words(key_file):
    assert b"neutrophils" not in cipher(key_file).seal("low neutrophils").ciphertext


def test_same_words_are_sealed_differently_each_time(key_file):
    box = cipher(key_file)
    assert box.seal("yes") != box.seal("yes")


def test_words_of_one_person_do_not_open_for_another(key_file):
    sealed = cipher(key_file).seal("words")
    with pytest.raises(ConfigurationError):
        cipher(key_file, "other").unseal(sealed)


@pytest.mark.parametrize("ciphertext", [b"", b"short", b"x" * 60])
def test_altered_text_is_refused(key_file, ciphertext):
    with pytest.raises(ConfigurationError):
        cipher(key_file).unseal(Sealed(ciphertext))


def test_wrapped_key_of_one_person_does_not_serve_another(key_file):
    with pytest.raises(ConfigurationError, match="not the one"):
        key_file.cipher(key_file.new_wrapped_key("person"), "other")


def test_key_file_is_its_owners_alone(tmp_path):
    make_key_file(tmp_path / "key")
    assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["key"]


def test_key_file_is_never_replaced(tmp_path):
    make_key_file(tmp_path / "key")
    before = (tmp_path / "key").read_bytes()
    with pytest.raises(FileExistsError):
        make_key_file(tmp_path / "key")
    assert (tmp_path / "key").read_bytes() == before


def test_key_file_in_a_folder_that_is_not_there_is_told(tmp_path):
    with pytest.raises(ConfigurationError, match="cannot be written"):
        make_key_file(tmp_path / "missing" / "key")


def test_key_file_that_others_may_read_is_refused(tmp_path):
    make_key_file(tmp_path / "key")
    (tmp_path / "key").chmod(0o640)
    with pytest.raises(ConfigurationError, match="chmod 600"):
        read_key_file(tmp_path / "key")


def test_key_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(ConfigurationError, match="cannot be read"):
        read_key_file(tmp_path / "key")


@pytest.mark.parametrize("written", [b"", b"!!!", base64.b64encode(b"too short")])
def test_file_without_a_key_is_told(tmp_path, written):
    path = tmp_path / "key"
    path.write_bytes(written)
    path.chmod(0o600)
    with pytest.raises(ConfigurationError, match="does not hold a key"):
        read_key_file(path)


def test_keys_are_not_in_what_is_printed(key_file):
    assert "AESGCM" not in repr(key_file) + repr(cipher(key_file))
