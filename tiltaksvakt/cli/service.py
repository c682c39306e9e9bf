"""`tiltaksvakt run`: the service."""


def run() -> int:
    """Take in what is written, ask what is due and send what is to be said, until told to stop."""
    import asyncio

    from tiltaksvakt.cli.outcome import Outcome
    from tiltaksvakt.settings import Settings

    settings = Settings.load()
    settings.token()

    from tiltaksvakt.service import serve

    asyncio.run(serve(settings))
    return Outcome.DONE
