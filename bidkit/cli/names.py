"""What commands are called beside their English names, and what --help says of each without importing it.

The English name is the stable one: it stands in scripts and in the documentation.
"""

from __future__ import annotations

# Command → its Finnish and Swedish names; the first of each is shown.
FINNISH: dict[str, tuple[str, ...]] = {
    "init": ("aloita",),
    "doctor": ("lääkäri", "laakari", "tohtori"),
    "check": ("tarkista",),
    "build": ("rakenna",),
    "verify": ("varmista",),
    "status": ("tilanne",),
    "report": ("raportti",),
    "history": ("historia",),
    "diff": ("vertaa",),
    "gaps": ("aukot",),
    "merge": ("yhdistä", "yhdista"),
    "go": ("kannattaako",),
    "prune": ("siivoa",),
    "convert": ("muunna",),
    "explain": ("selitä", "selita"),
    "schema": ("skeema",),
    "completion": ("täydennys", "taydennys"),
}
SWEDISH: dict[str, tuple[str, ...]] = {
    "init": ("börja", "borja"),
    "doctor": ("läkare", "lakare"),
    "check": ("kontrollera",),
    "build": ("bygg",),
    "verify": ("verifiera",),
    "status": ("läge", "lage"),
    "report": ("rapport",),
    "history": ("historik",),
    "diff": ("jämför", "jamfor"),
    "gaps": ("luckor",),
    "merge": ("sammanför", "sammanfor"),
    "go": ("lönar", "lonar"),
    "prune": ("städa", "stada"),
    "convert": ("omvandla",),
    "explain": ("förklara", "forklara"),
    "completion": ("komplettering",),
}
# The first sentence of each command's help. A command that is not here is imported for it.
SHORT: dict[str, str] = {
    "init": "Aloita tarjous: kirjoita KANSIOON täytettävät työkirjat (tiedot.xlsx ja tarjouspyynto.xlsx).",
    "convert": "Muunna KANSION aineisto työkirjoiksi (Excel) tai työkirjat YAML-tiedostoiksi.",
    "build": "Tee KANSION aineistosta tarjous (Word) ja hinnoittelu (Excel).",
    "check": "Tarkista KANSION aineisto tarjouspyynnön reunaehtoja vasten.",
    "verify": "Tarkista, onko tarjouksen versio eheä ja voiko sen lähettää.",
    "status": "Näytä yhdellä silmäyksellä, missä KANSION tarjouksessa mennään.",
    "report": "Kirjoita KANSION tarjouksen tilanne yhdeksi Word-sivuksi hallitukselle.",
    "doctor": "Tarkista, onko kone, KANSIO ja aineisto kunnossa; joka rivi on OK tai kertoo, miten korjataan.",
    "history": "Näytä tarjouksen versiot ja mitä niissä on muuttunut.",
    "diff": "Näytä, mitä muuttui versiosta V1 versioon V2.",
    "gaps": "Näytä, mitä pyydetystä kukaan ei kata ja kuka kumppaneista auttaisi.",
    "merge": "Kokoa kumppanien tiedostot yhteistarjouksen KANSIOON ja kerro, mitä puuttuu ja mikä on ristiriidassa.",
    "go": "Kannattaako tarjota: yksin, yhdessä vai ei ollenkaan, ja miksi.",
    "prune": "Poista vanhat versiot: N uusinta ja lähetetyt jäävät.",
    "explain": "Selitä havainnon koodi (BK143) tai ehtolaji (minimum_capacity).",
    "schema": "Tulosta aineiston tiedoston kaavio (JSON Schema).",
    "completion": "Täydennä komennot, valinnat ja arvot sarkaimella (Tab).",
}


def command_of(typed: str, commands: tuple[str, ...]) -> str | None:
    """Return the command that ``typed`` names, in any language; never by a part of its name."""
    import unicodedata

    name = unicodedata.normalize("NFC", typed).lower()
    if name in commands:
        return name
    for names in (FINNISH, SWEDISH):
        for command in commands:
            if name in names.get(command, ()):
                return command
    return None


def shown(command: str, language: str) -> str:
    """Return a command as lists of commands show it: ``check (tarkista)``."""
    others = {"fi": FINNISH, "sv": SWEDISH}.get(language, {}).get(command)
    return f"{command} ({others[0]})" if others else command


def all_names(commands: tuple[str, ...]) -> list[str]:
    """Return every name that a command can be called by."""
    return [*commands, *(n for names in (FINNISH, SWEDISH) for command in commands for n in names.get(command, ()))]


def near(typed: str, commands: tuple[str, ...]) -> list[str]:
    """Return names that begin with the one that was typed, or else look like it, the likeliest first."""
    from difflib import get_close_matches

    every = all_names(commands)
    begun = [name for name in every if name.startswith(typed.lower())]
    return begun[:3] or get_close_matches(typed.lower(), every, n=2, cutoff=0.7)
