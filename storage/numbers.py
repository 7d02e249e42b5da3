"""The numbers that tables have given their rows: none is given twice, also after a move."""

from sqlalchemy import Connection, text


def highest(connection: Connection, names: list[str]) -> dict[str, int]:
    """The highest number that each numbered table has ever given a row."""
    if connection.dialect.name == "sqlite":
        rows = connection.execute(text("SELECT name, seq FROM sqlite_sequence"))
        return {str(name): int(number) for name, number in rows if name in names}
    found = {}
    for name, sequence in _sequences(connection, names).items():
        query = text(f"SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {sequence}")  # noqa: S608 - the database's own name
        found[name] = int(connection.scalar(query) or 0)
    return found


def count_on(connection: Connection, numbers: dict[str, int]) -> None:
    """Let each table go on after its highest number."""
    if connection.dialect.name == "sqlite":
        for name, number in numbers.items():
            row = {"name": name, "number": number}
            connection.execute(text("DELETE FROM sqlite_sequence WHERE name = :name"), row)
            connection.execute(text("INSERT INTO sqlite_sequence VALUES (:name, :number)"), row)
        return
    for name, sequence in _sequences(connection, list(numbers)).items():
        if numbers[name]:
            row = {"sequence": sequence, "number": numbers[name]}
            connection.execute(text("SELECT setval(:sequence, :number)"), row)


def _sequences(connection: Connection, names: list[str]) -> dict[str, str]:
    query = text(
        "SELECT table_name, pg_get_serial_sequence(quote_ident(table_name), column_name)"
        " FROM information_schema.columns"
        " WHERE table_schema = current_schema() AND column_name = 'id'"
    )
    rows = connection.execute(query)
    return {str(name): str(found) for name, found in rows if found and name in names}
