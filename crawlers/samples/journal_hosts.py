"""The invented journals of the sample web: host → path of the journal → its name."""

JOURNALS: dict[str, dict[str, str]] = {
    "journals.larkspur-press.example": {
        "jbt": "Journal of Bedside Teaching",
        "lantern": "Lantern: Studies in Nursing Leadership",
        "ash": "Annals of Small Hospitals",
    },
    "revistas.fronteira.example": {
        "csf": "Cadernos de Saúde da Fronteira",
    },
    "ojs.tidewater-commons.example": {
        "olamr": "Open Letters in Antimicrobial Resistance",
        "gsn": "Global Surgery Notebook",
    },
}
