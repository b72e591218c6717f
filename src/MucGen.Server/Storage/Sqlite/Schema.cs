namespace MucGen.Server.Storage.Sqlite;

/// <summary>The tables, by version. A version once released is never edited: a change is a further step.</summary>
internal static class Schema
{
    /// <summary>Each step takes the file from version i to i + 1; its version is PRAGMA user_version.</summary>
    private static readonly string[] Steps =
    [
        """
        CREATE TABLE account (
            jid TEXT NOT NULL PRIMARY KEY,
            created INTEGER NOT NULL,
            sha1_salt BLOB NOT NULL, sha1_iterations INTEGER NOT NULL, sha1_stored BLOB NOT NULL, sha1_server BLOB NOT NULL,
            sha256_salt BLOB NOT NULL, sha256_iterations INTEGER NOT NULL, sha256_stored BLOB NOT NULL, sha256_server BLOB NOT NULL,
            seen_at INTEGER, seen_status TEXT
        ) WITHOUT ROWID;

        -- subscription: the bits of SubscriptionState; groups: a JSON array; request: the stanza that waits for an answer.
        CREATE TABLE contact (
            owner TEXT NOT NULL, jid TEXT NOT NULL,
            subscription INTEGER NOT NULL, listed INTEGER NOT NULL, name TEXT, groups TEXT, request BLOB,
            PRIMARY KEY (owner, jid)
        ) WITHOUT ROWID;

        -- snapshot_next: the first event that the snapshot does not cover.
        CREATE TABLE room (
            id INTEGER NOT NULL PRIMARY KEY,
            address TEXT NOT NULL UNIQUE,
            name TEXT, listed INTEGER NOT NULL, persistent INTEGER NOT NULL,
            snapshot BLOB, snapshot_next INTEGER NOT NULL
        );

        -- Values of the server itself, such as secrets.
        CREATE TABLE setting (name TEXT NOT NULL PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;

        CREATE TABLE room_event (
            room INTEGER NOT NULL, seq INTEGER NOT NULL, body BLOB NOT NULL,
            PRIMARY KEY (room, seq)
        ) WITHOUT ROWID;
        """,
        """
        -- The element as the owner sent it (XEP-0054).
        CREATE TABLE vcard (owner TEXT NOT NULL PRIMARY KEY, card BLOB NOT NULL);
        """,

        // An account that may not log in (XEP-0133 4.3).
        "ALTER TABLE account ADD COLUMN disabled INTEGER NOT NULL DEFAULT 0",

        // What the directory tells of rooms that are not in memory (XEP-0433); rooms of before are described when the file is opened.
        """
        ALTER TABLE room ADD COLUMN description TEXT;
        ALTER TABLE room ADD COLUMN language TEXT;
        ALTER TABLE room ADD COLUMN open INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE room ADD COLUMN nonanonymous INTEGER NOT NULL DEFAULT 0;
        """,
        """
        -- The archives of rooms, in the order of the journal's events. at: milliseconds since 1970; occupant: the address that the message was from;
        -- sender, resource: the real address.
        CREATE TABLE room_message (
            room INTEGER NOT NULL, seq INTEGER NOT NULL,
            id TEXT NOT NULL, at INTEGER NOT NULL, occupant TEXT NOT NULL, sender TEXT NOT NULL, resource TEXT,
            retracted INTEGER NOT NULL, stanza BLOB NOT NULL,
            PRIMARY KEY (room, seq)
        ) WITHOUT ROWID;
        CREATE UNIQUE INDEX room_message_id ON room_message (room, id);
        CREATE INDEX room_message_at ON room_message (room, at);
        CREATE INDEX room_message_occupant ON room_message (room, occupant);
        CREATE INDEX room_message_sender ON room_message (room, sender);
        """,

        // When somebody last logged in (XEP-0133 4.9), in milliseconds since 1970.
        "ALTER TABLE account ADD COLUMN login_at INTEGER",

        // What is left of a destroyed room, until when: milliseconds since 1970; null for a room that is there.
        "ALTER TABLE room ADD COLUMN tombstone_ends INTEGER",
        """
        -- Who belongs to which room; a room of before tells it with its next snapshot.
        CREATE TABLE room_person (person TEXT NOT NULL, room INTEGER NOT NULL, owner INTEGER NOT NULL, PRIMARY KEY (person, room)) WITHOUT ROWID;
        CREATE INDEX room_person_room ON room_person (room);
        """,
        """
        -- Whom an account has blocked (XEP-0191).
        CREATE TABLE blocked (owner TEXT NOT NULL, jid TEXT NOT NULL, PRIMARY KEY (owner, jid)) WITHOUT ROWID;

        -- Messages that wait for an account, as its sessions are to get them (XEP-0160).
        CREATE TABLE offline_message (number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, owner TEXT NOT NULL, stanza BLOB NOT NULL);
        CREATE INDEX offline_message_owner ON offline_message (owner, number);
        """,
        """
        -- The archives of accounts, as those of rooms. occupant: the address that the message was from; sender, resource: the other side.
        CREATE TABLE account_archive (id INTEGER NOT NULL PRIMARY KEY, owner TEXT NOT NULL UNIQUE);
        CREATE TABLE account_message (
            archive INTEGER NOT NULL, seq INTEGER NOT NULL,
            id TEXT NOT NULL, at INTEGER NOT NULL, occupant TEXT NOT NULL, sender TEXT NOT NULL, resource TEXT,
            retracted INTEGER NOT NULL, stanza BLOB NOT NULL,
            PRIMARY KEY (archive, seq)
        ) WITHOUT ROWID;
        CREATE UNIQUE INDEX account_message_id ON account_message (archive, id);
        CREATE INDEX account_message_at ON account_message (archive, at);
        CREATE INDEX account_message_occupant ON account_message (archive, occupant);
        CREATE INDEX account_message_sender ON account_message (archive, sender);
        """,
    ];

    /// <summary>The version that this build writes.</summary>
    public static int Version => Steps.Length;

    /// <summary>Brings the file to <see cref="Version"/>, each step in a transaction of its own.</summary>
    /// <exception cref="StorageFailedException">The file was written by a newer build.</exception>
    public static void Upgrade(Database database, string path)
    {
        var version = (int)database.QueryNumber("PRAGMA user_version");
        if (version > Version)
        {
            throw new StorageFailedException(
                $"{path} has schema version {version}, this build knows up to {Version}: it was written by a newer mucgen. Run that version, or give --data another folder.");
        }

        for (; version < Version; version++)
        {
            database.Execute("BEGIN IMMEDIATE");
            database.Execute(Steps[version]);
            database.Execute(FormattableString.Invariant($"PRAGMA user_version = {version + 1}"));
            database.Execute("COMMIT");
        }
    }
}
