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
        var answer = ArchiveQueryWriter.Start(ref writer);
        var form = ArchiveQueryFormWriter.Start(ref writer, FormType.Form);
        form.With();
        form.Earliest();
        form.Latest();
        form.BeforeId();
        form.AfterId();
        WriteIds(ref writer);
        form.End();
        answer.End();
        turn.SendResult(payload, ref writer);
    }

    /// <summary>Gives a page: the messages, then the result that says which page it was (4.2, 4.3).</summary>
    [OnIq(IqType.Set)]
    public static void Query(RoomTurn turn, ArchiveQueryView query)
    {
        if (Check(turn) is { } refusal)
            turn.Refuse(refusal);
        else if (!query.Node.IsEmpty)
            turn.Refuse(NoSuchNode);
        else if (ArchiveRequest.Read(turn, query, out var wanted) is { } wrong)
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
        if ((Check(turn) ?? ArchiveRequest.CheckSender(turn, wanted)) is { } refusal)
        {
            turn.Refuse(refusal);
            return;
        }
        if (page.Outcome == ArchiveOutcome.UnknownId)
        {
            turn.Refuse(NoSuchId);
            return;
        }

        ArchiveQueryView.TryRead(turn.Root.FirstChild, out var query, out _);
        var messages = page.Messages;
        for (var i = 0; i < messages.Count; i++)
            SendResult(turn, messages[query.FlipPage ? messages.Count - 1 - i : i], query.QueryId); // 4.3.4: only the order of sending
        SendEnd(turn, page);
    }

    private static void AnswerMetadata(RoomTurn turn, ArchivePage page)
    {
        if (Check(turn) is { } refusal)
        {
            turn.Refuse(refusal);
            return;
        }

        var payload = turn.StartResult(out var writer);
        var metadata = ArchiveMetadataWriter.Start(ref writer);
        if (page.Messages is [var first, .., var last])
            WriteEnds(ref metadata, first, last);
        else if (page.Messages is [var only])
            WriteEnds(ref metadata, only, only);
        metadata.End();
        turn.SendResult(payload, ref writer);
    }

    // 4.1.5: a list to which the client adds what it likes (XEP-0122).
    private static void WriteIds(ref XmppWriter writer)
    {
        var ids = DataFormFieldWriter.Start(ref writer, label: "The messages with these ids", type: FormFieldType.ListMulti, var: ArchiveQueryFormFields.Ids);
        writer.Raw("<validate xmlns='http://jabber.org/protocol/xdata-validate' datatype='xs:string'><open/></validate>"u8);
        ids.End();
    }

    private static void WriteEnds(ref ArchiveMetadataWriter metadata, ArchivedMessage first, ArchivedMessage last)
    {
        metadata.First(id: first.Id, timestamp: first.At);
        metadata.Last(id: last.Id, timestamp: last.At);
    }

    // 6.1.2: the sender's real address goes to those who may know it now, and the last gate watches over it.
    private static void SendResult(RoomTurn turn, ArchivedMessage message, XmlText queryId)
    {
        var sender = message.Sender.Bare;
        var shows = message.From.IsFull && turn.Room.MaySeeAddress(turn.From, sender);
        var payload = turn.StartMessage(out var writer);
        var result = ArchiveResultWriter.Start(ref writer, id: message.Id, queryId: queryId);
        var forwarded = ForwardedWriter.Start(ref result.Any());
        DelayWriter.Write(ref forwarded.Any(), stamp: message.At);
        RelayedStanza.WriteForwarded(ref writer, message.Stanza.Utf8);
        if (shows)
        {
            var x = MucUserWriter.Start(ref writer);
            x.StartItem(jid: message.Sender).End();
            x.End();
        }
        writer.Raw("</message>"u8);
        forwarded.End();
        result.End();
        turn.EndMessage(payload, ref writer, reveals: shows ? sender : null);
        turn.Send(payload, turn.From);
        payload.Dispose();
    }

    private static void SendEnd(RoomTurn turn, ArchivePage page)
    {
        var payload = turn.StartResult(out var writer);
        var fin = ArchiveFinWriter.Start(ref writer, complete: page.IsComplete ? true : null);
        var set = fin.StartSet();
        set.Count(page.Count);
        if (page.Messages is [var first, ..])
        {
            set.First(value: first.Id);
            set.Last(page.Messages[^1].Id);
        }
        set.End();
        fin.End();
        turn.SendResult(payload, ref writer);
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

    private static readonly Refusal NoSuchNode = Refusal.ItemNotFound("The archive of a room has no nodes.");
    private static readonly Refusal NoSuchId = Refusal.ItemNotFound("The archive has no message with this id.");
}
