"""The words names of units are made of in Norwegian municipalities, and those of bodies outside them."""

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


SECTORS = _words(
    """
    helse omsorg oppvekst kultur forebygging forebyggende velferd rehabilitering habilitering teknisk tekniske plan
    planlegging miljø landbruk næring rus psykisk rusomsorg folkehelse barnehage skole skule
    pleie pleige sosial sosiale barn unge unges ungdom familie familier utdanning opplæring læring levekår idrett fritid
    bygg eiendom eigedom samferdsel byggesak økonomi personal organisasjon stab utvikling samfunn samfunnsutvikling
    samfunnsplan beredskap klima areal natur naturforvaltning drift vedlikehold integrering mangfold inkludering
    frivillighet bibliotek kommunikasjon digitalisering aktivitet mestring bolig bustad bo veiledning rettleiing vann
    vatn avløp renovasjon veg vei park tjenester tenester tjeneste teneste psykiatri rusarbeid barnevern oppfølging
    innvandring flyktning flyktninger sysselsetting arbeid kompetanse hjemmetjenester heimetenester institusjon
    omsorgstjenester omsorgstenester legevakt ergoterapi fysioterapi kart oppmåling geodata brann redning forvaltning
    kjøkken renhold reinhald lønn løn regnskap rekneskap innkjøp arkiv informasjon service skogbruk skog energi reiseliv
    voksenopplæring vaksenopplæring nærmiljø friluftsliv veterinær havn hamn
    """
)
"""Words that stand for a field of work: two of them around "og" are the name of one unit ("Helse og omsorg")."""

ROLES = re.compile(
    r"[\w-]*"
    r"(?:mann|sjef|leder|leiar|direktør|koordinator|rådgiver|rådgivar|konsulent|overlege|lege|planlegger|planleggar|"
    r"ansvarlig|ansvarleg|bestyrer|styrar|jordmor|psykolog|sykepleier|sjukepleiar|ordfører|ordførar|inspektør|rektor|lærer|lærar|"
    r"mester|meister|pedagog|terapeut|veileder|rettleiar|kontakt|sekretær|bibliotekar|arbeider|arbeidar|yter|ytar)"
    r"(?:en|a|ar|er|e|ane|ene|ne)?",
    re.IGNORECASE,
)
"""A person's title. What follows it is the field ("Kommunalsjef helse")."""

HALF_ROLES = re.compile(
    r"(?:enhets|einings|avdelings|virksomhets|verksemds|tjeneste|teneste|fag|sektor|seksjons|område)?(?:leder|leiar)|"
    r"kommunalsjef|fagsjef|direktør|assisterende|leder for|leiar for|avdeling(?: for)?|enhet(?: for)?|eining for",
    re.IGNORECASE,
)
"""Titles that say little without the field that follows."""

BODIES = re.compile(
    r"(?:kontor|avdeling|tjeneste|teneste|enhet|eining|team|utvalg|utval|råd|nemnd|styre|gruppe|sentral|senter|stab|"
    r"etat|skole|skule|barnehage|kommune|sektor|virksomhet|verksemd|seksjon|hage|vern|stasjon|område|forum|hus|"
    r"bibliotek|sjukehus|sykehus|foretak|føretak|vesen|(?<=\w)lag|forening|foreining|organisasjon|bolig|base|nettverk|"
    r"ledelse|leiing|helsetjenesten|spesialisthelsetjenesten)"
    r"(?:en|et|a|ar|er|e|ane|ene|ne|n|ene)?",
    re.IGNORECASE,
)
"""How the name of a unit or a body ends."""

BOUND = re.compile(
    r"\w+-|barne|ungdoms|bruker|brukar|familie|kultur-|oppvekst-|helse-|omsorgs|pleie-|elev|foreldre", re.IGNORECASE
)
"""The first half of a word whose end comes after "og" ("Barne- og familietjenesten")."""

EXTERNAL = re.compile(
    r"politi|\bfau\b|\bsu\b|foreldreutvalg|foreldreråd|fastlege|spesialisthelse|helseføretak|helseforetak|sykehus|"
    r"sjukehus|\bdps\b|\bbup\b|\barp\b|\btsb\b|frivillige|frivilligsentral|frivilligheits?sentral|\blag\b|lag og foren|"
    r"lag og organ|foreninger|foreiningar|elevråd|ungdomsråd|eldreråd|brukerråd|råd for |barne- og unges kommunestyre|"
    r"statsforvalt|fylkesmann|fylkeskommune|videregående|vidaregåande|røde kors|raude kors|frelsesarm|kirkens|kyrkja|"
    r"kirken|kirka|menighet|kyrkjelyd|\bkorus\b|\bnhh\b|universitet|høgskole|høgskule|høyskole|husbank|bufetat|bufdir|"
    r"helsedirektorat|utdanningsdirektorat|\bimdi\b|mattilsyn|arbeidstilsyn|vegvesen|bruker(?:e|ar|- )|brukarar|"
    r"pårørende|pårørande|foreldre|foresatte|føresette|elever|elevar|innbygger|innbyggar|selvhjelp|sjølvhjelp|"
    r"næringsliv|bransjen|bedrift|utesteder|skjenkesteder|interkommunal|nabokommune|(?:idretts|ungdoms|ski|grende|bonde|bygde|helse|turn|rytter|jeger)lag\b|velforening|velforeining|\bil\b|idrettsråd|bedriftshelse|"
    r"personer med|likemenn|mental helse|kriminalomsorg|krisesenter|ppt for|boligbyggelag|privat|samarbeidspart|"
    r"\bekstern|kompetansesent|a-larm|\brio\b|\bmarborg\b|redd barna|\bksf?\b|\bks\b|juvente|\bmot\b$",
    re.IGNORECASE,
)
"""Bodies that a municipality does not lead, though it may ask them to help."""

NOBODY = re.compile(
    r"\bansvar\b|\balle\b|\bulike\b|\bavkla|\bavtale|\baktuelle\b|\bandre\b|\bden enkelte|\bdei einskilde|"
    r"\bhver enkelt|"
    r"\bkvar einskild|\bberørte\b|\brelevante\b|\bflere\b|\bfleire\b|\bikke\b|\bikkje\b|\bmå\b|\bskal\b|\bbør\b|"
    r"\bsom\b|\better\b|\bifølge\b|\bavheng|\bbestemmes\b|\bsamtlige\b|\bsamtlege\b|\bfelles\b|\btverr(?:fag|sektor|etat|kommun|gå)\w*|\bse\b|"
    r"^med\b|\bkommer\b|\bkjem\b|\bvurder|^ingen\b|^[?.\-–—/]+$|\bover\b|\bunder\b",
    re.IGNORECASE,
)
"""What a text says that names nobody in particular."""
