"""The English words that can hurt when they change; what each list is for stands in `Words`. No Django models."""

from __future__ import annotations

TURNS = """not|cannot|can't|don't|dont|doesn't|didn't|won't|shouldn't|mustn't|isn't|aren't|wasn't|weren't|
    haven't|hasn't|couldn't|wouldn't|needn't|mayn't|ain't, no, none|no one|nobody, nothing, neither, nor, never,
    without, only|solely, unless, until|till, except|except for|apart from|other than|excluding, instead of|rather
    than, instead, stop|stops|stopped|stopping, avoid|avoids|avoided|avoiding, before|prior to, after, unsafe,
    forbidden|prohibited|banned|not allowed|not permitted"""
OTHERS = """must|have to|has to, should|ought to, always, if necessary|if needed|as needed,
    start|starts|started|starting|begin|begins|beginning, continue|continues|continuing|keep on|carry on|keep
    taking, during|while, out of|outside|away from, allowed|permitted, skip|skips|skipped|skipping|omit|omitted,
    withhold|withheld, od|qd, bd|bid, tds|tid, qid|qds, qod, hs, prn|sos, stat, mane, nocte, ac, pc, po, npo|nbm|nil
    by mouth, with food|with a meal|with meals|with your meal|with your meals, empty stomach, meals|meal, food,
    breakfast, lunch, dinner|supper, alcohol, at once|immediately|straight away|straightaway|right away, as soon as
    possible, urgent|urgently, emergency|emergencies, ambulance, harm|harmful|harms,
    danger|dangerous|dangers|dangerously, warning|caution, serious|seriously, severe|severely, life threatening,
    fatal|death|die, safe|safely, normal, allergic|allergy|allergies|allergen, overdose,
    pregnant|pregnancy|pregnancies, breastfeeding|breast feeding|breastfeed|breast feed, children|child|kids|kid,
    baby|babies|infant|infants|newborn|newborns|toddler|toddlers, adult|adults, elderly|older people|older adults,
    more than|greater than|over the age of, less than|fewer than|under the age of, above|higher than, below|lower
    than, over, under, at least|no less than|minimum, at most|no more than|not more than|maximum|up to,
    increase|increases|raise, decrease|decreases|reduce|reduces|lower, high|higher, low, left, right, positive,
    negative, call|phone|ring|dial|telephone, swallow, chew, crush, inject, inhale, every|each, every other|every
    second|alternate, hourly, daily, nightly, weekly, fortnightly|fortnight, monthly, yearly|annually,
    morning|mornings, noon|midday, afternoon|afternoons, evening|evenings, bedtime, midnight, today, tomorrow,
    yesterday, monday|mondays, tuesday|tuesdays, wednesday|wednesdays, thursday|thursdays, friday|fridays,
    saturday|saturdays, sunday|sundays, weekend|weekends, january, february, april, june, july, august, september,
    october, november, december"""
PLACES = """eye|eyes, both eyes|each eye, eyelid|eyelids, ear|ears, both ears|each ear,
    nose|nostril|nostrils|nasal|nasally, both nostrils|each nostril, mouth|mouths, by mouth|orally|oral, tongue,
    throat, skin|topical|topically, under the tongue|under your tongue|beneath the tongue|beneath your
    tongue|sublingual|sublingually, under the skin|under your skin|beneath the skin|subcutaneous|subcutaneously,
    cheek|cheeks, lung|lungs, vein|veins|intravenous|intravenously|iv|drip, artery|arteries,
    muscle|muscles|intramuscular|intramuscularly, spine|spinal|intrathecal|intrathecally, vagina|vaginal|vaginally,
    rectum|rectal|rectally|back passage|anus, arm|arms, thigh|thighs, leg|legs, buttock|buttocks, belly|tummy|abdomen,
    scalp, gum|gums, chest, neck, knee|knees, hip|hips, shoulder|shoulders"""
# Names of many medicines together
CLASSES = "statin|triptan|insulin|steroid|opioid|antibiotic|anticoagulant|antihistamine|antidepressant|antacid"
STEMS = rf""".{{2,}}(?:mab|nib|sartan|statin|olol|cillin|[mc]icin|mycin|azole|xaban|gatran|gliptin|formin|parin|dopa|
    triptan|oxacin|cycline|pril|vir|[ao]zepam|zolam|caine|oxetine|dronate|thiazide|semide|lukast|setron|glitazone|
    gliflozin|glutide|bactam|fungin|meterol|butamol|tropium|olimus|platin|rubicin|taxel|poetin|grastim|caftor|vudine|
    dipine|zosin|tidine|tadine|profen|coxib|asone|isone|solone|barbital|codone|fentan[iy]l|methacin|oquine|lactone|
    fibrate|zapine|peridone|purine|purinol|trexate|mustine|phosphamide|fosfamide|ciclib|zomib|parib|lisib|cetamol|
    thyroxine|.{{3}}cel)s?|cef.{{4,}}|(?:{CLASSES})s?"""
