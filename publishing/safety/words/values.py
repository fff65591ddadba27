"""What number words mean, by language; no Django models. What is not listed is not compared across languages."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

from publishing.safety.words.lists import code_of, small_letters

_VALUES = {
    "en": """0.25 quarter, 0.5 half, 1 one once single first, 2 two twice double, 3 three thrice third triple, 4
        four, 5 five fifth, 6 six, 7 seven, 8 eight, 9 nine, 10 ten, 11 eleven, 12 twelve dozen, 13 thirteen, 14
        fourteen, 15 fifteen, 16 sixteen, 17 seventeen, 18 eighteen, 19 nineteen, 20 twenty, 30 thirty, 40
        forty, 50 fifty, 60 sixty, 70 seventy, 80 eighty, 90 ninety, 100 hundred, 1000 thousand, 1000000 million""",
    "es": """0.5 medio media mitad, 1 uno un una, 1 primer primero primera, 2 dos doble segundo segunda, 3 tres tercer
        tercero tercera triple, 4 cuatro, 5 cinco, 6 seis, 7 siete, 8 ocho, 9 nueve, 10 diez, 11 once, 12 doce docena,
        13 trece, 14 catorce, 15 quince, 16 dieciséis dieciseis, 17 diecisiete, 18 dieciocho, 19 diecinueve, 20
        veinte, 21 veintiuno veintiún, 22 veintidós, 23 veintitrés, 24 veinticuatro, 25 veinticinco, 30 treinta,
        40 cuarenta, 50 cincuenta, 60 sesenta, 70 setenta, 80 ochenta, 90 noventa, 100 cien ciento, 200
        doscientos, 300 trescientos, 500 quinientos, 1000 mil, 1000000 millón""",
    "hi": """0.25 चौथाई, 0.5 आधा आधी आधे, 1 एक पहला पहली, 1.5 डेढ, 2 दो दूसरा दूसरी दोगुना दुगुना दोगुनी दुगुनी
        दोनों, 2.5 ढाई, 3 तीन तीनों तीसरा तीसरी तिगुना, 4 चार, 5 पांच, 6 छह छः छ छे, 7 सात, 8 आठ, 9 नौ, 10 दस,
        11 ग्यारह, 12 बारह, 13 तेरह, 14 चौदह, 15 पंद्रह पन्द्रह, 16 सोलह, 17 सत्रह, 18 अठारह, 19 उन्नीस, 20 बीस,
        25 पच्चीस, 30 तीस, 35 पैंतीस, 40 चालीस, 45 पैंतालीस, 50 पचास, 60 साठ, 70 सत्तर, 80 अस्सी, 90 नब्बे, 100
        सौ, 1000 हजार, 100000 लाख, 10000000 करोड""",
    "ur": """0.25 چوتھائی, 0.5 آدھا آدھی آدھے, 1 ایک, 1.5 ڈیڑھ, 2 دو دونوں دگنا, 2.5 ڈھائی, 3 تین تینوں, 4 چار, 5
        پانچ, 6 چھ, 7 سات, 8 آٹھ, 9 نو, 10 دس, 11 گیارہ, 12 بارہ, 20 بیس, 30 تیس, 40 چالیس, 50 پچاس, 100 سو,
        1000 ہزار, 100000 لاکھ""",
}

_LATIN = """0.5 aadha aadhi adha adhi, 1 ek, 1.5 dedh, 2 do, 2.5 dhai, 3 teen, 4 char chaar, 5 panch paanch, 6 chhe, 7
    saat, 8 aath, 9 nau, 10 das"""  # Hindi and Urdu as many type them
_VALUES |= {code: f"{_VALUES[code]}, {_LATIN}" for code in ("hi", "ur")}


@cache
def values_of(language: str) -> dict[str, Decimal]:
    """What each number word of a language means, the English ones always among them."""
    found = {}
    for code in dict.fromkeys(("en", code_of(language))):
        for row in filter(str.strip, _VALUES.get(code, "").split(",")):
            value, *spellings = row.split()
            found |= {small_letters(one): Decimal(value) for one in spellings}
    return found
