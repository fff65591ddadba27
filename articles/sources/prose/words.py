"""The words by which a source shows what a line is, in English, Hindi, Urdu, Telugu and Arabic. No Django models."""

from __future__ import annotations

import re

from publishing.text import one_spelling


def fold(text: str) -> str:
    """One spelling for comparing: small letters, one blank between words, no joiners and no direction marks."""
    return " ".join(one_spelling(text, "NFC").casefold().split())


def _table(text: str) -> frozenset[str]:
    return frozenset(fold(words) for row in text.strip().splitlines() for words in row.split("|"))


# What may stand before a colon. The plain ones are taken wherever they stand; the others (WEAK) could as well begin
# a row of the text ("Author: who wrote the study"), so they count only beside other publication lines.
LABELS = {
    "published": """published on|date published|publication date|date of publication|first published
        प्रकाशन तिथि|प्रकाशन की तारीख|प्रकाशित तिथि|प्रकाशन दिनांक|प्रकाशित किया गया|प्रकाशित
        تاریخ اشاعت|اشاعت کی تاریخ|شائع ہوا|شائع شدہ|ప్రచురించిన తేదీ|ప్రచురణ తేదీ|ప్రచురించబడింది
        تاريخ النشر|نشر في|نُشر في|نشر بتاريخ|published|date
        uploaded on|upload date|date uploaded|date of upload|posted on|date posted|date of posting|posting date
        released on|release date|date released|date of release|uploaded|posted|released
        अपलोड तिथि|अपलोड की तिथि|अपलोड की तारीख|अपलोड दिनांक|अपलोड करने की तिथि|अपलोड करने की तारीख|अपलोड किया गया
        पोस्ट तिथि|पोस्ट की तारीख|पोस्ट करने की तारीख|पोस्ट किया गया|जारी करने की तिथि|जारी करने की तारीख|जारी तिथि
        जारी किया गया|जारी|प्रकाशन|प्रकाशन की तिथि
        اپ لوڈ کی تاریخ|تاریخ اپ لوڈ|اپ لوڈ کرنے کی تاریخ|اپ لوڈ کیا گیا|پوسٹ کی تاریخ|پوسٹ کرنے کی تاریخ|پوسٹ کیا گیا
        تاریخ اجرا|تاریخ اجراء|اجرا کی تاریخ|جاری کرنے کی تاریخ|جاری کیا گیا|جاری|اشاعت|شائع کیا گیا
        అప్‌లోడ్ తేదీ|అప్‌లోడ్ చేసిన తేదీ|అప్‌లోడ్ చేయబడింది|పోస్ట్ తేదీ|పోస్ట్ చేసిన తేదీ|పోస్ట్ చేయబడింది
        విడుదల తేదీ|విడుదల చేసిన తేదీ|విడుదల|ప్రచురణ|ప్రచురించిన రోజు
        تاريخ الرفع|رفع في|رُفع في|تم الرفع في|تم الرفع بتاريخ|تاريخ الإصدار|صدر في|صدر بتاريخ|تم النشر في
        تم النشر بتاريخ|النشر|صدر""",
    "byline": """uploaded by|written by|अपलोडकर्ता|अपलोड किया|अपलोड करने वाले|द्वारा अपलोड|लेखक|लेखिका
        اپ لوڈ کردہ|اپ لوڈ کرنے والے|مصنف|تحریر|అప్‌లోడ్ చేసినవారు|అప్‌లోడ్ చేసిన వారు|అప్‌లోడ్|రచయిత
        رفعه|تم الرفع بواسطة|بقلم|الكاتب|المؤلف|by|author|authors|author(s)|writer|writers""",
    "publisher": "published by|publisher|प्रकाशक|ناشر|ప్రచురణకర్త|الناشر",
    "websites": "our website|our websites|website|websites|visit us|वेबसाइट|ویب سائٹ|వెబ్‌సైట్|الموقع|موقعنا",
    "social": """follow us on social media|follow us on|follow us|find us on|find us on social media|our social media
        हमें सोशल मीडिया पर फॉलो करें|सोशल मीडिया पर हमें फॉलो करें|हमें फॉलो करें|हमें फ़ॉलो करें|सोशल मीडिया
        ہمیں فالو کریں|سوشل میڈیا پر ہمیں فالو کریں|سوشل میڈیا|మమ్మల్ని అనుసరించండి|సోషల్ మీడియా
        تابعونا|تابعونا على|social media""",
    "sponsor": """powered by|sponsored by|brought to you by|प्रायोजक|द्वारा प्रायोजित|संचालित|सौजन्य
        اسپانسر|اسپانسر شدہ|بہ تعاون|స్పాన్సర్|సౌజన్యం|برعاية|الراعي
        sponsor|sponsors|supported by|funded by""",
    "sources": """sources|references|source|reference|bibliography|further reading|स्रोत|संदर्भ|सन्दर्भ
        ذرائع|حوالہ جات|ماخذ|మూలాలు|ఆధారాలు|సూచనలు|المصادر|المراجع""",
    # Lines of this kind have no field of their own: a person decides.
    "record": """reviewed by|medically reviewed by|reviewed on|last reviewed|last reviewed on|last updated
        last updated on|updated on|अंतिम अपडेट|अंतिम समीक्षा|آخری اپ ڈیٹ|చివరి అప్‌డేట్|చివరిగా సమీక్షించిన తేదీ|آخر تحديث""",
    "unplaced": """disclaimer|copyright|अस्वीकरण|contact|contact us|phone|tel|email|e-mail|संपर्क""",
}
# These speak of publication only before a day: “Released: The hormone goes into the blood.” is a row.
DATED = _table("""uploaded|posted|released|अपलोड किया गया|पोस्ट किया गया|जारी किया गया|जारी|प्रकाशन
    اپ لوڈ کیا گیا|پوسٹ کیا گیا|جاری کیا گیا|جاری|اشاعت|విడుదల|ప్రచురణ|النشر|صدر""")
