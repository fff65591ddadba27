"""Which language a text is in: by its folder or name, by its letters, by frequent words; else it is asked."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import PurePosixPath

from publishing.text import is_in_other_letters, script_of

LOOKED_AT = 4_000  # letters
SHORT = 8  # words: of fewer nobody tells, and what is usual in their letters is taken
LEAST, AHEAD, SHARE = 2, 1.5, 0.1  # hits at least; times the next language; of all words
_WORD = re.compile(r"[^\W\d_]+(?:[\u0900-\u0d7f\u064b-\u0655][^\W\d_]*)*")
_MARKUP = re.compile(r"https?://\S+|(?<![\w.+-])[\w.+-]+@[\w.-]+|<[^<>]*>|\]\([^()]*\)|`[^`]*`")
# The language of a script where one alone is written in it; of the others words tell.
SCRIPTS = {
    "TELUGU": "te",
    "TAMIL": "ta",
    "BENGALI": "bn",
    "GUJARATI": "gu",
    "KANNADA": "kn",
    "MALAYALAM": "ml",
    "GURMUKHI": "pa",
}
NAMES = {
    "english": "en",
    "hindi": "hi",
    "urdu": "ur",
    "telugu": "te",
    "tamil": "ta",
    "bengali": "bn",
    "bangla": "bn",
    "marathi": "mr",
    "gujarati": "gu",
    "kannada": "kn",
    "malayalam": "ml",
    "punjabi": "pa",
    "arabic": "ar",
    "spanish": "es",
    "espanol": "es",
    "español": "es",
    "french": "fr",
    "german": "de",
    "portuguese": "pt",
    "polish": "pl",
    "हिन्दी": "hi",
    "اردو": "ur",
}
# Languages of the world that a folder may be called by; others say nothing.
CODES = """ ar bn cs cy da de el en es fa fi fr gu he hi hr hu id it ja kn ko lt ml mr ms ne nl no pa pl ps pt ro
    ru sd si sk so sq sr sv sw ta te th tl tr uk ur vi yo zh """
_FREQUENT = {
    "en": """the a an and or of to in is it you your are for on with if not do be this that at from by have has
        can may will we us our they their them when how what who which as no more than after before
        until each every take keep call wash rest dose pain day days week weeks home water hands
        doctor nurse care should must use about any all after into so was were been does don't there
        here then need help tell ask one two three four step steps see put look which""",
    "es": """el la los las un una de del al y o en es no que se su sus con por para si lo le usted está son más
        como cuando hasta antes después debe puede sin sobre esta este tome llame agua días día
        dolor mano manos""",
    "fr": """le la les un une des de du et ou en est ne pas que se son sa ses avec pour par si vous votre vos
        sont plus comme quand avant après dans sur au aux ce cette prenez appelez eau jours jour
        douleur mains""",
    "de": """der die das ein eine und oder in ist nicht zu sie ihr ihre mit für von wenn sind auf bei nach vor
        den dem des im am an auch wie kann nehmen rufen tage tag wasser hände""",
    "pt": """o a os as um uma de do da dos das e ou em no na é não que se seu sua com por para você são mais como
        quando até antes depois deve pode sem sobre tome água dias dia dor mãos""",
    "it": """il lo la i gli le un una di del della e o in è non che si suo sua con per se sono più come quando
        prima dopo deve può senza acqua giorni giorno dolore mani""",
    "nl": """de het een en of in is niet dat u uw met voor van als zijn op bij na naar kan moet water dagen dag
        pijn""",
    "pl": """i w na z do nie się jest to o że po jak lub przez dla od przed są ból dni dzień należy wody""",
    "id": """dan atau di ke dari yang untuk dengan tidak ini itu anda jika pada hari air obat dokter sebelum
        sesudah""",
    "sw": """na ya wa kwa ni za la katika kama au si hii ili baada kabla siku maji dawa daktari yako""",
    "so": """iyo ama waa in ka ku la oo uu ay soo haddii aad marka biyo maalin dhakhtarka""",
    "tr": """ve veya bir bu için ile de da değil ne var gün su ağrı doktor sonra önce olarak""",
    "vi": """và hoặc của là không các cho với khi nếu ngày nước bác sĩ sau trước được""",
    "tl": """ang ng mga sa at o ay na hindi kung para ito araw tubig gamot doktor bago""",
    "hi": """है हैं का की के को में से और पर या न नहीं यह वह आप आपके आपको अपने अपना करें हो तो कि भी एक जब लिए तक
        बाद पहले रखें लें दें अगर कर था साथ इसे""",
    "mr": """आहे आहेत चा ची चे ला मध्ये आणि किंवा नाही हे ते तुम्ही तुमच्या आपल्या करा असेल तर की एक जेव्हा साठी
        पर्यंत नंतर आधी ठेवा घ्या झाले होते असे व""",
    "ne": """छ छन् को मा लाई र वा हुन्छ गर्नुहोस् तपाईं तपाईंको यो त्यो पनि एक भने लागि पछि अघि नगर्नुहोस्""",
    "ur": """ہے ہیں کا کی کے کو میں سے اور پر یا نہ نہیں یہ وہ آپ اپنے اپنا کریں ہو تو کہ بھی ایک جب لیے تک بعد
        پہلے رکھیں لیں دیں اگر کر تھا ساتھ اسے گھر""",
    "ar": """في من على إلى عن أو أن إن لا ما هذا هذه التي الذي مع إذا كان قد بعد قبل حتى كل يوم أيام الطبيب الماء
        لك هو هي يمكن يجب عند أيضا تم""",
    "fa": """را از به در که این است با برای آن می شود شما یا نیست بعد قبل روز آب پزشک کنید خود باید""",
    "ps": """د په او له چې نه دا سره که ته څخه یا وروسته ستاسو وي شي""",
    "sd": """جو جي ۾ کي ۽ آهي آهن نه هي اهو سان جيڪڏهن توهان لاء کان""",
}
_WORDS = {code: frozenset(words.split()) for code, words in _FREQUENT.items()}
_BY_SCRIPT = {
    "LATIN": ("en", "es", "fr", "de", "pt", "it", "nl", "pl", "id", "sw", "so", "tr", "vi", "tl"),
    "DEVANAGARI": ("hi", "mr", "ne"),
    "ARABIC": ("ur", "ar", "fa", "ps", "sd"),
}


def named_in(name: str) -> str:
    """The language that a file's folders or name tell: `en/x.md`, `x.hi.md`, `hindi/x.docx`; "" when none do."""
    path = PurePosixPath(name)
    ends = path.name.split(".")
    if len(ends) > 2 and (code := _code(ends[-2])):
        return code
    parts = [code for part in reversed(path.parts[:-1]) if (code := _code(part))]
    if parts:
        return parts[0]
    stem = re.split(r"[_-]", path.stem)
    return _code(stem[-1]) if len(stem) > 1 and len(stem[-1]) > 2 else ""


