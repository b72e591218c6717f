using MucGen.Rooms.Features;
using MucGen.Xml;
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

    // muc-17.1-03, muc-7.10-08: every mark that turns the text, and what is invisible within it
    [Theory]
    [InlineData(0x00AD, 0x00AD)]
    [InlineData(0x061C, 0x061C)]
    [InlineData(0x180E, 0x180E)]
    [InlineData(0x200B, 0x200B)]
    [InlineData(0x200E, 0x200F)]
    [InlineData(0x2028, 0x202E)]
    [InlineData(0x2060, 0x206F)]
    [InlineData(0xFEFF, 0xFEFF)]
    [InlineData(0xFFF9, 0xFFFB)]
    [InlineData(0xE0001, 0xE007F)]
    public void Invisible_marks_are_malformed_everywhere(int first, int last)
    {
        var room = new TestRoom();
        room.Join("romeo@users.example/a", "Romeo");
        room.Configure(new RoomConfig());
        for (var value = first; value <= last; value++)
        {
            var nick = $"Ro{char.ConvertFromUtf32(value)}meo";
            Assert.False(Jid.TryParse($"{TestRoom.Address}/{nick}", out _, out _)); // joining and changing: jid-malformed before any room
            Assert.Contains("<jid-malformed ", Assert.Single(Register(room, nick)).Xml, StringComparison.Ordinal);
            Assert.Contains("<jid-malformed ", Assert.Single(Reserve(room, nick)).Xml, StringComparison.Ordinal);
        }
    }

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

    private static IReadOnlyList<Sent> Register(TestRoom room, string nick) => room.Send(
        "juliet@users.example/a",
        $"<iq to='{TestRoom.Address}' type='set' id='r'><query xmlns='jabber:iq:register'><x xmlns='jabber:x:data' type='submit'>"
        + "<field var='FORM_TYPE'><value>http://jabber.org/protocol/muc#register</value></field>"
        + $"<field var='muc#register_roomnick'><value>{nick}</value></field></x></query></iq>");

    private static IReadOnlyList<Sent> Reserve(TestRoom room, string nick) => room.Send(
        "romeo@users.example/a",
        $"<iq to='{TestRoom.Address}' type='set' id='a'><query xmlns='http://jabber.org/protocol/muc#admin'>"
        + $"<item affiliation='member' jid='juliet@users.example' nick='{nick}'/></query></iq>");

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
