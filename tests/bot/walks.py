"""Every dialogue there is, as conversations in the lines of `tests.bot.walking`, about `examples/vefsn.yaml`."""

from tests.bot.walking import Walk

WALKS = {
    "a leader answers, corrects, attaches and puts off": Walk(
        """
            at 2021-03-15 08:00
            slt: Ungdata er bestilt
            slt> 1.7 Ungdata…
            slt> 🔵 I gang
            slt> Lagre
            slt~ Ungdata er bestilt til mai
            slt> Rett
            slt> 🟢 Gjennomført
            slt> Lagre
            slt> Svar nå (…
            slt> 🟠 Forsinket
            slt> Tilbake
            slt> 🟠 Forsinket
            slt: Vi mangler folk
            slt> Ny frist
            slt: i fjor en gang
            slt: våren 2024
            slt+ bilde.png
            slt> Vedlegg (1)
            slt> Hent …
            slt> Lagre
            slt> Legg ved
            slt+ bilde.png
            nav: /status
            nav> Senere
            nav> Velg dag
            nav: i går
            nav: fredag
            nav: /utsett 1.6 mandag
            nav: /status 1.6
            nav^ Det er godt i gang
            nav> Lagre uten kommentar
            nav: /status 1.6
            nav> ⚫ Utgår
            nav: Ingen har tid
            nav> Rett
            nav> ⚪ Ikke startet
            nav> Lagre
            at 2021-03-22 08:00
            nav: 1.6 er ferdig, kurset ble holdt i mars
            nav> Lagre
            nav: /status 1.6
            nav> Uendret: …
            nav: /tiltak
            nav: /tiltak 1.6
            nav: /avbryt
        """,
        dialogues="put_off status",
        presses="at fx lo nx st ut",
    ),
    "somebody is away, chooses a language and is erased": Walk(
        """
            nav: /start
            nav: /hjelp
            nav: /fravaer
            nav: aldri
            nav: uke 28
            nav> Noen andre
            nav: Hvem som helst
            nav: testperson slt
            nav: /fravaer
            nav> Avslutt fraværet…
            nav: /spraak
            nav> Nynorsk
            nav: /personvern
            nav> Få ein kopi
            nav> Slett meg
            nav> Gå vidare med slettinga
            nav> Ja, slett alt om meg
            nav: /mine
        """,
        dialogues="absence",
        presses="fv pv sp",
    ),
    "a report is written, approved and corrected": Walk(
        """
            at 2021-03-15 08:00
            nav: /avsnitt
            nav: Vi har fått to nye stillinger.
            nav: /avsnitt 2021: Vi har fått tre nye stillinger.
            nav> Fjern teksten
            nav: /avsnitt 2021: Vi har fått fire nye stillinger.
            office: /tekst
            office> Skriv sammendrag
            office: Det meste er i gang.
            office: /tekst
            office> Frigi NAV
            office> Skriv om NAV
            office: NAV har fått fire nye stillinger.
            office: /rapport 2021
            office> Til godkjenning
            office> Godkjenn versjon 1
            office: /tekst 2021 vurdering: Vi er på vei.
            office: /rapport 2021 rettelse
            office> Godkjenn versjon 2
        """,
        dialogues="written_text",
        presses="av ra te",
    ),
    "a duty of several times a year is counted": Walk(
        """
            admin: /tiltak endre 1.6 frist: tre ganger i året
            nav: /status 1.6
            nav> Én er gjennomført
            nav> Angre
        """,
        dialogues="status",
        presses="du",
    ),
    "what a measure waits for has come true": Walk(
        """
            admin: /tiltak endre 1.6 frist: innen seks måneder etter at rusplanen er vedtatt
            nav: /status 1.6
            nav> Det har skjedd
            nav> Det har ikke skjedd likevel
            nav> Det har skjedd
            nav> 🔵 I gang
            nav> Lagre uten kommentar
        """,
        dialogues="status",
        presses="st",
    ),
    "result targets are assessed": Walk(
        """
            at 2024-01-08 08:00
            admin: /tiltak endre 1.1 oppfølging: NAV
            admin: /tiltak endre 1.2 oppfølging: NAV
            admin: /tiltak endre 1.3 oppfølging: NAV
            admin: /tiltak endre 1.4 oppfølging: NAV
            office: /maal
            office> Spør enhetene…
            nav: /maal
            nav> 1…
            nav> Delvis oppnådd
            nav: Ungdata viser en liten nedgang
            nav> Neste resultatmål…
        """,
        dialogues="attainment",
        presses="mo",
    ),
    "the office follows a round": Walk(
        """
            office: /runde
            office> Flytt møtet
            office> Kommunestyret
            office: i fjor
            office: 12.5.2021
            office: /runde rus 2021 åpne
            office> Ja, det skal den
            office: /oversikt
            office: /mangler
            office> 1.6
            office> Purr
            office> Vis tiltaket
            office> Avlys
            office: Det trengs ikke
            office: /purr alle
            office> Ja, purr på alle
            office: /registrer
            office> Neste side ▶
            office> 1.5 …
            office> 🔵 I gang
            office: De ringte
            office> På telefon
            office> ◀ Dagen før
            office> Lagre
            office: /registrer 1.7 utgår: Ingen har tid
            office> Lagre
            office: /tiltak 1.5
            office> Spør tilbake
            office: Hvem er med?
            slt> Svar
            slt> 🟠 Forsinket
            slt: Tre kommuner er med
            slt> Ny frist
            slt: våren 2024
            slt+ bilde.png
            slt> Lagre
            office: /forslag
            office> Gå gjennom ett for ett
            office> Avslå
            office: Det må bli ferdig før
            office> Godkjenn
            office: /frigi
            office> Skriv om
            office: Prosjektet er i gang med tre kommuner.
            office> Frigi
            office> Se filen
            office> Frigi
            office: /arshjul
            office> Hent som kalenderfil
            office: /okonomiplan
            office> Hent som regneark
            office> Hent som Word
            office: /rapport 2021
            office> JSON
            office: /rapport 2021 word
            office+ rusmiddelpolitisk-handlingsplan-2020-2024-2021-v1.docx
            office> Lagre teksten
            office: /rapport 2021
            office+ rusmiddelpolitisk-handlingsplan-2020-2024-2021-v1.docx
            office: /runde rus 2021 avlys
            office> Ja, det skal den
        """,
        dialogues="asking_back call_off read_back release round status turn_down",
        presses="aa an fo mg od ok re rf rg rp ru sb st tb ti",
    ),
    "an admin keeps the units": Walk(
        """
            admin: /enhet
            admin> Legg til en enhet
            admin: Frivilligsentralen
            admin> I kommunen
            admin> Tilbake
            admin> I kommunen
            admin> Ingen over
            admin: /enhet ny
            admin: Kulturskolen
            admin> I kommunen
            admin: Frivilligsentralen
            admin: /enhet endre navn
            admin: Frivilligsentralen
            admin: Frivilligsenteret
            admin: /enhet flytt
            admin: Kulturskolen
            admin: NAV
            admin: /enhet hvor
            admin: Kulturskolen
            admin> Ikke i kommunen
            admin: /enhet slå sammen
            admin: Frivilligsenteret
            admin: Kulturskolen
            admin> Ja, gjør det
            admin: /enhet arkiver
            admin: NAV
            admin: SLT-koordinator
            admin> Ja, gjør det
        """,
        dialogues="wizard",
        presses="ad wz",
        tasks="unit_archive unit_kind unit_merge unit_new unit_place unit_rename",
    ),
    "an admin keeps the people": Walk(
        """
            admin: /inviter
            admin> Leder
            admin> NAV
            admin: Testperson Ny
            admin: /folk
            admin> Åpne invitasjoner
            admin> Trekk tilbake: Testperson Ny
            admin: /enhet NAV
            admin> Inviter
            admin> Stedfortreder
            admin: Testperson Vara
            admin: /folk
            admin> Testperson NAV
            admin> Rett navnet
            admin: Testperson Nav
            admin: /folk endre navn
            admin: Testperson Nav
            admin: Testperson NAV
            admin: /folk rolle
            admin: Testperson NAV
            admin> Kontoret
            admin> Ja, gjør det
            admin: /folk sett
            admin: Testperson NAV
            admin: SLT-koordinator
            admin> Leder
            admin> Ja, gjør det
            admin: /folk ta
            admin: Testperson NAV
            admin> SLT-koordinator
            admin> Ja, gjør det
            admin: /folk flytt
            admin: Testperson NAV
            admin> NAV
            admin: SLT-koordinator
            admin> Ja, gjør det
            admin: /folk fjern
            admin: Testperson NAV
            admin> Ja, gjør det
            admin: /logg
            admin> Neste side ▶
        """,
        dialogues="wizard",
        presses="ad il ir iv lg vi wz",
        tasks="invite person_join person_leave person_move person_remove person_rename person_role",
    ),
    "an admin keeps the plans, their goals and settings": Walk(
        """
            admin: /plan
            admin> Ny tittel på planen
            admin: Plan mot rus
            admin: /plan ny
            admin: Plan for friluftsliv
            admin: 2021-2024
            admin: /plan endre tittel
            admin: friluftsliv
            admin: Plan for uteliv
            admin: /plan endre periode
            admin: uteliv
            admin: 2021-2025
            admin: /plan mål ny
            admin: uteliv
            admin: 7
            admin: Flere ute
            admin: /plan mål ny uteliv; nummer: 8; tittel: Flere inne
            admin: /plan mål endre
            admin: uteliv
            admin: 7
            admin: Alle ute
            admin: /plan mål slå sammen
            admin: uteliv
            admin: 7
            admin: 8
            admin> Ja, gjør det
            admin: /tiltak ny
            admin: uteliv
            admin: 9.1
            admin: Turdag
            admin> 8…
            admin> NAV
            admin: våren 2021
            admin> Ja, gjør det
            admin: /oversikt
            admin> Plan mot rus
            admin: /oversikt
            admin> Alle samlet i Word
            admin: /plan
            admin> Plan for uteliv
            admin: /plan mål arkiver
            admin: uteliv
            admin: 8
            admin> Ikke noe mål
            admin> Ja, gjør det
            admin: /plan arkiver
            admin: uteliv
            admin> Ja, gjør det
            admin: /innstillinger
            admin> Rapporteringsrunden
            admin> Svartid
            admin: aldri
            admin: 20
            admin> Flere innstillinger
            admin> Tilbake
            admin> Hele kommunen
            admin> Stille uker
            admin: 28-30
            admin: /eksport
        """,
        dialogues="wizard",
        presses="in os ov pl wz",
        tasks="goal_archive goal_merge goal_title measure_new plan_archive plan_new plan_period plan_title setting",
    ),
    "an admin keeps goals, result targets and what the plan promises": Walk(
        """
            admin: /plan mål ny
            admin: rus
            admin: 44
            admin: Trygge møteplasser
            admin> Hopp over
            admin: /plan mål flytt
            admin: rus
            admin: 44
            admin: 1
            admin: /plan mål oppfølging
            admin: rus
            admin: 44
            admin> NAV
            admin: /plan resultatmål ny
            admin: rus
            admin: 44
            admin: Tre er åpne
            nav: /maal
            nav> 44 …
            nav> Delvis oppnådd
            nav: To er åpne
            admin: /plan resultatmål endre
            admin: rus
            admin: 44
            admin> Tre er åpne
            admin: Fire er åpne
            admin> Ja, det gjelder
            admin: /plan resultatmål fjern
            admin: rus
            admin: 44
            admin> Fire er åpne
            admin> Ja, gjør det
            admin: /plan rapportering ny
            admin: rus
            admin> Evaluering
            admin: snart
            admin: annethvert år i mai
            admin> Ja, gjør det
            admin: /plan rapportering endre
            admin: rus
            admin: 9
            admin: hver desember
            admin> Ja, gjør det
            admin: /plan rapportering fjern
            admin: rus
            admin: 9
            admin> Ja, gjør det
        """,
        dialogues="attainment wizard",
        presses="mo wz",
        tasks="goal_new goal_owner goal_place reporting_change reporting_new reporting_remove target_change target_new "
        "target_remove",
    ),
    "an admin moves a measure to another plan, and makes one of two plans and of two people": Walk(
        """
            admin: /plan ny
            admin: Oppvekstplan
            admin: 2021-2028
            admin: /plan mål ny oppvekst; nummer: 7; tittel: Trygghet
            admin: /tiltak ny 1.6 Noe annet; plan: oppvekstplan-2021-2028
            admin: /tiltak bytt plan
            admin: 1.6 rus
            admin> Oppvekstplan
            admin> 1.6-2
            admin> 7 Trygghet
            admin> Ja, gjør det
            admin: /plan slå sammen
            admin: oppvekst
            admin> Rusmiddel…
            admin> Ja, gjør det
            admin: /folk slå sammen
            admin: Testperson SLT
            admin> Testperson NAV
            admin> Ja, gjør det
        """,
        dialogues="wizard",
        presses="wz",
        tasks="measure_plan person_merge plan_merge plan_new",
    ),
    "the office notes what the plan promises as done, or puts it off": Walk(
        """
            at 2021-07-02 08:05
            office> Utsett: innspill til budsjettet
            office> En uke senere
            office> Utsett: innspill til budsjettet
            office> Velg dag
            office: snart
            office: 1.10.2021
            office> Gjort: innspill til budsjettet
            office> Angre
            office> Tiltak med beløp som regneark
        """,
        dialogues="reporting_day",
        presses="ok rd",
    ),
    "an admin keeps the measures": Walk(
        """
            admin: /tiltak endre
            admin: 1.6
            admin> Frist
            admin: våren 2023
            admin> Ja, gjør det
            admin: /tiltak ansvarlig
            admin: 1.6
            admin: SLT-koordinator
            admin: /tiltak flytt
            admin: 1.6
            admin: 2
            admin: /tiltak flytt 1.5 1.6
            admin> 1 …
            admin> Ja, gjør det
            admin: /tiltak ansvarlig 1.5 1.6
            admin> NAV
            admin> Ja, gjør det
            admin: /tiltak slå sammen
            admin: 1.6
            admin: 1.5
            admin> Legg til
            admin> Ja, gjør det
            admin: /tiltak arkiver
            admin: 1.7
            admin> Ja, gjør det
            admin: /tiltak arkiver 1.2
            admin> Ja, ta ut av bruk
            admin: /tiltak
            admin> Neste side ▶
        """,
        dialogues="wizard",
        presses="ar tl wz",
        tasks="measure_archive measure_change measure_merge measure_move measure_owner measures_move measures_owner",
    ),
    "an admin imports a plan": Walk(
        """
            admin: /import
            admin> Tom mal i Excel
            admin+ handlingsplan.csv
            admin> Gå gjennom …
            admin: Plan for friluftsliv
            admin> Neste
            admin: 2021-2024
            admin> Neste
            admin> Ingen ennå
            admin> Avgjør senere
            admin> Importer
            at 2021-01-05 08:00
            admin: /tiltak 2
            admin> Det stemmer
        """,
        dialogues="plan_import",
        presses="ex pi ua",
    ),
    "a discreet plan is opened, and what a round lacks is put right": Walk(
        """
            admin: /innstillinger rus diskret ja
            admin: /tiltak endre 1.6 oppfølging:
            admin: /tiltak endre 1.4 oppfølging: NAV
            admin: /enhet slå sammen Rådmannen med NAV
            admin> Ja, gjør det
            admin: /enhet slå sammen Kommunalsjef omsorg med NAV
            admin> Ja, gjør det
            at 2021-03-15 08:00
            admin> Velg hvem som følger opp 1.6
            admin> SLT-koordinator
            slt> Vis hva det gjelder
            office: /purr 1.6
            slt> Vis hva det gjelder
            nav: /mine
            nav> Neste side ▶
        """,
        dialogues="wizard",
        presses="dg mi nt ow wz",
    ),
}
