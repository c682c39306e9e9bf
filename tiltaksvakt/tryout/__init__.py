"""`tiltaksvakt try`: the bot without Telegram, on a web page where one person is a leader, the office and an admin.

The real service runs on a clock that stands still until it is moved, against the Bot API server of `emulator`.
"""