WEAK = DATED | _table("""published|date|by|author|authors|author(s)|writer|writers|publisher|published by
    website|websites|social media|sponsor|sponsors|supported by|funded by|source|reference
    contact|contact us|phone|tel|email|e-mail|संपर्क
    प्रकाशित|लेखक|लेखिका|प्रकाशक|वेबसाइट|مصنف|تحریر|ناشر|ویب سائٹ|రచయిత|వెబ్‌సైట్|الكاتب|المؤلف|الناشر|الموقع""")
# Those of them that are also written without a colon, before a name or a day.
BARE = _table("published on|uploaded by|written by|by|follow us on social media|follow us on|powered by|sponsored by"
              "|brought to you by|published|uploaded on|uploaded|posted on|posted|released on|released"
              "|last reviewed on|last reviewed|last updated on|last updated|updated on|reviewed on")  # fmt: skip
# "X द्वारा प्रायोजित": in these languages the words may stand after the sponsor's name.
AFTER_THE_NAME = [fold(words) for words in ("द्वारा प्रायोजित", "द्वारा संचालित", "के सौजन्य से", "کے تعاون سے", "సౌజన్యంతో")]

KIND_OF = {label: kind for kind, text in LABELS.items() for label in _table(text)}
LONGEST_BARE = max(len(label.split()) for label in BARE)
FIRST_OF_BARE = frozenset(label.split()[0] for label in BARE)

# Labels made of nothing but these words speak of the publication, if one of them is telling: “Name of the author”,
# “Version”. A half telling one needs another word beside it (“Next review”) or a year behind it (“Review: June 2025”).
TELLING = _table("""published|publication|publisher|uploaded|uploader|posted|author|authors|author's|authored|writer
    writer's|written|editor|reviewed|reviewer|reviewers|revised|updated|translated|translator|version|edition|tags|keywords
    sponsor|sponsored|funded|प्रकाशन|प्रकाशित|प्रकाशक|अपलोड|अपलोडकर्ता|लेखक|लेखिका|संपादक|सम्पादक|समीक्षक|समीक्षित
    संशोधित|संस्करण|अद्यतन|अपडेट|अनुवादक|टैग|कीवर्ड|اشاعت|شائع|ناشر|لوڈ|اپلوڈ|ڈیٹ|اپڈیٹ|مصنف|مصنفہ|مدیر|ایڈیٹر|مترجم
    ورژن|ٹیگ|ٹیگز|ప్రచురణ|ప్రచురించిన|ప్రచురించబడింది|ప్రచురణకర్త|అప్‌లోడ్|రచయిత|రచయిత్రి|సంపాదకుడు|సంపాదకులు|ఎడిటర్
    వెర్షన్|సంస్కరణ|నవీకరణ|నవీకరించిన|నవీకరించబడింది|అప్‌డేట్|సమీక్షించిన|సమీక్షకుడు|సమీక్షకులు|అనువాదకుడు|ట్యాగ్‌లు
    ట్యాగ్స్|కీలకపదాలు|النشر|نشر|نُشر|الناشر|الكاتب|الكاتبة|كاتب|المؤلف|مؤلف|المحرر|المترجم|الإصدار|إصدار|التحديث
    تحديث|الوسوم|المفتاحية""")
