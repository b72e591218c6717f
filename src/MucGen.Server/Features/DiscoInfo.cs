using MucGen.Protocol;
using MucGen.Server.Accounts;
using MucGen.Server.Commands;
using MucGen.Xml;

namespace MucGen.Server.Features;

/// <summary>What the server and an account are and can do (XEP-0030 section 3). The features are those of the handlers, so the list cannot drift.</summary>
[Feature("http://jabber.org/protocol/disco#info")]
public static class DiscoInfo
{
    /// <summary>The served domain.</summary>
    [OnIq(IqType.Get)]
    public static void OfDomain(DomainTurn turn, DiscoInfoQueryView query)
    {
        if (!DomainCommands.All.Describe(turn, query))
            Answer(turn, query, typeof(DomainTurn), "server"u8, "im"u8, "MucGen"u8);
    }

    /// <summary>An account; only those who may see its presence get here.</summary>
    [OnIq(IqType.Get)]
    public static void OfAccount(AccountTurn turn, DiscoInfoQueryView query) =>
        Answer(turn, query, typeof(AccountTurn), "account"u8, "registered"u8, default);

    private static void Answer(
        ServerTurn turn, DiscoInfoQueryView query, Type context, ReadOnlySpan<byte> category, ReadOnlySpan<byte> type, ReadOnlySpan<byte> name)
    {
        if (query.Node.IsPresent)
        {
            turn.Refuse(StanzaErrorCondition.ItemNotFound);
            return;
        }

        var writer = turn.StartResult();
        var info = DiscoInfoQueryWriter.Start(ref writer);
        info.Identity(category: category, type: type, name: name.IsEmpty ? default : new XmlText(name));
        foreach (var feature in turn.Services.Protocol.FeaturesOf(context))
        {
            if (turn.Services.Offers(feature))
                info.Feature(feature);
        }

        info.End();
        turn.EndResult(ref writer);
    }
}
