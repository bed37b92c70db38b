"""How easily a text reads: Flesch's reading ease (100 very easy, 60 plain English, 30 for scholars), counted as he did."""

from __future__ import annotations

import re


def reading_ease(text: str) -> float:
    """206.835 less 1.015 per word of a sentence and 84.6 per syllable of a word. Raises ValueError for a text without words."""
    sentences = [one for one in re.split(r"[.!?:;]+(?:\s|$)", text) if re.search(r"[A-Za-z]", one)]
    words = re.findall(r"[A-Za-z]+(?:['’-][A-Za-z]+)*", text)
    if not words:
        raise ValueError("A text without words reads neither well nor badly.")
    return 206.835 - 1.015 * len(words) / len(sentences) - 84.6 * sum(map(syllables, words)) / len(words)


def syllables(word: str) -> int:
    """Groups of vowels, without a silent e at the end (`made`, `moved`, but `table`, `needed`); at least one."""
    low = re.sub(r"[^a-z]", "", word.lower())
    bare = re.sub(r"(?<=[^aeiouydt])ed$|(?<=[^aeiouyl])e$|(?<=[aeiouy]l)e$|(?<=[^aeiouyscxz])es$", "", low) or low
    return max(1, len(re.findall(r"[aeiouy]+", bare)))
