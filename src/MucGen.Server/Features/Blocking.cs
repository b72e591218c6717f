using MucGen.Protocol;
using MucGen.Server.Accounts;
using MucGen.Xml;

namespace MucGen.Server.Features;

/// <summary>Whom an account blocks (XEP-0191). That only the owner gets here is decided before dispatch.</summary>
[Feature("urn:xmpp:blocking")]
[Feature("urn:xmpp:blocking", Context = typeof(DomainTurn))]
public static class Blocking
{
    /// <summary>The whole list (3.2).</summary>
    [OnIq(IqType.Get)]
    public static void Get(AccountTurn turn, BlockingBlocklistView list) => BlockingRules.List(turn);

    /// <summary>Blocks one or more (3.3).</summary>
    [OnIq(IqType.Set)]
    public static void Block(AccountTurn turn, BlockingBlockView block) => BlockingRules.Block(turn, Named(block.Items));

    /// <summary>Unblocks those who are named, or all (3.4, 3.5).</summary>
    [OnIq(IqType.Set)]
    public static void Unblock(AccountTurn turn, BlockingUnblockView unblock) => BlockingRules.Unblock(turn, Named(unblock.Items));

    private static List<Jid> Named(BlockingItemList items)
    {
        var named = new List<Jid>();
        foreach (var item in items)
            named.Add(item.Jid.ToJid()!);
        return named;
    }
}
