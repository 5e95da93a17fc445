"""Page -> Document: the article of a saved page, with what the page says of its lines."""

from cleaner.page.opening import NO_BODY, Opener

__all__ = ["NO_BODY", "Opener"]
