"""Who a relative is to the writer: the patient of a husband, the daughter of a sister."""

_PARENTS = {"female": "mother", "male": "father"}
_CHILDREN_OF = {"female": "daughter", "male": "son"}
PATIENT_OF = {
    **dict.fromkeys(("husband", "hubby"), {"female": "wife"}),
    "wife": {"male": "husband"},
    **dict.fromkeys(
        ("partner", "boyfriend", "girlfriend", "spouse", "fiance", "fiancee", "fiancé", "fiancée"),
        {
            "female": "partner",
            "male": "partner",
            "neutral": "partner",
        },
    ),
    **dict.fromkeys(("daughter", "son"), _PARENTS),
    **dict.fromkeys(("mother", "mom", "mum", "father", "dad"), _CHILDREN_OF),
    **dict.fromkeys(("sister", "brother"), {"female": "sister", "male": "brother"}),
    **dict.fromkeys(("aunt", "auntie", "uncle"), {"female": "niece", "male": "nephew"}),
    **dict.fromkeys(("niece", "nephew"), {"female": "aunt", "male": "uncle"}),
    **dict.fromkeys(
        ("granddaughter", "grandson", "grandchild"),
        {"female": "grandmother", "male": "grandfather"},
    ),
    "cousin": {"female": "cousin", "male": "cousin"},
}
_SPOUSES = ("wife", "husband", "partner", "girlfriend", "boyfriend")
_SIBLINGS = ("sister", "brother")
KIN: dict[tuple[str, str], str] = {
    **{(of, "sister"): "aunt" for of in ("mother", "father")},
    **{(of, "brother"): "uncle" for of in ("mother", "father")},
    **{(of, "mother"): "grandmother" for of in ("mother", "father")},
    **{(of, "father"): "grandfather" for of in ("mother", "father")},
    **{(of, "daughter"): "sister" for of in ("mother", "father")},
    **{(of, "daughter"): "niece" for of in _SIBLINGS},
    **{(of, "son"): "nephew" for of in _SIBLINGS},
    **{(of, kin): kin for of in _SIBLINGS for kin in ("mother", "father", "sister", "brother")},
    **{(of, kin): f"{kin}-in-law" for of in _SPOUSES for kin in ("mother", "father", *_SIBLINGS)},
    **{(of, kin): kin for of in _SPOUSES for kin in ("daughter", "son")},
    **{(of, "daughter"): "granddaughter" for of in ("daughter", "son")},
    **{(of, kin): "cousin" for of in ("aunt", "uncle") for kin in ("daughter", "son")},
    ("sister", "husband"): "brother-in-law",
    ("brother", "wife"): "sister-in-law",
    ("mother", "husband"): "father",
    ("father", "wife"): "mother",
}
"""Who a relative of a relative is to the writer; the others have no card."""
CHILDREN = frozenset({
    *("one", "two", "three", "four", "five", "boys", "girls", "twins", "kids", "children", "a"),
    *("young", "teenagers", "teens", "toddlers", "small", "little"),
})
"""What stands behind "mum of": then the writer says what they are."""
