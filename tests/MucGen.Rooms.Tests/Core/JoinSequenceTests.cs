using MucGen.Xml;
using Xunit;

namespace MucGen.Rooms.Tests.Core;

/// <summary>What holds for every entry, whoever enters in whatever state of the room.</summary>
public sealed class JoinSequenceTests
{
    // muc-7.1-01 to muc-7.1-05, muc-7.2.2-11, muc-7.2.15-09
    [Theory]
    [MemberData(nameof(ReplayTests.Seeds), MemberType = typeof(ReplayTests))]
    public void Every_entry_ends_with_self_presence_history_and_one_subject(int seed)
    {
        var dialogue = new RandomDialogue(seed);
        var room = new TestRoom();
        for (var step = 0; step < 100; step++)
        {
            dialogue.Step(room);
            var who = dialogue.Person();
            var sent = room.Join(who, $"New {who[..who.IndexOf('@', StringComparison.Ordinal)]}").Where(stanza => stanza.To.ToString() == who).ToList();
            if (room.Room.Occupants.Find(Jid.Parse(who)) is null)
            {
                Assert.Contains("type='error'", Assert.Single(sent).Xml, StringComparison.Ordinal);
                continue;
            }
            var self = sent.FindLastIndex(stanza => stanza.Xml.Contains("code='110'", StringComparison.Ordinal));
            var messages = sent.Skip(self + 1).ToList();
            var forms = messages.Count - 1 - messages.FindLastIndex(static stanza => stanza.Xml.Contains("<subject", StringComparison.Ordinal));
            Assert.All(messages.TakeLast(forms), stanza => Assert.Contains("muc#register", stanza.Xml, StringComparison.Ordinal)); // 9.9, for admins
            messages.RemoveRange(messages.Count - forms, forms);
            Assert.All(sent.Take(self + 1), stanza => Assert.StartsWith("<presence", stanza.Xml, StringComparison.Ordinal));
            Assert.All(messages, stanza => Assert.StartsWith("<message", stanza.Xml, StringComparison.Ordinal));
            Assert.Contains("<subject", messages[^1].Xml, StringComparison.Ordinal);
            Assert.All(messages.SkipLast(1), stanza => Assert.Contains("urn:xmpp:delay", stanza.Xml, StringComparison.Ordinal));
        }
    }

    // muc-17.2-01: outsiders get errors and nothing else
    [Theory]
    [MemberData(nameof(ReplayTests.Seeds), MemberType = typeof(ReplayTests))]
    public void Nobody_outside_hears_anything_but_answers_to_themselves(int seed)
    {
        var dialogue = new RandomDialogue(seed);
        var room = new TestRoom();
        for (var step = 0; step < 150; step++)
        {
            var before = room.Room.Occupants.Sessions.Select(session => session.FullJid).ToHashSet();
            var sent = dialogue.Step(room);
            var after = room.Room.Occupants.Sessions.Select(session => session.FullJid).ToHashSet();
            var strangers = sent.Where(stanza => !before.Contains(stanza.To) && !after.Contains(stanza.To)).ToList();
            Assert.All(strangers, stanza => Assert.True(
                stanza.Xml.Contains("type='error'", StringComparison.Ordinal)
                || stanza.Xml.Contains("code='110'", StringComparison.Ordinal)
                || stanza.Xml.StartsWith("<iq ", StringComparison.Ordinal)
                || stanza.Xml.Contains("jabber:x:data", StringComparison.Ordinal),
                stanza.Xml));
        }
    }
}