def names_in(name: str, language: str) -> list[str]:
    """The names that the same text has in another language, by the way in which this name tells its own."""
    path = PurePosixPath(name)
    said = [language, *(told for told, code in NAMES.items() if code == language)]
    ends = path.name.split(".")
    if len(ends) > 2 and _code(ends[-2]):
        bare = ".".join([*ends[:-2], ends[-1]])
        return [str(path.with_name(one)) for one in (*(".".join([*ends[:-2], one, ends[-1]]) for one in said), bare)]
    places = [place for place, part in enumerate(path.parts[:-1]) if _code(part)]
    if not places:
        return []
    parts = path.parts
    before, after = parts[: places[-1]], parts[places[-1] + 1 :]
    return [str(PurePosixPath(*before, *one, *after)) for one in (*((told,) for told in said), ())]


def _code(part: str) -> str:
    part = part.casefold().replace("_", "-")
    primary, _, rest = part.partition("-")
    if part in NAMES:
        return NAMES[part]
    return part if f" {primary} " in CODES.replace("\n", " ") and (not rest or len(rest) in (2, 4)) else ""


def language_of(text: str) -> str:
    """The language that a text's letters and own frequent words tell; "" where they tell none."""
    text = _MARKUP.sub(" ", text[:LOOKED_AT])
    script = script_of(text)
    if script in SCRIPTS:
        # Assamese has two letters of its own.
        return "" if script == "BENGALI" and any(letter in text for letter in "ৰৱ") else SCRIPTS[script]
    words = [word.casefold() for word in _WORD.findall(text)]
    if script not in _BY_SCRIPT or not words:
        return ""
    if len(words) < SHORT:
        return _usual(script, text)
    counted = Counter(words)
    hits = Counter({code: sum(counted[word] for word in _WORDS[code] & counted.keys()) for code in _BY_SCRIPT[script]})
    (first, most), (_second, next_most) = hits.most_common(2)
    is_clear = most >= LEAST and most >= AHEAD * next_most and most >= SHARE * len(words)
    return first if is_clear else ""


def _usual(script: str, text: str) -> str:
    if script == "ARABIC":
        return "ur" if any(letter in text for letter in "ٹڈڑںےہگچپک") else "ar"
    return _BY_SCRIPT[script][0]


def agrees(language: str, text: str) -> bool:
    """Whether a text can be in the language that is said of it: its letters are of the same script."""
    text = _MARKUP.sub(" ", text)
    return len(_WORD.findall(text)) < SHORT or not is_in_other_letters(text, language.lower())
