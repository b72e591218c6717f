using MucGen.Protocol;
using MucGen.Rooms.Tests.Core;
using MucGen.Xml;
using Xunit;

namespace MucGen.Rooms.Tests.Administration;

/// <summary>Entries for whole domains (XEP-0045 9.2).</summary>
public sealed class DomainEntryTests
{
    private const string Owner = "romeo@montague.example/a";
    private readonly TestRoom room = new();

    public DomainEntryTests()
    {
        room.Join(Owner, "Romeo");
        room.Configure(new RoomConfig());
    }

    [Fact]
    public void A_ban_removes_everybody_from_there_and_keeps_them_out() // muc-9.2-09, muc-9.2-10
    {
        room.Join("juliet@capulet.example/a", "Juliet");
        var sent = Set("capulet.example", "outcast");
        Assert.Contains(sent, s => s.To == Jid.Parse("juliet@capulet.example/a") && s.Xml.Contains("code='301'", StringComparison.Ordinal));
        Assert.Contains("<forbidden", Assert.Single(room.Join("nurse@capulet.example/a", "Nurse")).Xml, StringComparison.Ordinal);
    }

    [Fact]
    public void A_ban_does_not_reach_subdomains() // muc-9.2-11
    {
        Set("capulet.example", "outcast");
        room.Join("juliet@verona.capulet.example/a", "Juliet");
        Assert.NotNull(room.Room.Occupants.Find("Juliet"));
    }

    [Fact]
    public void An_entry_of_ones_own_decides() // muc-9.2-08
    {
        Set("juliet@capulet.example", "member");
        room.Join("juliet@capulet.example/a", "Juliet");
        var sent = Set("capulet.example", "outcast");
        Assert.Contains("type='result'", Assert.Single(sent, s => s.Xml.StartsWith("<iq", StringComparison.Ordinal)).Xml, StringComparison.Ordinal);
        Assert.NotNull(room.Room.Occupants.Find("Juliet"));
        Assert.Equal(MucAffiliation.Member, room.Room.AffiliationOf(Jid.Parse("juliet@capulet.example")));
    }

    [Theory]
    [InlineData("admin")]
    [InlineData("owner")]
    public void Nobody_gives_a_room_to_a_domain(string affiliation) =>
        Assert.Contains("<not-acceptable", Assert.Single(Set("capulet.example", affiliation)).Xml, StringComparison.Ordinal);

    private IReadOnlyList<Sent> Set(string jid, string affiliation) => room.Send(
        Owner,
        $"<iq to='{TestRoom.Address}' type='set' id='s'><query xmlns='http://jabber.org/protocol/muc#admin'><item jid='{jid}' affiliation='{affiliation}'/></query></iq>");
}
