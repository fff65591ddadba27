"""Small words: they stand in every text, so they are neither kept in the index nor looked for."""

from __future__ import annotations

from publishing.text.seeking.letters import words_written

_WORDS = {
    "en": """a about above again all also am an and any anyone anything are aren't as at be because been
    being between both but by can can't cannot could did didn't do does doesn't doing don't during each
    either else ever every few for from further get gets getting got had has hasn't have haven't having he
    he's her here hers him his how however i i'm if in into is isn't it it's its itself just let like made
    make many may me might more most much must my myself no nor not of off on once one only or other our
    ours out own please rather really same shall she should so some someone something such than that that's
    the their theirs them then there these they thing things this those through to too tell until up upon us
    use very was wasn't we were what what's when where whether which while who whom whose why will with
    within without would you your yours yourself know want need happen happens i've i'd""",
    "es": """a al algo algún alguna algunas alguno algunos ante antes aquel aquella así aún aunque bajo bien
    cada como cómo con contra cual cuál cuales cuando cuándo cuanto cuánto de debe deben debo del desde
    después donde dónde dos durante e el él ella ellas ellos en entre era eran es esa esas ese eso esos esta
    está están estas este esto estos estoy fue fueron ha haber había hace hacer hasta hay he la las le les
    lo los más me mi mis mucho muy nada ni no nos nosotros nuestra nuestro o os otra otras otro otros para
    pero poco por porque puede pueden puedo pues que qué quien quién se sea ser si sí sido sin sobre son soy
    su sus suyo tal también tan tanto te tener tengo ti tiene tienen todo todos tu tus tuve un una unas uno
    unos usted ustedes va y ya yo""",
    "hi": """का के की को में से पर ने है हैं था थे थी हूं हो होता होती होते हुआ हुई हुए होगा होना और या व एवं
    तथा कि जो जिस जिसे जिन जिसका जिसकी जिनके यह ये वह वे इस इसे इसका इसकी इसके इन इनका इनके उस उसे उसका उसकी
    उसके उन उनका उनके उन्हें मैं मुझे मेरा मेरी मेरे हम हमें हमारा हमारी हमारे आप आपका आपकी आपके आपको तुम
    तुम्हारा अपना अपनी अपने क्या क्यों कब कहां कैसे कैसा कैसी कौन कितना कितनी कितने किस किसी किसे कोई कुछ सब
    सभी हर एक ही भी तो ना न नहीं मत अगर यदि लेकिन पर परंतु किंतु जब तब तक जहां वहां यहां साथ लिए बाद पहले
    फिर अब कर करें करना करने करता करती करते करके किया की गया गई गए जा जाए जाता जाती जाते जाना जाएं सकता सकती
    सकते चाहिए रहा रही रहे दें दे देना लें ले लेना बहुत बारे ऐसा ऐसे वाला वाली वाले द्वारा""",
    "ur": """کا کے کی کو میں سے پر نے ہے ہیں تھا تھے تھی ہوں ہو ہوتا ہوتی ہوتے ہوا ہوئی ہوئے ہوگا ہونا اور یا
    و کہ جو جس جسے جن جسکا یہ وہ اس اسے ان انہیں انھیں مجھے میرا میری میرے ہم ہمیں ہمارا ہماری ہمارے آپ آپکا
    تم تمہارا اپنا اپنی اپنے کیا کیوں کب کہاں کیسے کیسا کیسی کون کتنا کتنی کتنے کس کسی کسے کوئی کچھ سب سبھی
    ہر ایک ہی بھی تو نا نہ نہیں مت اگر لیکن مگر جب تب تک جہاں وہاں یہاں ساتھ لیے لئے بعد پہلے پھر اب کر کریں
    کرنا کرنے کرتا کرتی کرتے کرکے کیا گیا گئی گئے جا جائے جاتا جاتی جاتے جانا جائیں سکتا سکتی سکتے چاہیے
    چاہئے رہا رہی رہے دیں دے دینا لیں لے لینا بہت بارے ایسا ایسے والا والی والے""",
    "ar": """في من على إلى عن مع هذا هذه ذلك تلك التي الذي هو هي هم أن إن ما لا لم لن قد كان كانت يكون أو و
    ثم كل بعض عند بعد قبل حتى إذا كيف متى أين لماذا هل أي غير بين لك لي له لها يمكن""",
}
WORDS = {language: {form for one in words_written(text) for form in one} for language, text in _WORDS.items()}
# Whatever the language of the text: English stands in all of them.
_ANYWHERE = WORDS["en"]


def is_small(form: str, language: str) -> bool:
    """Whether a form is a small word of that language, or of English."""
    return form in _ANYWHERE or form in WORDS.get(language, ())


def is_small_anywhere(form: str) -> bool:
    """Whether it is one of English, or of a language in letters of its own; in Arabic the Urdu word for ear is one."""
    return any(form in WORDS[language] for language in ("en", "hi", "ur"))
