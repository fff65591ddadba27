"""The words, units and numbers that can hurt when they change, by language. No Django models.

Each row is one meaning with its spellings: going from one spelling to another in a row is not a change.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

_FRACTION = re.compile("[¼-¾⅐-⅞↉]")
_RAISED = re.compile("[⁰¹²³⁴-⁹⁺⁻]+")
_DIGIT = re.compile(r"(?![0-9])\d")
_DOTTED = re.compile(r"[AaPp](?<![\w./@-].)\.\s?[Mm]\b\.?|[Ii](?<![\w./@-].)\.\s?[Uu]\b\.?")
_DOTTED_HINDI = re.compile(r"(?<![^\s\d(/])(मि|माइक्रो|कि|एम|आई|डि)\.?\s?(ग्रा|ली|लि|जी|एल|यू|से)\.")
_BEFORE = str.maketrans(
    {"º": "°", "˚": "°", "٫": ".", "٬": ",", "٪": "%", "×": "x", "∙": ".", "·": "."}
    | dict.fromkeys("’‘ʼ´`′", "'")
    | dict.fromkeys(map(chr, [0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFE0F]))
    | {"\ufeff": None}
)
# Nukta, and the two marks of a nasal, are written or left out as people like; so are the two forms of two Urdu letters.
_AFTER = str.maketrans({"⁄": "/", "़": None, "ँ": "ं", "ي": "ی", "ى": "ی", "ك": "ک", "ۂ": "ہ", "ة": "ہ"}) | dict.fromkeys(
    map(ord, "‐‑‒–—―−﹘﹣⁃"), "-"
)


def fold(text: str) -> str:
    """One spelling of signs, digits and spaces, so that what reads the same is the same; letters keep their size."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text).translate(_BEFORE)
        text = _FRACTION.sub(lambda found: f" {found[0]}", text)
        text = _RAISED.sub(lambda found: "^" + unicodedata.normalize("NFKC", found[0]), text)
        text = unicodedata.normalize("NFKC", text).translate(_AFTER)
        text = _DIGIT.sub(lambda found: str(unicodedata.decimal(found[0])), text)
        text = _DOTTED_HINDI.sub(r"\1\2", text)
    if "." in text:
        text = _DOTTED.sub(lambda found: re.sub(r"[.\s]", "", found[0]), text)
    return " ".join(text.split())


@dataclass(frozen=True, eq=False)
class Words:
    """What is looked for in one language; keys and spellings are folded small letters.

    `words`: first word to (all words, meaning); `turns`: meanings that turn a sentence round; `places`: meanings that
    say where a medicine goes; `numbers`: number words; `small`: words that say little; `joins`: and, or, but, each to
    its meaning; `stem`: what a word ends in that is a medicine's name.

    What is taken stands behind a word of `taking` up to one of `bars`, right before one of `taken`, or anywhere before
    one of `ending` but not right before one of `behind`; an `everyday` word there is no medicine's name.
    """

    words: dict[str, list[tuple[tuple[str, ...], str]]]
    turns: frozenset[str]
    places: frozenset[str]
    numbers: dict[str, str]
    small: frozenset[str]
    joins: dict[str, str]
    stem: re.Pattern
    taking: frozenset[str]
    bars: frozenset[str]
    taken: frozenset[str]
    ending: frozenset[str]
    behind: frozenset[str]
    everyday: frozenset[str]


def small_letters(text: str) -> str:
    return fold(text).casefold()


def _rows(text: str) -> dict[str, str]:
    """Spelling to meaning (the first spelling of its row)."""
    found = {}
    for row in text.replace(",\n", ",").split(","):
        spellings = [small_letters(one) for one in row.split("|")]
        found |= dict.fromkeys(spellings, spellings[0])
    return found


