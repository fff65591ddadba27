"""The safety diff in Spanish: what it must tell of, and what it must leave alone."""

import pytest

from publishing.safety.diff import find


def told(before, after):
    return [one for danger in find(before, after, language="es") for one in danger.what]


TELLS = [
    # numbers, units, dates, telephone numbers
    ("Tome 5 mg al día.", "Tome 50 mg al día.", "5 mg became 50 mg"),
    ("Tome 5 miligramos.", "Tome 5 microgramos.", "5 miligramos became 5 microgramos"),
    ("Tome 1,5 ml.", "Tome 15 ml.", "1,5 ml became 15 ml"),
    ("Tome dos comprimidos.", "Tome tres comprimidos.", "dos comprimidos became tres comprimidos"),
    ("Tome dos comprimidos.", "Tome dos gotas.", "dos comprimidos became dos gotas"),
    ("Tome media pastilla.", "Tome una pastilla.", "media pastilla became “una pastilla”"),
    ("Tome una cucharadita.", "Tome una cucharada.", "“una cucharadita” became “una cucharada”"),
    ("Tome una al día.", "Tome dos al día.", "una became dos"),
    ("Tome una dosis al día.", "Tome dos dosis al día.", "“una dosis” became dos dosis"),
    ("Espere dos días.", "Espere dos semanas.", "dos días became dos semanas"),
    ("Llame si pasa de 38 °C.", "Llame si pasa de 39 °C.", "38 °C became 39 °C"),
    ("Llame si pasa de 38 grados.", "Llame si pasa de 39 grados.", "38 grados became 39 grados"),
    ("Llame al 112.", "Llame al 122.", "112 became 122"),
    ("Es el 5 de junio.", "Es el 5 de julio.", "“junio” became “julio”"),
    ("Es la primera dosis.", "Es la segunda dosis.", "primera dosis became segunda dosis"),
    ("Venga a las 8 a. m.", "Venga a las 8 p. m.", "8 am became 8 pm"),
    # how often, and when
    ("Tómelo una vez al día.", "Tómelo una vez a la semana.", "“al día” became “a la semana”"),
    ("Tome 5 mg cada 8 horas.", "Tome 5 mg cada 6 horas.", "8 horas became 6 horas"),
    ("Tómelo dos veces al día.", "Tómelo tres veces al día.", "dos veces became tres veces"),
    ("Tómelo en días alternos.", "Tómelo todos los días.", "“en días alternos” became “todos los días”"),
    ("Tómelo por la mañana.", "Tómelo por la tarde.", "“por la mañana” became “por la tarde”"),
    ("Tómelo antes de comer.", "Tómelo después de comer.", "“antes de” became “después de”"),
    ("Tómelo en ayunas.", "Tómelo con comida.", "“en ayunas” became “con comida”"),
    # words that turn a sentence round
    ("No lo tome.", "Tómelo.", "“no” is gone"),
    ("Nunca conduzca.", "Conduzca.", "“nunca” is gone"),
    ("Tómelo sin agua.", "Tómelo con agua.", "“sin” is gone"),
    ("Deje de tomarlo.", "Empiece a tomarlo.", "“deje de” became “empiece”"),
    ("Suspenda la pastilla.", "Continúe la pastilla.", "“suspenda” became “continúe”"),
    ("Úselo solo de noche.", "Úselo de noche.", "“solo” is gone"),
    ("Tómelo hasta que tenga fiebre.", "Tómelo a menos que tenga fiebre.", "“hasta que” became “a menos que”"),
    ("Debe descansar.", "Puede descansar.", "“debe” is gone"),
    ("Llame de inmediato.", "Llame luego.", "“de inmediato” is gone"),
    ("Está prohibido comer.", "Está permitido comer.", "“prohibido” became “permitido”"),
    ("No más de 4 al día.", "Más de 4 al día.", "“no más de” became “más de”"),
    ("Al menos 4 vasos.", "Como máximo 4 vasos.", "“al menos” became “como máximo”"),
    ("Aumente la dosis.", "Reduzca la dosis.", "“aumente” became “reduzca”"),
    ("Coma más sal.", "Coma menos sal.", "“más” became “menos”"),
    ("Fiebre o sarpullido: llame.", "Fiebre y sarpullido: llame.", "“or” became “and”"),
    # for whom, where, and which medicine
    ("Avise si está embarazada.", "Avise si está cansada.", "“embarazada” is gone"),
    ("Los niños toman 5 ml y los adultos 10 ml.", "Los adultos toman 5 ml y los niños 10 ml.", "“niños” and “adultos” changed places"),
    ("Es el ojo izquierdo.", "Es el ojo derecho.", "“izquierdo” became “derecho”"),
    ("Ponga las gotas en el ojo.", "Ponga las gotas en el oído.", "“ojo” became “oído”"),
    ("Se toma por la boca.", "Se toma debajo de la lengua.", "“por la boca” became “debajo de la lengua”"),
    ("Tome paracetamol con agua.", "Tome ibuprofeno con agua.", "“paracetamol” became “ibuprofeno”"),
    ("La aspirina se puede tomar con comida.", "La digoxina se puede tomar con comida.", "“aspirina” became “digoxina”"),
    ("Tome un comprimido de Zorvex.", "Tome un comprimido de Brellix.", "“zorvex” became “brellix”"),
    ("Una dosis de insulina basta.", "Una dosis basta.", "“insulina” is gone"),
    ("No tome aspirina, Zorvex ni Tamfor.", "No tome aspirina ni Tamfor.", "“zorvex” is gone"),
    ("No haga esto:\n\n- conducir\n- nadar", "No haga esto:\n\n- nadar", "gone from under “No haga esto:”"),
]  # fmt: skip
LEAVES = [
    ("Tome 5 mg cada día con agua.", "Por favor, tome 5 mg todos los días con un vaso de agua."),
    ("No tome este medicamento si conduce.", "Si conduce, no tome este medicamento."),
    ("Tómelo sólo de noche.", "Tómelo solo de noche."),
    ("Tome 5 mg.", "Tome 5 miligramos."),
    ("Tome una tableta.", "Tome la tableta."),
    ("Una vez en casa, descanse.", "Cuando llegue a casa, descanse."),
    ("Si olvida una dosis, llame.", "Si olvida la dosis, llame."),
    ("Tómelo por la boca.", "Tómelo por vía oral."),
    ("Llame al 112 si tiene más de 38 °C.", "Si tiene más de 38 °C, llame al 112."),
    ("Su médico le dará una hoja.", "Su doctora le dará un papel."),
    ("Hay que hervir el agua.", "Hay que calentar el agua."),
    ("La enfermera mide la presión cada mañana.", "Cada mañana la enfermera mide la presión."),
    ("El equipo lo acompaña.", "La enfermera lo acompaña."),
    ("No levante muebles, bolsas ni cajas.", "No levante cajas, muebles ni bolsas."),
    ("Puede vivir con esto muchos años.", "Con esto puede vivir muchos años."),
    ("El tratamiento dura poco.", "Es un tratamiento breve."),
]


@pytest.mark.parametrize(("before", "after", "expected"), TELLS)
def test_a_dangerous_change_in_spanish_is_told_either_way(before, after, expected):
    assert expected in told(before, after)
    assert told(f"Hola. {after}", f"Hola. {before}")


@pytest.mark.parametrize(("before", "after"), LEAVES)
def test_a_harmless_change_in_spanish_is_left_alone(before, after):
    assert told(before, after) == []
    assert told(after, before) == []
