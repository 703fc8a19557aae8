import pytest

from search.language.analysis import Analyzer
from search.language.lexicon import build_lexicon
from search.thesaurus import Thesaurus, ThesaurusLabel, ThesaurusTerm


@pytest.mark.parametrize(
    ("label", "typed", "is_known"),
    [
        ("Schüler:innen", "Schule", False),
        ("Schule", "Schülerinnen", False),
        ("Schule", "Schulen", True),
        ("Schüler:innen", "Schueler", True),
        ("Migrantenorganisation", "Migrantenorganisationen", True),
        ("Geduldete", "Geduldeter", True),
        ("Dachverband", "Dachverbände", True),
        ("Stadtteilmütter", "Stadtteilmutter", True),
        ("Ausländerbehörde", "Auslaenderbehoerden", True),
    ],
)
def test_a_label_is_recognised_in_its_forms_only(label, typed, is_known):
    analyzer = Analyzer(build_lexicon(["Schüler Schülerinnen Schule"]))
    thesaurus = Thesaurus([ThesaurusTerm("t", "Begriff", (ThesaurusLabel(label, "same"),))], analyzer)
    assert thesaurus.knows(typed) == is_known
