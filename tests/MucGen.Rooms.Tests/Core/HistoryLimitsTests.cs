using System.Globalization;
using System.Text.RegularExpressions;
using Xunit;

namespace MucGen.Rooms.Tests.Core;

/// <summary>What a newcomer gets of history and subject, by a clock that the test moves (XEP-0045 7.2.13 to 7.2.15).</summary>
public sealed class HistoryLimitsTests
{
    private const string Owner = "romeo@users.example/a";
    private const string Newcomer = "juliet@users.example/a";
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 0, 0, TimeSpan.Zero);

    private readonly TestRoom room = new() { Now = Start };

    public HistoryLimitsTests() => room.Join(Owner, "Romeo");

    // Five messages, at 3:01 to 3:05; it is 3:06 when somebody comes.
    [Theory]
    [InlineData("", "1 2 3 4 5")]
    [InlineData("seconds='180'", "3 4 5")]
    [InlineData("seconds='179'", "4 5")]
    [InlineData("since='2026-01-02T03:04:00Z'", "4 5")]
    [InlineData("since='2026-01-02T04:04:00+01:00'", "4 5")]
    [InlineData("since='2026-01-02T03:04:01Z'", "5")]
    [InlineData("maxstanzas='50' seconds='120'", "4 5")]
    [InlineData("maxstanzas='1' seconds='120'", "5")]
    [InlineData("maxstanzas='3' seconds='120' since='2026-01-02T03:05:00Z'", "5")]
    [InlineData("maxstanzas='4' since='2026-01-02T03:01:00Z'", "2 3 4 5")]
    [InlineData("maxstanzas='4' maxchars='0'", "")]
    [Proves("muc-7.2.14-03", "muc-7.2.14-04", "muc-7.2.14-05")]
    public void Every_limit_counts(string limits, string expected)
    {
        Say(5, new RoomConfig());
        Assert.Equal(expected, History(limits));
    }

    [Theory]
    [InlineData("maxstanzas='50' seconds='3600'", "4 5")]
    [InlineData("since='1970-01-01T00:00:00Z'", "4 5")]
    [InlineData("maxstanzas='1'", "5")]
    [InlineData("seconds='60'", "5")]
    [Proves("muc-7.2.14-05", "muc-7.2.14-06", "muc-7.2.14-12")]
    public void The_rooms_limit_counts_too(string limits, string expected)
    {
        Say(5, new RoomConfig { MaxHistoryFetch = 2 });
        Assert.Equal(expected, History(limits));
    }

    [Fact]
    [Proves("muc-7.2.15-04", "muc-7.2.15-05", "muc-7.2.15-07", "MC-0203-01", "MC-0203-05")]
    public void The_subject_has_the_time_at_which_it_was_set_or_cleared()
    {
        room.Configure(new RoomConfig());
        Assert.Equal("<subject></subject>", Subject()); // never set: nothing was delayed

        room.Now = Start.AddMinutes(10);
        Change("Stars");
        room.Now = Start.AddMinutes(20);
        Assert.Equal($"<subject>Stars</subject>{Delay("03:10:00")}", Subject());

        room.Now = Start.AddMinutes(30);
        Change("");
        room.Now = Start.AddMinutes(40);
        Assert.Equal($"<subject></subject>{Delay("03:30:00")}", Subject());
    }

    private static string Delay(string time) => $"<delay xmlns='urn:xmpp:delay' from='{TestRoom.Address}' stamp='2026-01-02T{time}Z'/>";

    private void Say(int count, RoomConfig config)
    {
        room.Configure(config);
        for (var i = 1; i <= count; i++)
        {
            room.Now = Start.AddMinutes(i);
            room.Say(Owner, i.ToString(CultureInfo.InvariantCulture));
        }
        room.Now = Start.AddMinutes(count + 1);
    }

    private string History(string limits) => string.Join(' ', Enter($"<history {limits}/>")
        .SelectMany(xml => Regex.Matches(xml, "<body>([0-9]+)</body>")).Select(match => match.Groups[1].Value));

    private string Subject()
    {
        var told = Enter("")[^1];
        room.Send(Newcomer, $"<presence to='{TestRoom.Address}/Juliet' type='unavailable'/>");
        return Regex.Replace(Regex.Match(told, "<message [^>]*>(.*)</message>").Groups[1].Value, "<subject/>", "<subject></subject>");
    }

    private List<string> Enter(string content) =>
        [.. room.Send(Newcomer, $"<presence to='{TestRoom.Address}/Juliet'><x xmlns='http://jabber.org/protocol/muc'>{content}</x></presence>")
            .Where(sent => sent.To.ToString() == Newcomer).Select(sent => sent.Xml)];

    private void Change(string subject) =>
        room.Send(Owner, $"<message to='{TestRoom.Address}' type='groupchat'><subject>{subject}</subject></message>");
}
