using Xunit;

namespace MucGen.Rooms.Tests.Core;

public sealed class SelfPingTests
{
    private const string Owner = "romeo@users.example/a";

    private static readonly string Ping = $"<iq to='{TestRoom.Address}/Romeo' type='get' id='p'><ping xmlns='urn:xmpp:ping'/></iq>";

    [Fact]
    [Proves("MC-0410-06")]
    public void Whoever_a_restart_put_out_learns_it_by_the_next_ping()
    {
        var room = new TestRoom();
        room.Join(Owner, "Romeo");
        room.Configure(new RoomConfig { IsPersistent = true });
        Assert.Contains("type='result'", Assert.Single(room.Send(Owner, Ping)).Xml, StringComparison.Ordinal);

        room.Room = Journal.RoomSnapshot.Of(room.Room)!.ToRoom(TestRoom.Address, room.Policy);
        room.Decide(RoomInput.Restored([Xml.Jid.Parse(Owner)]));
        Assert.Contains("<not-acceptable", Assert.Single(room.Send(Owner, Ping)).Xml, StringComparison.Ordinal);
    }
}
