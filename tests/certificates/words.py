"""Which people, agencies and courses are printed? Lists of invented ones; any likeness is chance."""


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _parts(text: str) -> tuple[str, ...]:
    return tuple(text.split("|"))


FIRST = _words(
    "Aaliyah Abram Adriana Alden Alonzo Anika Arturo Bethany Boyd Brielle Bruno Caleb Camila Carlton Cedric Celeste "
    "Clayton Corinne Damaris Darnell Deanna Delphine Desmond Dominic Edith Eliseo Emmett Esteban Fatima Felicity "
    "Garrett Genevieve Gideon Giselle Graham Hector Imogen Irving Isadora Jamal Jerome Jocelyn Julian Kareem "
    "Katrina Keenan Kristoffer Lamont Latoya Leland Lorena Lucinda Magnus Malik Marcella Marisol Maurice Melinda "
    "Micah Monique Nadine Nestor Nolan Octavia Orlando Paloma Percy Preston Priya Quentin Ramona Reginald Rhett "
    "Rosalind Rufus Sabrina Salvador Serena Sheldon Simone Stellan Tabitha Terrence Thaddeus Tobias Valeria Vernon "
    "Vivian Wendell Winston Xavier Yolanda Yusuf Zachary Zelda José André Renée Zoë"
)

LAST = _parts(
    "Abernathy|Achterberg|Aldana|Ashworth|Balderas|Bannister|Barragan|Bellweather|Birnbaum|Blackwood|Brantley|"
    "Burkhalter|Cabrera|Callaghan|Castellanos|Chatterjee|Covington|Crenshaw|Culpepper|Dahlgren|Delacroix|Dombrowski|"
    "Driscoll|Eberhardt|Echeverria|Ellingson|Engstrom|Fairbanks|Fenwick|Figueroa|Fitzgibbon|Galbraith|Gallegos|"
    "Goodwater|Grimaldi|Haddad|Halvorsen|Hargrove|Hawthorne|Hendricks|Holloway|Huckaby|Ibarra|Ingersoll|Jankowski|"
    "Jefferies|Kaminski|Kettering|Kowalczyk|Lachance|Lindqvist|Lockridge|Macklin|Maldonado|Marchetti|McAllister|"
    "McGillicuddy|Montalvo|Mulholland|Nakamura|Navarrete|Nighthorse|Nordstrom|Oakley|Okafor|Ostrander|Palumbo|"
    "Pemberton|Petrosyan|Quarles|Quintero|Rademacher|Rasmussen|Redfeather|Rutledge|Salazar|Satterfield|Schumacher|"
    "Shackelford|Stavros|Swanson|Tanaka|Thibodeaux|Tillman|Trujillo|Underhill|Vandermeer|Villanueva|Wainwright|"
    "Weatherby|Whitlock|Winslow|Yamamoto|Yarborough|Zielinski|"
    "O'Shaughnessy|O\u2019Donnell|D'Angelo|O'Keefe|Smith-Rivera|Lopez-Garza|Baker-Whitfield|Saint-Clair|Van Houten|"
    "De La Cruz|St. James|Von Stetten|Del Rio|Muñoz|Peña|Núñez|García|Björklund|Müller|Lévesque"
)

# Nobody of these is ever the person of a document.
TEACHERS_LAST = _words(
    "Applegate Barlow Bickford Carmody Dunleavy Eastman Fontaine Greer Hightower Irvine Jessup Kendrick Langford "
    "Merriweather Northcutt Overstreet Prescott Ransom Stockdale Thornbury Upshaw Vickers Wexler Yancey"
)
TEACHERS_FIRST = _words(
    "Alan Beverly Carl Doris Evan Frances Gordon Harriet Ivan Judith Kenneth Louise Martin Nora Oscar Phyllis Ralph "
    "Susan Theodore Ursula Victor Wanda"
)
LETTERS = ("Ph.D.", "M.S.", "Esq.", "J.D.", "Ed.D.", "LPC", "")
POSTS = (
    "Lead Instructor",
    "Course Coordinator",
    "Director of Training",
    "Program Manager",
    "Executive Director",
    "Academy Commander",
    "Chief Instructor",
    "Training Administrator",
    "Superintendent",
)

