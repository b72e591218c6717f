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

    // muc-7.2.2-12, muc-7.2.2-13, muc-7.2.2-14, muc-7.2.2-15, muc-7.2.2-16, muc-7.10-17, muc-16.6.2-12, muc-A03
    [Fact]
    public void Entering_under_another_nick_leads_to_the_reserved_one()
    {
        Register("Juliet");
        var sent = room.Join(Member, "Capulet");
        Assert.Contains(sent, stanza => stanza.To.ToString() == Member
            && stanza.Xml.Contains("/Juliet'", StringComparison.Ordinal) && stanza.Xml.Contains("code='210'", StringComparison.Ordinal));
        var told = Assert.Single(sent, stanza => stanza.To.ToString() == Owner);
        Assert.Contains("/Juliet'", told.Xml, StringComparison.Ordinal);
        Assert.DoesNotContain("<status", told.Xml, StringComparison.Ordinal);
    }

    // muc-7.6-12, muc-A04
    [Fact]
    public void Changing_the_nick_is_refused()
    {
        Register("Juliet");
        room.Join(Member, "Juliet");
        var refused = Assert.Single(room.Send(Member, $"<presence to='{TestRoom.Address}/Capulet'/>"));
        Assert.Contains("<not-acceptable", refused.Xml, StringComparison.Ordinal);
        Assert.Contains($"from='{TestRoom.Address}/Capulet'", refused.Xml, StringComparison.Ordinal);
        Assert.Equal("Juliet", Assert.Single(room.Room.Occupants.Of(refused.To.Bare)).Nick);
    }

    // muc-7.10-16, muc-A34: 303 to all, then the new nick with 210 to all, then the result
    [Fact]
    public void Registering_while_present_under_another_nick_renames()
    {
        room.Join(Member, "Capulet");
        var sent = Register("Juliet");
        var told = sent.Where(stanza => stanza.To.ToString() == Owner).Select(stanza => stanza.Xml).ToList();
        Assert.Contains(told, xml => xml.Contains("code='303'", StringComparison.Ordinal) && xml.Contains("nick='Juliet'", StringComparison.Ordinal));
        Assert.Contains(told, xml => xml.Contains("/Juliet'", StringComparison.Ordinal) && xml.Contains("code='210'", StringComparison.Ordinal));
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
