"""The words by which a source shows what a line is, in English, Hindi, Urdu, Telugu and Arabic. No Django models."""

from __future__ import annotations

import re
import unicodedata

UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe0f\ufeff]")


def fold(text: str) -> str:
    """One spelling for comparing: small letters, one blank between words, no joiners and no direction marks."""
    if not text.isascii():
        text = UNSEEN.sub("", unicodedata.normalize("NFC", text))
    return " ".join(text.casefold().split())


def _table(text: str) -> frozenset[str]:
    return frozenset(fold(words) for row in text.strip().splitlines() for words in row.split("|"))


# What may stand before a colon. The plain ones are taken wherever they stand; the others (WEAK) could as well begin
# a row of the text ("Author: who wrote the study"), so they count only beside other publication lines.
LABELS = {
    "published": """published on|date published|publication date|date of publication|first published
        प्रकाशन तिथि|प्रकाशन की तारीख|प्रकाशित तिथि|प्रकाशन दिनांक|प्रकाशित किया गया|प्रकाशित
        تاریخ اشاعت|اشاعت کی تاریخ|شائع ہوا|شائع شدہ|ప్రచురించిన తేదీ|ప్రచురణ తేదీ|ప్రచురించబడింది
        تاريخ النشر|نشر في|نُشر في|نشر بتاريخ|published|date""",
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
    "unplaced": """reviewed by|medically reviewed by|last reviewed|last updated|updated on|disclaimer|copyright
        अस्वीकरण|अंतिम अपडेट|contact|contact us|phone|tel|email|e-mail|संपर्क""",
}
WEAK = _table("""published|date|by|author|authors|author(s)|writer|writers|publisher|published by|website|websites
    social media|sponsor|sponsors|supported by|funded by|source|reference
    contact|contact us|phone|tel|email|e-mail|संपर्क
    प्रकाशित|लेखक|लेखिका|प्रकाशक|वेबसाइट|مصنف|تحریر|ناشر|ویب سائٹ|రచయిత|వెబ్‌సైట్|الكاتب|المؤلف|الناشر|الموقع""")
# Those of them that are also written without a colon, before a name or a day.
BARE = _table("published on|uploaded by|written by|by|follow us on social media|follow us on|powered by|sponsored by"
              "|brought to you by")  # fmt: skip
# "X द्वारा प्रायोजित": in these languages the words may stand after the sponsor's name.
AFTER_THE_NAME = [fold(words) for words in ("द्वारा प्रायोजित", "द्वारा संचालित", "के सौजन्य से", "کے تعاون سے", "సౌజన్యంతో")]

KIND_OF = {label: kind for kind, text in LABELS.items() for label in _table(text)}
LONGEST_BARE = max(len(label.split()) for label in BARE)

FAQ = _table("""faq|faqs|faq section|faqs section|f.a.q.|frequently asked questions|frequently asked questions (faq)
    frequently asked questions (faqs)|frequently asked questions section|common questions|questions and answers
    questions & answers|q&a|q & a|q and a|common questions and answers|questions
    अक्सर पूछे जाने वाले सवाल|अक्सर पूछे जाने वाले प्रश्न|सामान्य प्रश्न|आम सवाल|सवाल जवाब|सवाल और जवाब|प्रश्नोत्तर
    عمومی سوالات|اکثر پوچھے جانے والے سوالات|سوال و جواب|سوالات
    తరచుగా అడిగే ప్రశ్నలు|తరచుగా అడిగే ప్రశ్నలు (faq)|ప్రశ్నలు మరియు సమాధానాలు|సాధారణ ప్రశ్నలు
    الأسئلة الشائعة|أسئلة شائعة|الأسئلة المتكررة|أسئلة وأجوبة""")
FAQ_BEGINNINGS = tuple(sorted(words + end for words in FAQ - {"questions", "سوالات"} for end in " :(-–"))

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
    r"\bhow\b.*\b(works?|done|made|given|happens)\b|\b(steps?|procedure|process|stages?|phases|timeline)\b|what happens"
    "|before,? during|during,? (before )?and after|before and after"
    "|कैसे काम|कैसे कार्य|चरण|प्रक्रिया|क्या होता है|کیسے کام|مراحل|مرحلہ|طریقہ کار|کیا ہوتا ہے"
    "|ఎలా పని|దశలు|ప్రక్రియ|ఏమి జరుగుతుంది|كيف يعمل|كيف تعمل|خطوات|كيفية عمل|ماذا يحدث"
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
