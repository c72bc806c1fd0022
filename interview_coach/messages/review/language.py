"""Which language a draft is in, as far as the review must know: English, or another one."""

import re
from collections import Counter

__all__ = ["language_of"]

_COMMON = {
    "en": "the and for you i to my is it at on of in our we was am have be not me this that with your call called interview thank thanks please sorry hello hi can would if but",
    "es": "el la los las de que y en un una por para con no su al es lo me mi se le gracias entrevista hola estimado estimada usted hoy llamada llamar saludos disculpe podría si",
    "fr": "le la les de des du et en un une pour avec ne pas que qui votre vous je mon notre est au aux nous merci bonjour entretien madame monsieur appel appeler cordialement suis serait",
    "de": "der die das und ich sie nicht mit für ein eine zu den dem im ist auf wir ihr ihre mein habe vielen dank gespräch vorstellungsgespräch anruf angerufen geehrte geehrter grüße uhr heute leider könnten",
    "pt": "o a os as de que e em um uma para com não por seu sua é obrigado obrigada entrevista olá ligação hoje você muito senhor senhora",
    "it": "il lo la gli le di che e un una per con non sono mi ho grazie buongiorno colloquio signora signor oggi chiamata vorrei suo",
    "nl": "de het een en ik niet u mijn voor met van op is om gesprek bedankt goedendag vandaag bellen gebeld uw wij graag",
}
_SETS = {code: frozenset(words.split()) for code, words in _COMMON.items()}


def language_of(lower: str) -> str:
    """Guess the language of a text in lower case: a code, or "" where no letters are known.

    Short or mixed texts count as English: the review would rather read them than refuse.
    """
    words = re.findall(r"[^\W\d_]+", lower)
    if not words:
        return "en"
    letters = "".join(words)
    if (
        not letters.isascii()
        and sum(not ("a" <= char <= "z" or "\u00c0" <= char <= "\u024f") for char in letters)
        > len(letters) / 2
    ):
        return ""
    count = Counter(words)
    share = {
        code: sum(count[word] for word in known & count.keys()) for code, known in _SETS.items()
    }
    best = max(share, key=lambda code: share[code])
    if best == "en" or len(words) < 6 or share[best] < 4 or share[best] < 1.6 * max(1, share["en"]):
        return "en"
    return best
