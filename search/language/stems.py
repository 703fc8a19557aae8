"""What is left of a folded word when its inflection is taken away (Snowball 3 German)."""

from threading import local

import Stemmer

_stemmers = local()


def stem(folded: str) -> str:
    """Stem one folded word; stemmers are not safe to share between threads, so each thread keeps its own."""
    try:
        stemmer = _stemmers.german
    except AttributeError:
        stemmer = _stemmers.german = Stemmer.Stemmer("german")
    return stemmer.stemWord(folded)