# The second table holds what is a unit only behind a number: "5 g", but not "vitamin g".
UNITS = _rows("""mg|mgs|milligram|milligrams|milligramme|milligrammes|मिग्रा|मिलीग्राम|मिलिग्राम|एमजी|ملی گرام,
    mcg|ug|μg|microgram|micrograms|microgramme|microgrammes|माइक्रोग्राम|مائیکروگرام, ng|nanogram|nanograms,
    grams|gram|gramme|grammes|ग्राम|گرام, kg|kgs|kilo|kilos|kilogram|kilograms|किलो|किग्रा|किलोग्राम|کلو|کلوگرام,
    ml|mls|millilitre|millilitres|milliliter|milliliters|cc|मिली|मिलि|मिलीलीटर|एमएल|ملی لیٹر,
    litres|litre|liter|liters|लीटर|لیٹر, iu|आईयू, tablets|tablet|tabs|tab|pills|pill|गोली|गोलियां|गोलियों|टैबलेट|
    گولی|گولیاں, capsules|capsule|कैप्सूल|کیپسول,
    drops|drop|बूंद|बूंदें|बूंदों|قطرے|قطرہ, puffs|puff|पफ|पफ़, teaspoons|teaspoon|tsp|छोटा चम्मच|छोटे चम्मच,
    tablespoons|tablespoon|tbsp|बड़ा चम्मच|बड़े चम्मच, sachets|sachet, mmol|millimol|millimole|millimoles,
    mol|mole|moles, mmhg,
    cm|centimetres|centimetre|सेमी, mm|millimetres|millimetre, kcal|calories|calorie|कैलोरी,
    %|percent|per cent|प्रतिशत|फीसदी|فیصد,
    °c|degrees c|degree c|degrees celsius|degree celsius|celsius|centigrade|डिग्री सेल्सियस|सेल्सियस|ڈگری سینٹی گریڈ,
    °f|degrees f|degree f|degrees fahrenheit|degree fahrenheit|fahrenheit|डिग्री फारेनहाइट|फारेनहाइट|
    ڈگری فارن ہائیٹ,
    °|degrees|degree|डिग्री|ڈگری, seconds|secs|सेकंड|सेकेंड|سیکنڈ, minutes|minute|mins|मिनट|منٹ,
    hours|hour|hrs|hr|घंटे|घंटा|घंटों|گھنٹے|گھنٹہ|گھنٹوں, days|day|दिन|दिनों|دن|دنوں, nights|night|रात|रातों|رات,
    weeks|week|wks|सप्ताह|सप्ताहों|हफ्ते|हफ्ता|हफ्तों|ہفتے|ہفتہ|ہفتوں,
    months|month|महीने|महीना|महीनों|माह|مہینے|مہینہ|مہینوں, years|year|yrs|साल|सालों|वर्ष|वर्षों|बरस|سال|برس,
    o'clock|बजे|بجے, thousand|हजार|ہزار, million|millions|मिलियन, lakh|lakhs|lac|लाख|لاکھ,
    crore|crores|cr|करोड|کروڑ""")
AFTER_A_NUMBER = UNITS | _rows("""grams|g|gm|gms|gr|ग्रा, litres|l|ltr, °c|c, °f|f, units|u|unit|यूनिट|इकाई|इकाइयां|یونٹ,
    cups|cup|कप, glasses|glass|गिलास|ग्लास|گلاس, doses|dose|खुराक|खुराकें|डोज|خوراک,
    patches|patch, injections|injection|इंजेक्शन|सुई|انجکشن, spoons|spoon|spoonful|spoonfuls|चम्मच|چمچ,
    metres|m|metre|meters|meter|मीटर, feet|ft|foot, inches|inch, seconds|s|sec|second, minutes|min, hours|h, days|d,
    am, pm, january|jan|जनवरी, february|feb|फरवरी, march|mar|मार्च, april|apr|अप्रैल, may|मई, june|jun|जून,
    july|jul|जुलाई, august|aug|अगस्त, september|sept|sep|सितंबर|सितम्बर, october|oct|अक्टूबर,
    november|nov|नवंबर|नवम्बर, december|dec|दिसंबर|दिसम्बर, times|time|बार|مرتبہ|بار""")

_ENGLISH_TURNS = """not|cannot|can't|don't|dont|doesn't|didn't|won't|shouldn't|mustn't|isn't|aren't|wasn't|weren't|
    haven't|hasn't|couldn't|wouldn't|needn't|mayn't|ain't,
    no, none|no one|nobody, nothing, neither, nor, never, without, only|solely, unless, until|till,
    except|except for|apart from|other than|excluding, instead of|rather than, instead, stop|stops|stopped|stopping,
    avoid|avoids|avoided|avoiding, before|prior to, after, unsafe"""