HALF_TELLING = _table("""review|release|released|upload|update|revision|edited|edit|checked|verified|prepared|compiled
    created|modified|translation|tag|read|reading|समीक्षा|संशोधन|जारी|पोस्ट|نظرثانی|ثانی|جائزہ|ترمیم|جاری|پوسٹ|کلیدی|సమీక్ష|విడుదల|పోస్ట్
    అనువాదం|المراجعة|مراجعة|رفع|الرفع|تحرير|النسخة|راجعه""")
BESIDE = _table("""date|day|time|name|names|of|on|by|at|in|the|this|last|next|first|latest|was|due|no|number|history|for
    and|medical|medically|clinical|clinically|scientific|scientifically|expert|fact|content|page|article|guide|document
    text|web|website|blog|original|originally|तिथि|तारीख|दिनांक|की|का|के|को|में|द्वारा|किया|गया|गई|गयी|करने|वाले|वाला|अंतिम
    पिछली|अगली|अगला|पहली|नाम|संख्या|हुआ|हुई|تاریخ|کی|کا|کے|کو|نے|کردہ|کیا|گیا|گئی|کرنے|والے|شدہ|آخری|اگلی|اگلا|پہلی|نام
    نمبر|اپ|نظر|الفاظ|తేదీ|చివరి|చివరిగా|తదుపరి|మొదటి|పేరు|చేసిన|చేసినవారు|వారు|చేయబడింది|సంఖ్య|ద్వారా|వైద్య|రోజు
    تاريخ|آخر|اخر|التالي|التالية|القادم|القادمة|اسم|من|قبل|في|بتاريخ|تم|تمت|يوم|رقم|بواسطة|الكلمات|الطبي|الطبية""")
OF_A_LABEL = TELLING | HALF_TELLING | BESIDE
BETWEEN_WORDS = re.compile(r"[\s/()&,.|-]+")
BORN = r"\b(?:born|birth|birthday|dob)\b|जन्म|پیدائش|పుట్టిన|ميلاد|الولادة"
BIRTH = re.compile(BORN)
# These begin rows of a guide, however short what stands behind them.
OF_A_ROW = re.compile(
    BORN + r"|\b(?:when|where|who|how|what|hours|times?|days?|weeks?|dose|call|bring|ward|room|phone)\b"
    "|कब|कहाँ|समय|खुराक|کب|کہاں|اوقات|خوراک|ఎప్పుడు|ఎక్కడ|సమయ|మోతాదు|متى|أين|ساعات|أوقات|الجرعة"
)

FAQ = _table("""faq|faqs|faq section|faqs section|f.a.q.|frequently asked questions|frequently asked questions (faq)
    frequently asked questions (faqs)|frequently asked questions section|common questions|questions and answers
    questions & answers|q&a|q & a|q and a|common questions and answers|questions|your questions
    your questions answered|questions you may have|questions people ask|questions patients ask
    preguntas|preguntas frecuentes|preguntas y respuestas|preguntas comunes
    सवाल|प्रश्न|आपके सवाल|سوال جواب|సందేహాలు|ప్రశ్నలు|الأسئلة|أسئلة
    अक्सर पूछे जाने वाले सवाल|अक्सर पूछे जाने वाले प्रश्न|सामान्य प्रश्न|आम सवाल|सवाल जवाब|सवाल और जवाब|प्रश्नोत्तर
    عمومی سوالات|اکثر پوچھے جانے والے سوالات|سوال و جواب|سوالات
    తరచుగా అడిగే ప్రశ్నలు|తరచుగా అడిగే ప్రశ్నలు (faq)|ప్రశ్నలు మరియు సమాధానాలు|సాధారణ ప్రశ్నలు
    الأسئلة الشائعة|أسئلة شائعة|الأسئلة المتكررة|أسئلة وأجوبة""")
