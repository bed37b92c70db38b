"""The made-up vocabulary of the three practices: names, streets, items of treatment. Nobody in here exists."""

from __future__ import annotations


def words(text: str, sign: str | None = None) -> list[str]:
    """The parts of a text, split at `sign` or at white space."""
    return [" ".join(part.split()) for part in text.split(sign)]


FEMALE = words(
    """
    Abigail Aisha Alexandra Amara Amelia Anna Annika Astrid Beatrice Bethany Bianca Brigitte Camille Caroline Cecilia Chiara Chloé
    Claudia Danica Delia Denise Edith Eleni Elif Eliza Esme Fatima Felicity Fiona Freya Gemma Georgina Greta Hana Hannah Harriet
    Heidi Helena Imogen Ines Ingrid Isla Ivy Jacinta Jasmine Joanna Josephine Judith Käthe Katarina Keira Lakshmi Larissa Leila
    Linh Lorna Louisa Madeleine Maeve Mai Marguerite Marion Matilda Mei Mila Miriam Nadia Naomi Nora Odette Olga Olivia Padma
    Paloma Penelope Petra Priya Renée Rhiannon Rosalind Roxane Ruth Saoirse Sigrid Siobhan Sofia Stella Tamsin Thérèse Ursula
    Valeria Vera Wilhelmina Yasmin Yvette Zoë
    """
)

MALE = words(
    """
    Aaron Adrian Ahmed Albert Alistair Anders Andrew Angus Antoine Arjun Arthur Barnaby Benedict Björn Bruno Callum Cameron Cedric
    Conrad Craig Damien Darius Declan Dimitri Dominic Duncan Edmund Elias Emil Enzo Ethan Fabian Farid Felix Fergus Finlay Francis
    Gareth Gavin Gerald Giovanni Graham Gustav Hamish Harold Hassan Hector Henrik Hugh Hugo Ian Isaac Ivan Jakob Jarrah Jerome
    Joel Jonas Jonathan Julian Jürgen Kareem Keith Klaus Lachlan Lars Leo Leopold Lionel Luca Magnus Malcolm Marcel Martin
    Matthias Minh Mohan Neville Niall Noel Oliver Omar Oscar Pascal Patrick Percival Quentin Rafael Rashid Raymond René Roderick
    Rohan Rupert Sanjay Sebastian Søren Stefan Stuart Tariq Tobias Tristan Vikram Vincent Walter Wesley Xavier Yusuf Zachary
    """
)

LAST = words(
    """
    Abernathy Achterberg Adeyemi Ainsworth Alcott Amundsen Anand Appleyard Arbuthnot Ashdown Attard Baptiste Barraclough Bauer
    Beaumont Becker Bellweather Bianchi Birdwood Blackwood Bonham Boström Brackenbury Brennan Brightwater Brömmel Burrowes
    Cadwallader Calloway Carmody Castellano Chandrasekhar Chaudhry Cheng Clutterbuck Colquhoun Corrigan Coventry Cracknell
    D'Angelo D'Souza Dalgleish Danforth Delacroix Demetriou Dinsdale Dobrowski Drummond Dunstable Eastwick Eberhardt Echevarría
    Eklund Ellingham Entwistle Fairweather Farquhar Fernando Fitzwilliam Forsythe Frobisher Galbraith Garibaldi Gaspard Georgiou
    Gillespie Glenister Goldsworthy Grainger Grünwald Gunawardena Hadjipanayis Halloran Hammersley Hartnell Haverstock Heathcote
    Hernández Hibberd Hollingsworth Huỳnh Hussain Iannucci Ingleby Iversen Jablonski Jagger Jankowski Jardine Jayawardena
    Kalinowski Karagiannis Kavanagh Kettering Khoury Kilbride Kirkwood Knutsen Kowalczyk Lachance Lancaster Langridge Larkspur
    Lazarevic Leichhardt Lindqvist Littlejohn Lockhart Loughlin Lützow MacAllister MacIntyre Maddigan Mainwaring Marchetti
    Marlborough McGillivray McKinnon Meadowcroft Merriweather Middlebrook Mirza Mountford Mukherjee Müller Nakamura Narayan
    Nettleton Nightingale Nordström O'Brien O'Halloran O'Shaughnessy Oakeshott Okonkwo Oosthuizen Ormerod Ostrowski Papadopoulos
    Parkinson Partridge Pemberton Pereira Petrov Pettigrew Pham Pilkington Pinnock Prendergast Quaife Quartermaine Radcliffe
    Rainsford Ramachandran Ravenscroft Redfern Rosewarne Rothwell Rutherglen Sakellariou Satterthwaite Schröder Seabrook
    Shackleton Sibanda Silvestri Skovgaard Somerville Spratt Stansfield Strachan Sundaram Szabó Tamworth Tennant Thistlewood
    Thornbury Tillerman Tran Trevelyan Tsiolkas Underhill Vallence Vandenberg Varga Venkatesan Wainwright Walmsley Warburton
    Weatherall Wetherby Whitlam Wickremasinghe Winterbourne Wolstenholme Woźniak Yarborough Yilmaz Zeller Zimmermann
    """
)