RANKS = ("Ofc.", "Officer", "Sgt.", "Sergeant", "Deputy", "Det.", "Cpl.", "Lt.", "Trooper", "Reserve Ofc.")
SUFFIXES = ("Jr.", "Sr.", "III", "II", "IV")

TITLES = _parts(
    "De-escalation and Tactical Communication|Crisis Intervention for Patrol|Autism Awareness for First Responders|"
    "Implicit Bias and Community Policing|Conflict Management and Mediation|Search and Seizure Update|"
    "Interview and Interrogation|Field Training Officer Basic|Advanced Traffic Crash Investigation|"
    "Standardized Field Sobriety Testing Refresher|Drug Recognition for Patrol Officers|Below 100: Core Principles|"
    "Emergency Vehicle Operations|Pursuit Policy and Decision Making|Use of Force Legal Update|"
    "Ground Defense and Control|Patrol Rifle Operator|Low Light Pistol|Tactical Medicine for Patrol|"
    "Active Attack Response, Level 1|Rapid Response to Critical Incidents|Hazardous Materials Awareness|"
    "Bloodborne Pathogens|Human Trafficking: Recognize and Report|Domestic Violence Response|"
    "Sexual Assault Investigation Fundamentals|Trauma-Informed Interviewing|Child Abuse Mandatory Reporting|"
    "Elder Abuse Investigations|Missing Persons and Amber Alerts|Body-Worn Camera Policy and Practice|"
    "Report Writing That Holds Up in Court|Courtroom Testimony|Digital Evidence Basics|Cell Phone Investigations|"
    "Open Source Intelligence for Investigators|Financial Crimes and Identity Theft|Gang Identification|"
    "Narcotics Investigations|Confidential Informant Management|K-9 Handler In-Service|Bicycle Patrol Certification|"
    "School Resource Officer Basic|Juvenile Law Update|Procedural Justice for Supervisors|First Line Supervision|"
    "Leadership in Police Organizations|Internal Affairs Investigations|Wellness and Resilience|"
    "Suicide Prevention for Law Enforcement|Peer Support Fundamentals|Fair and Impartial Policing|"
    "Mental Health First Aid for Public Safety|Excited Persons and Positional Asphyxia|Less Lethal Impact Munitions|"
    "Conducted Energy Device User Recertification|OC Aerosol Refresher|Handcuffing and Custody|Baton Refresher|"
    "Vehicle Contacts and High Risk Stops|Building Search|Officer Survival on the Street|Winning the Interview|"
    "Street Crimes|Criminal Patrol and Interdiction|Commercial Vehicle Enforcement|Radar and Lidar Operator|"
    "Incident Command for Supervisors|Crowd Management|Civil Disturbance Response|Crime Scene Photography|"
    "Latent Print Recovery|Death Investigation|Arson Awareness for Patrol|Animal Cruelty Investigations|"
    "Victim Rights and Services|Bias Crimes Recognition|Cultural Competency in Policing|LGBTQ+ Community Relations|"
    "Tribal Jurisdiction Basics|Language Access for Officers|Deaf and Hard of Hearing Communication|"
    "Dementia and Alzheimer\u2019s Response|Veterans in Crisis|Naloxone Administration|Opioid Overdose Investigation|"
    "Cannabis Law Update|Ethics in Law Enforcement|Constitutional Policing|First Amendment Auditors|"
    "Public Records and Officers|Evidence Room Management|Property and Evidence Basics|CJIS Security Awareness|"
    "Cybersecurity Awareness|Defensive Driving Refresher|Roadside Safety|Traffic Incident Management|"
    "Drone Operations for Public Safety|Hostage Negotiation Level I|Crisis Negotiation Refresher|"
    "Breaching Fundamentals|Ballistic Shield Operator|Bomb Threat Response|Terrorism Awareness for Patrol|"
    "Threat Assessment in Schools|Stalking and Protective Orders|Background Investigations|Recruiting and Retention|"
    "Training Liability for Managers|Firearms Instructor Update|Scenario-Based Training Safety Officer|"
    "Police Cyclist Refresher|Motor Officer Re-Qualification|Marine Patrol Operations|Search Warrants A to Z"
)

