"""The Spanish words that can hurt when they change; what each list is for stands in `Words`. No Django models."""

from __future__ import annotations

TURNS = """no, nadie, nada, ninguno|ninguna|ningún|ningun, tampoco, nunca|jamás|jamas, sin, solo|sólo|solamente|
    únicamente|unicamente, a menos que|a no ser que, hasta|hasta que, excepto|salvo|a excepción de|con excepción de,
    en lugar de|en vez de, evite|evitar|evita|evitado|evitando|evítelo, suspenda|suspender|suspende|suspendido|
    suspéndalo|deje de|dejar de|deja de|dejó de|interrumpa|interrumpir|pare|parar, antes|antes de|antes del|antes que|
    previo a, después|despues|después de|después del|luego de|tras|más tarde, prohibido|prohibida|prohibidos|
    prohibidas|no está permitido|no está permitida, inseguro|insegura|no es seguro"""
OTHERS = """debe|deben|debes|deberá|tiene que|tienen que|tienes que|hay que|es necesario|es obligatorio, debería|
    deberían|deberías|conviene, siempre, si es necesario|si hace falta|si lo necesita|según sea necesario|cuando sea
    necesario, empiece|empezar|empieza|comience|comenzar|comienza|inicie|iniciar|inicia, continúe|continuar|continúa|
    siga tomando|seguir tomando|siga usando, durante|mientras, fuera de|lejos de, permitido|permitida|permitidos|
    permitidas, omita|omitir|omite|omitido|sáltese|saltarse|se salta, con comida|con alimentos|con la comida|con las
    comidas|con algo de comer, en ayunas|ayunas|ayuno|estómago vacío|con el estómago vacío, comida|comidas|alimento|
    alimentos, desayuno|desayunar, almuerzo|almorzar, cena|cenar, alcohol|alcohólica|alcohólicas, de inmediato|
    inmediatamente|enseguida|en seguida|ya mismo|ahora mismo|al instante, lo antes posible|cuanto antes|lo más pronto
    posible, urgente|urgentes|urgentemente|urgencia, emergencia|emergencias|urgencias, ambulancia|ambulancias, daño|
    daños|dañino|dañina|perjudicial|nocivo|nociva, peligro|peligros|peligroso|peligrosa|peligrosos|peligrosas,
    advertencia|precaución|tenga cuidado|con cuidado, grave|graves|gravemente|seria|serio, severo|severa|intenso|
    intensa|intensos|intensas, mortal|muerte|morir|muere, seguro|segura|seguros|seguras|sin peligro|sin riesgo,
    normal|normales, alergia|alergias|alérgico|alérgica|alérgicos|alérgicas|alergico|alergica, sobredosis, embarazo|
    embarazos|embarazada|embarazadas, lactancia|lactancia materna|amamantar|amamanta|amamantando|dar el pecho|da el
    pecho, niño|niña|niños|niñas|hijo|hija|hijos, bebé|bebés|lactante|lactantes|recién nacido|recién nacidos, adulto|
    adulta|adultos|adultas, personas mayores|persona mayor|adultos mayores|adulto mayor|anciano|anciana|ancianos, más
    de|más que|mas de|mayor de|mayor que|mayores de, menos de|menos que|menor de|menor que|menores de, por encima de|
    encima de|superior a|arriba de, por debajo de|debajo de|inferior a, al menos|por lo menos|como mínimo|no menos de|
    mínimo|mínima, como máximo|a lo sumo|no más de|máximo|máxima, aumente|aumentar|aumenta|suba|subir|incremente|
    incrementar, reduzca|reducir|reduce|disminuya|disminuir|disminuye|baje|bajar, alto|alta|altos|altas|elevado|
    elevada, bajo|baja|bajos|bajas, izquierdo|izquierda, derecho|derecha, positivo|positiva|positivos, negativo|
    negativa|negativos, llame|llamar|llama|llámenos|llamenos|telefonee|marque|marcar|teléfono|telefono, trague|tragar|
    tráguelo|tráguela|tráguese, mastique|masticar|mastica, triture|triturar|machaque|machacar, inyecte|inyectar|
    inyéctese|inyéctelo, inhale|inhalar, cada|todos los|todas las, en días alternos|días alternos|un día sí y otro no|
    un día sí y uno no|un día de por medio, cada hora, diario|diaria|diarios|diarias|diariamente|a diario|al día|por
    día|cada día|todos los días, cada noche|todas las noches, semanal|semanales|semanalmente|a la semana|por semana|
    cada semana|todas las semanas, quincenal|cada quincena, mensual|mensualmente|al mes|por mes|cada mes|todos los
    meses, anual|anualmente|al año|por año|cada año, mañana|mañanas|por la mañana|en la mañana|por las mañanas,
    mediodía|al mediodía, tarde|tardes|por la tarde|en la tarde|por las tardes, al acostarse|antes de acostarse|antes
    de dormir|a la hora de acostarse|a la hora de dormir, medianoche, hoy, ayer, lunes, martes, miércoles|miercoles,
    jueves, viernes, sábado|sabado|sábados, domingo|domingos, fin de semana|fines de semana, enero, febrero, marzo,
    abril, mayo, junio, julio, agosto, septiembre|setiembre, octubre, noviembre, diciembre"""
