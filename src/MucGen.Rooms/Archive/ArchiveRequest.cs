using MucGen.Protocol;
using MucGen.Rooms.Privileges;
using MucGen.Xml;

namespace MucGen.Rooms.Archive;

/// <summary>Reads what a client asks of the archive (XEP-0313 4.1, 4.3; XEP-0059).</summary>
public static class ArchiveRequest
{
    /// <summary>The query that the request means, or why it means none.</summary>
    /// <param name="request">The request.</param>
    /// <param name="most">The most messages that a page may have.</param>
    /// <param name="query">What to ask the archive, for all senders.</param>
    /// <param name="with">The sender, or the other side, that is asked for; what it means is the archive's to say.</param>
    public static Refusal? Read(ArchiveQueryView request, int most, out ArchiveQuery query, out Jid? with)
    {
        query = new ArchiveQuery { Max = 0 };
        with = null;
        if (!request.Node.IsEmpty)
            return NoSuchNode;
        if (request.Set.Index is not null)
            return NoIndex; // XEP-0059 2.6: the number of a message changes when others expire
        if (request.Form.IsPresent && (CheckFields(request.Form) ?? ReadForm(request.Form, ref query, out with)) is { } refusal)
            return refusal;

        var set = request.Set;
        query = query with
        {
            After = With(query.After, set.After),
            Before = With(query.Before, set.Before),
            FromEnd = set.Before.IsPresent,
            Max = Math.Min(set.Max ?? most, most),
            CountsAll = set.Max == 0, // 2.7
        };
        return null;
    }

    // XEP-0313 4.1.5: unlike other forms, this one must not have fields that nobody knows.
    private static Refusal? CheckFields(DataFormView form)
    {
        if (form.Type != FormType.Submit)
            return NotSubmitted;
        if (!ArchiveQueryFormView.Matches(form))
            return WrongForm;
        foreach (var field in form.Fields)
        {
            if (!Fields.Contains(field.Var.ToString()))
                return UnknownField;
        }
        return null;
    }

    private static Refusal? ReadForm(DataFormView submitted, ref ArchiveQuery query, out Jid? with)
    {
        with = null;
        if (!ArchiveQueryFormView.TryRead(submitted, out var form, out var error))
            return new Refusal(error.Condition, StanzaErrorType.Modify, error.ToString());
        if (!TryReadTime(form.Earliest, out var start) || !TryReadTime(form.Latest, out var end))
            return BadTime;
        query = query with
        {
            Start = start,
            End = end,
            After = With(query.After, form.AfterId),
            Before = With(query.Before, form.BeforeId),
            Ids = ReadIds(form),
        };
        with = form.With.IsPresent ? form.With.ToJid() : null;
        return null;
    }

    private static List<string>? ReadIds(ArchiveQueryFormView form)
    {
        List<string>? ids = null;
        foreach (var id in form.Ids)
            (ids ??= []).Add(id.ToString());
        return ids;
    }

    private static bool TryReadTime(in XmlText text, out DateTimeOffset? time)
    {
        time = null;
        if (text.IsEmpty)
            return true;
        if (!text.Trimmed.TryParseInstant(out var instant))
            return false;
        time = instant;
        return true;
    }

    private static IReadOnlyList<string> With(IReadOnlyList<string> ids, in XmlText id) => id.IsEmpty ? ids : [.. ids, id.ToString()];

    private static readonly string[] Fields =
    [
        FormFields.FormTypeVariable, ArchiveQueryFormFields.With, ArchiveQueryFormFields.Earliest, ArchiveQueryFormFields.Latest,
        ArchiveQueryFormFields.BeforeId, ArchiveQueryFormFields.AfterId, ArchiveQueryFormFields.Ids,
    ];

    /// <summary>The archive has no message with an id that the request names (4.1.3, 4.3.2).</summary>
    public static Refusal NoSuchId { get; } = Refusal.ItemNotFound("The archive has no message with this id.");

    private static readonly Refusal NoSuchNode = Refusal.ItemNotFound("The archive has no nodes.");
    private static readonly Refusal NoIndex = NotImplemented("Pages are found by ids, not by numbers.");
    private static readonly Refusal UnknownField = NotImplemented("The form has a field that this archive does not know.");
    private static readonly Refusal NotSubmitted = Refusal.BadRequest("A query has a form of type 'submit'.");
    private static readonly Refusal WrongForm = Refusal.BadRequest("The form of a query is of type 'urn:xmpp:mam:2'.");
    private static readonly Refusal BadTime = Refusal.BadRequest("A time is written as XEP-0082 says, like 2002-10-13T23:58:37Z.");

    private static Refusal NotImplemented(string text) => new(StanzaErrorCondition.FeatureNotImplemented, StanzaErrorType.Cancel, text);
}
