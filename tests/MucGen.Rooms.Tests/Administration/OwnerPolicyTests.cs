using MucGen.Protocol;
using MucGen.Rooms.Tests.Core;
using MucGen.Xml;
using Xunit;
using static MucGen.Rooms.Tests.Administration.AdminScene;

namespace MucGen.Rooms.Tests.Administration;

/// <summary>What a service may keep owners from; allowed by default, so that no script meets it (XEP-0045 10.1.3, 10.2, 10.4, 18.1).</summary>
public sealed class OwnerPolicyTests
{
    private const string Friar = "friar@verona.example/a";

    [Theory]
    [InlineData(OwnerConfiguration.Always, true, true)]
    [InlineData(OwnerConfiguration.AtCreation, true, false)]
    [InlineData(OwnerConfiguration.Never, false, false)]
    [Proves("muc-10.1.3-05", "muc-10.2-06", "muc-18.1-07")]
    public void Without_options_the_query_is_empty(OwnerConfiguration policy, bool atFirst, bool later)
    {
        var scene = Scene(TestRoom.DefaultPolicy with { OwnersConfigure = policy });
        Assert.Equal(atFirst, ShowsForm(scene, Romeo));
        Assert.Equal(atFirst, Configures(scene, "First"));
        Assert.Equal(!atFirst, scene.Room.Room.IsLocked);
        Assert.Contains(" type='result' id='q' ", Assert.Single(scene.Configure(Romeo)).Xml, StringComparison.Ordinal);
        Assert.False(scene.Room.Room.IsLocked); // an instant room needs no options
        Assert.Equal(later, ShowsForm(scene, Romeo));
        Assert.Equal(later, Configures(scene, "Second"));
    }

    [Fact]
    public void The_admins_of_the_service_configure_whatever_owners_may()
    {
        var scene = Scene(TestRoom.DefaultPolicy with { OwnersConfigure = OwnerConfiguration.Never, Admins = new HashSet<Jid> { Jid.Parse(Friar).Bare } });
        Assert.True(ShowsForm(scene, Friar));
        scene.Configure(Friar, ("muc#roomconfig_roomname", ["Cell"]));
        Assert.Equal("Cell", scene.Room.Room.Config.Name);
    }

    [Theory]
    [InlineData("admin")]
    [InlineData("none")]
    [InlineData("outcast")]
    [Proves("muc-10.4-06")]
    public void Ownership_that_nobody_may_take_ends_by_its_owners_will_only(string affiliation)
    {
        var scene = Shared();
        var refused = Assert.Single(scene.Admin(Romeo, $"<item jid='juliet@capulet.example' affiliation='{affiliation}'/>")).Xml;
        Assert.Contains("<error type='auth' by='room@conference.localhost'><not-authorized ", refused, StringComparison.Ordinal);
        Assert.Equal(MucAffiliation.Owner, scene.Room.Room.AffiliationOf(Jid.Parse(Juliet)));

        scene.Admin(Juliet, "<item jid='juliet@capulet.example' affiliation='admin'/>");
        Assert.Equal(MucAffiliation.Admin, scene.Room.Room.AffiliationOf(Jid.Parse(Juliet)));
    }

    [Fact]
    [Proves("muc-10.4-06")]
    public void Nor_is_it_taken_by_a_form()
    {
        var scene = Shared();
        var refused = Assert.Single(scene.Configure(Romeo, ("muc#roomconfig_roomowners", ["romeo@montague.example"]))).Xml;
        Assert.Contains("<not-authorized ", refused, StringComparison.Ordinal);
        Assert.Equal(MucAffiliation.Owner, scene.Room.Room.AffiliationOf(Jid.Parse(Juliet)));
    }

    private static AdminScene Shared()
    {
        var scene = Scene(TestRoom.DefaultPolicy with { OwnersRevokeOwners = false });
        scene.Configure(Romeo);
        scene.Admin(Romeo, "<item jid='juliet@capulet.example' affiliation='owner'/>");
        return scene;
    }

    private static AdminScene Scene(RoomPolicy policy)
    {
        var scene = new AdminScene(policy);
        scene.Room.Join(Romeo, "Romeo");
        return scene;
    }

    private static bool ShowsForm(AdminScene scene, string who)
    {
        var shown = Assert.Single(scene.Room.Send(who, $"<iq to='{TestRoom.Address}' type='get' id='g'><query xmlns='http://jabber.org/protocol/muc#owner'/></iq>")).Xml;
        var isForm = shown.Contains("muc#roomconfig_roomname", StringComparison.Ordinal);
        Assert.True(isForm || shown.EndsWith("><query xmlns='http://jabber.org/protocol/muc#owner'/></iq>", StringComparison.Ordinal), shown);
        return isForm;
    }

    private static bool Configures(AdminScene scene, string name)
    {
        var answer = scene.Configure(Romeo, ("muc#roomconfig_roomname", [name]))[^1].Xml;
        var isDone = scene.Room.Room.Config.Name == name;
        Assert.True(isDone || answer.Contains("<error type='modify' by='room@conference.localhost'><not-acceptable ", StringComparison.Ordinal), answer);
        return isDone;
    }
}
