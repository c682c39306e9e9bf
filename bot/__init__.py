"""The chat: intake of updates, who may do what, dialogues and commands, delivery of the outbox."""
