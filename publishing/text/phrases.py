"""The words that the renderer itself puts into a text, by language."""

from __future__ import annotations

PHRASES = {
    "en": {
        "step": "Step {number}",
        "step at": "Step {number}. {place}",
        "laboratory": "In the laboratory",
        "hospital": "With you, at the hospital",
        "home": "With you, at home",
        "table": "Table",
        "important": "Important",
        "tip": "Tip",
        "back": "Back to the text",
    },
    "hi": {
        "step": "चरण {number}",
        "step at": "चरण {number}. {place}",
        "laboratory": "प्रयोगशाला में",
        "hospital": "आपके साथ, अस्पताल में",
        "home": "आपके साथ, घर पर",
        "table": "तालिका",
        "important": "ज़रूरी बात",
        "tip": "सुझाव",
        "back": "पाठ पर वापस जाएँ",
    },
    "es": {
        "step": "Paso {number}",
        "step at": "Paso {number}. {place}",
        "laboratory": "En el laboratorio",
        "hospital": "Con usted, en el hospital",
        "home": "Con usted, en casa",
        "table": "Tabla",
        "important": "Importante",
        "tip": "Consejo",
        "back": "Volver al texto",
    },
    "ur": {
        "step": "مرحلہ {number}",
        "step at": "مرحلہ {number}۔ {place}",
        "laboratory": "لیبارٹری میں",
        "hospital": "آپ کے ساتھ، ہسپتال میں",
        "home": "آپ کے ساتھ، گھر پر",
        "table": "جدول",
        "important": "اہم بات",
        "tip": "مشورہ",
        "back": "متن پر واپس جائیں",
    },
}
