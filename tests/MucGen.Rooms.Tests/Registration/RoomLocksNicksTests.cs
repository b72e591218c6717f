using MucGen.Rooms.Tests.Core;
using Xunit;
using static MucGen.Rooms.Tests.Registration.RegistrationScene;

namespace MucGen.Rooms.Tests.Registration;

/// <summary>A room that holds people to the nick that they registered, in every session and client (XEP-0045 7.2.2, 7.6, 7.10; decisions A03, A04).</summary>
public sealed class RoomLocksNicksTests
{
    private const string Phone = "juliet@capulet.example/phone";

    private readonly RegistrationScene scene = new(new RoomConfig { LocksNicks = true });

    [Fact]
    public void Every_client_enters_under_the_nick()
    {
        scene.Register(Juliet, "Juliet");
        scene.Room.Join(Juliet, "Capulet");
        var sent = To(scene.Room.Join(Phone, "Phone"), Phone);
        Assert.Contains(sent, xml => xml.Contains("/Juliet'", StringComparison.Ordinal) && xml.Contains("code='210'", StringComparison.Ordinal));
        Assert.Equal(2, scene.Room.Room.Occupants.Find("Juliet")!.Sessions.Count);
    }

    [Fact]
    public void The_owner_of_a_nick_is_told_which_and_nobody_else()
    {
        scene.Register(Juliet, "Juliet");
        scene.Room.Join(Juliet, "Juliet");
        var refused = Assert.Single(scene.Room.Send(Juliet, $"<presence to='{TestRoom.Address}/Capulet'/>")).Xml;
        Assert.Contains("<not-acceptable ", refused, StringComparison.Ordinal);
        Assert.Contains("is Juliet", refused, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_the_lock_the_owner_of_a_nick_is_reminded_of_it()
    {
        scene.Configure("{urn:mucgen:muc}lock_nicks", "0");
        scene.Register(Juliet, "Juliet");
        Assert.Contains("reserved for you is Juliet", AssertRefused(scene.Room.Join(Juliet, "Romeo"), "conflict"), StringComparison.Ordinal);
        Assert.DoesNotContain("reserved for you", AssertRefused(scene.Room.Join(Nurse, "Juliet"), "conflict"), StringComparison.Ordinal);
        AssertResult(scene.Register(Nurse, "Angelica"));
        Assert.Contains("reserved for you is Angelica", AssertRefused(scene.Register(Nurse, "Juliet"), "conflict"), StringComparison.Ordinal);
    }

    [Fact]
    public void Those_present_are_renamed_when_the_room_begins_to_lock()
    {
        scene.Configure("{urn:mucgen:muc}lock_nicks", "0");
        scene.Register(Juliet, "Juliet");
        scene.Room.Join(Juliet, "Capulet");
        var told = To(scene.Configure("{urn:mucgen:muc}lock_nicks", "1"), Romeo);
        Assert.Contains(told, xml => xml.Contains("code='303'", StringComparison.Ordinal) && xml.Contains("nick='Juliet'", StringComparison.Ordinal));
        Assert.Contains(told, xml => xml.Contains("/Juliet'", StringComparison.Ordinal) && xml.Contains("code='210'", StringComparison.Ordinal));
        Assert.Equal(Juliet, Assert.Single(scene.Room.Room.Occupants.Find("Juliet")!.Sessions).FullJid.ToString());
    }

    [Fact]
    public void An_admin_who_reserves_a_nick_renames()
    {
        scene.Room.Join(Juliet, "Capulet");
        scene.Admin("<item jid='juliet@capulet.example' affiliation='member' nick='Juliet'/>");
        Assert.Null(scene.Room.Room.Occupants.Find("Capulet"));
        Assert.NotNull(scene.Room.Room.Occupants.Find("Juliet"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Whoever_gives_the_nick_up_is_free(bool byAdmin)
    {
        scene.Register(Juliet, "Juliet");
        if (byAdmin)
            scene.Admin("<item jid='juliet@capulet.example' affiliation='member' nick=''/>");
        else
            scene.Remove(Juliet);
        scene.Room.Join(Juliet, "Capulet");
        Assert.NotNull(scene.Room.Room.Occupants.Find("Capulet"));
    }

    [Fact]
    public void Every_client_finds_the_nick()
    {
        scene.Register(Juliet, "Juliet");
        Assert.Matches("<identity [^>]*name='Juliet'", Ask(Phone));
        Assert.DoesNotContain("<identity ", Ask(Nurse), StringComparison.Ordinal);

        string Ask(string who) => Assert.Single(scene.Room.Send(
            who, $"<iq to='{TestRoom.Address}' type='get' id='n'><query xmlns='http://jabber.org/protocol/disco#info' node='x-roomuser-item'/></iq>")).Xml;
    }
}