# Which begin other headings too: “Questions to ask your doctor”
_ALONE = _table("questions|your questions|preguntas|سوالات|सवाल|प्रश्न|ప్రశ్నలు|సందేహాలు|الأسئلة|أسئلة")
FAQ_BEGINNINGS = tuple(sorted(words + end for words in FAQ - _ALONE for end in " :(-–"))

BRIEF = _table("in brief|at a glance|key facts|संक्षेप में|مختصراً|مختصر میں|సంక్షిప్తంగా|باختصار")

RISKS = re.compile(
    r"\b(risks?|challenges?|side[ -]effects?|complications?|warnings?|warning signs|dangers?|drawbacks?|harms?"
    r"|go(?:es)? wrong)\b"
    "|जोखिम|चुनौत|दुष्प्रभाव|साइड इफेक्ट|जटिलता|चेतावनी|खतर|ख़तर"
    "|خطر|چیلنج|مضر اثرات|ضمنی اثرات|پیچیدگی|انتباہ"
    "|ప్రమాద|సవాళ్|దుష్ప్రభావ|సైడ్ ఎఫెక్ట్|హెచ్చరిక"
    "|مخاطر|تحديات|جانبية|مضاعفات|تحذير"
)
STEPS = re.compile(
    r"\bhow\b.*\b(works?|done|made|given|happens?)\b|\b(steps?|procedure|process|stages?|phases|timeline)\b"
    "|what happens|before,? during|during,? (before )?and after|before and after"
    "|कैसे (?:काम|कार्य|होत|किय|की जात|दिय|दी जात|बनाय|बनाई)|चरण|प्रक्रिया|क्या होता है"
    "|کیسے (?:کام|ہوتا|ہوتی|کیا جات|کی جات|دیا جات|دی جات|بنایا|بنائی)|مراحل|مرحلہ|طریقہ کار|کیا ہوتا ہے"
    "|ఎలా (?:పని|జరుగు|చేస్తారు|ఇస్తారు|తయారు)|దశలు|ప్రక్రియ|ఏమి జరుగుతుంది"
    "|كيف (?:يعمل|تعمل|يتم|تتم|يحدث|تحدث|يجرى|تجرى|يعطى|تعطى|يصنع|تصنع)|خطوات|كيفية عمل|ماذا يحدث"
)
NO_STEPS = re.compile(
    r"\b(benefits?|advantages?|types?|reasons?|why|who|costs?|prices?|alternatives?|words|problems?)\b"
    "|लाभ|फायदे|प्रकार|فوائد|اقسام|ప్రయోజనాలు|రకాలు|أنواع"
)

NETWORKS = _table("""facebook|instagram|linkedin|twitter|x|youtube|whatsapp|telegram|threads|pinterest|tiktok|snapchat
    sharechat|koo|mastodon|bluesky|medium|reddit|quora|فيسبوك|فیس بک|फेसबुक|ఫేస్‌బుక్""")

# A line that holds one of these before its colon, and does not begin by asking, is a sentence, not a label.
VERBS = _table(
    "is|are|was|were|has|have|had|can|may|must|should|will|do|does|include|includes|you|we|they|it|this|these"
)
ASKING = _table("what|who|when|where|why|how|which")


def how_telling(label: str) -> str:
    """Whether a folded label speaks of the publication: "always", unless a sentence follows ("terse"), only before
    a year ("dated"), or not ("")."""
    words = {word for word in BETWEEN_WORDS.split(label) if word}
    if not words <= OF_A_LABEL:
        return ""
    if words & TELLING:
        return "always" if len(words) > 1 else "terse"
    if words & HALF_TELLING:
        return "terse" if len(words) > 1 else "dated"
    return ""


def is_faq(heading: str) -> bool:
    """Whether the heading opens the questions, in these words and no others."""
    return fold(heading).rstrip(": ") in FAQ


def begins_faq(heading: str) -> bool:
    """Whether it opens the questions with words of its own behind: “FAQs about the scan”."""
    return fold(heading).startswith(FAQ_BEGINNINGS) and not heading.endswith(("?", "؟"))


def means_risks(heading: str) -> bool:
    return bool(RISKS.search(fold(heading)))


def means_steps(heading: str) -> bool:
    """Whether the rows under the heading happen one after the other."""
    folded = fold(heading)
    return bool(STEPS.search(folded)) and not RISKS.search(folded) and not NO_STEPS.search(folded)
