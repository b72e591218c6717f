using MucGen.Rooms.Tests.Core;
using Xunit;

namespace MucGen.Rooms.Tests.Administration;

/// <summary>How long an invitation can be declined (XEP-0045 7.8.2; muc-A31): a matter of time, which no dialogue shows.</summary>
public sealed class DeclineTests
{
    private const string Inviter = "romeo@montague.example/a";
    private const string Invitee = "juliet@capulet.example/a";
    private readonly TestRoom room = new();

    public DeclineTests()
    {
        room.Join(Inviter, "Romeo");
        room.Configure(new RoomConfig());
        room.Send(Inviter, $"<message to='{TestRoom.Address}'><x xmlns='http://jabber.org/protocol/muc#user'><invite to='juliet@capulet.example'/></x></message>");
    }

    [Fact]
    public void It_reaches_whoever_invited()
    {
        var sent = Assert.Single(Decline(Invitee, "romeo@montague.example"));
        Assert.Equal("romeo@montague.example", sent.To.ToString());
        Assert.Contains("<decline from='juliet@capulet.example'", sent.Xml, StringComparison.Ordinal);
    }

    [Fact]
    public void It_reaches_the_inviter_by_occupant_address() => // muc-7.8.2-20
        Assert.Equal(Inviter, Assert.Single(Decline(Invitee, TestRoom.Address + "/Romeo")).To.ToString());

    [Theory]
    [InlineData("nurse@capulet.example/a", "romeo@montague.example")]
    [InlineData(Invitee, "tybalt@capulet.example")]
    public void Nobody_else_is_reached(string from, string to) => // muc-7.8.2-21
        Assert.Contains("type='error'", Assert.Single(Decline(from, to)).Xml, StringComparison.Ordinal);

    [Fact]
    public void After_an_hour_it_is_too_late()
    {
        room.Now += RoomInvitations.Lifetime + TimeSpan.FromSeconds(1);
        Assert.Contains("type='error'", Assert.Single(Decline(Invitee, "romeo@montague.example")).Xml, StringComparison.Ordinal);
    }

    [Fact]
    public void The_memory_of_invitations_has_an_end()
    {
        for (var i = 0; i < 1200; i++)
            room.Send(Inviter, $"<message to='{TestRoom.Address}'><x xmlns='http://jabber.org/protocol/muc#user'><invite to='guest{i}@capulet.example'/></x></message>");
        Assert.Equal(1000, room.Room.Invitations.Count);
    }

    private IReadOnlyList<Sent> Decline(string from, string to) => room.Send(
        from, $"<message to='{TestRoom.Address}' id='d'><x xmlns='http://jabber.org/protocol/muc#user'><decline to='{to}' from='forged@capulet.example'/></x></message>");
}
