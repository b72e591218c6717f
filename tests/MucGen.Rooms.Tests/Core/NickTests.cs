using MucGen.Rooms.Features;
using Xunit;

namespace MucGen.Rooms.Tests.Core;

public sealed class NickTests
{
    // muc-17.1-03, muc-17.1-06, muc-7.6-15
    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("\u00A0\u2003")]
    [InlineData("\u200B")]
    [InlineData("\u3164")]
    [InlineData("\u2800\u2800")]
    [InlineData("a\u0007b")]
    [InlineData("Romeo\u202Eoemor")]
    [InlineData("\u2066Romeo")]
    [InlineData("Ro\u200Fmeo")]
    [InlineData("line\u2028break")]
    public void A_nick_that_cannot_be_seen_or_turns_the_text_is_refused(string nick) =>
        Assert.NotNull(Nicks.Prepare(nick, TestRoom.DefaultPolicy, out _));

    // muc-13-02, muc-17.1-04
    [Theory]
    [InlineData("Romeo")]
    [InlineData("Romeo Montague")]
    [InlineData("Ромео")]
    [InlineData("\u05E8\u05D5\u05DE\u05D0\u05D5")]
    [InlineData("\U0001F339")]
    public void Names_of_all_scripts_are_nicks(string nick)
    {
        Assert.Null(Nicks.Prepare(nick, TestRoom.DefaultPolicy, out var prepared));
        Assert.Equal(nick, prepared);
    }

    // muc-14.6-02
    [Theory]
    [InlineData(1023, true)]
    [InlineData(1024, false)]
    public void The_longest_nick_has_1023_bytes(int bytes, bool isAllowed) =>
        Assert.Equal(isAllowed, Nicks.Prepare(new string('n', bytes), TestRoom.DefaultPolicy, out _) is null);

    // muc-7.2.8-11: composed and decomposed forms are one nick
    [Fact]
    public void Nicks_that_prepare_alike_are_the_same_nick()
    {
        var room = new TestRoom();
        room.Join("romeo@users.example/a", "Rome\u0301o");
        room.Configure(new RoomConfig());
        var sent = Assert.Single(room.Join("juliet@users.example/a", "Rom\u00E9o"));
        Assert.Contains("<conflict", sent.Xml, StringComparison.Ordinal);
    }
}