PLACES = """ojo|ojos, ambos ojos|cada ojo|los dos ojos, párpado|párpados|parpado|parpados, oído|oídos|oido|oidos|
    oreja|orejas, ambos oídos|cada oído|los dos oídos, nariz|nasal|fosa nasal|fosas nasales, ambas fosas nasales|cada
    fosa nasal, boca, por boca|por la boca|vía oral|por vía oral|oral, lengua, garganta, piel|tópico|tópica|cutáneo|
    cutánea, bajo la lengua|debajo de la lengua|sublingual, bajo la piel|debajo de la piel|subcutáneo|subcutánea|vía
    subcutánea, mejilla|mejillas, pulmón|pulmones, vena|venas|intravenoso|intravenosa|vía intravenosa|suero, arteria|
    arterias, músculo|músculos|intramuscular|vía intramuscular, columna|espinal|intratecal, vagina|vaginal, recto|
    rectal|vía rectal|ano, brazo|brazos, muslo|muslos, pierna|piernas, nalga|nalgas|glúteo|glúteos, barriga|abdomen|
    vientre, cuero cabelludo, encía|encías, pecho, cuello, rodilla|rodillas, cadera|caderas, hombro|hombros"""
STEMS = (
    r".{2,}(?:cilin[ao]|micina|floxacin[ao]?|ciclina|[ao]?zol|statina|sart[aá]n|formina|parina|profeno|[ao]zepam|zolam"
    r"|gliptina|gliflozina|gl[uú]tid[ao]|oxetina|dipin[ao]|semida|tiazida|ca[ií]na|[aeio]tasona|isona|solona|lukast"
    r"|tript[aá]n|xab[aá]n|gatr[aá]n|butamol|meterol|tropio|codona|fentanilo|metacina|fibrato|zapina|peridona|purinol"
    r"|trexato|cetamol|tiroxina|dronato|oquina|setr[oó]n|tidina|tadina|platino|rubicina|limus|lactona|bactam|fungina)s?"
    r"|(?:insulina|esteroide|corticoide|opioide|antibi[oó]tico|anticoagulante|antihistam[ií]nico|antidepresivo"
    r"|anti[aá]cido|estatina)s?"
)
MEDICINES = """aspirina acetilsalicílico codeína codeina morfina warfarina acenocumarol sintrom digoxina litio
    fenitoína fenitoina carbamazepina valproato valproico levetiracetam lamotrigina gabapentina pregabalina topiramato
    diclofenaco naproxeno metamizol nolotil ketorolaco mefenámico indometacina meloxicam acetaminofén acetaminofen
    amiodarona adrenalina epinefrina atropina ondansetrón metoclopramida domperidona loperamida cetirizina
    levocetirizina clorfeniramina clorfenamina difenhidramina prometazina teofilina nitroglicerina glimepirida
    gliclazida glipizida glibenclamida levotiroxina carbimazol nitrofurantoína isoniazida rifampicina etambutol
    pirazinamida ivermectina ciclosporina micofenolato sertralina citalopram escitalopram amitriptilina haloperidol
    olanzapina clozapina zolpidem ketamina misoprostol mifepristona tamoxifeno letrozol bleomicina fludarabina
    ciclofosfamida melfalán naloxona clonidina metildopa furosemida espironolactona hidroxiurea potasio hierro
    heparina omeprazol ranitidina famotidina tramadol tapentadol efferalgan gelocatil tempra panadol tylenol advil
    motrin dalsy espidifen enantyum voltaren voltarén augmentine ventolin buscapina primperan fortasec almax termalgin
    couldina frenadol"""
WARNINGS = """no, nadie, nada, ninguno, tampoco, nunca, sin, solo, evite, suspenda, prohibido, inseguro, daño,
    peligro, advertencia, debe, llame, de inmediato, lo antes posible, urgente, emergencia, ambulancia, mortal,
    sobredosis, alergia, omita"""
# Words that look like names of medicines, or hold a word that says something dangerous elsewhere.
HARMLESS = """vivir, servir, hervir, sobrevivir, convivir, por medio de, por supuesto, sobre todo, sin embargo, sin
    duda, no obstante, no solo, no sólo, tan solo, antes bien"""
