"""Words of municipal work that compounds are made of, for collections too small to teach them."""

_PARTS = """
abbruch abfrage abgang abgänger ablauf abschiebung abschluss abstimmung akteur aktion amt analyse anerkennung anfang
anforderung angebot angehörige anhörung anlage anlauf anliegen anpassung anschluss anspruch ansprache antrag
anwerbung arbeit arbeiter archiv aufenthalt aufgabe aufnahme auftrag ausbildung ausgabe ausgleich auskunft ausland
ausländer ausschuss ausschreibung austausch auswahl auswertung ausweis bahn balance barriere baustein beauftragte
bedarf bedingung befragung befund begegnung begleitung begriff behinderung behörde beirat beitrag bekämpfung beleg
benachteiligung beobachtung berater beratung berechtigung bereich bericht beruf beschäftigung bescheid beschluss
bestand beteiligung betreuung betrieb bevölkerung beweis bewerber bewerbung bewertung bewilligung beziehung bildung
bilanz blatt bleibe brief brücke budget bund bürger büro chance daten defizit demokratie dialog dienst
dienstleistung diskriminierung diversität dokument dolmetscher duldung ebene ehrenamt eigen einbürgerung einrichtung
einsatz einstieg einwanderung einwohner eltern empfehlung entscheidung entwicklung erfahrung erfassung erfolg
ergebnis erhebung erlaubnis erlass ermessen eröffnung erstattung erwachsene erwerb experte fach fachkraft fähigkeit
fallzahl familie feld förderung form forschung fortbildung fortschritt forum frage frauen freizeit frist früh führung
fund fürsorge gebiet gebühr geflüchtete gehalt geheimnis gemeinde gemeinschaft generation gesellschaft gesetz
gespräch gestaltung gesundheit gewalt gewerbe gleichstellung grad gremium grenze grund gruppe gruppen gutachten
haltung handel handlung handwerk haupt haus haushalt heim herausforderung herkunft hilfe hinweis hochschule
identität indikator information infrastruktur initiative innovation institution integration interesse jahr jugend
jugendliche kammer kapazität karte kenntnis kennzahl kette kinder kindergarten klage klasse klima kommission kommune
kompetenz konferenz konflikt kontakt kontrolle konzept kooperation koordination koordinierung kosten kraft kranken
kreis krippe kritik kultur kultus kurs lage land landkreis laufbahn leben lehre lehrer leistung leiter leitfaden
leitung leitbild lernen liste lotse macht management mandat mangel markt maßnahme material medien mehrheit meldung
mensch merkmal methode miete migrant migration minderheit minister ministerium mitglied mitarbeiter mitsprache
mittel mobilität modell monitoring mutter nachbar nachfrage nachweis netzwerk niederlassung norm öffentlichkeit
öffnung ordnung organisation orientierung ortschaft papier partei partizipation partner patenschaft personal pfleger
pflege pflicht phase plan planung platz politik portal position potenzial praktikum praxis presse prinzip problem
produktion programm projekt protokoll prozess prüfung qualifikation qualifizierung qualität quartier quelle querschnitt
quote rahmen rassismus rat rathaus raum recht rechte referat referent regel region register reihe religion
ressort ressource rolle rück rückkehr runde sache sammlung satzung schaden schlüssel schluss schnitt schreiben schritt
schule schüler schulden schulung schutz schwelle seite selbst senat service sicherheit sicherung signal sitz sitzung
sozial sparte sport sprache staat stadt stadtteil stand standard standort start statistik status stelle stellung
steuer steuerung stiftung strategie struktur studie studium stufe stunde suche system tagung tätigkeit teil teilhabe
teilnahme teilnehmer test text thema therapie titel träger training transfer übergang übersetzung überwachung umfrage
umgang umsetzung umwelt unterkunft unterlage unterricht unterstützung urkunde ursache verantwortung verband verbleib
verbund verein vereinbarung verfahren verfolgung vergleich verlauf vermittlung verordnung versicherung versorgung
verständnis vertrag vertreter vertretung verwaltung verzeichnis vielfalt vorbereitung vorgabe vorlage vorschlag
vorschrift wahl warnung warn weg wechsel weise weiterbildung welt werk werkstatt wert wesen wettbewerb wirkung
wirtschaft wissen wissenschaft woche wohnen wohnort wohnsitz wohnung zahl zeichen zeit zentrum zertifikat zeugnis
ziel zirkel zugang zugewanderte zukunft zuschuss zusammenarbeit zuständigkeit zustimmung zuwanderer zuwanderung
zuwendung zweck
"""

_PERSONS = """
Absolvent Adressat Agent Akademiker Aktivist Analphabet Anwalt Arzt Assistent Asylant Beamte Biologe Chef
Demokrat Diplomat Dirigent Doktorand Dozent Experte Franzose Freund Gehilfe Gestalter
Helfer Immigrant Informant Ingenieur Jude Jurist Kandidat Klient Kollege Konsument Koordinator Kunde
Landwirt Laie Lieferant Linguist Logopäde Lotse Mandant Methodist Migrant Moderator Muslim Nachbar Pädagoge
Pate Patient Philologe Polizist Praktikant Präsident Produzent Professor Psychologe Redakteur Referent
Repräsentant Soldat Sozialist Soziologe Spezialist Stadtrat Student Stipendiat Syrer Theologe
Therapeut Tourist Türke Ukrainer Volontär Wirt Zeuge Zivilist Gemeinderat Sozialpädagoge Autor Direktor Inspektor
Mentor Monteur Friseur Akteur Sekretär Kommissar Mediator Senator Athlet Bote Kamerad Kommunist Pilot
Abonnent Korrespondent Publizist Journalist Jobcoach Coach
"""

COMPOUND_PARTS: tuple[str, ...] = tuple(_PARTS.split())
PERSONS: tuple[str, ...] = tuple(_PERSONS.split())
