# Characters go by their names and by what else they are called, in one word or in several.
import unicodedata

print(ascii("\N{SNOWMAN} \N{BYTE ORDER MARK} \N{NEW LINE}"))  # prints: '\u2603 \ufeff \n'
print(unicodedata.name("é"), unicodedata.lookup("GREEK SMALL LETTER ALPHA"))  # prints: LATIN SMALL LETTER E WITH ACUTE α
