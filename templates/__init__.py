"""Every sentence a person reads, and the small package that renders them.

Five sets of sentences, each a folder of Jinja files in which a macro is a sentence:

* `chat`: what the bot says (Telegram's HTML; values are escaped),
* `cli`: what the command line says (plain text),
* `pages`: the web page of `tiltaksvakt try` (HTML; values are escaped), in the folder `try`,
* `site`: the web pages of `tiltaksvakt publish` (HTML; values are escaped),
* `words`: the names of statuses, roles, kinds (plain text), used by all.

The report's documents have their own templates under `report/`.
"""

from templates.sentences import Sentences

chat = Sentences("chat", html=True)
cli = Sentences("cli", html=False)
pages = Sentences("try", html=True)
site = Sentences("site", html=True)
words = Sentences("words", html=False)

__all__ = ["Sentences", "chat", "cli", "pages", "site", "words"]
