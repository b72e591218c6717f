using System.Globalization;
using System.Text.RegularExpressions;
using MucGen.Xml;
using Xunit;

namespace MucGen.Rooms.Tests.Core;

/// <summary>Whoever comes whenever misses nothing and hears nothing twice (XEP-0045 7.1, 7.4).</summary>
public sealed class OrderTests
{
    private const string Owner = "romeo@users.example/a";

    [Theory]
    [MemberData(nameof(ReplayTests.Seeds), MemberType = typeof(ReplayTests))]
    [Proves("muc-7.4-14")]
    public void Everybody_hears_one_sequence_history_and_live_without_gap_or_repetition(int seed)
    {
        var random = new Random(seed);
        var room = new TestRoom();
        room.Join(Owner, "Romeo");
        room.Configure(new RoomConfig { MaxHistoryFetch = 100 });
        var heard = new Dictionary<Jid, List<int>>();
        for (var said = 0; said < 60;)
        {
            var who = $"user{random.Next(5)}@users.example/a";
            var isIn = room.Room.Occupants.Find(Jid.Parse(who)) is not null;
            var sent = isIn
                ? room.Say(who, (said++).ToString(CultureInfo.InvariantCulture))
                : room.Join(who, who[..who.IndexOf('@', StringComparison.Ordinal)]);
            foreach (var stanza in sent)
            {
                if (!heard.TryGetValue(stanza.To, out var numbers))
                    heard.Add(stanza.To, numbers = []);
                numbers.AddRange(Regex.Matches(stanza.Xml, "<body>([0-9]+)</body>").Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)));
            }
        }

        Assert.NotEmpty(heard);
        Assert.All(heard.Values, numbers => Assert.Equal(Enumerable.Range(0, 60), numbers));
    }
}