TOWNS = _parts(
    "Alder Falls|Birch Hollow|Cedar Junction|Dunmore|Eagle Ridge|Fairhaven|Granite Bluff|Harlow|Ironwood|"
    "Juniper Springs|"
    "Kestrel Bay|Larkspur|Maple Crossing|North Pendle|Orchard Park|Pine Harbor|Quarry Heights|Red Willow|Stillmeadow|"
    "Timber Lake|Upper Marsh|Vista Grande|Willow Bend|Yellow Rock"
)
PROVIDERS = _parts(
    "Northgate Public Safety Institute|Blue Heron Training Group|Summit Street Seminars|Hennepin Valley College|"
    "Tri-County Training Consortium|Lakes Regional Academy|Ironclad Tactical Education|Beacon Legal Training, LLC|"
    "Prairie State Law Enforcement Academy|Sentinel Learning Network|Guardian Line Training|Copper River Institute|"
    "Meridian Police Training Center|Cascade Regional Training|Great Basin Public Safety|Old Mill Consulting|"
    "Three Rivers Criminal Justice Center|Liberty Bell Seminars|Harbor Point Associates|Redstone Training Alliance|"
    "The Keystone Roundtable|Silver Lake Community College|Badger Creek Training Unit|Westbrook Research Center"
)
ONLINE = _parts(
    "PatrolReady Academy|BlueLine Online|ShieldPoint Learning|OnDuty Academy|VectorShield LMS|RollPoint University|"
    "SafeBeat Online|DutyClass"
)
FEDERAL = (
    ("IS-100.c", "IS-00100.c", "Introduction to the Incident Command System, ICS-100", "0.3"),
    ("IS-200.c", "IS-00200.c", "Basic Incident Command System for Initial Response, ICS-200", "0.4"),
    ("IS-700.b", "IS-00700.b", "An Introduction to the National Incident Management System", "0.4"),
    ("IS-800.d", "IS-00800.d", "National Response Framework, An Introduction", "0.3"),
    ("IS-907", "IS-00907", "Active Shooter: What You Can Do", "0.1"),
    ("IS-5.a", "IS-00005.a", "An Introduction to Hazardous Materials", "1.0"),
    ("IS-906", "IS-00906", "Workplace Security Awareness", "0.1"),
    ("IS-915", "IS-00915", "Protecting Critical Infrastructure Against Insider Threats", "0.1"),
    ("IS-242.c", "IS-00242.c", "Effective Communication", "0.8"),
    ("IS-360", "IS-00360", "Preparing for Mass Casualty Incidents", "0.3"),
)
OBJECTIVES = (
    "Identify legal limits of the use of force",
    "Apply de-escalation in crisis contacts (2 hours of scenario practice)",
    "Recognize signs of autism",
    "Explain the duty to intervene",
    "Conflict management and mediation",
    "Crisis intervention and mental illness crises",
    "Recognizing and valuing community diversity",
    "Implicit bias",
)
MONTHS = _words("January February March April May June July August September October November December")
ORDINALS = _words(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth twentieth twenty-first twenty-second twenty-third twenty-fourth "
    "twenty-fifth twenty-sixth twenty-seventh twenty-eighth twenty-ninth thirtieth thirty-first"
)
COUNTS = _words(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty twenty-one twenty-two twenty-three twenty-four"
)
