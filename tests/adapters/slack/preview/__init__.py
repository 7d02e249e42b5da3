"""How what we send looks in Slack: pictures of real cards on a phone and on a desktop."""
