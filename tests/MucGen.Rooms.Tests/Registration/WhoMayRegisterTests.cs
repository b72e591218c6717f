using MucGen.Protocol;
using MucGen.Rooms.Features;
using MucGen.Rooms.Tests.Core;
using MucGen.Xml;
using Xunit;
using static MucGen.Rooms.Tests.Registration.RegistrationScene;

namespace MucGen.Rooms.Tests.Registration;

/// <summary>Who may register: what the service allows, and what the room says (XEP-0045 7.10).</summary>
public sealed class WhoMayRegisterTests
{
    // The stricter of the two holds, whichever it is.
    [Theory]
    [InlineData(RegistrationPolicy.Open, RoomRegistration.Default, false, RegistrationPolicy.Open)]
    [InlineData(RegistrationPolicy.Open, RoomRegistration.Default, true, RegistrationPolicy.Approval)]
    [InlineData(RegistrationPolicy.Open, RoomRegistration.Open, true, RegistrationPolicy.Open)]
    [InlineData(RegistrationPolicy.Open, RoomRegistration.Approval, false, RegistrationPolicy.Approval)]
    [InlineData(RegistrationPolicy.Open, RoomRegistration.Members, false, RegistrationPolicy.Members)]
    [InlineData(RegistrationPolicy.Open, RoomRegistration.Nobody, false, RegistrationPolicy.Off)]
    [InlineData(RegistrationPolicy.Approval, RoomRegistration.Open, false, RegistrationPolicy.Approval)]
    [InlineData(RegistrationPolicy.Approval, RoomRegistration.Members, false, RegistrationPolicy.Members)]
    [InlineData(RegistrationPolicy.Members, RoomRegistration.Open, true, RegistrationPolicy.Members)]
    [InlineData(RegistrationPolicy.Members, RoomRegistration.Nobody, false, RegistrationPolicy.Off)]
    [InlineData(RegistrationPolicy.Off, RoomRegistration.Open, false, RegistrationPolicy.Off)]
    public void The_stricter_of_service_and_room_holds(RegistrationPolicy service, RoomRegistration own, bool isMembersOnly, RegistrationPolicy expected)
    {
        var config = new RoomConfig { Registration = own, IsMembersOnly = isMembersOnly };
        var scene = new RegistrationScene(config, TestRoom.DefaultPolicy with { Registration = service });
        Assert.Equal(expected, RegistrationRules.PolicyOf(scene.Room.Room));
        var sent = scene.Register(Juliet, "Juliet");
        switch (expected)
        {
            case RegistrationPolicy.Open:
                AssertResult(sent);
                Assert.Equal(RegistrationState.Registered, scene.StateOf(Juliet));
                break;
            case RegistrationPolicy.Approval:
                AssertResult(sent);
                Assert.Equal(RegistrationState.Waiting, scene.StateOf(Juliet));
                break;
            case RegistrationPolicy.Members:
                Assert.Contains("<error type='cancel'", AssertRefused(sent, "not-allowed"), StringComparison.Ordinal);
                break;
            default:
                AssertRefused(sent, "service-unavailable");
                AssertRefused(scene.Remove(Romeo), "service-unavailable");
                break;
        }
    }

    [Fact]
    public void Members_choose_their_nick_where_only_members_may()
    {
        var scene = new RegistrationScene(new RoomConfig { Registration = RoomRegistration.Members });
        scene.Admin("<item jid='juliet@capulet.example' affiliation='member'/>");
        AssertResult(scene.Register(Juliet, "Juliet"));
        Assert.Equal("Juliet", scene.NickOf(Juliet));
    }

    [Theory]
    [InlineData(RoomRegistration.Default)]
    [InlineData(RoomRegistration.Open)]
    [InlineData(RoomRegistration.Approval)]
    [InlineData(RoomRegistration.Members)]
    public void Outcasts_never_register(RoomRegistration registration)
    {
        var scene = new RegistrationScene(new RoomConfig { Registration = registration });
        scene.Register(Juliet, "Juliet");
        scene.Admin("<item jid='juliet@capulet.example' affiliation='outcast'/>");
        Assert.Null(scene.NickOf(Juliet));
        Assert.Contains("<error type='auth'", AssertRefused(scene.Register(Juliet, "Juliet"), "forbidden"), StringComparison.Ordinal);
        AssertRefused(scene.Remove(Juliet), "forbidden");
        Assert.Equal(RegistrationState.Banned, scene.StateOf(Juliet));
    }

    [Fact]
    public void The_option_decides_what_is_announced()
    {
        var scene = new RegistrationScene();
        Assert.True(IsAnnounced());
        scene.Configure("{urn:mucgen:muc}registration", "nobody");
        Assert.False(IsAnnounced());

        bool IsAnnounced() => Assert.Single(scene.Room.Send(
            Juliet, $"<iq to='{TestRoom.Address}' type='get' id='d'><query xmlns='http://jabber.org/protocol/disco#info'/></iq>"))
            .Xml.Contains("jabber:iq:register", StringComparison.Ordinal);
    }

    [Fact]
    public void A_deleted_account_frees_the_nick()
    {
        var scene = new RegistrationScene();
        scene.Register(Juliet, "Juliet");
        scene.Room.Decide(RoomInput.AccountDeleted(Jid.Parse("juliet@capulet.example")));
        Assert.Equal(RegistrationState.Outsider, scene.StateOf(Juliet));
        AssertResult(scene.Register(Nurse, "Juliet"));
    }

    [Fact]
    public void Admins_read_the_nicks_in_the_list()
    {
        var scene = new RegistrationScene();
        scene.Register(Juliet, "Juliet");
        var list = Assert.Single(scene.Room.Send(
            Romeo, $"<iq to='{TestRoom.Address}' type='get' id='l'><query xmlns='http://jabber.org/protocol/muc#admin'><item affiliation='member'/></query></iq>"));
        Assert.Contains("<item affiliation='member' jid='juliet@capulet.example' nick='Juliet'", list.Xml, StringComparison.Ordinal);
    }
}
