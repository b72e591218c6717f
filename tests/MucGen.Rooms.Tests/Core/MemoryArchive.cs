using System.Text;
using MucGen.Rooms.Archive;
using MucGen.Rooms.Journal;
using MucGen.Xml;

namespace MucGen.Rooms.Tests.Core;

/// <summary>The archive of one room as a list: it says in the plainest way what a store must answer.</summary>
internal sealed class MemoryArchive
{
    private readonly List<ArchivedMessage> messages = [];

    /// <summary>Whether the store fails.</summary>
    public bool Fails { get; set; }

    /// <summary>Everything that is archived.</summary>
    public IReadOnlyList<ArchivedMessage> Messages => messages;

    /// <summary>Keeps what a turn recorded.</summary>
    public void Take(IEnumerable<RoomEvent> events)
    {
        foreach (var change in events)
        {
            switch (change)
            {
                case MessageRelayed message when message.Keeping.HasFlag(MessageKeeping.Archive):
                    var at = DateTimeOffset.FromUnixTimeMilliseconds(message.At.ToUnixTimeMilliseconds());
                    messages.Add(new ArchivedMessage(Encoding.UTF8.GetString(message.Id), at, message.From, message.Sender, message.Stanza));
                    break;
                case MessageRetracted retraction:
                    Retract(retraction.Tombstone, message => message.Id == retraction.Id
                        && (retraction.Author is null || retraction.Author == message.Sender.Bare));
                    break;
                case SenderRetracted retraction:
                    Retract(retraction.Tombstone, message => message.Sender.Bare == retraction.Sender);
                    break;
                case RoomDestroyed:
                    messages.Clear();
                    break;
            }
        }
    }

    /// <summary>Answers a query.</summary>
    public ArchivePage Answer(ArchiveQuery query)
    {
        if (Fails)
            return ArchivePage.Failed;
        var there = messages.Where(message => query.NotBefore is null || message.At >= query.NotBefore).ToList();
        foreach (var id in query.After.Concat(query.Before).Concat(query.Ids ?? []))
        {
            if (there.All(message => message.Id != id))
                return ArchivePage.UnknownId;
        }

        var wanted = there.Where((message, index) => IsWanted(message, query)
            && query.After.All(id => there.FindIndex(other => other.Id == id) < index)
            && query.Before.All(id => there.FindIndex(other => other.Id == id) > index)).ToList();
        if (query.EndsOnly)
            return new ArchivePage(wanted.Count > 1 ? [wanted[0], wanted[^1]] : wanted, true);
        var page = query.FromEnd ? wanted.TakeLast(query.Max) : wanted.Take(query.Max);
        return new ArchivePage([.. page], wanted.Count <= query.Max, query.CountsAll ? wanted.Count : null);
    }

    private static bool IsWanted(ArchivedMessage message, ArchiveQuery query) =>
        (query.Occupant is null || query.Occupant == message.From)
        && (query.Sender is null || query.Sender == (query.Sender.IsBare ? message.Sender.Bare : message.Sender))
        && (query.Ids is null || query.Ids.Contains(message.Id))
        && !(query.Start > message.At) && !(query.End < message.At)
        && !(query.LeavesOutRetracted && message.IsRetracted);

    private void Retract(Markup tombstone, Func<ArchivedMessage, bool> isMeant)
    {
        for (var i = 0; i < messages.Count; i++)
        {
            if (messages[i].IsRetracted || !isMeant(messages[i]))
                continue;
            using var output = new PooledBufferWriter();
            RelayedStanza.WriteTombstone(messages[i].Stanza.Utf8, tombstone.Utf8, output);
            messages[i] = messages[i] with { Stanza = new Markup(output.WrittenSpan.ToArray()), IsRetracted = true };
        }
    }
}