_ENGLISH_OTHERS = """must|have to|has to, should|ought to, always, if necessary|if needed|as needed,
    start|starts|started|starting|begin|begins|beginning, continue|continues|continuing|keep on|carry on|keep taking,
    during|while, out of|outside|away from,
    with food|with a meal|with meals|with your meal|with your meals, empty stomach, meals|meal, food,
    breakfast, lunch, dinner|supper, alcohol, at once|immediately|straight away|straightaway|right away,
    as soon as possible, urgent|urgently, emergency|emergencies, ambulance, harm|harmful|harms,
    danger|dangerous|dangers|dangerously, warning|caution, serious|seriously, severe|severely, life threatening,
    fatal|death|die, safe|safely, normal, allergic|allergy|allergies|allergen, overdose,
    pregnant|pregnancy|pregnancies, breastfeeding|breast feeding|breastfeed|breast feed, children|child|kids|kid,
    baby|babies|infant|infants|newborn|newborns|toddler|toddlers, adult|adults, elderly|older people|older adults,
    more than|greater than|over the age of, less than|fewer than|under the age of, above|higher than,
    below|lower than, over, under, at least|no less than|minimum, at most|no more than|not more than|maximum|up to,
    increase|increases|raise, decrease|decreases|reduce|reduces|lower, high|higher, low, left, right, positive,
    negative, call|phone|ring|dial|telephone, swallow, chew, crush, inject, inhale, every|each,
    every other|every second|alternate, hourly, daily,
    nightly, weekly, fortnightly|fortnight, monthly, yearly|annually, morning|mornings, noon|midday,
    afternoon|afternoons, evening|evenings, bedtime, midnight, today, tomorrow, yesterday, monday|mondays,
    tuesday|tuesdays, wednesday|wednesdays, thursday|thursdays, friday|fridays, saturday|saturdays, sunday|sundays,
    weekend|weekends, january, february, april, june, july, august, september, october, november, december"""
_HINDI_TURNS = """नहीं|नही, न|ना, मत, कभी नहीं|कभी न|कभी भी नहीं|कभी मत, मना, वर्जित, केवल|सिर्फ|मात्र, जब तक, तक,
    के अलावा|के सिवा|सिवाय|छोड़कर, के बजाय|की बजाय|बजाय, बिना|के बिना|बगैर, बंद,
    रोक|रोकें|रोके|रोकना|रोक दें, रुकें|रुकना, बचें|बचना|बचे|परहेज, पहले|पूर्व, बाद|पश्चात, असुरक्षित,
    हानिकारक|नुकसानदेह"""
_HINDI_OTHERS = """जरूर|जरूरी|अवश्य|आवश्यक|अनिवार्य, चाहिए, हमेशा|सदैव, शुरू|शुरु|प्रारंभ|आरंभ, जारी, दौरान|के दौरान,
    खाने के साथ|भोजन के साथ, खाली पेट, भोजन|खाना|खाने, नाश्ता|नाश्ते, शराब, तुरंत|तुरन्त|फौरन|तत्काल, जल्द से जल्द,
    आपातकाल|आपात|आपातकालीन|इमरजेंसी, एम्बुलेंस|एंबुलेंस, खतरा|खतरनाक|खतरे, चेतावनी|सावधानी|सावधान, गंभीर, मृत्यु|मौत,
    सुरक्षित, एलर्जी|एलर्जिक, गर्भवती|गर्भ|गर्भावस्था, स्तनपान, बच्चा|बच्चे|बच्चों|बच्ची, शिशु|शिशुओं|नवजात,
    वयस्क|वयस्कों, बुजुर्ग|बुजुर्गों, अधिक|ज्यादा, कम, ऊपर, नीचे, कम से कम|न्यूनतम,
    अधिक से अधिक|ज्यादा से ज्यादा|अधिकतम, बढ़ाएं|बढ़ाना|बढ़ाएँ, घटाएं|घटाना|घटाएँ,
    दाएं|दाईं|दायां|दायीं|दायें|दाहिना|दाहिने|दाहिनी, बाएं|बाईं|बायां|बायीं|बायें, फोन|कॉल, संपर्क|सम्पर्क, निगलें|निगलना,
    चबाएं|चबाना|चबाएँ, हर|प्रत्येक|प्रति, रोज|रोजाना|प्रतिदिन|दैनिक, साप्ताहिक, मासिक, सुबह|सवेरे, दोपहर, शाम, आज, कल,
    सोमवार, मंगलवार, बुधवार, गुरुवार|बृहस्पतिवार, शुक्रवार, शनिवार, रविवार|इतवार"""
_URDU_TURNS = """نہیں, نہ, مت, کبھی نہیں|کبھی نہ|کبھی مت, منع, صرف, جب تک, تک, کے علاوہ|سوائے, کے بجائے|بجائے,
    بغیر|کے بغیر, بند, روک|روکیں|رکیں, بچیں|پرہیز, پہلے|قبل, بعد"""
