"""Numbers, shares and units as they are written in words."""

_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
NUMBER_WORDS: dict[str, float] = {word: n for n, word in enumerate(_ONES)}
NUMBER_WORDS |= {word: 10 * n for n, word in enumerate(_TENS, 2)}
NUMBER_WORDS |= {
    f"{ten}{joint}{one}": 10 * tens + ones
    for tens, ten in enumerate(_TENS, 2)
    for ones, one in enumerate(_ONES[1:10], 1)
    for joint in "- "
}
NUMBER_WORDS |= {"a hundred": 100, "one hundred": 100, "a thousand": 1000, "a dozen": 12}
_SPELLED = "|".join(sorted(NUMBER_WORDS, key=len, reverse=True))
NUMBER = rf"(?:\d[\d,]*(?:\.\d+)?|\b(?:{_SPELLED})\b)"
ORDINALS: dict[str, float] = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
}
SHARES = {
    "half": 1 / 2,
    "halve": 1 / 2,
    "halves": 1 / 2,
    "halved": 1 / 2,
    "halving": 1 / 2,
    "a half": 1 / 2,
    "a third": 1 / 3,
    "one third": 1 / 3,
    "one-third": 1 / 3,
    "two thirds": 2 / 3,
    "two-thirds": 2 / 3,
    "a quarter": 1 / 4,
    "one quarter": 1 / 4,
    "one-quarter": 1 / 4,
    "three quarters": 3 / 4,
    "three-quarters": 3 / 4,
    "a fifth": 1 / 5,
    "one fifth": 1 / 5,
    "one-fifth": 1 / 5,
    "two fifths": 2 / 5,
    "a tenth": 1 / 10,
    "one tenth": 1 / 10,
}
UNITS = {
    "mg": r"mgs?|milligrams?|milligrammes?",
    "mcg": r"mcg|µg|μg|ug|micrograms?|microgrammes?",
    "g": r"g|grams?|grammes?",
    "kg": r"kgs?|kilograms?|kilos?",
    "lb": r"lbs?|pounds?",
    "ml": r"mls?|millilit(?:er|re)s?",
    "ounce": r"ounces?|oz",
    "glass": r"glass(?:es)?|cups?",
    "copy": r"cop(?:y|ies)",
    "litre": r"lit(?:er|re)s?",
    "iu": r"iu|international units",
    "mm": r"mm|millimet(?:er|re)s?",
    "cm": r"cms?|centimet(?:er|re)s?",
    "gray": r"gy|grays?",
    "second": r"seconds?",
    "minute": r"min(?:ute)?s?",
    "hour": r"hours?|hrs?",
    "day": r"days?|nights?",
    "week": r"weeks?|wks?",
    "month": r"months?",
    "year": r"years?|yrs?",
    "degree": r"°\s?[cf]?|degrees?",
    "person": r"people|persons?|wom[ae]n|m[ae]n|patients?|participants|adults|volunteers",
    "tablet": r"tablets?|pills?|capsules?",
    "cycle": r"cycles?|rounds?|courses?",
    "point": r"points?",
    "trial": r"trials?|studies",
    "times": r"times|-?fold",
}
