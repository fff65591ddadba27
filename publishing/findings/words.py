"""The words by which a guide says that it tells of help, risks, benefits and people, by language."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """Patterns: headings of `risks` and of `benefits` of what is done; `good` and `bad` that stand anywhere; the rest
    in its check."""

    you: re.Pattern
    help: re.Pattern
    risks: re.Pattern
    benefits: re.Pattern
    good: re.Pattern
    bad: re.Pattern
    people: re.Pattern
    measured: re.Pattern


def _any(words: str) -> re.Pattern:
    """Whole words, in small letters or capitals; a star is any ending."""
    found = (
        re.escape(" ".join(one.split())).replace(r"\*", r"\w{0,12}").replace(r"\ ", r"\s") for one in words.split(",")
    )
    return re.compile(rf"(?<!\w)(?:{'|'.join(found)})(?!\w)", re.I)


def _within(words: str) -> re.Pattern:
    """The same where vowel signs are no letters to Python, and endings grow onto words."""
    return re.compile("|".join(re.escape(" ".join(one.split())) for one in words.split(",")))


WORDS = {
    "en": Words(
        you=_any("you, your, yours, yourself, yourselves, you're, you’re, you'll, you’ll, you've, you’ve"),
        help=_any("""call, phone, ring, telephone, ambulance, emergency, a&e, casualty, 112, 999, 911, 108, 111, come at
            once, come back, come in, come to us, come the same day, come to the, at once, straight away, right
            away, urgent*, go to hospital, go to the hospital, go to the nearest, see a doctor, see your doctor,
            see a nurse, see us, get help, seek help, need help, medical help, tell us, tell your doctor, tell
            your nurse, tell the nurse, tell a nurse, tell the doctor, contact us, contact your, contact the,
            speak to, talk to your, ask your doctor, ask us, ask your nurse, let us know, when to worry, warning
            signs, danger signs, report"""),
        risks=_any("""risk, risks, side effect, side effects, what can go wrong, complication*, harm, harms, dangers of,
            unwanted effects, adverse effects, disadvantages, drawbacks, what could go wrong, problems after"""),
        benefits=_any(
            """benefit, benefits, advantage, advantages, how it helps, how it can help, why it helps, what it does
            for you, why it is done, why we do it, why you need it, why have it, what it is for, reasons for,
            good reasons"""
        ),
        good=_any(
            """benefit*, advantage*, helps, help you, help to, help with, lower, lowers, lowering, prevent*,
            protect*, cure, cures, cured, heal, heals, healed, relieve*, relief, ease, eases, improve*, better,
            reduce*, saves, save, controls, safer, works well, get rid, stay well, brings down, bring down,
            slows, slow down, calms, remission, so that you, good for, less pain, goes away, go away, get well,
            longer life, live longer, kill*"""
        ),
        bad=_any("""risk*, side effect*, harm*, complication*, danger*, bleed*, infection*, wrong, pain*, hurt*,
            allerg*, sick, sickness, vomit*, rash, fever, damage*, problem*, unwanted, dizzy, clot*, swell*,
            warn*, sore, worse, reaction*"""),
        people=_any("""people, patients, person, patient, women, men, woman, man, children, child, babies, baby, adults,
            adult, chance, chances, risk, risks, likely, likelihood, cases, of us, those, survive*, cure*,
            success*, of them, get, have, die, deaths, live, recover*, effective*, work, works, mothers,
            families"""),
        measured=_any("""saline, solution, cream, ointment, gel, lotion, alcohol, glucose, dextrose, drops, mouthwash,
            bleach, oxygen, saturation, spo2, hba1c, sugar, humidity, strength, ethanol, chlorhexidine, iodine,
            hydrocortisone, cotton, battery, discount, volume, ejection fraction, haematocrit, hematocrit,
            lactic, fat, cocoa, tint, of the cost, of the fee, of the bill, vat, gst, of your plate, of your
            diet, of energy, of your weight, of body weight"""),
    ),
    "es": Words(
        # Whom it speaks to stands in the ending of the verb more often than in a word of its own.
        you=_any(
            """usted, ustedes, su, sus, le, les, tú, tu, tus, te, tome, tómelo, tómela, llame, llámenos, use, beba,
            coma, evite, pida, pregunte, avise, avísenos, vaya, venga, acuda, puede, debe, lávese, siéntese"""
        ),
        help=_any(
            """llame, llámenos, llamar, teléfono, ambulancia, emergencia*, urgencia*, 112, 911, 108, 999, 061,
            acuda, vaya al hospital, vaya a, venga, consulte, avise, avísenos, pida ayuda, busque ayuda, ayuda
            médica, de inmediato, inmediatamente, enseguida, cuanto antes, hable con, pregunte a su, dígale,
            díganos, contacte, contáctenos, póngase en contacto, señales de alarma, señales de alerta, signos de
            alarma"""
        ),
        risks=_any(
            """riesgo, riesgos, efecto secundario, efectos secundarios, efectos adversos, efectos no deseados,
            complicaci*, qué puede salir mal, peligros de, daño, daños, inconvenientes, desventajas"""
        ),
        benefits=_any(
            """beneficio*, ventaja, ventajas, cómo ayuda, por qué se hace, para qué sirve, por qué lo necesita, qué
            hace por usted, motivos para"""
        ),
        good=_any(
            """beneficio*, ventaja*, ayuda*, alivia*, alivio, cura, curan, curar, mejora*, mejor, previene,
            prevenir, protege*, proteger, reduce*, reducir, baja, bajan, bajar, controla*, sirve para, sana,
            sanar, evita que, frena*, menos dolor, remisión, para que"""
        ),
        bad=_any(
            """riesgo*, efecto secundario, efectos secundarios, daño*, complicaci*, peligro*, sangr*, infecci*,
            dolor*, duele*, alergi*, alérgic*, vómito*, náusea*, sarpullido, fiebre, mare*, hinchaz*, problema*,
            empeora*, reacci*, coágulo*, aviso"""
        ),
        people=_any(
            """persona, personas, paciente, pacientes, mujer, mujeres, hombre, hombres, niño, niños, niña, niñas,
            bebés, adultos, probabilidad, riesgo, riesgos, casos, de cada, de ellos, de nosotros, muertes,
            mueren, viven, sobreviven, éxito, madres, familias"""
        ),
        measured=_any(
            """solución, suero, crema, pomada, gel, loción, alcohol, glucosa, gotas, oxígeno, saturación, hba1c,
            azúcar, humedad, clorhexidina, yodo, volumen, grasa, cacao, iva, de descuento, del coste, del costo"""
        ),
    ),
    "hi": Words(
        you=re.compile("आप|अपना|अपनी|अपने|तुम|(?:ें|एँ|एं|िए|इए|िये)(?=[।!])"),
        help=_within(
            "तुरंत,आएँ,आएं,आइए,फ़ोन,फोन,कॉल,एम्बुलेंस,एंबुलेंस,अस्पताल,डॉक्टर,संपर्क,दिखाएँ,दिखाएं,बताएँ,बताएं,आपात,खतरे के,ख़तरे के,108,112,नर्स"
        ),
        risks=_within("जोखिम,दुष्प्रभाव,साइड इफ़ेक्ट,साइड इफेक्ट,क्या गड़बड़,नुकसान,नुक़सान,जटिलता"),
        benefits=_within("फ़ायदे,फायदे,लाभ,फ़ायदा,फायदा"),
        good=_within("फ़ायद,फायद,लाभ,मदद,बचा,कम कर,कम हो,ठीक,राहत,इलाज,आराम,घटा,रोक,बेहतर,सुधार,काबू,क़ाबू,मिलती,निकाल,दूर"),
        bad=_within("जोखिम,दुष्प्रभाव,साइड,खतर,ख़तर,नुकसान,नुक़सान,दर्द,संक्रमण,खून,ख़ून,बुखार,बुख़ार,एलर्जी,उल्टी,चक्कर,सूजन,परेशानी"),
        people=_within("लोग,मरीज़,मरीज,रोगी,महिला,पुरुष,बच्च,संभावना,जोखिम,व्यक्ति,मौत"),
        measured=_within("घोल,क्रीम,मरहम,जेल,ऑक्सीजन,सैचुरेशन,HbA1c,शुगर,अल्कोहल,ग्लूकोज़,ग्लूकोज,सलाइन"),
    ),
    "ur": Words(
        you=re.compile("آپ|اپنا|اپنی|اپنے|تم|یں(?=[۔!])"),
        help=_within(
            "فوراً,آئیں,فورا,فون,کال,ایمبولینس,ہسپتال,اسپتال,ڈاکٹر,رابطہ,دکھائیں,بتائیں,ہنگامی,خطرے کی,1122,نرس,مدد"
        ),
        risks=_within("خطرات,مضر اثرات,ضمنی اثرات,سائیڈ ایفیکٹ,نقصان,پیچیدگی"),
        benefits=_within("فوائد,فائدے,فائدہ"),
        good=_within("فائد,فوائد,مدد,بچا,کم کر,کم ہو,ٹھیک,آرام,علاج,بہتر,روک,قابو,گھٹا,دور,نکال,ملتی"),
        bad=_within("خطر,مضر,ضمنی,سائیڈ,نقصان,درد,انفیکشن,خون,بخار,الرجی,الٹی,چکر,سوجن,پریشانی"),
        people=_within("لوگ,مریض,عورت,مرد,بچ,امکان,خطر,افراد,فرد,موت"),
        measured=_within("محلول,کریم,مرہم,جیل,آکسیجن,سیچوریشن,HbA1c,شوگر,الکحل,گلوکوز,سیلائن"),
    ),
}
# Better known than what they stand for, or names and codes.
EVERYBODY_KNOWS = frozenset(
    [
        "AIDS",
        "AM",
        "PM",
        "BC",
        "AD",
        "CD",
        "DVD",
        "CT",
        "DNA",
        "FAQ",
        "FM",
        "GP",
        "HIV",
        "HPV",
        "ID",
        "IQ",
        "IT",
        "IV",
        "IU",
        "ITU",
        "ICU",
        "IVF",
        "MRI",
        "NHS",
        "NO",
        "OK",
        "PC",
        "PDF",
        "PIN",
        "PO",
        "PT",
        "RNA",
        "SMS",
        "SOS",
        "TB",
        "TV",
        "UK",
        "UN",
        "US",
        "USA",
        "EU",
        "UV",
        "VIP",
        "WC",
        "WHO",
        "CEO",
        "USB",
        "GPS",
        "FM",
        "AI",
        "ATM",
        "NOT",
        "DO",
        "AND",
        "OR",
        "IF",
        "THE",
        "ALL",
        "STOP",
        "DON",
        "NEVER",
        "ONLY",
        "MUST",
        "NOW",
        "CALL",
        "KG",
        "MG",
        "ML",
        "CM",
        "MM",
        "KJ",
        "MHZ",
        "HD",
        "PPE",
        "CPR",
        "ENT",
        "OTC",
        "UNICEF",
        "UNHCR",
        "SARS",
        "COVID",
        "GMT",
        "IST",
        "UTC",
        "URL",
        "WIFI",
        "LED",
        "KB",
        "MB",
    ]
)