_URDU_OTHERS = """ضرور|ضروری|لازمی, چاہیے|چاہئے, ہمیشہ, شروع, جاری, دوران|کے دوران, کھانے کے ساتھ, خالی پیٹ,
    کھانا|کھانے, شراب, فوراً|فورا|فوری, ایمرجنسی|ہنگامی, ایمبولینس, خطرہ|خطرناک|خطرے, سنگین|شدید, محفوظ, الرجی,
    حاملہ|حمل, بچہ|بچے|بچوں, بالغ, زیادہ, کم, اوپر, نیچے, کم از کم, زیادہ سے زیادہ, جلد از جلد,
    دائیں|دایاں|داہنا|داہنی|داہنے, بائیں|بایاں, فون|کال, رابطہ,
    ہر|فی, روزانہ|روز, صبح, دوپہر, شام"""
_PLACES = {
    "en": """eye|eyes, both eyes|each eye, eyelid|eyelids, ear|ears, both ears|each ear,
    nose|nostril|nostrils|nasal|nasally, both nostrils|each nostril, mouth|mouths, by mouth|orally|oral, tongue,
    throat, skin|topical|topically, under the tongue|under your tongue|beneath the tongue|beneath your
    tongue|sublingual|sublingually, under the skin|under your skin|beneath the skin|subcutaneous|subcutaneously,
    cheek|cheeks, lung|lungs, vein|veins|intravenous|intravenously|iv|drip, artery|arteries,
    muscle|muscles|intramuscular|intramuscularly, spine|spinal|intrathecal|intrathecally, vagina|vaginal|vaginally,
    rectum|rectal|rectally|back passage|anus, arm|arms, thigh|thighs, leg|legs, buttock|buttocks, belly|tummy|abdomen,
    scalp, gum|gums""",
    "hi": """आंख|आंखें|आंखों|नेत्र, कान|कानों, नाक|नथुना|नथुने|नथुनों, मुंह|मुख, जीभ|जुबान, गला|गले, जीभ के नीचे|जुबान
    के नीचे, त्वचा|चमड़ी, त्वचा के नीचे|चमड़ी के नीचे, नस|नसों|शिरा|शिराओं|ड्रिप, धमनी|धमनियों,
    मांसपेशी|मांसपेशियां|मांसपेशियों|पेशी, रीढ़, योनि, मलाशय|गुदा, बांह|बांहों|बाजू, जांघ|जांघों,
    टांग|टांगों|पैर|पैरों, पेट""",
    "ur": """آنکھ|آنکھیں|آنکھوں, کان|کانوں, ناک|نتھنا|نتھنے|نتھنوں, منہ|منھ, زبان کے نیچے, گلا|گلے, جلد, جلد کے نیچے,
    رگ|رگوں|ورید|ڈرپ, پٹھا|پٹھے|پٹھوں, اندام نہانی, مقعد, بازو|بازوؤں, ران|رانوں, ٹانگ|ٹانگوں, پیٹ""",
}
# Of the stems by which medicines are named all over the world, those in which no ordinary word ends.
_STEMS = {
    "en": r""".{2,}(?:mab|nib|sartan|statin|olol|cillin|[mc]icin|mycin|azole|xaban|gatran|gliptin|formin|parin|dopa|
    triptan|oxacin|cycline|pril|vir|[ao]zepam|zolam|caine|oxetine|dronate|thiazide|semide|lukast|setron|glitazone|
    gliflozin|glutide|bactam|fungin|meterol|butamol|tropium|olimus|platin|rubicin|taxel|poetin|grastim|caftor|vudine|
    dipine|zosin|tidine|tadine|profen|coxib|asone|isone|solone|barbital|codone|fentan[iy]l|methacin|oquine|lactone|
    fibrate|zapine|peridone|purine|purinol|trexate|mustine|phosphamide|fosfamide|ciclib|zomib|parib|lisib|cetamol|
    thyroxine|.{3}cel)s?|cef.{4,}|(?:statin|triptan|insulin|steroid|opioid|antibiotic|anticoagulant|antihistamine|
    antidepressant|antacid)s?""",
    "hi": ".{2,}(?:सिलिन|सिलीन|माइसिन|स्टैटिन|स्टेटिन|जोल|लोल|फॉर्मिन|फोर्मिन|सार्टन|साइक्लिन|साइक्लीन|मैब|क्सासिन|प्रोफेन|टामोल)"
    "|इंसुलिन|इन्सुलिन",
    "ur": ".{2,}(?:سلین|مائسین|سٹیٹن|پرازول|فارمین|پروفین|سیٹامول|سارٹن|سائکلین)|انسولین",
}
_TAKING = """take takes taking took taken give gives giving given swallow swallows swallowing inject injects injecting
    apply applies applying use using prescribe prescribes prescribed avoid stop start chew dissolve receive receives
    called such contain contains containing"""
