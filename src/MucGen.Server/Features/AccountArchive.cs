using MucGen.Protocol;
using MucGen.Rooms.Archive;
using MucGen.Server.Accounts;
using MucGen.Server.Configuration;
using MucGen.Xml;

namespace MucGen.Server.Features;

/// <summary>
/// What an account has sent and got (XEP-0313 6.1.1), where the operator wants archives. That only the owner gets here is decided before dispatch; what goes in is
/// decided in <see cref="MessageRules"/>.
/// </summary>
[Feature(Base)]
[Feature(Extended)]
public static class AccountArchive
{
    private const string Base = "urn:xmpp:mam:2";
    private const string Extended = "urn:xmpp:mam:2#extended";
    private const int MostMessages = 100;

    /// <summary>Gives the form of queries (4.1.5).</summary>
    [OnIq(IqType.Get)]
    public static void Form(AccountTurn turn, ArchiveQueryView query)
    {
        if (!IsThere(turn))
            return;
        var writer = turn.StartResult();
        ArchiveAnswers.WriteForm(ref writer);
        turn.EndResult(ref writer);
    }

    /// <summary>Gives a page: the messages, then the result that says which page it was (4.2, 4.3).</summary>
    [OnIq(IqType.Set)]
    public static void Query(AccountTurn turn, ArchiveQueryView query)
    {
        if (!IsThere(turn))
            return;
        if (ArchiveRequest.Read(query, MostMessages, out var wanted, out var with) is { } wrong)
        {
            turn.Refuse(wrong.Condition, wrong.Type, wrong.Text);
            return;
        }

        var (archives, account) = (turn.Services.Archives, turn.Account.Address);
        wanted = wanted with { Sender = with, NotBefore = Oldest(turn) };
        turn.Later(async reply => Answer(reply, account, await archives.ReadAsync(account, wanted, CancellationToken.None)));
    }

    /// <summary>Gives the ids and times of the first and the last message (5).</summary>
    [OnIq(IqType.Get)]
    public static void Metadata(AccountTurn turn, ArchiveMetadataView metadata)
    {
        if (!IsThere(turn))
            return;
        var (archives, account) = (turn.Services.Archives, turn.Account.Address);
        var ends = new ArchiveQuery { Max = 1, EndsOnly = true, NotBefore = Oldest(turn) };
        turn.Later(async reply =>
        {
            var page = await archives.ReadAsync(account, ends, CancellationToken.None);
            reply.Answer(IqAnswer.Result((ref writer) => ArchiveAnswers.WriteMetadata(ref writer, page)));
        });
    }

    /// <summary>Whether discovery shows a feature: all but this one where there are no archives.</summary>
    internal static bool IsOffered(MucGenOptions options, string feature) => options.Accounts.Archive || feature is not (Base or Extended);

    private static bool IsThere(AccountTurn turn)
    {
        var isThere = turn.Services.Options.Accounts.Archive;
        if (!isThere)
            turn.Refuse(StanzaErrorCondition.ServiceUnavailable, null, "This server keeps no archives of accounts.");
        return isThere;
    }

    private static DateTimeOffset? Oldest(AccountTurn turn) => turn.Services.Options.Accounts.ArchiveLifetime is { } kept ? turn.Now - kept : null;

    private static void Answer(ServerReply reply, Jid account, ArchivePage page)
    {
        if (page.Outcome == ArchiveOutcome.UnknownId)
        {
            reply.Refuse(ArchiveRequest.NoSuchId.Condition, ArchiveRequest.NoSuchId.Type, ArchiveRequest.NoSuchId.Text);
            return;
        }

        ArchiveQueryView.TryRead(reply.Request.FirstChild, out var query, out _);
        var queryId = query.QueryId.ToStringOrNull();
        foreach (var message in ArchiveAnswers.InOrder(page, query.FlipPage))
            reply.Tell(account, (ref writer) => ArchiveAnswers.WriteResult(ref writer, message, queryId));
        reply.Answer(IqAnswer.Result((ref writer) => ArchiveAnswers.WriteEnd(ref writer, page)));
    }
}
