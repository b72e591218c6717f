using MucGen.Protocol;
using MucGen.Server.Accounts;

namespace MucGen.Server.Features;

/// <summary>An account's contacts (RFC 6121 section 2). That only the owner gets here is decided before dispatch.</summary>
[Feature("jabber:iq:roster", Hidden = true)]
public static class Roster
{
    /// <summary>The whole list.</summary>
    [OnIq(IqType.Get)]
    public static void Get(AccountTurn turn, RosterQueryView query) => RosterRules.Get(turn);

    /// <summary>A change of one contact.</summary>
    [OnIq(IqType.Set)]
    public static void Set(AccountTurn turn, RosterQueryView query) => RosterRules.Set(turn, query);
}
