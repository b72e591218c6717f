using System.Text;
using MucGen.Protocol;
using MucGen.Rooms;
using MucGen.Rooms.Journal;
using MucGen.Server.Configuration;
using MucGen.Server.Storage;
using MucGen.Server.Storage.Sqlite;
using MucGen.Xml;

namespace MucGen.Server.Tests.Storage;

public sealed class RoomJournalTests : IDisposable
{
    private static readonly Jid Room = Jid.Parse("room@conference.localhost");
    private static readonly Jid Romeo = Jid.Parse("romeo@localhost");
    private static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, 123, TimeSpan.Zero);
    private readonly TemporaryFolder temporary = new();

    [Fact]
    public async Task Events_come_back_in_order_after_a_restart()
    {
        using (var store = temporary.Open())
        {
            store.Rooms.Append(Room, Created());
            store.Rooms.Append(Room, new AffiliationChanged(Romeo, MucAffiliation.Member, "Ümläut\U0001F600", "for <reasons>"));
            store.Rooms.Append(Room, Message(1));
            store.Rooms.Append(Room, Message(2));
            await store.Rooms.CommittedAsync();
        }

        using var again = temporary.Open();
        var stored = await again.Rooms.LoadAsync(Room, default);
        Assert.NotNull(stored);
        Assert.Null(stored.Snapshot);
        Assert.Equal(4, stored.Events.Count);
        Assert.IsType<RoomCreated>(stored.Events[0]);
        Assert.Equal(new AffiliationChanged(Romeo, MucAffiliation.Member, "Ümläut\U0001F600", "for <reasons>"), stored.Events[1]);
        var message = Assert.IsType<MessageRelayed>(stored.Events[3]);
        Assert.Equal(MessageText(2), Encoding.UTF8.GetString(message.Payload.Bytes));
        Assert.Equal((Jid.Parse("room@conference.localhost/Romeo"), Romeo, Noon), (message.Payload.From, message.Sender, message.At));
        Assert.Null(await again.Rooms.LoadAsync(Jid.Parse("other@conference.localhost"), default));
    }

    [Fact]
    public async Task A_load_sees_everything_appended_before()
    {
        using var store = temporary.Open(new StorageOptions { GatherTime = TimeSpan.FromSeconds(1) });
        store.Rooms.Append(Room, Created());
        for (var i = 0; i < 100; i++)
            store.Rooms.Append(Room, Message(i));
        Assert.Equal(101, (await store.Rooms.LoadAsync(Room, default))!.Events.Count);
    }

    [Fact]
    public async Task A_snapshot_stands_for_what_came_before_it()
    {
        var policy = new RoomPolicy { OccupantIdSecret = new byte[32] };
        using (var store = temporary.Open())
        {
            var room = new Room(Room, policy);
            Apply(store, room, Created());
            Apply(store, room, new AffiliationChanged(Romeo, MucAffiliation.Admin, null, null));
            Apply(store, room, Message(1));
            store.Rooms.Snapshot(Room, RoomSnapshot.Of(room)!);
            Apply(store, room, Message(2));
            await store.Rooms.CommittedAsync();
        }

        using var again = temporary.Open();
        var stored = await again.Rooms.LoadAsync(Room, default);
        Assert.NotNull(stored?.Snapshot);
        Assert.Single(stored.Events);
        var replayed = stored.Snapshot.ToRoom(Room, policy);
        replayed.Apply(stored.Events[0]);
        Assert.Equal((MucAffiliation.Admin, 2), (replayed.Affiliations.Of(Romeo), replayed.History.Count));

        // What comes after goes on behind what was there.
        again.Rooms.Append(Room, Message(3));
        Assert.Equal(2, (await again.Rooms.LoadAsync(Room, default))!.Events.Count);
    }

    [Fact]
    public async Task A_deleted_room_is_gone_and_may_come_again()
    {
        using var store = temporary.Open();
        store.Rooms.Append(Room, Created());
        store.Rooms.Append(Room, Message(1));
        store.Rooms.Delete(Room);
        Assert.Null(await store.Rooms.LoadAsync(Room, default));
        store.Rooms.Append(Room, Created());
        Assert.Single((await store.Rooms.LoadAsync(Room, default))!.Events);
        store.Rooms.Delete(Jid.Parse("never@conference.localhost"));
        await store.Rooms.CommittedAsync();
    }

    [Fact]
    public async Task A_room_that_left_memory_goes_on_where_it_was()
    {
        using var store = temporary.Open();
        store.Rooms.Append(Room, Created());
        await store.Rooms.CommittedAsync();
        store.Rooms.Release(Room);
        await store.Rooms.LoadAsync(Room, default);
        store.Rooms.Append(Room, Message(1));
        Assert.Equal(2, (await store.Rooms.LoadAsync(Room, default))!.Events.Count);
    }

    [Fact]
    public async Task The_rooms_of_a_person_are_those_that_have_them_on_a_list()
    {
        var (other, juliet) = (Jid.Parse("other@conference.localhost"), Jid.Parse("juliet@localhost"));
        var policy = new RoomPolicy { OccupantIdSecret = new byte[32] };
        using (var store = temporary.Open())
        {
            var room = new Room(Room, policy);
            Apply(store, room, Created());
            Apply(store, room, new AffiliationChanged(juliet, MucAffiliation.Member, null, null));
            Apply(store, room, new AffiliationChanged(Jid.Parse("localhost"), MucAffiliation.Member, null, null));
            store.Rooms.Append(other, Created());
            store.Rooms.Append(other, new AffiliationChanged(juliet, MucAffiliation.Outcast, null, null));
            Assert.Equal([other, Room], await store.Rooms.RoomsOfAsync(Romeo, default));
            Assert.Equal([Room], await store.Rooms.RoomsOfAsync(juliet, default));
            Assert.Empty(await store.Rooms.RoomsOfAsync(Jid.Parse("localhost"), default));
            store.Rooms.Snapshot(Room, RoomSnapshot.Of(room)!);
            await store.Rooms.CommittedAsync();
        }
        using var again = temporary.Open();
        Assert.Equal([Room], await again.Rooms.RoomsOfAsync(juliet, default));
        again.Rooms.Append(Room, new AffiliationChanged(juliet, MucAffiliation.None, null, null));
        again.Rooms.Append(other, new RoomDestroyed());
        Assert.Empty(await again.Rooms.RoomsOfAsync(juliet, default));
        Assert.Equal([Room], await again.Rooms.RoomsOfAsync(Romeo, default));
        again.Rooms.Delete(Room);
        Assert.Empty(await again.Rooms.RoomsOfAsync(Romeo, default));
    }

    [Fact]
    public async Task Owned_rooms_are_counted_through_restarts()
    {
        var (other, juliet) = (Jid.Parse("other@conference.localhost"), Jid.Parse("juliet@localhost"));
        using (var store = temporary.Open())
        {
            store.Rooms.Append(Room, Created());
            store.Rooms.Append(other, Created());
            store.Rooms.Append(other, new AffiliationChanged(juliet, MucAffiliation.Owner, null, null));
            store.Rooms.Append(other, new AffiliationChanged(juliet, MucAffiliation.Owner, "Juliet", null));
            Assert.Equal((2, 1, 0), (store.Rooms.OwnedBy(Romeo), store.Rooms.OwnedBy(juliet), store.Rooms.OwnedBy(Room)));
            await store.Rooms.CommittedAsync();
        }
        using var again = temporary.Open();
        Assert.Equal((2, 1), (again.Rooms.OwnedBy(Romeo), again.Rooms.OwnedBy(juliet)));
        await again.Rooms.LoadAsync(other, default);
        again.Rooms.Append(other, new AffiliationChanged(Romeo, MucAffiliation.Admin, null, null));
        Assert.Equal((1, 1), (again.Rooms.OwnedBy(Romeo), again.Rooms.OwnedBy(juliet)));
        again.Rooms.Append(other, new RoomDestroyed());
        Assert.Equal((1, 0), (again.Rooms.OwnedBy(Romeo), again.Rooms.OwnedBy(juliet)));
    }

    [Fact] // a room that waits for its configuration is not there officially, nor is one that has ended, whatever the process forgot to do
    public async Task The_list_after_a_restart_shows_neither_locked_nor_destroyed_rooms()
    {
        var ended = Jid.Parse("ended@conference.localhost");
        using (var store = temporary.Open())
        {
            store.Rooms.Append(Room, Created());
            store.Rooms.Append(ended, Created());
            store.Rooms.Append(ended, new RoomUnlocked());
            store.Rooms.Append(ended, new RoomDestroyed());
            await store.Rooms.CommittedAsync();
        }
        using var again = temporary.Open();
        Assert.All(await again.Rooms.ListAsync(default), static listing => Assert.False(listing.IsListed));
        await again.Rooms.LoadAsync(Room, default);
        again.Rooms.Append(Room, new RoomUnlocked());
        Assert.True((await again.Rooms.ListAsync(default)).Single(listing => listing.Address.Equals(Room)).IsListed);
    }

    [Fact]
    public async Task The_list_follows_the_configuration()
    {
        using var store = temporary.Open();
        store.Rooms.Append(Room, Created());
        var another = Jid.Parse("another@conference.localhost");
        store.Rooms.Append(another, Created());
        var config = new RoomConfig { Name = "The place", Description = "Fruit", Language = "en", IsPublic = false, IsPersistent = true };
        store.Rooms.Append(Room, new ConfigChanged(config.Save()));
        var listings = await store.Rooms.ListAsync(default);
        Assert.Equal([(another, null, false, false), (Room, "The place", false, true)], listings.Select(room => (room.Address, room.Name, room.IsListed, room.IsPersistent)));
        Assert.Equal(("The place", "Fruit", "en", true, false), (listings[1].Listing.Name, listings[1].Listing.Description, listings[1].Listing.Language, listings[1].Listing.IsOpen, listings[1].Listing.IsNonAnonymous));

        // A locked room is not there officially, also after a restart.
        store.Rooms.Append(another, new RoomUnlocked());
        Assert.True((await store.Rooms.ListAsync(default))[0].IsListed);
    }

    [Fact]
    public async Task Rooms_from_before_an_upgrade_are_listed_like_others()
    {
        var config = new RoomConfig { Name = "The place", Description = "Fruit", Language = "en", Whois = RoomWhois.Anyone };
        using (var store = temporary.Open())
        {
            store.Rooms.Append(Room, Created());
            store.Rooms.Append(Room, new ConfigChanged(config.Save()));
            store.Rooms.Append(Room, new RoomUnlocked());
            store.Rooms.Append(Room, Message(1));
            await store.Rooms.CommittedAsync();
        }
        using (var file = Database.Open(Path.Combine(temporary.Path, "mucgen.db"), readOnly: false))
            file.Execute("UPDATE room SET description = NULL, language = NULL, open = 0, nonanonymous = 0");

        using var again = temporary.Open();
        Assert.Equal(MucGen.Rooms.Service.RoomListing.Of(Room, config), Assert.Single(await again.Rooms.ListAsync(default)).Listing);
        again.Rooms.Append(Room, Message(2));
        Assert.Equal(5, (await again.Rooms.LoadAsync(Room, default))!.Events.Count);
    }

    [Fact]
    public async Task Many_rooms_share_the_writer()
    {
        using (var store = temporary.Open())
        {
            await Task.WhenAll(Enumerable.Range(0, 20).Select(number => Task.Run(async () =>
            {
                var room = Jid.Parse($"room{number}@conference.localhost");
                store.Rooms.Append(room, Created());
                for (var i = 0; i < 50; i++)
                {
                    store.Rooms.Append(room, Message(i));
                    if (i % 10 == 0)
                        await store.Rooms.CommittedAsync();
                }
            })));
        }

        using var again = temporary.Open();
        for (var number = 0; number < 20; number++)
        {
            var stored = await again.Rooms.LoadAsync(Jid.Parse($"room{number}@conference.localhost"), default);
            Assert.Equal(Enumerable.Range(0, 50).Select(MessageText), TextsOf(stored!));
        }
    }

    [Fact]
    public async Task A_failed_write_stops_the_store_for_good()
    {
        using var store = temporary.Open();
        store.Rooms.Append(Room, Created());
        await store.Rooms.CommittedAsync();
        using (var other = Database.Open(Path.Combine(temporary.Path, DataFolder.DatabaseFileName), readOnly: false))
            other.Execute("DROP TABLE room_event");
        store.Rooms.Append(Room, Message(1));
        await Assert.ThrowsAsync<StorageFailedException>(async () => await store.Rooms.CommittedAsync());
        Assert.IsType<StorageFailedException>(await store.Failed);
        Assert.Throws<StorageFailedException>(() => store.Rooms.Append(Room, Message(2)));
    }

    [Fact]
    public async Task Appending_messages_allocates_next_to_nothing()
    {
        using var store = temporary.Open(new StorageOptions { GatherTime = TimeSpan.FromMilliseconds(200) });
        store.Rooms.Append(Room, Created());
        using var message = new ReleasedWithTest(Message(1));
        for (var i = 0; i < 2000; i++)
            store.Rooms.Append(Room, message.Event);
        await store.Rooms.CommittedAsync();
        const int Count = 500;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Count; i++)
            store.Rooms.Append(Room, message.Event);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        await store.Rooms.CommittedAsync();

        // Buffers come from the shared pool, which may have to make some while the writer still holds those before.
        Assert.True(allocated / Count <= 1024, $"{allocated / Count} bytes an append");
    }

    public void Dispose() => temporary.Dispose();

    internal static RoomCreated Created() => new(Romeo, Noon, new RoomConfig().Save());

    internal static string MessageText(int number) =>
        $"<message from='room@conference.localhost/Romeo' type='groupchat' id='m{number}'><body>Number {number} &amp; counting</body></message>";

    internal static MessageRelayed Message(int number)
    {
        using var payload = Payload.Copy(Encoding.UTF8.GetBytes(MessageText(number)), Jid.Parse("room@conference.localhost/Romeo"));
        return MessageRelayed.Rent(payload, Romeo, Noon, MessageKeeping.History);
    }

    private static IEnumerable<string> TextsOf(StoredRoom stored) =>
        stored.Events.OfType<MessageRelayed>().Select(message => Encoding.UTF8.GetString(message.Payload.Bytes));

    private static void Apply(SqliteStore store, Room room, RoomEvent change)
    {
        room.Apply(change);
        store.Rooms.Append(Room, change);
    }

    private sealed class ReleasedWithTest(MessageRelayed message) : IDisposable
    {
        public MessageRelayed Event => message;

        public void Dispose() => message.Release();
    }
}
