"""Gettext catalogues. Bokmål is the source language; another language is a folder `<code>/LC_MESSAGES`."""

from functools import cache
from gettext import NullTranslations, translation
from pathlib import Path


@cache
def translations(language: str) -> NullTranslations:
    """The catalogue of a language code ("nb", "nn", "en"); the source texts themselves where there is none."""
    return translation("tiltaksvakt", Path(__file__).parent, languages=[language], fallback=True)