OPPOSITES = """más|mas: menos, mantenga|espere|retrase: tome dé use, frecuentemente|seguido: rara raramente, caliente|
    tibio|tibia: frío fría fríos frías, abierto|abierta: cerrado cerrada, lleno|llena: vacío vacía, temprano|pronto:
    tarde, sentado|sentada|siéntese|camine: acostado acostada acuéstese, dentro: fuera, arriba: abajo, mejor: peor,
    rápido|rápida|rápidamente|deprisa: lento lenta lentamente despacio, largo|larga: corto corta, fuerte|fuertes:
    débil débiles, todos|todas|todo|toda: algunos algunas, empuje: jale tire, seco|seca: mojado mojada húmedo húmeda,
    día: noche, mismo|misma: diferente distinto distinta, grande|grandes: pequeño pequeña pequeños"""
CONDITIONS = "si cuando mientras"
REASONS = "porque pues aunque que quien cual cuyo"
TAKING = """tome tomar toma tomando tomado beba dé dar da use usar usa usando aplique aplicar aplica inyecte inyectar
    administre administrar receta recete recetado trague tragar evite suspenda empiece mastique disuelva reciba recibe
    llamado contiene contenga"""
BARS = """un una para por en a al ante hasta antes después durante cuando mientras si porque que pero quien donde
    entonces cómo sin bajo sobre cada según desde hacia contra aunque"""
TAKEN = """tomado tomada tomar tomarse administrado administrada administra inyectado aplicado recetado comprimido
    comprimidos cápsula cápsulas pastilla pastillas tableta tabletas gotas dosis inyección inyecciones infusión crema
    ungüento pomada gel jarabe inhalador inhaladores parche parches medicamento medicamentos medicina medicinas"""
EVERYDAY = """agua leche jugo zumo café bebida bebidas líquido líquidos botella vaso taza plato fruta pan azúcar sal
    miel yogur pomelo toronja médico médica doctor doctora enfermera enfermero farmacéutico equipo cirujano personal
    alguien persona personas paciente pacientes amigo amiga familia familiar pareja cuidador padre madre padres
    clínica hospital sala farmacia casa hogar cuarto escuela trabajo atención consejo ayuda baño ducha paseo aire
    descanso sueño nota foto tarjeta papel hoja formulario registro resultado resultados examen análisis sangre
    muestra orina temperatura presión tensión pulso vuelta parte lugar paso paquete caja tratamiento terapia remedio
    analgésico producto cantidad tipo clase otro otra otros otras próximo próxima siguiente último última entero
    entera enteros completo completa pequeño pequeña grande grandes corto corta breve suave fuerte leve fresco fresca
    limpio limpia tibio tibia caliente frío fría mucho mucha muchos muchas poco poca varios varias pronto luego
    todavía muy bien buen buena mejor peor blanco blanca azul verde rojo roja amarillo negro redondo quiere siente
    sabe dice hace aquí allí juntos dolor náuseas vómitos fiebre erupción sarpullido síntoma síntomas problema
    problemas efecto efectos riesgo célula células cáncer enfermedad corazón hígado riñón estómago toalla paño
    almohada silla jabón venda aguja jeringa dispositivo máquina mascarilla folleto etiqueta horario plan rutina
    número diferente fácil libro mareo mareado cansancio sueño lentamente despacio salud abundante abundantes habitual
    misma mismo ropa cosa cosas algo menos tanto tanta indicado indicada indicaciones instrucciones vista contacto"""
NUMBERS = """uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis dieciseis
    diecisiete dieciocho diecinueve veinte veintiuno veintiún veintidós veintitrés veinticuatro veinticinco treinta
    cuarenta cincuenta sesenta setenta ochenta noventa cien ciento doscientos trescientos quinientos mil medio media
    cuarto cuarta tercio tercios doble triple primer primero primera segundo segunda tercer tercero tercera docena
    mitad ambos ambas par"""
# A number only before what is counted, or before how often; elsewhere an article.
ARTICLES = "un una"
OFTEN = """al día, por día, diaria, diario, diarias, a diario, a la semana, por semana, al mes, por mes, cada, todos los
    días, todas las noches, por la mañana, por la tarde, por la noche"""
SMALL = """un una el la los las lo de del al a en y o u e es son era fue ser está están estar ha han haber hay su sus
    tu tus se le les me nos mi mis usted ustedes él ella ellos ellas este esta estos estas ese esa eso esto que como
    para por con si cuando puede pueden podrá va van también favor qué cómo quién ya así"""
JOINS = "y|e, o|u|ni, pero|sino"