_BARS = """a an for by from to in on at into onto before after during when while if until till unless because so than
    about through but that which who where then how without under over per ; ("""
_TAKEN = """taken given swallowed injected applied prescribed tablet tablets capsule capsules drops dose doses
    injection injections infusion infusions cream ointment gel syrup inhaler inhalers patch patches medicine
    medicines"""
_ENDING = {
    "hi": """लें लेना लेनी लेने लेते लीजिए दें देना देनी देते दीजिए दी दिया निगलें निगलना लगाएं लगाना डालें डालना पिएं
    पीना गोली गोलियां कैप्सूल टैबलेट दवा दवाई दवाएं दवाइयां खुराक इंजेक्शन सिरप मरहम क्रीम""",
    "ur": """لیں لینا لینی لینے لیتے لیجیے دیں دینا دیجیے نگلیں لگائیں ڈالیں پیئں گولی گولیاں کیپسول دوا دوائی دوائیں
    خوراک انجکشن شربت مرہم کریم""",
}
_BEHIND = {"hi": "में पर से को ने तक लिए वाला वाली वाले", "ur": "میں پر سے کو نے تک لیے والا والی والے"}
_EVERYDAY = {
    "en": """water milk juice coffee drink fluid liquid bottle bowl snack fruit bread sugar salt honey yoghurt
    grapefruit doctor nurse team surgeon staff expert someone anyone person people patient friend partner carer parent
    mother father clinic hospital ward pharmacy home house room school work care advice help bath shower walk breath
    break sleep look note photo card paper form record chart result scan blood sample urine temperature pressure pulse
    turn part place step pack packet drug therapy remedy painkiller product course amount type kind sort same another
    next last wrong regular whole full large small little short long brief quick slow deep gentle heavy strong weak
    mild plain fresh clean warm cold cool soft hard thin thick tiny huge sharp extra spare most least some many much
    either several again soon late later often still just even very well good great nice fine worse worst blue white
    green yellow black round flat want like feel think know tell told says said make come went here down around along
    together alone aside pain sick nausea rash symptom problem side effect risk cell cancer disease heart liver kidney
    stomach towel cloth tissue pillow chair lift train taxi soap plaster bandage needle syringe pump device machine
    mask leaflet label schedule plan routine number different similar simple easy book plenty favourite""",
    "hi": """पानी कॉफी डॉक्टर चिकित्सक नर्स फार्मासिस्ट स्टाफ परिवार मरीज रोगी लोगों अस्पताल क्लिनिक सलाह आराम नींद पूरी
    पूरा पूरे साबुत छोटी छोटा थोड़ा थोड़ी पुरानी अगली अगला धीरे जल्दी अच्छा अच्छी ठंडा ठंडे गुनगुने गर्म ताजा ताजे सादे
    औषधि दर्द बुखार खांसी उल्टी दस्त जांच इलाज उपचार इसको हमारी हमारे आपको गहरी गहरा लंबी लंबा पतली हल्की सांस अनुमति
    सहमति जानकारी बताए बताई अनुसार नियमित सकते सकती""",
    "ur": """پانی دودھ چائے ڈاکٹر عملہ خاندان مریض ہسپتال کلینک مشورہ آرام نیند پوری پورا چھوٹی چھوٹا تھوڑا تھوڑی اگلی
    آہستہ جلدی ٹھیک صحیح اچھا ٹھنڈا تازہ سادہ بخار کھانسی علاج مطابق باقاعدگی سکتے""",
}
# How ordinary English words end, and names of medicines do not.
ORDINARY = re.compile(
    r".+(?:ly|ing|[^f]ed|ness|ment|ments|[st]ion|[st]ions|able|ible|ful|less|ous|ive|ical|ual|est|ity|ship|wards?|self|[ae]nce"
    r"|ish|ists?|day|days|time|times|ary|ally|body|thing|where|ever|'s|n't|ght|ough|tter|[^aiosuxy]s)"
)
_ENGLISH_NUMBERS = """one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
        seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand
        million half quarter double triple single once twice thrice dozen couple first third fourth fifth halve
        twofold"""
