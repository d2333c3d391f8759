"""Where the sample web's journals are: host → path of the feed → the name that the feed gives itself.

The paths are those that the source asks for; the names, the journals in the announcements and all
that they say are invented.
"""

JOURNALS: dict[str, dict[str, str]] = {
    "journalhosting.ucalgary.ca": {"cmej": "Larkspur Journals of Learning and Practice"},
    "publications.inschool.id": {"ghmj": "Tidewater Global Health Journals"},
}
