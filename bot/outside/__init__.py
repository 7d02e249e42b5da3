"""What the bot asks of programs and services that aren't its own; it works without them."""
