using MucGen.Protocol;
using MucGen.Rooms.Features;
using MucGen.Rooms.Tests.Core;
using MucGen.Xml;
using Xunit;

namespace MucGen.Rooms.Tests.Administration;

/// <summary>Voice that is taken from a person for a time, over all visits.</summary>
public sealed class MuteTests : SanctionTests
{
    public MuteTests() => Room.Join(AdminScene.Juliet, "Juliet");

    [Fact]
    public void A_mute_outlasts_a_visit_and_ends_by_itself_for_all_to_see()
    {
        var told = Room.Mute(AdminScene.Juliet, Hour, "Hush");
        Assert.Equal(2, told.Count);
        Assert.All(told, stanza => Assert.Contains("role='visitor'", stanza.Xml, StringComparison.Ordinal));
        Assert.All(told, stanza => Assert.Contains("<reason>Hush</reason>", stanza.Xml, StringComparison.Ordinal));

        Room.Send(AdminScene.Juliet, $"<presence to='{TestRoom.Address}/Juliet' type='unavailable'/>");
        Room.Join(AdminScene.Juliet, "Giulietta");
        Assert.Equal(MucRole.Visitor, Room.RoleOf("Giulietta"));
        Assert.Contains("<forbidden", Assert.Single(Room.Say(AdminScene.Juliet, "But")).Xml, StringComparison.Ordinal);

        told = Room.Wait();
        Assert.Equal(2, told.Count);
        Assert.All(told, stanza => Assert.Contains("role='participant'", stanza.Xml, StringComparison.Ordinal));
        Assert.Null(RoomRules.NextTimer(Room.Room));
        Assert.Equal(2, Room.Say(AdminScene.Juliet, "Finally").Count);
    }

    [Fact]
    public void All_nicks_of_a_person_are_mute()
    {
        Room.Join("juliet@capulet.example/b", "Giulietta");
        Room.Mute(AdminScene.Juliet);
        Assert.Equal((MucRole.Visitor, MucRole.Visitor), (Room.RoleOf("Juliet"), Room.RoleOf("Giulietta")));
    }

    [Fact]
    public void Somebody_absent_can_be_muted()
    {
        Assert.Empty(Room.Mute(AdminScene.Nurse));
        Room.Join(AdminScene.Nurse, "Nurse");
        Assert.Equal(MucRole.Visitor, Room.RoleOf("Nurse"));
    }

    [Fact]
    public void Membership_gives_no_voice_to_the_mute_and_administration_does()
    {
        Room.Mute(AdminScene.Juliet);
        Scene.Admin(AdminScene.Romeo, "<item jid='juliet@capulet.example' affiliation='member'/>");
        Assert.Equal(MucRole.Visitor, Room.RoleOf("Juliet"));
        Scene.Admin(AdminScene.Romeo, "<item jid='juliet@capulet.example' affiliation='admin'/>");
        Assert.Equal(MucRole.Moderator, Room.RoleOf("Juliet"));
        Assert.Empty(Room.Room.Mutes.All);
    }

    [Fact]
    public void In_a_moderated_room_the_voice_comes_back_that_was_there_before()
    {
        Scene.Configure(AdminScene.Romeo, ("muc#roomconfig_moderatedroom", ["1"]));
        Scene.Admin(AdminScene.Romeo, "<item nick='Juliet' role='visitor'/>");
        Scene.Admin(AdminScene.Romeo, "<item nick='Juliet' role='participant'/>");
        Room.Join(AdminScene.Nurse, "Nurse");
        Room.Mute(AdminScene.Juliet, Hour);
        Room.Mute(AdminScene.Nurse, Hour);
        Room.Wait();
        Assert.Equal((MucRole.Participant, MucRole.Visitor), (Room.RoleOf("Juliet"), Room.RoleOf("Nurse")));
    }

    [Theory]
    [InlineData(MucAffiliation.None, MucRole.Participant, "juliet@capulet.example", StanzaErrorCondition.Forbidden)]
    [InlineData(MucAffiliation.None, MucRole.Moderator, "juliet@capulet.example", null)]
    [InlineData(MucAffiliation.None, MucRole.Moderator, "absent@capulet.example", null)]
    [InlineData(MucAffiliation.Admin, MucRole.None, "juliet@capulet.example", null)]
    [InlineData(MucAffiliation.None, MucRole.Moderator, "romeo@montague.example", StanzaErrorCondition.NotAllowed)]
    [InlineData(MucAffiliation.Owner, MucRole.Moderator, "romeo@montague.example", StanzaErrorCondition.NotAllowed)]
    public void Whoever_may_take_voice_may_mute(MucAffiliation affiliation, MucRole role, string target, StanzaErrorCondition? refused) =>
        Assert.Equal(
            refused,
            Muting.Check(Room.Room, new Actor(Jid.Parse("paris@verona.example"), affiliation, role, null), Jid.Parse(target))?.Condition);
}
