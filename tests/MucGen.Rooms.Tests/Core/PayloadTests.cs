using MucGen.Xml;
using Xunit;

namespace MucGen.Rooms.Tests.Core;

[Collection(nameof(Alone))]
public sealed class PayloadTests
{
    private static readonly Jid Occupant = Jid.Parse("room@conference.localhost/Romeo & Juliet");

    [Fact]
    public void The_address_goes_behind_the_name_of_the_stanza_escaped()
    {
        using var payload = Payload.Copy("<presence from='x'/>"u8, Occupant);
        using var output = new PooledBufferWriter();
        payload.WriteTo(Occupant, output);
        Assert.True(output.WrittenSpan.SequenceEqual("<presence to='room@conference.localhost/Romeo &amp; Juliet' from='x'/>"u8));
        Assert.Equal(output.WrittenCount, payload.LengthTo(Occupant));
    }

    [Fact]
    public void The_last_lease_gives_the_bytes_back_and_one_more_is_an_error()
    {
        var payload = Payload.Rent();
        payload.Retain(2);
        payload.Dispose();
        payload.Dispose();
        Assert.Equal(1, payload.Leases);
        payload.Dispose();
        Assert.Throws<ObjectDisposedException>(payload.Dispose);
        Assert.Same(payload, Taken());
    }

    // Whatever the room keeps, it gives back: presence, history, subject.
    [Fact]
    public void A_room_gives_back_everything_that_it_kept()
    {
        var room = new TestRoom(TestRoom.DefaultPolicy with { MaxHistory = 3 });
        room.Join("romeo@users.example/a", "Romeo");
        room.Configure(new RoomConfig());
        for (var i = 0; i < 10; i++)
            room.Say("romeo@users.example/a", "again");
        room.Send("romeo@users.example/a", $"<message to='{TestRoom.Address}' type='groupchat'><subject>s</subject></message>");
        room.Join("juliet@users.example/a", "Juliet");
        var kept = Enumerable.Range(0, room.Room.History.Count).Select(i => room.Room.History[i].Live).ToList();
        Assert.Equal(3, kept.Count);
        Assert.All(kept, payload => Assert.Equal(1, payload.Leases));
        room.Room.Release();
        Assert.All(kept, payload => Assert.Equal(0, payload.Leases));
    }

    private static Payload Taken()
    {
        var payload = Payload.Rent();
        payload.Dispose();
        return payload;
    }
}
