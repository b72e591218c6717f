using System.Text;
using MucGen.Protocol;

namespace MucGen.Rooms.Features;

/// <summary>What newcomers get of the past (XEP-0045 7.2.13, 7.2.14).</summary>
internal static class HistoryReplay
{
    /// <summary>Sends the newest messages that satisfy every limit at once: the room's, and each one that the client states.</summary>
    public static void Send(RoomTurn turn, OccupantSession session, in MucHistoryView wanted)
    {
        var history = turn.Room.History;
        var config = turn.Room.Config;
        var messages = Math.Min(config.MaxHistoryFetch, (StatesLimit(wanted) ? wanted.MaxStanzas : config.DefaultHistory) ?? int.MaxValue);
        var characters = wanted.MaxChars ?? int.MaxValue;
        var oldest = Oldest(turn.Now, wanted);

        var first = history.Count;
        while (first > 0 && history.Count - first < messages && history[first - 1].At >= oldest)
        {
            if (characters != int.MaxValue)
            {
                characters -= CharactersOf(history.Delayed(first - 1), session);
                if (characters < 0)
                    break; // never a part of a message
            }
            first--;
        }
        for (var i = first; i < history.Count; i++)
            turn.Send(history.Delayed(i), session.FullJid);
    }

    private static bool StatesLimit(in MucHistoryView wanted) =>
        wanted.MaxStanzas is not null || wanted.MaxChars is not null || wanted.Seconds is not null || wanted.Since is not null;

    private static DateTimeOffset Oldest(DateTimeOffset now, in MucHistoryView wanted)
    {
        var oldest = wanted.Since ?? DateTimeOffset.MinValue;
        if (wanted.Seconds is { } seconds && now - DateTimeOffset.MinValue > TimeSpan.FromSeconds(seconds))
        {
            var bySeconds = now - TimeSpan.FromSeconds(seconds);
            return bySeconds > oldest ? bySeconds : oldest;
        }
        return oldest;
    }

    // 7.2.14 counts characters of the complete stanza, not bytes and not only bodies.
    private static int CharactersOf(Payload payload, OccupantSession session) =>
        Encoding.UTF8.GetCharCount(payload.Bytes) + " to=''".Length + Encoding.UTF8.GetCharCount(session.FullJid.EscapedUtf8);
}
