"""Conversations of more than one step. Where each person is stands in the database (`storage.dialogues`)."""
