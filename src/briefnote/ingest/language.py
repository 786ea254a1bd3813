"""Which language a text is in, by its script and its commonest words; enough for whole articles, not for a line."""

from __future__ import annotations

import re
from collections import Counter

# Words of grammar, the most frequent ones that the others do not share.
_WORDS = {
    "en": "the of and to in that is was for it with as his on be at by had are but from this which or have an they",
    "de": "der die und das von zu mit sich des auf für ist im dem nicht ein eine als auch es werden aus hat dass sie",
    "fr": "le la les de des et du un une dans est que qui pour au sur par plus pas ne ce cette sont avec il elle nous",
    "es": "el la los las de que y en un una por con no se para su al lo como más pero sus le ha fue son este entre",
    "it": "il la di che è e un una per con non del della si le dei gli nel alla sono da anche più come al ha ma",
    "pt": "o a os as de que e do da em um uma para com não por dos das se na no ao mais como mas foi são seu sua",
    "nl": "de het een en van in is dat op te zijn met voor niet aan er om ook als bij door naar uit worden maar wordt",
    "sv": "och att det som en på är av för med den till inte har de om ett han men var jag sig från vi så kan när",
    "da": "og at det en den til er som på de med af for ikke der var han har om et men jeg vi kan fra hun eller skal",
    "no": "og det som en på er av for med den til ikke har de om et han men var jeg seg fra vi kan når ble også etter",
    "fi": "ja on ei se että oli hän mutta ovat kun niin myös joka kuin sen tai jos vain ole mukaan sekä voi",
    "pl": "w i na się z do nie że to jest o jak po co przez od dla są ale za tym był być przy może oraz które",
    "cs": "a se v na je že s z do to o k i jako za by ve po jsou ale pro které při byl jeho není však také",
    "hu": "a az és hogy nem is egy ez meg de volt csak már mint ha még azt vagy el lehet van kell után szerint",
    "ro": "și de în a la cu pe că nu din o este un pentru mai se care sunt au prin fi sau ca dar lui fost după",
    "tr": "ve bir bu da de için ile çok olarak daha olan gibi en ne kadar sonra ancak ise değil göre her var oldu",
    "id": "yang dan di dengan untuk dari ini pada tidak itu dalam ke akan adalah oleh sebagai juga telah atau karena",
    "vi": "và của là có cho không được với trong các một những này đã người để khi về đến từ cũng như ra",
}
_LANGUAGES_OF: dict[str, tuple[str, ...]] = {}
for _language, _words in _WORDS.items():
    for _word in dict.fromkeys(word for word in _words.split() if len(word) > 1):
        _LANGUAGES_OF[_word] = (*_LANGUAGES_OF.get(_word, ()), _language)
_LATIN, _WORD = re.compile("[A-Za-z\u00c0-\u024f]"), re.compile(r"[^\W\d_]+")
_ASCII_WORD = re.compile("[a-z]+")  # the same in lower case where all is ASCII, in half the time
_SCRIPTS = (
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7af]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
    ("ar", re.compile("[\u0600-\u06ff]")),
    ("he", re.compile("[\u0590-\u05ff]")),
    ("el", re.compile("[\u0370-\u03ff]")),
    ("hi", re.compile("[\u0900-\u097f]")),
    ("th", re.compile("[\u0e00-\u0e7f]")),
    ("uk", re.compile("[іїєґІЇЄҐ]")),
    ("ru", re.compile("[\u0400-\u04ff]")),
)
# Other writing than Latin: Ukrainian and Japanese are told by a few letters among many of another language.
_SHARES = {"ja": 0.05, "uk": 0.03}
_SAMPLE = 5_000
_FEWEST_WORDS = 40


def language_of(text: str) -> tuple[str, float] | None:
    """Returns the ISO 639-1 code and how sure it is (0 to 1); None for a short text and one of no known language."""
    sample = text[:_SAMPLE]
    words = (_ASCII_WORD if sample.isascii() else _WORD).findall(sample.lower())
    letters = sum(map(len, words))
    for language, script in _SCRIPTS if not _is_latin(sample, letters) else ():
        if letters > 20 and len(script.findall(sample)) > _SHARES.get(language, 0.4) * letters:
            return language, 0.9
    if len(words) < _FEWEST_WORDS:
        return None
    counts: Counter[str] = Counter()
    for word, count in Counter(words).items():
        for language in _LANGUAGES_OF.get(word, ()):
            counts[language] += count
    shares = {language: counts[language] / len(words) for language in _WORDS}
    best, second = sorted(shares, key=lambda language: (-shares[language], language))[:2]
    if shares[best] < 0.12:
        return None
    return best, round(min(0.99, 0.5 + 2 * (shares[best] - shares[second])), 2)


def _is_latin(text: str, letters: int) -> bool:
    """Says whether nearly all of its letters are Latin; they are counted only where much is not of ASCII."""
    foreign = len(text) - len(text.encode("ascii", "ignore"))
    return foreign <= 0.05 * letters or len(_LATIN.findall(text)) >= 0.95 * letters
