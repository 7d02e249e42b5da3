"""What somebody has to do when Slack shuts the app out."""

from collections.abc import Mapping

COPY = "copy the Bot User OAuth Token of your Slack app (OAuth & Permissions) into SLACK_BOT_TOKEN"
INSTALL = "install the Slack app again (Install App) and copy its new token into SLACK_BOT_TOKEN"
ADMINISTRATORS = "ask the workspace's administrators to allow the app"
REMEDIES: Mapping[str, str] = {
    "invalid_auth": COPY,
    "not_authed": COPY,
    "not_allowed_token_type": COPY,
    "account_inactive": INSTALL,
    "token_revoked": INSTALL,
    "token_expired": INSTALL,
    "missing_scope": "add the scopes that `salesbot check` names, then reinstall the Slack app",
    "org_login_required": ADMINISTRATORS,
    "two_factor_setup_required": ADMINISTRATORS,
    "enterprise_is_restricted": ADMINISTRATORS,
    "messages_tab_disabled": "switch on the Messages Tab in your Slack app (App Home)",
}
"""By what Slack calls the reason. Until it is done nothing is lost: it waits."""
UNKNOWN = frozenset(code for code, remedy in REMEDIES.items() if remedy is COPY)
REMOVED = frozenset(code for code, remedy in REMEDIES.items() if remedy is INSTALL)


def shut_out(code: str) -> str:
    """Why the bot can't begin, and what to do; nothing where waiting may help."""
    if code in UNKNOWN:
        return f"Slack does not know this bot's token ({code}): {COPY}."
    if code in REMOVED:
        return f"The Slack app is not installed any more ({code}): {INSTALL}."
    return ""
