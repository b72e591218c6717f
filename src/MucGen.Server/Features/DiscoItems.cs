using MucGen.Protocol;
using MucGen.Server.Accounts;
using MucGen.Server.Commands;
using MucGen.Xml;

namespace MucGen.Server.Features;

/// <summary>What belongs to the server and to an account (XEP-0030 section 4).</summary>
[Feature("http://jabber.org/protocol/disco#items")]
public static class DiscoItems
{
    /// <summary>The served domain: its MUC service.</summary>
    [OnIq(IqType.Get)]
    public static void OfDomain(DomainTurn turn, DiscoItemsQueryView query)
    {
        if (query.Node.IsPresent)
        {
            if (!DomainCommands.All.List(turn, query))
                turn.Refuse(StanzaErrorCondition.ItemNotFound);
            return;
        }

        var writer = turn.StartResult();
        var items = DiscoItemsQueryWriter.Start(ref writer);
        items.Item(jid: turn.Services.Options.MucDomain, name: "Chatrooms");
        items.End();
        turn.EndResult(ref writer);
    }

    /// <summary>An account: nothing. Its sessions are presence, which discovery does not give away.</summary>
    [OnIq(IqType.Get)]
    public static void OfAccount(AccountTurn turn, DiscoItemsQueryView query)
    {
        if (query.Node.IsPresent)
        {
            turn.Refuse(StanzaErrorCondition.ItemNotFound);
            return;
        }

        Nothing(turn);
    }

    /// <summary>Answers with no items.</summary>
    internal static void Nothing(ServerTurn turn)
    {
        var writer = turn.StartResult();
        DiscoItemsQueryWriter.Start(ref writer).End();
        turn.EndResult(ref writer);
    }
}
