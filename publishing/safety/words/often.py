"""How often: the words by which languages say it. No Django models.

`COUNTS`: what stands for a count alone, and the words that make one of the number before them. `PERIODS`: what says it
by itself ("daily"), and what says it only of a count ("a day"). `OTHER`: every other day, week or month.
"""

from __future__ import annotations

COUNTS = {
    "en": ("1 once, 2 twice, 3 thrice", "times"),
    "hi": ("", "बार, दफा, मर्तबा, baar, dafa, martaba"),
    "ur": ("", "بار, مرتبہ, دفعہ, baar, dafa, martaba"),
    "es": ("1 una vez", "veces"),
}
# Words before or behind "once" with which it counts nothing: at once, once you are home.
NO_COUNT = {
    "en": ("at", "you, your, the, it, we, they, he, she, this, that, all, more, again, and"),
    "hi": ("", "जब, फिर, और, में"),
    "ur": ("", "جب, پھر, اور, میں"),
    "es": ("tal, a la, otra, cada", "que, más, en"),
}
# As many type Hindi and Urdu
_LATIN = "day din mein|din me|din mai|raat mein|raat me, week hafte mein|hafte me, month mahine mein|mahine me"
PERIODS = {
    "en": (
        """day daily|every day|each day|nightly|every night|each night|every evening|every morning, week weekly|every
        week|each week, month monthly|every month|each month, year yearly|annually|every year|each year, hour
        hourly|every hour|each hour""",
        """day a day|per day|in a day|a night|per night, week a week|per week|in a week, month a month|per month, year
        a year|per year, hour an hour|per hour""",
    ),
    "hi": (
        """day roz|rozana|har roz|har din|har raat,
        day रोज|रोजाना|हर रोज|प्रतिदिन|हर दिन|हर रात|हर शाम|हर सुबह, week हर हफ्ते|हर सप्ताह|प्रति सप्ताह, month
        हर महीने|प्रति माह|प्रतिमाह, year हर साल|हर वर्ष|सालाना, hour हर घंटे""",
        f"{_LATIN}, day दिन में|रात में, week हफ्ते में|सप्ताह में, month महीने में|माह में, year साल में|वर्ष में, hour घंटे में",
    ),
    "ur": (
        """day roz|rozana|har roz|har din|har raat,
        day روز|روزانہ|ہر روز|ہر دن|یومیہ|ہر رات|ہر شام|ہر صبح, week ہر ہفتے|ہفتہ وار, month ہر مہینے|ہر
        ماہ|ماہانہ, year ہر سال|سالانہ, hour ہر گھنٹے""",
        f"{_LATIN}, day دن میں|رات میں, week ہفتے میں, month مہینے میں|ماہ میں, year سال میں, hour گھنٹے میں",
    ),
    "es": (
        """day cada día|todos los días|a diario|diariamente|cada noche|todas las noches|cada mañana|todas las mañanas,
        week cada semana|todas las semanas|semanalmente, month cada mes|todos los meses|mensualmente, year cada
        año|todos los años|anualmente, hour cada hora""",
        """day al día|por día|diarias|cada 24 horas, week a la semana|por semana, month al mes|por mes, year al
        año|por año, hour por hora|a la hora""",
    ),
}
OTHER = {
    "en": """day every other day|every second day|alternate days|every 2 days|every two days|every other night|every
        48 hours, week every other week|every second week|alternate weeks|every 2 weeks|every two
        weeks|fortnightly|every fortnight, month every other month|every 2 months|every two months""",
    "hi": """day हर दूसरे दिन|एक दिन छोड़कर|एक दिन छोड़ कर|एक दिन के अंतर पर|हर दो दिन|हर 2 दिन, week हर दूसरे
        हफ्ते|हर दूसरे सप्ताह|हर दो हफ्ते|हर 2 हफ्ते|एक हफ्ता छोड़कर, month हर दूसरे महीने|हर दो महीने|हर 2 महीने""",
    "ur": """day ہر دوسرے دن|ایک دن چھوڑ کر|ہر دو دن|ہر 2 دن, week ہر دوسرے ہفتے|ہر دو ہفتے|ہر 2 ہفتے, month ہر
        دوسرے مہینے|ہر دو مہینے|ہر 2 مہینے""",
    "es": """day días alternos|un día sí y otro no|un día sí y un día no|día por medio|cada dos días|cada 2 días|cada
        48 horas, week semanas alternas|cada dos semanas|cada 2 semanas|cada 15 días|cada quince días, month cada
        dos meses|cada 2 meses""",
}
