"""Common words in Latin letters, and what each may be in a name."""

from services.understanding.sentences.lexicon import Tags

HEADS = frozenset(
    "uni univ université universität universidad école ecole klinik klinikum clinique "
    "krankenhaus hôpital banco banca banque grupo groupe casa ristorante trattoria bodega "
    "hostal hôtel mairie cafe café pt cv ud cv. hotel bank university cafe restaurant clinic "
    "port ministry school college museum institute hospital bureau department club groupe "
    "hacienda villa chez la le el il los las les".split()
)
"""Kinds of organisations that English also puts before the name."""
OF_HEADS = HEADS | frozenset(
    "city house state county church town faculty duke king isle order society taste art best "
    "king's queen's".split()
)
LEGAL = frozenset("plc ltd llc inc co corp gmbh pte limited group bhd pty".split()) | {
    "pte ltd",
    "sdn bhd",
    "pvt ltd",
    "co ltd",
    "pty ltd",
}
LINKS = frozenset("of de la le du del van von der den al bin & y e i du da dos".split())
SAINTS = frozenset(("st", "mt", "ft", "sta"))
LOUD: Tags = frozenset(
    ("done", "follow", "remind", "deal", "demo", "they", "we", "own", "role", "title", "conj",
     "to_won", "to_lost", "to_proposal", "ask", "move", "quote", "sent")
)  # fmt: skip
"""What a capital letter alone doesn't make a name."""
SOFT: Tags = frozenset(
    ("stop", "det", "good", "fair", "place", "suffix", "weak", "hello", "dept", "filler",
     "worth", "they", "lead", "honorific", "paper", "message", "about_sales", "about_visits",
     "about_quota", "about_pipeline", "about_today", "about_account", "about_help")
)  # fmt: skip
"""What words tell that names are made of, too: General, First, Green."""
NEVER_FIRST = frozenset(
    "the a an our their his her its this that these those my your some any every all each both "
    "no yes ok okay it they he she one two three last next now then there here just only also "
    "still even very not customer client new old thanks hi hello good great nice quick please "
    "pls today everyone nobody other another".split()
)
BETWEEN: Tags = frozenset(
    ("who", "where", "prep", "conj", "done", "good", "bad", "fair", "they", "we", "not", "wish",
     "plan", "deal", "visit", "demo", "meeting", "call", "ask")
)  # fmt: skip
"""What follows a name, and not the noun that it would be part of."""
VERBS = frozenset(
    "got had took made did went came ran left kept put set let said told ask want check see get "
    "give add need try let's was were has have is are does do can could should will would may "
    "might must shall been being be am".split()
)
