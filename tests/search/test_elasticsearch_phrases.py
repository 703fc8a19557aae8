"""Loose phrases are said to the server so that it counts them as the embedded engine does."""

from search.engines.elasticsearch.translation import translate
from search.ranking import Phrase


def orders(phrase: Phrase) -> list[str]:
    said = translate(phrase).to_dict()
    queries = said["dis_max"]["queries"] if "dis_max" in said else [said]
    return [query["match_phrase"][phrase.field]["query"] for query in queries]


def test_an_exact_phrase_is_one_query():
    assert orders(Phrase("text", ("rat", "haus"))) == ["rat haus"]


def test_a_loose_phrase_is_tried_with_gaps_and_with_neighbours_exchanged():
    assert orders(Phrase("text", ("rat", "haus"), slop=2)) == ["rat haus", "rat _ haus", "rat _ _ haus", "haus rat"]


def test_a_long_sequence_is_left_to_the_servers_own_slop():
    assert orders(Phrase("text", tuple("abcdefgh"), slop=2)) == ["a b c d e f g h"]
