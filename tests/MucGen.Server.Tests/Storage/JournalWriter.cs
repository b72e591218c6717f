using System.Globalization;
using MucGen.Rooms.Journal;
using MucGen.Server.Configuration;
using MucGen.Server.Storage;
using MucGen.Server.Storage.Sqlite;
using MucGen.Xml;

namespace MucGen.Server.Tests.Storage;

/// <summary>A process that writes to a journal until it is killed, and says on its output which appends have been acknowledged.</summary>
internal static class JournalWriter
{
    public const int Rooms = 4;

    public static async Task<int> RunAsync(string path)
    {
        using var folder = DataFolder.Open(path);
        using var store = SqliteStore.Open(folder, new StorageOptions(), TimeProvider.System);
        var output = TextWriter.Synchronized(Console.Out);
        await Task.WhenAll(Enumerable.Range(0, Rooms).Select(number => Task.Run(() => WriteAsync(store, number, output))));
        return 0;
    }

    public static Jid AddressOf(int number) => Jid.Parse($"room{number}@conference.localhost");

    private static async Task WriteAsync(SqliteStore store, int number, TextWriter output)
    {
        var room = AddressOf(number);
        store.Rooms.Append(room, RoomJournalTests.Created());
        for (var i = 0; ; i++)
        {
            store.Rooms.Append(room, RoomJournalTests.Message(i));
            if (i % 5 == 4)
                store.Rooms.Append(room, new NickChanged(Jid.Parse("romeo@localhost/x"), i.ToString(CultureInfo.InvariantCulture)));
            await store.Rooms.CommittedAsync();
            await output.WriteLineAsync($"{number} {i}");
            await output.FlushAsync();
        }
    }
}
