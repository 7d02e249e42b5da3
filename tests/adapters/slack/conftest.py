from tests.acceptance.slack import slack_control, slack_server

__all__ = ["slack_control", "slack_server"]
