using MucGen.Protocol;
using Xunit;

namespace MucGen.Rooms.Tests.Core;

/// <summary>A service that confines people to the nick that they reserved; off by default, so that no script meets it.</summary>
public sealed class LockedNickTests
{
    private const string Owner = "romeo@users.example/a";
    private const string Member = "juliet@users.example/a";

    private readonly TestRoom room = new(TestRoom.DefaultPolicy with { LocksNicks = true });

    public LockedNickTests()
    {
        room.Join(Owner, "Romeo");
        room.Configure(new RoomConfig());
    }

    [Fact]
    [Proves(
        "muc-7.2.2-12", "muc-7.2.2-13", "muc-7.2.2-14", "muc-7.2.2-15", "muc-7.2.2-16", "muc-7.10-17", "muc-16.6.2-12", "muc-A03", "MC-0077-43")]
    public void Entering_under_another_nick_leads_to_the_reserved_one()
    {
        Register("Juliet");
        var sent = room.Join(Member, "Capulet");
        var self = Assert.Single(sent, stanza => stanza.To.ToString() == Member && stanza.Xml.Contains("/Juliet'", StringComparison.Ordinal));
        Assert.Contains("<status code='210'/>", self.Xml, StringComparison.Ordinal);
        Assert.Contains("<status code='110'/>", self.Xml, StringComparison.Ordinal);
        var told = Assert.Single(sent, stanza => stanza.To.ToString() == Owner);
        Assert.Contains("/Juliet'", told.Xml, StringComparison.Ordinal);
        Assert.DoesNotContain("<status", told.Xml, StringComparison.Ordinal);
    }

    [Fact]
    [Proves("muc-7.6-12", "muc-A04")]
    public void Changing_the_nick_is_refused()
    {
        Register("Juliet");
        room.Join(Member, "Juliet");
        var refused = Assert.Single(room.Send(Member, $"<presence to='{TestRoom.Address}/Capulet'/>"));
        Assert.Contains("<error type='cancel' by='room@conference.localhost'><not-acceptable", refused.Xml, StringComparison.Ordinal);
        Assert.Contains("<x xmlns='http://jabber.org/protocol/muc'/>", refused.Xml, StringComparison.Ordinal);
        Assert.Contains($"from='{TestRoom.Address}/Capulet'", refused.Xml, StringComparison.Ordinal);
        Assert.Equal("Juliet", Assert.Single(room.Room.Occupants.Of(refused.To.Bare)).Nick);
    }

    // 17.3: with the tag it asks for everything again as well, which the nick that the service gives is no reason to refuse.
    [Fact]
    [Proves("muc-7.6-08")]
    public void A_tagged_change_leads_back_to_the_reserved_nick()
    {
        Register("Juliet");
        room.Join(Member, "Juliet");
        var sent = room.Join(Member, "Capulet");
        Assert.DoesNotContain(sent, stanza => stanza.Xml.Contains("Capulet", StringComparison.Ordinal));
        var self = Assert.Single(sent, stanza => stanza.Xml.StartsWith("<presence", StringComparison.Ordinal) && stanza.Xml.Contains("/Juliet'", StringComparison.Ordinal));
        Assert.Equal(Member, self.To.ToString());
        Assert.Contains("<status code='210'/>", self.Xml, StringComparison.Ordinal);
        Assert.Contains("<status code='110'/>", self.Xml, StringComparison.Ordinal);
    }

    // 303 to all, then the new nick with 210 to all, then the result
    [Fact]
    [Proves("muc-7.10-16", "muc-A34")]
    public void Registering_while_present_under_another_nick_renames()
    {
        room.Join(Member, "Capulet");
        var sent = Register("Juliet");
        foreach (var witness in new[] { Owner, Member })
        {
            var told = sent.Where(stanza => stanza.To.ToString() == witness).Select(stanza => stanza.Xml).ToList();
            var farewell = told.FindIndex(xml => xml.Contains("<status code='303'/>", StringComparison.Ordinal));
            Assert.Contains($"from='{TestRoom.Address}/Capulet'", told[farewell], StringComparison.Ordinal);
            Assert.Contains("nick='Juliet'", told[farewell], StringComparison.Ordinal);
            Assert.Contains($"from='{TestRoom.Address}/Juliet'", told[farewell + 1], StringComparison.Ordinal);
            Assert.Contains("<status code='210'/>", told[farewell + 1], StringComparison.Ordinal);
        }
        Assert.StartsWith("<iq ", sent[^1].Xml, StringComparison.Ordinal);
        Assert.Equal(MucAffiliation.Member, room.Room.AffiliationOf(sent[^1].To));
    }

    [Fact]
    [Proves("muc-18.1-10", "muc-18.1-11")]
    public void The_nick_is_reserved_and_discovered_by_its_owner()
    {
        Register("Juliet");
        var refused = Assert.Single(room.Join("rosaline@users.example/a", "Juliet"));
        Assert.Contains("<error type='cancel' by='room@conference.localhost'><conflict", refused.Xml, StringComparison.Ordinal);
        var told = Assert.Single(room.Send(
            Member, $"<iq to='{TestRoom.Address}' type='get' id='n'><query xmlns='http://jabber.org/protocol/disco#info' node='x-roomuser-item'/></iq>"));
        Assert.Matches("<identity [^>]*name='Juliet'", told.Xml);
    }

    private IReadOnlyList<Sent> Register(string nick) => room.Send(
        Member,
        $"<iq to='{TestRoom.Address}' type='set' id='r'><query xmlns='jabber:iq:register'><x xmlns='jabber:x:data' type='submit'>"
        + "<field var='FORM_TYPE'><value>http://jabber.org/protocol/muc#register</value></field>"
        + $"<field var='muc#register_roomnick'><value>{nick}</value></field></x></query></iq>");
}
