using MucGen.Protocol;
using MucGen.Rooms.Tests.Core;
using Xunit;
using static MucGen.Rooms.Tests.Administration.AdminScene;

namespace MucGen.Rooms.Tests.Administration;

/// <summary>Corners of asking for voice and granting it (XEP-0045 7.13, 8.6).</summary>
public sealed class VoiceDecisionTests
{
    private readonly AdminScene scene = new(new RoomConfig { IsModerated = true });

    public VoiceDecisionTests() => scene.Room.Join(Juliet, "Juliet");

    [Theory]
    [InlineData("1", MucRole.Participant)] // muc-8.6-05
    [InlineData("true", MucRole.Participant)]
    [InlineData("0", MucRole.Visitor)]
    public void The_decision_counts(string allow, MucRole role)
    {
        Answer(allow, Juliet, "Juliet");
        Assert.Equal(role, scene.Room.Room.Occupants.Find("Juliet")!.Role);
    }

    [Fact]
    public void It_is_for_the_person_under_that_nick() // muc-8.6-09
    {
        Answer("1", Juliet, "Nurse");
        Answer("1", Nurse, "Juliet");
        Assert.Equal(MucRole.Visitor, scene.Room.Room.Occupants.Find("Juliet")!.Role);
    }

    [Fact]
    public void It_has_no_effect_on_whoever_left_or_has_voice() // muc-8.6-08
    {
        Answer("1", Juliet, "Juliet");
        Assert.Empty(Answer("1", Juliet, "Juliet"));
        Assert.Empty(Answer("1", Nurse, "Nurse"));
    }

    [Fact]
    public void Whoever_has_voice_asks_in_vain() // muc-7.13-03
    {
        Answer("1", Juliet, "Juliet");
        Assert.Empty(scene.Voice(Juliet, ("muc#role", ["participant"])));
    }

    [Fact]
    public void Nothing_but_voice_can_be_asked_for() => // muc-8.6-11
        Assert.Contains("<bad-request ", Assert.Single(scene.Voice(Juliet, ("muc#role", ["moderator"]))).Xml, StringComparison.Ordinal);

    private IReadOnlyList<Sent> Answer(string allow, string jid, string nick) => scene.Voice(
        Romeo, ("muc#role", ["participant"]), ("muc#jid", [jid]), ("muc#roomnick", [nick]), ("muc#request_allow", [allow]));
}