# Medicines that the stems do not know: substances, and brands sold in India and elsewhere.
MEDICINES = """aspirin codeine morphine tramadol tapentadol warfarin acenocoumarol digoxin lithium phenytoin
    carbamazepine oxcarbazepine valproate levetiracetam lamotrigine gabapentin pregabalin topiramate clopidogrel
    ticagrelor prasugrel diclofenac aceclofenac ketorolac naproxen mefenamic indomethacin nimesulide piroxicam
    meloxicam acetaminophen amiodarone adrenaline epinephrine atropine ondansetron metoclopramide domperidone
    loperamide cetirizine levocetirizine chlorpheniramine diphenhydramine pheniramine promethazine montelukast
    theophylline salbutamol nitroglycerin glimepiride gliclazide glipizide glibenclamide levothyroxine carbimazole
    nitrofurantoin isoniazid rifampicin ethambutol pyrazinamide ivermectin tacrolimus ciclosporin cyclosporine
    mycophenolate sertraline citalopram escitalopram amitriptyline haloperidol olanzapine clozapine zolpidem
    ketamine misoprostol mifepristone tamoxifen letrozole anastrozole imatinib bleomycin fludarabine cytarabine
    melphalan fentanyl naloxone amlodipine clonidine methyldopa mannitol hydroxyurea potassium brufen voveran crocin
    dolo calpol combiflam disprin ecosprin loprin meftal zerodol saridon flexon pantop pantocid rantac zinetac
    aciloc omez digene gelusil augmentin azithral zithromax taxim cifran ciplox flagyl metrogyl allegra cetzine avil
    telma amlong glycomet janumet januvia galvus lantus humalog novorapid mixtard actrapid huminsulin thyronorm
    eltroxin deriphyllin asthalin budecort foracort duolin seroflo levolin wysolone medrol omnacortil betnesol
    decadron emeset perinorm domstal imodium ultracet contramal plavix coumadin xarelto eliquis lasix aldactone
    clexane nurofen tylenol advil motrin aleve panadol benadryl zantac prilosec ventolin voltaren prograf neoral
    cellcept gleevec glivec herceptin kymriah yescarta tecartus breyanzi abecma carvykti nexcar actemra"""
# Words beside which a name or a thing that is listed may not come or go unseen: meanings, so first spellings.
WARNINGS = """not, no, none, nothing, neither, nor, never, without, only, avoid, stop, forbidden, unsafe, harm,
    danger, warning, must, call, at once, as soon as possible, urgent, emergency, ambulance, life threatening,
    fatal, overdose, allergic, skip, withhold"""
# What is not dangerous alone, but is when it takes the place of what stands across from it.
OPPOSITES = """more|most: less fewer least fewest, hold|pause|delay: take give use, often|frequently: rarely seldom,
    hot|warm: cold cool, open: closed shut, full: empty, early|earlier: late later, sit|stand|walk: lie, inside:
    outside, up: down, better: worse, fast|quickly|faster: slow slowly slower, long|longer: short shorter,
    weak|weaker: strong stronger, all: some, push: pull, dry: wet, day: night, same: different, sooner: later,
    large|big|larger: small smaller"""
CONDITIONS = "if when whenever while"
REASONS = "because since so which who that even although though whereas"
TAKING = """take takes taking took taken give gives giving given swallow swallows swallowing inject injects injecting
    apply applies applying use using prescribe prescribes prescribed avoid stop start chew dissolve receive receives
    called such contain contains containing"""
BARS = """a an for by from to in on at into onto before after during when while if until till unless because so than
    about through but that which who where then how without under over per ; ("""
TAKEN = """taken given swallowed injected applied prescribed tablet tablets capsule capsules drops dose doses
    injection injections infusion infusions cream ointment gel syrup inhaler inhalers patch patches medicine
    medicines"""
EVERYDAY = """water milk juice coffee drink fluid liquid bottle bowl snack fruit bread sugar salt honey yoghurt
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
    mask leaflet label schedule plan routine number different similar simple easy book plenty favourite"""
NUMBERS = """one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
        seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand
        million half quarter double triple single once twice thrice dozen couple first third fourth fifth halve
        twofold"""
SMALL = """a an the to of in on at for and or but is are was were be been am do does did you your yours it its this
        that these those we our us they their them i my me he she his her with from by as if when then so can
        will may have has had there which who what how please also"""
JOINS = "and, or, but|however"
# The same word as Britain and America spell it; no name of a medicine, and none that another list has in both ways.
SPELT = """colour|color, colours|colors, coloured|colored, colouring|coloring, colourless|colorless, flavour|flavor,
    flavours|flavors, flavoured|flavored, odour|odor, odours|odors, tumour|tumor, tumours|tumors, labour|labor,
    behaviour|behavior, behaviours|behaviors, favourite|favorite, neighbour|neighbor, neighbours|neighbors,
    vapour|vapor, humour|humor, fibre|fiber, fibres|fibers, centre|center, centres|centers, theatre|theater,
    anaemia|anemia, anaemic|anemic, anaesthetic|anesthetic, anaesthetics|anesthetics, anaesthesia|anesthesia,
    anaesthetist|anesthetist, diarrhoea|diarrhea, oedema|edema, haemoglobin|hemoglobin, haemorrhage|hemorrhage,
    haemophilia|hemophilia, haematology|hematology, haematologist|hematologist, haemodialysis|hemodialysis,
    leukaemia|leukemia, leukaemias|leukemias, oesophagus|esophagus, paediatric|pediatric, caesarean|cesarean,
    faeces|feces, foetus|fetus, foetal|fetal, gynaecologist|gynecologist, gynaecology|gynecology,
    orthopaedic|orthopedic, anaesthetise|anesthetize, sterilise|sterilize, sterilised|sterilized, organise|organize,
    organised|organized, recognise|recognize, programme|program, grey|gray, ageing|aging, yoghurt|yogurt,
    mould|mold, moulds|molds"""
