using MucGen.Protocol;
using MucGen.Xml;

namespace MucGen.Rooms.Archive;

/// <summary>Writes what an archive answers (XEP-0313 4, 5), whoever's it is.</summary>
public static class ArchiveAnswers
{
    /// <summary>Writes the form that queries take (4.1.5).</summary>
    public static void WriteForm(ref XmppWriter writer)
    {
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
    }

    /// <summary>Writes one message of a page (4.2).</summary>
    /// <param name="writer">Stands inside of a message from the archive's owner.</param>
    /// <param name="message">The archived message.</param>
    /// <param name="queryId">The query's own id.</param>
    /// <param name="author">The author's real address, where the archive adds it (6.1.2).</param>
    public static void WriteResult(ref XmppWriter writer, ArchivedMessage message, XmlText queryId, Jid? author = null)
    {
        ArgumentNullException.ThrowIfNull(message);
        var result = ArchiveResultWriter.Start(ref writer, id: message.Id, queryId: queryId);
        var forwarded = ForwardedWriter.Start(ref result.Any());
        DelayWriter.Write(ref forwarded.Any(), stamp: message.At);
        RelayedStanza.WriteForwarded(ref writer, message.Stanza.Utf8);
        if (author is not null)
        {
            var x = MucUserWriter.Start(ref writer);
            x.StartItem(jid: author).End();
            x.End();
        }
        writer.Raw("</message>"u8);
        forwarded.End();
        result.End();
    }

    /// <summary>Writes which page it was (4.3).</summary>
    public static void WriteEnd(ref XmppWriter writer, ArchivePage page)
    {
        ArgumentNullException.ThrowIfNull(page);
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
    }

    /// <summary>Writes the ids and times of the first and the last message (5).</summary>
    /// <param name="writer">Stands inside of the result.</param>
    /// <param name="ends">The first and the last message, or the only one, or none.</param>
    public static void WriteMetadata(ref XmppWriter writer, ArchivePage ends)
    {
        ArgumentNullException.ThrowIfNull(ends);
        var metadata = ArchiveMetadataWriter.Start(ref writer);
        if (ends.Messages is [var first, ..])
        {
            var last = ends.Messages[^1];
            metadata.First(id: first.Id, timestamp: first.At);
            metadata.Last(id: last.Id, timestamp: last.At);
        }
        metadata.End();
    }

    /// <summary>The messages of a page in the order of sending (4.3.4).</summary>
    public static IEnumerable<ArchivedMessage> InOrder(ArchivePage page, bool isFlipped)
    {
        ArgumentNullException.ThrowIfNull(page);
        return isFlipped ? page.Messages.Reverse() : page.Messages;
    }

    // 4.1.5: a list to which the client adds what it likes (XEP-0122).
    private static void WriteIds(ref XmppWriter writer)
    {
        var ids = DataFormFieldWriter.Start(ref writer, label: "The messages with these ids", type: FormFieldType.ListMulti, var: ArchiveQueryFormFields.Ids);
        writer.Raw("<validate xmlns='http://jabber.org/protocol/xdata-validate' datatype='xs:string'><open/></validate>"u8);
        ids.End();
    }
}
