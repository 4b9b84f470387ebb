"""Hold the words that tell what a name stands for: persons, places, groups, and what is no name."""

__all__ = [
    "COUNTRY_LETTERS",
    "COUNTRY_WORDS",
    "FEMALE_NAMES",
    "FEMALE_WORDS",
    "GROUP_WORDS",
    "IRREGULAR_PLURALS",
    "MALE_NAMES",
    "MALE_WORDS",
    "NO_NAMES",
    "OPENERS",
    "PERSON_NOUNS",
    "PLACES",
    "PLACE_WORDS",
]

# Nouns for persons; before a name they are titles.
PERSON_NOUNS = frozenset(
    "actor actress adm admiral adviser advisor ambassador analyst athlete attorney author boss candidate capt "
    "captain ceo chair chairman chairperson chairwoman chancellor chief coach col colonel commander commissioner "
    "congressman congresswoman correspondent counterpart critic defendant delegate deputy detective diplomat "
    "director doctor dr economist editor emperor envoy executive expert founder gen general gov governor head "
    "historian hon husband investigator journalist judge justice king lady lawmaker lawyer leader lieutenant lord "
    "lt maj major man manager marshal mayor minister mother father mr mrs ms negotiator nominee officer official "
    "person player poet politician pope premier pres president prime prince princess prof professor prosecutor "
    "queen rep reporter representative rev researcher scholar scientist sec secretary sen senator sergeant sgt "
    "sheikh sheriff singer sir soldier speaker spokesman spokesperson spokeswoman student duke duchess artist "
    "champion heir boy girl suspect teacher treasurer undersecretary victim wife winner witness woman writer".split()
)
MALE_WORDS = frozenset("mr sir king prince lord pope husband father man spokesman chairman congressman actor".split())
FEMALE_WORDS = frozenset(
    "mrs ms lady queen princess wife mother woman spokeswoman chairwoman congresswoman actress".split()
)
MALE_NAMES = frozenset(
    "abdul adam ahmed alan albert alexander ali andrew anthony antonio antony barack ben benjamin bernard bill "
    "bob boris brian bruce carl carlos charles charlie chris christopher daniel david dennis dmitry donald doug "
    "edward elon emmanuel eric ethan evan frank fred gary geoffrey george gordon graham greg hassan henry howard "
    "hugh ian ibrahim isaac ivan jack jacob jake james jared jason jay jeff jeffrey jim jimmy joe john jonathan "
    "jose joseph juan justin karl keith kenneth kevin kurt lawrence leo lloyd louis luis mahmoud marco mark "
    "martin matthew michael miguel mike mitch mitt mohamed mohammad mohammed muhammad narendra neil nicholas "
    "nicolas oliver olaf omar oscar patrick paul pedro peter philip ralph ray recep richard rishi rob robert "
    "roger ronald rupert russell ryan sam scott sean sergei sergey stephen steve steven stuart ted terry thomas "
    "tim timothy tom tony victor viktor vladimir volodymyr walter william xavier".split()
)
FEMALE_NAMES = frozenset(
    "adrienne aisha alexandra alice amanda amy andrea angela ann anna anne annette antonia barbara benazir beth "
    "betty camilla carol caroline catherine charlotte christina christine claire claudia condoleezza cynthia "
    "deborah diana diane dilma donna dorothy elena elizabeth ellen emily emma eva fatima fiona florence frances "
    "gina giorgia gloria hannah helen hillary indira irene isabel jacinda jane janet jean jen jennifer jenny "
    "jessica jill joan judith judy julia julie kamala karen karine kate katherine kathleen kelly kim kristina "
    "laura laurie linda lisa liz louise lucy madeleine margaret maria marie marine marissa martha mary megan "
    "meghan melania melinda michelle nancy natalie natasha nicola nina nikki olga olivia oprah pamela patricia "
    "paula rachel rebecca rosa roza ruth sally samantha sandra sara sarah sharon sheila simone sonia sophie "
    "stephanie susan suzanne tammy teresa theresa tina ursula valerie victoria wendy whitney winnie yulia".split()
)
_COUNTRIES = frozenset(
    "afghanistan albania algeria america angola argentina armenia australia austria azerbaijan bahrain bangladesh "
    "belarus belgium bolivia bosnia botswana brazil britain brunei bulgaria burma burundi cambodia cameroon "
    "canada chad chile china colombia congo croatia cuba cyprus denmark ecuador egypt england eritrea estonia "
    "ethiopia europe fiji finland france gabon gaza georgia germany ghana greece guatemala guinea guyana haiti "
    "honduras hungary iceland india indonesia iran iraq ireland israel italy jamaica japan jordan kazakhstan "
    "kenya kosovo kuwait kyrgyzstan laos latvia lebanon liberia libya lithuania luxembourg macedonia madagascar "
    "malawi malaysia maldives mali malta mexico moldova mongolia montenegro morocco mozambique myanmar namibia "
    "nepal netherlands nicaragua niger nigeria norway oman pakistan palestine panama paraguay peru philippines "
    "poland portugal qatar romania russia rwanda samoa scotland senegal serbia singapore slovakia slovenia "
    "somalia spain sudan sweden switzerland syria taiwan tajikistan tanzania thailand tibet togo tonga tunisia "
    "turkey turkmenistan uganda ukraine uruguay uzbekistan venezuela vietnam wales yemen zambia zimbabwe africa "
    "asia antarctica crimea xinjiang".split()
)
# States, cities, and places known by one name.
PLACES = _COUNTRIES | frozenset(
    "alabama alaska arizona arkansas california colorado connecticut delaware florida hawaii idaho illinois "
    "indiana iowa kansas kentucky louisiana maine maryland massachusetts michigan minnesota mississippi missouri "
    "montana nebraska nevada ohio oklahoma oregon pennsylvania tennessee texas utah vermont virginia wisconsin "
    "wyoming amsterdam ankara athens atlanta baghdad bali bangkok barcelona beijing beirut berlin bogota boston "
    "brussels bucharest budapest cairo canberra caracas chicago copenhagen dallas damascus delhi denver detroit "
    "dhaka doha dubai dublin geneva guangzhou hanoi havana helsinki hiroshima houston islamabad istanbul jakarta "
    "jerusalem johannesburg kabul karachi kiev kuala kyiv lahore lima lisbon london madrid manila melbourne miami "
    "milan minsk montreal moscow mumbai munich nairobi naples oslo ottawa paris philadelphia prague pretoria "
    "pyongyang riyadh rome santiago seattle seoul shanghai shenzhen stockholm sydney taipei tehran tokyo toronto "
    "tripoli vancouver venice vienna warsaw woodside zurich".split()
)
# Last words of countries and territories.
COUNTRY_WORDS = _COUNTRIES | frozenset(
    "africa arabia emirates kingdom kong korea lanka republic rica states zealand".split()
)
PLACE_WORDS = COUNTRY_WORDS | frozenset(
    "airport angeles bay beach bridge city county francisco gulf harbor harbour island islands lake mount mountain "
    "mountains ocean plaza province river sea square strait street town university valley village york diego "
    "vegas".split()
)
GROUP_WORDS = frozenset(
    "academy act administration affairs agency alliance army assembly association authority bank board bureau "
    "center centre chamber church club coalition college command commission committee community company conference "
    "congress corporation council court department division embassy executive federation forces force foundation fund "
    "government group guard house inc institute institution intelligence league ministry mission movement nations "
    "navy network news office order organisation organization pact palace parliament partnership party pentagon police "
    "policy press program reserve school security senate service services society summit times trade treaty tribunal "
    "union unit white".split()
)
COUNTRY_LETTERS = frozenset(("US", "USA", "UK", "EU", "UN", "UAE", "PRC", "DPRK"))
# Adjectives of countries, and other capitalised words that name nobody.
NO_NAMES = frozenset(
    "afghan african american americans arab argentine asian australian austrian belgian brazilian british briton "
    "canadian chilean chinese colombian cuban czech danish democrat democratic democrats dutch egyptian english "
    "european filipino finnish french german greek hungarian indian indonesian iranian iraqi irish islamic "
    "israeli italian japanese jewish jews kenyan korean kurdish lebanese libyan malaysian mexican muslim muslims "
    "nigerian norwegian pakistani palestinian palestinians peruvian philippine polish portuguese republican "
    "republicans romanian russian russians saudi scottish serbian spanish swedish swiss syrian taiwanese thai "
    "turkish uighur uighurs ukrainian uyghur uyghurs venezuelan vietnamese western eastern northern southern "
    "christian christians catholic monday tuesday wednesday thursday friday saturday sunday january february "
    "march april may june july august september october november december jan feb mar apr jun jul aug sep sept "
    "oct nov dec i i'm assistant former then acting vice senior foreign covid olympic olympics".split()
)
# No person's name, and so part of the one that they open: "the People's Republic of China", "the Women's World Cup".
IRREGULAR_PLURALS = frozenset("children men people women".split())
# Words that open a sentence and are no names, over and above the short ones.
OPENERS = frozenset(
    "a about according after again all allies also although am an analysts and another any anyone anything are as "
    "asked at because before being between both but by can could despite describe did do does during each earlier "
    "either even every everyone explain experts few finally first following for four from further give given had "
    "has have he her here hers him his how however i if in instead is it its just last late later like list many "
    "may me meanwhile more most mr mrs much my name near neither never no none not nothing now of officials often "
    "on once one only or other others our over people perhaps please police president recently relations several "
    "shall she should since so some someone something soon still such summarise summarize tell ten than that the "
    "their them then there these they this those though three through throughout thus to today together too top "
    "toward towards two under unlike until up us was we were what when whenever where whether which while who "
    "whom whose why will with within without would yes yesterday yet you your".split()
)
