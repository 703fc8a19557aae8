"""Which words of a question carry no subject, and are left out when other words do."""

from search.language.folding import fold

_WORDS = """
ab aber alle allem allen aller alles als also am an ander andere anderem anderen anderer anderes auch auf aus
bei beim bin bis bist bitte da dabei dadurch dafür dagegen daher damit danach dann daran darauf daraus darf darin
darüber darum das dass davon dazu dein deine deinem deinen deiner dem den denen denn der deren des deshalb dessen
desto die dies diese dieselbe diesem diesen dieser dieses dir doch dort du durch dürfen ein eine einem einen einer
eines einige einigen einmal er es etwa etwas euch euer eure finde finden findet für gegen geht gewesen gibt haben hat
hatte hatten her hier hin hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer ihres im in indem ins ist ja je jede
jedem jeden jeder jedes jedoch jene jenem jenen jener jenes kann kein keine keinem keinen keiner können könnte
machen macht man manche mehr mein meine meinem meinen meiner mich mir mit muss müssen nach nicht nichts noch nun nur
ob oder ohne schon sehr sei sein seine seinem seinen seiner seit sich sie sind so soll sollen sollte sondern sonst
sowie über um und uns unser unsere unserem unseren unserer unter viel vom von vor war waren warum was weil welche
welchem welchen welcher welches wem wen wenn wer werde werden wessen wie wieder will wir wird wo wobei wofür woher
wohin wollen womit worden worüber wurde wurden würde würden zu zum zur zwar zwischen bzw usw etc
"""

STOP_WORDS: frozenset[str] = frozenset(fold(word) for word in _WORDS.split())


def is_stop_word(folded: str) -> bool:
    """Tell whether a folded word says nothing about a subject."""
    return folded in STOP_WORDS