_HINDI_NUMBERS = """एक दो तीन चार पांच छह छः छ छे सात आठ नौ दस ग्यारह बारह तेरह चौदह पंद्रह पन्द्रह सोलह सत्रह अठारह उन्नीस
        बीस पच्चीस तीस पैंतीस चालीस पैंतालीस पचास साठ सत्तर अस्सी नब्बे सौ हजार लाख करोड आधा आधी आधे डेढ ढाई सवा
        पौन पौना पौने साढे दोगुना दुगुना दोगुनी दुगुनी तिगुना चौथाई तिहाई दोनों तीनों पहला पहली दूसरा दूसरी
        तीसरा तीसरी"""
_URDU_NUMBERS = """ایک دو تین چار پانچ چھ سات آٹھ نو دس گیارہ بارہ بیس تیس چالیس پچاس سو ہزار لاکھ آدھا آدھی آدھے ڈیڑھ
        ڈھائی سوا ساڑھے دگنا چوتھائی تہائی"""
_SMALL = {
    "en": """a an the to of in on at for and or but is are was were be been am do does did you your yours it its this
        that these those we our us they their them i my me he she his her with from by as if when then so can
        will may have has had there which who what how please also""",
    "hi": """है हैं था थी थे हो होता होती होते में के का की को से और या पर यह वह ये वे आप आपका आपकी आपके अपना अपनी
        अपने हम हमें यदि अगर तो भी ही कि जो जब ने लिए साथ कर करें करना करते किया जा जाए जाता कृपया एवं तथा लेकिन
        मगर परंतु""",
    "ur": """ہے ہیں تھا تھی تھے ہو میں کے کا کی کو سے اور یا پر یہ وہ آپ اپنا اپنی اپنے ہم اگر تو بھی ہی کہ جو جب نے
        لیے ساتھ کر کریں کرنا جا لیکن مگر""",
}
_JOINS = {
    "en": "and, or, but|however",
    "hi": "और|एवं|तथा|व, या|अथवा, लेकिन|मगर|परंतु|किंतु",
    "ur": "اور, یا, لیکن|مگر",
}
_TURNS = {"en": _ENGLISH_TURNS, "hi": _HINDI_TURNS, "ur": _URDU_TURNS}
_OTHERS = {"en": _ENGLISH_OTHERS, "hi": _HINDI_OTHERS, "ur": _URDU_OTHERS}
_NUMBERS = {"en": _ENGLISH_NUMBERS, "hi": _HINDI_NUMBERS, "ur": _URDU_NUMBERS}
LANGUAGES = frozenset(_TURNS)


def code_of(language: str) -> str:
    """The language of "hi-IN" or "hi_IN": "hi"."""
    return language.lower().replace("_", "-").split("-")[0]


@cache
def words_of(language: str) -> Words:
    """The words of a language ("en", "hi-IN" ...) and always the English ones beside; none for one not known."""
    chosen = code_of(language)
    codes = ["en", chosen] if chosen in LANGUAGES else []
    meanings: dict[str, str] = {}
    for code in codes:
        meanings |= _rows(_TURNS[code]) | _rows(_OTHERS[code]) | _rows(_PLACES[code])
    words: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for spelling, meaning in meanings.items():
        several = tuple(spelling.split())
        words.setdefault(several[0], []).append((several, meaning))
    for found in words.values():
        found.sort(key=lambda one: -len(one[0]))
    numbers = [one for code in codes for one in small_letters(_NUMBERS[code]).split()]
    return Words(
        words,
        frozenset(meaning for code in codes for meaning in _rows(_TURNS[code]).values()),
        frozenset(meaning for code in codes for meaning in _rows(_PLACES[code]).values()),
        dict(zip(numbers, numbers, strict=True)),
        _split(_SMALL, codes),
        {
            spelling: join
            for code in codes
            for join, row in zip(("and", "or", "but"), _JOINS[code].split(","), strict=True)
            for spelling in _rows(row)
        },
        re.compile("|".join(f"(?:{small_letters(_STEMS[code])})".replace(" ", "") for code in codes) or "(?!)"),
        _split({"en": _TAKING}, codes),
        _split({"en": _BARS}, codes),
        _split({"en": _TAKEN}, codes),
        _split(_ENDING, codes),
        _split(_BEHIND, codes),
        _split(_EVERYDAY, codes),
    )


def _split(lists: dict[str, str], codes: list[str]) -> frozenset[str]:
    return frozenset(one for code in codes for one in small_letters(lists.get(code, "")).split())
