using MucGen.Protocol;
using MucGen.Rooms.Archive;
using MucGen.Rooms.Privileges;
using MucGen.Xml;

namespace MucGen.Rooms.Features;

/// <summary>
/// The archive of a room that is logged (XEP-0313). Every query is judged twice: when it comes, and when the archive has answered; only the second counts for
/// what is shown.
/// </summary>
[Feature(Base)]
[Feature(Extended)]
public static class RoomArchive
{
    private const string Base = "urn:xmpp:mam:2";
    private const string Extended = "urn:xmpp:mam:2#extended";

    /// <summary>Gives the form of queries (4.1.5).</summary>
    [OnIq(IqType.Get)]
    public static void Form(RoomTurn turn, ArchiveQueryView query)
    {
        if (Check(turn) is { } refusal)
        {
            turn.Refuse(refusal);
            return;
        }

        var payload = turn.StartResult(out var writer);
        ArchiveAnswers.WriteForm(ref writer);
        turn.SendResult(payload, ref writer);
    }

    /// <summary>Gives a page: the messages, then the result that says which page it was (4.2, 4.3).</summary>
    [OnIq(IqType.Set)]
    public static void Query(RoomTurn turn, ArchiveQueryView query)
    {
        if (Check(turn) is { } refusal)
            turn.Refuse(refusal);
        else if ((ArchiveRequest.Read(query, turn.Policy.MaxArchivePage, out var wanted, out var with) ?? ReadSender(turn, with, ref wanted)) is { } wrong)
            turn.Refuse(wrong);
        else
            turn.Ask(wanted, (later, page) => Answer(later, wanted, page));
    }

    /// <summary>Gives the ids and times of the first and the last message (5).</summary>
    [OnIq(IqType.Get)]
    public static void Metadata(RoomTurn turn, ArchiveMetadataView metadata)
    {
        if (Check(turn) is { } refusal)
            turn.Refuse(refusal);
        else
            turn.Ask(new ArchiveQuery { Max = 1, EndsOnly = true, NotBefore = OldestFor(turn) }, AnswerMetadata);
    }

    /// <summary>Whether the room has what a feature stands for (7).</summary>
    internal static bool Announces(string feature, Room room) => room.Config.IsLogged || feature is not (Base or Extended);

    /// <summary>The time before which nothing is in the archive any more; null when there is no such time.</summary>
    internal static DateTimeOffset? Oldest(RoomTurn turn) => turn.Policy.ArchiveLifetime is { } kept ? turn.Now - kept : null;

    /// <summary>The same for who asks, whose reading the service may bound to their time with the room.</summary>
    internal static DateTimeOffset? OldestFor(RoomTurn turn)
    {
        var oldest = Oldest(turn);
        if (!turn.Policy.BoundsArchiveReading)
            return oldest;
        var since = ArchiveReaders.Since(turn, turn.From.Bare);
        return oldest > since ? oldest : since;
    }

    private static void Answer(RoomTurn turn, ArchiveQuery wanted, ArchivePage page)
    {
        if ((Check(turn) ?? CheckSender(turn, wanted)) is { } refusal)
        {
            turn.Refuse(refusal);
            return;
        }
        if (page.Outcome == ArchiveOutcome.UnknownId)
        {
            turn.Refuse(ArchiveRequest.NoSuchId);
            return;
        }

        ArchiveQueryView.TryRead(turn.Root.FirstChild, out var query, out _);
        foreach (var message in ArchiveAnswers.InOrder(page, query.FlipPage))
            SendResult(turn, message, query.QueryId);
        var payload = turn.StartResult(out var writer);
        ArchiveAnswers.WriteEnd(ref writer, page);
        turn.SendResult(payload, ref writer);
    }

    private static void AnswerMetadata(RoomTurn turn, ArchivePage page)
    {
        if (Check(turn) is { } refusal)
        {
            turn.Refuse(refusal);
            return;
        }

        var payload = turn.StartResult(out var writer);
        ArchiveAnswers.WriteMetadata(ref writer, page);
        turn.SendResult(payload, ref writer);
    }

    // 4.1.1: an occupant JID of this room, the room itself, or the real address of somebody whom the reader may know.
    private static Refusal? ReadSender(RoomTurn turn, Jid? with, ref ArchiveQuery query)
    {
        var isOccupant = with is not null && with.Bare.Equals(turn.Room.Address);
        query = query with { NotBefore = OldestFor(turn), Occupant = isOccupant ? with : null, Sender = isOccupant ? null : with };
        return CheckSender(turn, query);
    }

    /// <summary>Whether the reader may know whom they ask for; also asked when the answer is there, since that may have changed.</summary>
    private static Refusal? CheckSender(RoomTurn turn, ArchiveQuery query) =>
        query.Sender is { } sender && !turn.Room.MaySeeAddress(turn.From, sender.Bare) ? ArchiveRules.HiddenSender : null;

    // 6.1.2: the sender's real address goes to those who may know it now, and the last gate watches over it.
    private static void SendResult(RoomTurn turn, ArchivedMessage message, XmlText queryId)
    {
        var sender = message.Sender.Bare;
        var shows = message.From.IsFull && turn.Room.MaySeeAddress(turn.From, sender);
        var payload = turn.StartMessage(out var writer);
        ArchiveAnswers.WriteResult(ref writer, message, queryId, shows ? message.Sender : null);
        turn.EndMessage(payload, ref writer, reveals: shows ? sender : null);
        turn.Send(payload, turn.From);
        payload.Dispose();
    }

    private static Refusal? Check(RoomTurn turn)
    {
        var config = turn.Room.Config;
        if (!config.IsLogged)
            return NoArchive;
        var actor = Actor.Of(turn);
        return ArchiveRules.CheckReading(actor.Affiliation, actor.Occupant is not null, config.IsMembersOnly, config.IsPasswordProtected);
    }

    private static readonly Refusal NoArchive = new(
        StanzaErrorCondition.ServiceUnavailable, StanzaErrorType.Cancel, "This room keeps no archive.");
}
