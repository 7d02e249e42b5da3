from tests.acceptance.fakes import control, telegram_server

__all__ = ["control", "telegram_server"]
