"""`python -m benchmarks.bare_bot API TOKEN`: a python-telegram-bot application that polls and does nothing else."""

import sys

from telegram.ext import Application


def main() -> None:
    """Poll until the process is ended."""
    api, token = sys.argv[1:]
    Application.builder().token(token).base_url(f"{api}/bot").build().run_polling()


if __name__ == "__main__":
    main()