DOUBLE_LAST = ("van der Merwe", "de la Cruz", "Smythe-Barton", "St. John", "Al Hashimi")

NICKNAMES = {
    "Abigail": "Abby",
    "Alexandra": "Sasha",
    "Andrew": "Andy",
    "Bethany": "Beth",
    "Benedict": "Ben",
    "Caroline": "Caz",
    "Cameron": "Cam",
    "Dimitri": "Jim",
    "Georgina": "Georgie",
    "Gerald": "Gerry",
    "Harriet": "Hattie",
    "Jonathan": "Jon",
    "Josephine": "Josie",
    "Lachlan": "Lachie",
    "Madeleine": "Maddie",
    "Matilda": "Tilly",
    "Patrick": "Paddy",
    "Penelope": "Penny",
    "Raymond": "Ray",
    "Sebastian": "Seb",
    "Wilhelmina": "Mina",
    "Zachary": "Zac",
}

STREETS = words(
    """
    Acacia Avenue | Banksia Street | Bottlebrush Court | Cassowary Drive | Coolibah Crescent | Currawong Lane | Driftwood Parade |
    Federation Street | Grevillea Road | Harbourmaster Way | Jacaranda Street | Kookaburra Close | Lighthouse Road | Lorikeet
    Street | Magpie Terrace | Mulga Street | Old Ferry Road | Paperbark Place | Quarry Hill Road | Rosella Street | Sandpiper
    Court | Station Street | Tea Tree Gully Road | The Esplanade | Wattle Grove | Whipbird Way | Windmill Street | Yabby Creek
    Road
    """,
    "|",
)

FUNDS = ("Bupa", "HCF", "Medibank Private", "nib", "Teachers Health", "ahm", "Australian Unity")

# item number, description, fee in cents, surfaces apply, teeth apply
TREATMENTS = (
    ("311", "Removal of a tooth", 24500, False, True),
    ("415", "Complete chemo-mechanical preparation of root canal - one canal", 32000, False, True),
    ("417", "Root canal obturation - one canal", 28550, False, True),
    ("521", "Adhesive restoration - one surface - anterior", 18000, True, True),
    ("531", "Adhesive restoration - one surface - posterior", 19525, True, True),
    ("532", "Adhesive restoration - two surfaces - posterior", 24000, True, True),
    ("533", "Adhesive restoration - three surfaces - posterior", 28990, True, True),
    ("615", "Full crown - veneered - indirect", 165000, False, True),
    ("613", "Full crown - non-metallic - indirect", 178000, False, True),
    ("668", "Placement of an implant - fixture only", 210000, False, True),
    ("711", "Complete maxillary denture", 142500, False, False),
    ("965", "Occlusal splint", 65000, False, False),
    ("118", "Bleaching, external - per tooth", 9900, False, True),
    ("221", "Clinical periodontal analysis and recording", 8250, False, False),
    ("222", "Root planing and subgingival curettage - per tooth", 4500, False, True),
)

EXAMS = (
    ("011", "Comprehensive oral examination", 7200),
    ("012", "Periodic oral examination", 6150),
    ("013", "Oral examination - limited", 5200),
    ("022", "Intraoral periapical or bitewing radiograph - per exposure", 4550),
    ("114", "Removal of calculus - first visit", 12400),
    ("121", "Topical application of remineralising agent, one treatment", 3800),
    ("141", "Oral hygiene instruction", 2500),
)

# item number, name, price with GST in cents (each divides by 11: a tax of whole cents)
PRODUCTS = (
    ("TB-SOFT", 'Toothbrush "Gentle", soft', 660),
    ("TP-5000", "Fluoride toothpaste 5000 ppm, 51 g", 1540),
    ("FLOSS-50", "Floss, waxed, 50 m", 880),
    ("WHITE-KIT", "Whitening kit, take home", 32450),
)

APPOINTMENT_TYPES = (
    ("Check-up & clean", 45),
    ("New patient exam", 60),
    ("Emergency", 30),
    ("Treatment", 60),
    ("Crown prep", 90),
    ("Hygiene", 40),
    ("Consultation", 20),
)

NOTES = (
    "Discussed home care; patient to floss daily.\nNext: bitewings in 12 months.",
    'Patient says "it only hurts with cold drinks".\r\n\r\nPulp test normal on 14, 15, 16.',
    "Größere Füllung 26 mesial fractured; temporised, crown advised.",
    "Local: 2 x 2.2 ml articaine 4%; no complications, patient dismissed well.",
    "Rang re estimate -> will call back; prefers mornings, not Tuesdays",
    "SRP lower left. BOP 22 %; pockets 4-5 mm at 36, 37\n- review 3/12\n- stain ++",
    'Fitted splint, "tight but comfortable". Post-op instructions given, incl. leaflet; review 2/52.',
)

FILLER_EMAILS = ("noemail@example.com", "none@none.com", "xx@xx.com", "no@email.com.au")
