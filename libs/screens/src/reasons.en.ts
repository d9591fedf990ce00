/** What the APIs say in Dutch about a field, a request or their work, in English. `#` stands for a number or for what is between “ and ”, in the same order in both languages. */
export const REASONS: Readonly<Record<string, string>> = {
  'Dit veld bestaat niet.': 'This field does not exist.',
  'Haal uit de tekening wat iets uitvoert of van elders komt: scripts, on…-attributen, verwijzingen.':
    'Take out of the drawing what runs something or comes from elsewhere: scripts, on… attributes, references.',
  'Vul een versienummer in.': 'Enter the number of a version.',
  'Hier staan te veel gegevens. Verstuur minder tegelijk.': 'There is too much here. Send less at once.',
  'Deze gegevens zitten te diep in elkaar.': 'This is nested too deeply.',
  'Vul een tekst in.': 'Fill in a text.',
  'Gebruik ten hoogste # tekens.': 'Use at most # characters.',
  'Gebruik gewone tekst, zonder < of >, regeleinden en webadressen.':
    'Use plain text, without < or >, line breaks and web addresses.',
  'Vul een telefoonnummer in van # tot # tekens.': 'Fill in a telephone number of # to # characters.',
  'Vul een e-mailadres in.': 'Fill in an e-mail address.',
  'Hier staat een teken dat niet te zien is. Typ de tekst opnieuw.':
    'There is a character here that cannot be seen. Type the text again.',
  'Hier staan letters van verschillende alfabetten in één woord. Typ dat woord opnieuw.':
    'There are letters of different alphabets in one word here. Type that word again.',
  'Begin niet met =, +, - of @.': 'Do not begin with =, +, - or @.',
  'Gebruik in een naam alleen letters, spaties, streepjes en apostrofs.':
    'In a name, use letters, spaces, hyphens and apostrophes only.',
  'Zet in een naam alleen een punt achter een voorletter.':
    'In a name, put a full stop after an initial only.',
  'Gebruik in een naam ten hoogste # woorden.': 'In a name, use at most # words.',
  'Gebruik in een naam ten hoogste # tekens.': 'In a name, use at most # characters.',
  'Begin een telefoonnummer met een cijfer, een haakje of een +.':
    'Begin a telephone number with a digit, a bracket or a +.',
  'Schrijf achter de @ van het e-mailadres de naam zoals die is, met Latijnse letters.':
    'After the @ of the e-mail address, write the name as it is, in Latin letters.',
  'Vul vandaag in, of een dag daarvoor.': 'Fill in today or an earlier day.',
  'Bekijk eerst wat er wordt gewist.': 'First look at what will be erased.',
  'Gebruik voor de @ in het e-mailadres alleen de letters a tot en met z, cijfers en leestekens. Aanhalingstekens mogen niet.':
    'Before the @ of the e-mail address, use the letters a to z, digits and punctuation only. Quotation marks are not taken.',
  'Vul een lijst in.': 'Fill in a list.',
  'Vul een geheel getal in.': 'Fill in a whole number.',
  'Vul true of false in.': 'Fill in true or false.',
  'Ten minste #.': 'At least #.',
  'Ten hoogste #.': 'At most #.',
  'Gebruik kleine letters, cijfers en koppeltekens.': 'Use small letters, digits and hyphens.',
  'Gebruik next van de vorige bladzijde.': 'Use next of the page before.',
  'Dit is geen pagina van deze site.': 'This is no page of this site.',

  // whom a signal is about, and what is known of it
  'Vul in om welke jeugdige het gaat.': 'Fill in which youth it is about.',
  'Vul het BSN in.': 'Fill in the BSN.',
  'Dit is geen geldig BSN.': 'This is not a valid BSN.',
  'Dit is geen geldig BSN. Controleer de cijfers.': 'This is not a valid BSN. Check the digits.',
  'Vul een bestaande datum in als JJJJ-MM-DD.': 'Fill in a date that exists as YYYY-MM-DD.',
  'Vul een bestaande dag in: jjjj-mm-dd.': 'Fill in a day that exists: yyyy-mm-dd.',
  'Vul de achternaam in. Heeft de jeugdige geen achternaam, vul dan een streepje in.':
    'Fill in the surname. If the youth has none, fill in a hyphen.',
  'Vul een voornaam in. Heeft de jeugdige geen voornaam, vul dan een streepje in.':
    'Fill in a given name. If the youth has none, fill in a hyphen.',
  'Schrijf de naam voluit: zoeken met een deel van een naam kan hier niet.':
    'Write the name in full: you cannot search by a part of a name here.',
  'Schrijf de naam met Latijnse letters, zoals in een document.':
    'Write the name in Latin letters, as in a document.',
  'Gebruik in een naam alleen letters, cijfers, spaties, streepjes, punten, komma’s en apostrofs.':
    'Use only letters, digits, spaces, hyphens, full stops, commas and apostrophes in a name.',
  'Vul een huisnummer in, zoals #.': 'Fill in a house number such as #.',
  'Vul ook de voornaam in, zoals die in een document staat.':
    'Please also fill in the given name, as in a document.',
  'Vul ook de postcode in van het adres waar de jeugdige staat ingeschreven.':
    'Please also fill in the postcode of the address where the youth is registered.',
  'Vul ook het huisnummer in van het adres waar de jeugdige staat ingeschreven.':
    'Please also fill in the house number of the address where the youth is registered.',
  'Met deze gegevens vinden we niet precies één persoon. Controleer ze allemaal aan de hand van een document.':
    'These data do not lead us to exactly one person. Check all of them against a document.',
  'Vul de achternaam in met Latijnse letters, zoals in het reisdocument.':
    'Fill in the surname in Latin letters, as in the travel document.',
  'Kies M, V of O.': 'Choose the sex.',
  'Kies M of V: zonder BSN is het geslacht nodig om te vergelijken.':
    'Choose the sex: without a BSN it is needed to compare.',
  'Vul een postcode in als # AB.': 'Fill in a postcode such as # AB.',
  'Geef aan dat de jeugdige geen BSN heeft.': 'Say that the youth has no BSN.',
  'Uw organisatie mag het BSN niet gebruiken. Geef naam, geboortedatum, geslacht en postcode op.':
    'Your organisation may not use the BSN. Give name, birth date, sex and postcode.',
  'Deze geboortedatum past niet bij de persoon.': 'This birth date is not that of the person.',
  'Deze datum ligt in de toekomst.': 'This date is in the future.',
  'Deze persoon is overleden.': 'This person has died.',
  'Deze persoon is # jaar of ouder.': 'This person is # years or older.',
  'Hierbij is niemand gevonden.': 'Nobody was found by this.',
  'Beantwoord de vraag of u hebt geïnformeerd.': 'Please answer the question whether you informed them.',
  'Kies of u een herinnering wilt.': 'Choose whether you want a reminder.',
  'Kies waarom het signaal eindigt.': 'Choose why the signal ends.',
  'Alleen youth kan worden meegelezen.': 'Only youth can be read along.',
  'Vul een signaalnummer in, zoals MN-2026-000001.': 'Fill in a signal number, such as MN-2026-000001.',
  'Kies een gemeente.': 'Choose a municipality.',

  // people of an organisation
  'Kies een collega.': 'Choose a colleague.',
  'Kies een collega van dezelfde organisatie die is aangewezen om signalen af te geven.':
    'Choose a colleague of the same organisation who is designated to file signals.',
  'De laatste dag ligt voor de eerste.': 'The last day is before the first.',
  'Deze afwezigheid is al voorbij.': 'This absence is over already.',
  'Kies een locatie.': 'Choose a location.',
  'Deze locatie heeft de organisatie niet.': 'The organisation does not have this location.',
  'Vul een lijst van locaties in.': 'Fill in a list of locations.',
  'Noem elke locatie één keer.': 'Name each location once.',
  'Noem ten hoogste # locaties.': 'Name at most # locations.',
  'Vul de code van de gemeente in: vier cijfers.': 'Fill in the code of the municipality: four digits.',
  'Vul de code van de gemeente in: vier cijfers tussen aanhalingstekens.':
    'Fill in the code of the municipality: four digits between quotes.',
  'Vul het kenmerk van de inlogvoorziening in.': 'Fill in the subject by which the login knows them.',
  'Vul ja of nee in.': 'Fill in ja (yes) or nee (no).',
  'Geef ten minste één rol.': 'Give at least one role.',
  'Noem elke rol één keer.': 'Name each role once.',
  'Een rol is een van: professional, coordinator, process-manager, operator.':
    'A role is one of: professional, coordinator, process-manager, operator.',
  'Deze persoon staat er al.': 'This person is there already.',
  'Deze organisatie staat er niet.': 'This organisation is not there.',
  'Deze locatie staat niet bij de organisatie.': 'The organisation does not have this location.',
  'Alleen een procesmanager heeft een gemeente.': 'Only a process manager has a municipality.',
  'Vul de tekst van het bestand in.': 'Fill in the text of the file.',
  'Begin met een regel met deze kolommen: inlognaam, naam, functie, telefoon, e-mail, organisatie, aangewezen; locatie mag erbij.':
    'Begin with a line with these columns: subject, name, function, phone, email, organisation, designated; location may be added.',
  'Het bestand noemt niemand. Begin met een regel met deze kolommen: inlognaam, naam, functie, telefoon, e-mail, organisatie, aangewezen; locatie mag erbij.':
    'The file names nobody. Begin with a line with these columns: subject, name, function, phone, email, organisation, designated; location may be added.',
  'Dit is geen CSV-bestand. Bewaar het rekenblad als CSV UTF-8 en kies dat bestand.':
    'This is not a CSV file. Save the spreadsheet as CSV UTF-8 and choose that file.',
  'Op regel # klopt een aanhalingsteken niet. Zet er twee of geen om een cel.':
    'A quotation mark on line # is not right. Put two or none around a cell.',
  'Deze kolommen kent de verwijsindex niet: “#”. Haal ze weg.':
    'The index does not know these columns: “#”. Remove them.',
  'Deze kolommen ontbreken: “#”.': 'These columns are missing: “#”.',
  'Deze kolommen staan er meer dan één keer: “#”.': 'These columns are there more than once: “#”.',
  'Hier staat iets buiten de kolommen. Zet een cel met een scheidingsteken erin tussen aanhalingstekens.':
    'There is something outside the columns here. Put a cell with a separator in it between quotation marks.',
  'Deze cel begint met =, +, -, @ of een tab, zoals een formule. Haal dat teken weg.':
    'This cell begins with =, +, -, @ or a tab, as a formula does. Remove that character.',
  'Hier staat een foutmelding van het rekenblad.': 'There is an error value of the spreadsheet here.',
  'Hier zijn letters verminkt. Verbeter ze en bewaar het bestand als CSV UTF-8.':
    'Letters are garbled here. Correct them and save the file as CSV UTF-8.',
  'Het rekenblad heeft van dit telefoonnummer een getal gemaakt. Maak van de kolom tekst en vul het nummer opnieuw in, met de # vooraan.':
    'The spreadsheet turned this telephone number into a number. Format the column as text and fill in the number again, with its leading #.',
  'Het rekenblad heeft van deze inlognaam een getal gemaakt. Maak van de kolom tekst en vul de inlognaam opnieuw in.':
    'The spreadsheet turned this login name into a number. Format the column as text and fill in the login name again.',
  'Andere inlognamen beginnen met een # en deze niet. Waarschijnlijk heeft het rekenblad de nullen weggehaald. Maak van de kolom tekst en vul de inlognaam opnieuw in.':
    'Other login names begin with a # and this one does not. The spreadsheet has probably removed the zeros. Format the column as text and fill in the login name again.',
  'Voer ten hoogste # mensen tegelijk in.': 'Enter at most # people at a time.',
  'Deze persoon staat al op een eerdere regel.': 'This person is on an earlier line already.',
  'Deze organisatie is er niet, of u beheert haar mensen niet.':
    'This organisation is not there, or you do not look after its people.',
  'Dit kenmerk is van iemand die is vertrokken.': 'This subject is that of somebody who left.',

  // the covenant
  'Vul de tekst van het convenant in.': 'Fill in the text of the covenant.',
  'Dit is geen geldige YAML.': 'This is not valid YAML.',
  'Hier staan geen onderdelen.': 'There are no parts here.',
  'Kies een dag na vandaag: wat vandaag geldt, blijft vandaag gelden.':
    'Choose a day after today: what is in force today stays so today.',
  'Voor deze dag staat al een versie klaar. Trek die eerst in.':
    'There is a version for this day already. Withdraw that one first.',
  'Begin met een kleine letter en gebruik kleine letters, cijfers en koppeltekens.':
    'Begin with a small letter and use small letters, digits and hyphens.',
  'Noem soorten organisatie zoals de ondertekenaars ze hebben. Begin met een kleine letter en gebruik kleine letters, cijfers en koppeltekens.':
    'Name kinds of organisation as the signatories have them. Begin with a small letter and use small letters, digits and hyphens.',
  'De sector is een van: youth-care (jeugdhulp), health-care ((jeugd)gezondheidszorg), social-support (maatschappelijke ondersteuning), education (onderwijs), work-income (werk en inkomen), police-justice (politie en justitie) (Jeugdwet # lid #).':
    'The sector is one of: youth-care, health-care, social-support, education, work-income, police-justice (Jeugdwet # paragraph #).',
  'Vul een geheel aantal werkdagen in.': 'Fill in a whole number of working days.',
  'Ten minste # werkdag.': 'At least # working day.',
  'Ten hoogste # werkdagen.': 'At most # working days.',
  'Vul een geheel aantal maanden in.': 'Fill in a whole number of months.',
  'Ten minste # maand.': 'At least # month.',
  'Ten hoogste # maanden.': 'At most # months.',
  'De bewaartermijn is ten minste # maand.': 'Signals are kept for at least # month.',
  'De bewaartermijn is ten hoogste # maanden (Jeugdwet #).':
    'Signals are kept for at most # months (Jeugdwet #).',
  'Kies een functie uit de lijst van het convenant: “#”.':
    'Choose a function from the list of the covenant: “#”.',
  'Noem ten minste één functie.': 'Name at least one function.',
  'Noem ten hoogste # functies.': 'Name at most # functions.',
  'Noem elke functie één keer.': 'Name each function once.',
  'Noem elke gemeente één keer.': 'Name each municipality once.',
  'Noem elke soort organisatie één keer.': 'Name each kind of organisation once.',
  'Noem elk kenmerk één keer.': 'Name each criterion once.',
  'Noem elke sector één keer.': 'Name each sector once.',
  'Vul true of false in (Jeugdwet # lid # en #).': 'Fill in true or false (Jeugdwet # paragraphs # and #).',
  'Vul naam en datum van het addendum in.': 'Fill in name and date of the addendum.',
  'Bij gelijke soort beslist een van: municipality-of-youth, earliest-signal.':
    'Among equal kinds one of these decides: municipality-of-youth, earliest-signal.',
  'Leidt niemand, dan de procesmanager: process-manager.':
    'If nobody leads, the process manager does: process-manager.',
  'Bevrijdingsdag is een vrije dag: every-year, every-five-years, never.':
    'Liberation Day is a day off: every-year, every-five-years, never.',
  'Vul een kleur in als #0b5c6b.': 'Fill in a colour such as #0b5c6b.',
  'Vul een tekening in SVG in: van <svg tot en met </svg>.':
    'Fill in a drawing in SVG: from <svg up to and including </svg>.',
  'Gebruik twee tot zes hoofdletters.': 'Use two to six capitals.',
  'Noem ten minste één organisatie (Jeugdwet #).': 'Name at least one organisation (Jeugdwet #).',
  'Vul in wie leidt (Jeugdwet #).': 'Fill in who leads (Jeugdwet #).',
  'Vul in wanneer een match stilligt (Jeugdwet #).': 'Fill in when a match is stalled (Jeugdwet #).',
  'Vul in wat berichten noemen.': 'Fill in what messages name.',
  'Vul in hoe vaak contactgegevens worden bevestigd (Jeugdwet #).':
    'Fill in how often contact details are confirmed (Jeugdwet #).',
  'Vul kleur en logo in.': 'Fill in colour and logo.',
  'Deze gemeente staat er al.': 'This municipality is there already.',
  'Deze gemeente heeft geen procesmanager.': 'This municipality has no process manager.',
  'Deze gemeente bestaat niet meer.': 'This municipality no longer exists.',
  'Deze gemeente staat niet in de landelijke tabel.': 'This municipality is not in the national table.',
  'Noem ten hoogste # gemeenten.': 'Name at most # municipalities.',
  'Vul de tekst van de tabel in.': 'Fill in the text of the table.',
  'Deze dag is nog niet geweest.': 'This day has not come yet.',
  'Deze tabel is ouder dan de tabel die nu geldt.': 'This table is older than the one in use.',
  'Er staan te weinig gemeenten in. Is het bestand compleet?':
    'There are too few municipalities in it. Is the file complete?',
  'Over deze persoon ligt al een voorstel.': 'Something is proposed about this person already.',
  'Dit is de enige beheerder. Benoem eerst een andere beheerder.':
    'This is the only operator. Appoint another operator first.',
  'Deze persoon heeft deze rol al.': 'This person has this role already.',
  'Kies een rol.': 'Choose a role.',
  'Kies iemand.': 'Choose somebody.',
  'Kies een organisatie.': 'Choose an organisation.',
  'Kies een andere procesmanager als vervanger.': 'Choose another process manager as the deputy.',
  'Deze persoon staat al bij deze organisatie.': 'This person is in this organisation already.',
  'Deze persoon werkt voor meer organisaties. Noem ook de organisatie.':
    'This person works for several organisations. Name the organisation too.',
  'Dit kenmerk is al van iemand.': 'This identifier is somebody’s already.',
  'De tabel mist codes of einddagen die al bekend zijn. Lees de volledige tabel in.':
    'The table lacks codes or end dates that are known already. Load the full table.',
  'Laat een andere beheerder dit voor u doen.': 'Have another operator do this for you.',
  'Deze organisatie staat er al.': 'This organisation is there already.',
  'Noem ten minste één gemeente: met een organisatie maakt een college afspraken (Jeugdwet #).':
    'Name at least one municipality: it is a municipality that agrees with an organisation (Jeugdwet #).',
  'Deze gemeente neemt geen deel aan het convenant (Jeugdwet #).':
    'This municipality takes no part in the covenant (Jeugdwet #).',
  'Deze soort organisatie staat niet in de lijst (Besluit Jeugdwet # tot en met #).':
    'This kind of organisation is not in the list (Besluit Jeugdwet # to #).',
  'Deze soort organisatie hoort niet bij deze sector (Besluit Jeugdwet # tot en met #).':
    'This kind of organisation does not belong to this sector (Besluit Jeugdwet # to #).',
  'Geen wet geeft deze soort organisatie recht op het BSN: vul false in (Jeugdwet #).':
    'No law gives this kind of organisation a right to the BSN: fill in false (Jeugdwet #).',
  'De Raad voor de Kinderbescherming neemt alleen landelijk deel, niet in een regio.':
    'The Child Care and Protection Board takes part nationally only, not in a region.',
  'Deze soort organisatie staat ook in order.': 'This kind of organisation is in order as well.',
  'Eindig met earliest-signal: het vroegste signaal geeft altijd uitsluitsel.':
    'End with earliest-signal: the earliest signal always decides.',
  'Opschalen volgt op stilliggen: kies meer werkdagen dan bij stalledAfterWorkingDays (Jeugdwet #).':
    'Escalation follows stalling: choose more working days than for stalledAfterWorkingDays (Jeugdwet #).',
  'Op deze kleur is witte tekst slecht te lezen: kies een donkerder kleur (WCAG #).':
    'White text is hard to read on this colour: choose a darker one (WCAG #).',

  // the register of regions
  'Dit veld hoort niet in een aanvraag.': 'This field does not belong in an application.',
  'Dit veld ontbreekt of heeft niet de juiste vorm.': 'This field is absent or does not have the right form.',
  'Dit is al van een andere deelnemer.': 'This is that of another participant already.',
  'Hier staat twee keer hetzelfde.': 'Here the same stands twice.',
  'Deze regio staat niet in het register.': 'This region is not in the register.',
  'Deze regio heeft die status al.': 'This region has that state already.',
  'Deze regio is verwijderd en moet zich opnieuw aanmelden.':
    'This region was removed and has to apply anew.',
  'De handtekening is niet die van de landelijk coördinator.':
    'The signature is not that of the national coordinator.',
  'Het register is niet volledig of niet goed gevormd.': 'The register is not complete or not well formed.',
  'Het register noemt een ander landelijk knooppunt.': 'The register names another national relay.',
  'Er is al een nieuwere versie van kracht, of een andere met dit nummer.':
    'A newer version is in force already, or another one of this number.',
  'Het landelijk knooppunt kan het register niet bewaren. Breng het er zelf naartoe.':
    'The national relay cannot keep the register. Bring it there yourself.',

  // what a node does by itself
  'Berichten van en aan andere regio’s opruimen': 'Clear messages from and to other regions',
  'Afwezigheid laten ingaan en aflopen': 'Let absences begin and end',
  'Vragen of contactgegevens nog kloppen': 'Ask whether contact details are still right',
  'Signalen verwijderen waarvan de termijn voorbij is': 'Remove signals whose term is over',
  'Onbekende logins van langer dan 30 dagen geleden vergeten':
    'Forget unknown logins of more than 30 days ago',
  'Herinneren aan signalen die aflopen': 'Remind of signals that expire',
  'Jeugdigen opnieuw verifiëren in het personenregister': 'Verify youths again in the person register',
  'Nieuwe versies van het convenant laten ingaan': 'Put new versions of the covenant into force',
  'Vragen aan archieven van andere regio’s herhalen en opruimen':
    'Repeat and clear questions to the archives of other regions',
  'Het archief vernietigen waarvan de termijn voorbij is':
    'Destroy what has been in the archive for its term',
  'Vergeten wie is opgezocht, en na # dagen dat er is opgezocht':
    'Forget who was looked up, and after # days that somebody was',
};
