"""Words that say of whom a message speaks."""

SELF_WORDS = frozenset({
    "i",
    "im",
    "ive",
    "id",
    "ill",
    "me",
    "my",
    "mine",
    "mines",
    "myself",
    "iam",
})
OPINIONS = frozenset({
    *("think", "believe", "guess", "know", "hope", "wonder", "heard", "suppose", "understand"),
    *("gather", "reckon", "forgot", "mean", "meant", "wish", "feel", "see", "saw", "remember"),
})
"""Behind "I": the writer says something of another person, and not of themselves."""
PRONOUNS = {
    "she": "female",
    "her": "female",
    "hers": "female",
    "shes": "female",
    "shell": "female",
    "he": "male",
    "his": "male",
    "him": "male",
    "hes": "male",
    "they": "neutral",
    "their": "neutral",
    "theyre": "neutral",
}
OWNERS = frozenset(
    {"my", "our", "a", "an", "one", "his", "her", "their", "dear", "late", "other", "both", "and"}
    | {"ex", "old", "own", "darling", "beloved", "elderly", "aged", "lovely", "step", "half"}
    | {"older", "younger", "elder", "eldest", "little", "big", "best", "two", "poor", "or"}
)
STANDS_ALONE = frozenset({
    *("mum", "mom", "mother", "mummy", "mommy", "dad", "father", "daddy", "grandma", "gran"),
    *("granny", "nan", "nana", "grandpa", "grandad", "hubby", "husband", "dh"),
})
"""Words for relatives that people write without "my"."""
SPOUSES = frozenset({"wife", "husband", "partner", "girlfriend", "boyfriend"})
"""Relations that people write with "the": "the wife", "the missus"."""
STRANGERS = frozenset(
    {"someone", "somebody", "woman", "lady", "man", "guy", "girl", "people"}
    | {"others", "patients", "women", "everyone"}
)
CLIENTS = frozenset({"patient", "client", "resident", "pt"})
OBSERVING = frozenset({
    *("noticed", "saw", "spotted", "notices", "sees", "felt", "found", "pointed", "discovered"),
    *("says", "said", "thinks", "thought", "worries", "reckons"),
})
AT_ME = frozenset({"on", "in", "under", "with", "about", "over", "near", "behind", "for"})
ME = frozenset({"me", "my", "myself"})
NOT_A_RELATIVE = frozenset({"as", "am", "im", "being", "a"})
CARERS = frozenset(
    {"doctor", "dr", "oncologist", "onco", "onc", "nurse", "surgeon", "gp", "np", "physician"}
    | {"consultant", "radiologist", "pharmacist", "doc", "specialist", "navigator", "therapist"}
)
DESCRIBING = frozenset({"year", "years", "yr", "yrs", "yo", "old"})
WRITES_AS = frozenset({"im", "am", "iam", "as", "being"})
